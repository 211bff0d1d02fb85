// JSON that is safe to look at and still reads back as the same value.
// Walks over all of Unicode.
import { describe, expect, it } from 'vitest';
import { toJsonText } from '../../src/reporters/json-string.ts';

describe('toJsonText', () => {
  it('escapes what a terminal acts on', () => {
    expect(toJsonText(['\u202ea\u009b\u2028\ufeff\u{e0041}\ufff9\u001b'], 0)).toBe(
      '["\\u202ea\\u009b\\u2028\\ufeff\\udb40\\udc41\\ufff9\\u001b"]',
    );
  });

  it('keeps readable text readable', () => {
    expect(toJsonText({ path: 'ü/日本/🙂 "q" \\u202e' }, 2)).toBe('{\n  "path": "ü/日本/🙂 \\"q\\" \\\\u202e"\n}');
  });

  it('is read back as the same value, for all of Unicode', () => {
    for (let start = 0; start <= 0x10ffff; start += 0x1000) {
      const text = Array.from({ length: 0x1000 }, (_, i) => String.fromCodePoint(start + i)).join('');
      expect(JSON.parse(toJsonText([text], 0))).toEqual([text]);
    }
  });
});
