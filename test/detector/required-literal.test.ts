// What every match of a pattern holds: by table, and on the patterns and examples of the rules that are shipped.
import { describe, expect, it } from 'vitest';
import { requiredLiteral } from '../../src/detector/required-literal.ts';
import { RandomText } from '../../src/util/random-text.ts';

const TABLE: readonly (readonly [string, string | undefined])[] = [
  ['', undefined],
  ['ab', undefined],
  ['abc', 'abc'],
  ['abcd?', 'abc'],
  ['abcd*e', 'abc'],
  ['abcd+e', 'abc'],
  ['abcd{0,3}e', 'abc'],
  ['abcd{2}?efgh', 'efgh'],
  ['abc|abd', undefined],
  ['(?:abc|abd)efg', 'efg'],
  ['(?:a(?:[)]|\\)))efg', 'efg'],
  ['(abcde)fgh', 'fgh'],
  ['(?!EXAMPLE)[A-Z]{4}xyz-[a|b]', 'xyz-'],
  ['[^\\]abc]xyz', 'xyz'],
  ['a.bcd', 'bcd'],
  ['a\\.bc', 'a.bc'],
  ['a\\|bc', 'a|bc'],
  ['abc\\dxyzw', 'xyzw'],
  ['abc\\x2dxyzw', 'abc'],
  ['abc\\bxyzw', 'xyzw'],
  ['^abc$', 'abc'],
  ['[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}', 'AzFu'],
  ['[A-Za-z0-9]{40}', undefined],
];

/** A text that a pattern made of these pieces matches. */
const PIECES: readonly (readonly [string, readonly string[]])[] = [
  ['abc', ['abc']],
  ['d?', ['', 'd']],
  ['[xy]{1,2}', ['x', 'yx']],
  ['(?:ef|gh)', ['ef', 'gh']],
  ['(?:jk|l[)]){0,1}?', ['', 'jk', 'l)']],
  ['\\.', ['.']],
  ['m{2}', ['mm']],
  ['\\d', ['7']],
  ['\\x6e', ['n']],
  ['(?!zz)', ['']],
  ['-', ['-']],
];

describe('requiredLiteral', () => {
  it.each(TABLE)('%j', (pattern, expected) => {
    expect(requiredLiteral(pattern)).toBe(expected);
  });

  it('is in every match, on patterns made of pieces', () => {
    const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
    const random = new RandomText(seed);
    let told = 0;
    for (let i = 0; i < 5000; i++) {
      const chosen = Array.from({ length: 1 + random.integer(7) }, () => PIECES[random.integer(PIECES.length)]!);
      const pattern = chosen.map(([source]) => source).join('');
      const text = chosen.map(([, texts]) => texts[random.integer(texts.length)]!).join('');
      const match = new RegExp(pattern).exec(text);
      const literal = requiredLiteral(pattern);
      if (!match || literal === undefined) continue;
      told++;
      expect(match[0], `seed ${seed}: ${pattern}`).toContain(literal);
    }
    expect(told).toBeGreaterThan(500);
  });
});
