// Hostile characters are spelled out: samples of each kind, then all of Unicode.
// Widths are only tested where lines are broken by them.
import { describe, expect, it } from 'vitest';
import { makeVisible, measureColumns } from '../../src/reporters/visible-text.ts';

describe('makeVisible', () => {
  it.each([
    ['plain ü 日本 🙂', 'plain ü 日本 🙂'],
    ['\u001b[2J\u0007', '\\x1b[2J\\x07'],
    ['a\nb\r\tc\0', 'a\\nb\\r\\tc\\x00'],
    ['\u009b31m\u007f', '\\x9b31m\\x7f'],
    ['\u202egpj.\u2066x\u2069', '\\u{202e}gpj.\\u{2066}x\\u{2069}'],
    ['a\u200bb\ufeffc\u00ad', 'a\\u{200b}b\\u{feff}c\\xad'],
    ['\u2028\u2029\u00a0\u3000', '\\u{2028}\\u{2029}\\xa0\\u{3000}'],
    ['\u{e0041}\u3164', '\\u{e0041}\\u{3164}'],
    ['\ud800x', '\\u{d800}x'],
  ])('%j', (text, expected) => {
    expect(makeVisible(text)).toBe(expected);
  });

  it('leaves no unprintable character of the whole of Unicode', () => {
    const left: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const shown = makeVisible(String.fromCodePoint(code));
      if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(shown)) left.push(code.toString(16));
    }
    expect(left).toEqual([]);
  });
});

describe('measureColumns', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['ü', 1],
  ])('%s: %i', (text, columns) => {
    expect(measureColumns(text)).toBe(columns);
  });
});
