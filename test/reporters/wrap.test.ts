// Breaking lines between words, at the edges of the width.
// Words with spaces stand for paths.
import { describe, expect, it } from 'vitest';
import { clampWidth, splitWords, wrapWords } from '../../src/reporters/wrap.ts';

describe('wrapWords', () => {
  it('fills lines to the last column', () => {
    expect(wrapWords(['aa', 'bb', 'cc'], 5)).toEqual(['aa bb', 'cc']);
    expect(wrapWords(['aa', 'bb', 'cc'], 4)).toEqual(['aa', 'bb', 'cc']);
  });

  it('lets a long word stick out, alone, with its spaces', () => {
    expect(wrapWords(['a', 'long word here', 'b'], 6)).toEqual(['a', 'long word here', 'b']);
  });

  it('counts wide characters twice', () => {
    expect(wrapWords(['日本', 'ab'], 6)).toEqual(['日本', 'ab']);
    expect(wrapWords(['日本', 'ab'], 7)).toEqual(['日本 ab']);
  });

  it('gives one line for no words', () => {
    expect(wrapWords([], 10)).toEqual(['']);
  });
});

describe('splitWords', () => {
  it('makes words visible', () => {
    expect(splitWords('  a\nb  c\u202e ')).toEqual(['a\\nb', 'c\\u{202e}']);
  });
});

describe('clampWidth', () => {
  it.each([
    [0, 60],
    [80.9, 80],
    [1000, 120],
    [Number.POSITIVE_INFINITY, 80],
  ])('%d: %i', (width, expected) => {
    expect(clampWidth(width)).toBe(expected);
  });
});
