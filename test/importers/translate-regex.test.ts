// Foreign expressions → JavaScript: each construct, and what is refused.
import { expect, test } from 'vitest';
import { translateRegex } from '../../src/importers/translate-regex.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = 20;

test.each([
  ['(?i)abc[x-z]', '[aA][bB][cC][x-zX-Z]'],
  ['a(?i)b(?-i)c', 'a[bB]c'],
  ['(?i:ab)c', '(?:[aA][bB])c'],
  ['(?P<name>x)(?<other>y)', '(x)(y)'],
  ['\\Ax\\z', '^x$'],
  ['x\\Z', 'x$'],
  ['[[:alnum:]_]+[[:space:]]', '[0-9A-Za-z_]+[\\t\\n\\v\\f\\r ]'],
  ['(?i)[[:lower:]]', '[A-Za-z]'],
  ['[]a]', '[\\]a]'],
  ['[^]a[]', '[^\\]a\\[]'],
  ['(?s)a.b', 'a[\\s\\S]b'],
  ['\\Qa.b\\Ec', 'a\\.bc'],
  ['\\x60\\x{41}\\a\\012', '\\x60\\x41\\x07\\x0a'],
  ['\\s[\\s]\\S', '[\\t\\n\\f\\r ][\\t\\n\\f\\r ][^\\t\\n\\f\\r ]'],
  ['a{2,}?b{3}c{1,2}', 'a{2,}?b{3}c{1,2}'],
  ['a(?#note)b', 'ab'],
  ['(?=x)(?!y)(?<!z)q', '(?=x)(?!y)(?<!z)q'],
  ['\\"\\\'\\`\\-', '"\'`\\-'],
])('%s → %s', (source, wanted) => {
  expect(translateRegex(source)).toEqual({ source: wanted, ignoreCase: false });
});

test('a flag may stand for both cases when it holds for all', () => {
  expect(translateRegex('(?i)ab', true)).toEqual({ source: 'ab', ignoreCase: true });
  expect(translateRegex('(?i)a(?-i)b', true)).toEqual({ source: '[aA]b', ignoreCase: false });
});

test.each([
  ['a++', 'has a possessive repeat'],
  ['(?>a)', 'has a group of a kind that JavaScript does not know'],
  ['(a)\\1', 'has a back-reference'],
  ['\\p{L}', 'has \\p, which JavaScript does not know'],
  ['\\x{1F600}', 'names a character above U+00FF'],
  ['(?m)^a$', 'has the flag m, which has no counterpart'],
  ['[[:^alpha:]]', 'has [:^alpha:]'],
  ['[a&&b]', 'combines character classes'],
  ['(a', 'has a group that is not closed'],
  ['a)', 'closes a group that is not open'],
  ['[a', 'has a bracket that is not closed'],
  ['a\\', 'ends in a back-slash'],
  ['*a', 'is no valid regular expression'],
  ['a'.repeat(9000), 'is longer than 8192 characters'],
])('%s is refused', (source, fault) => {
  expect(translateRegex(source)).toEqual({ fault });
});

test(`whatever the text is, it answers, and what it gives compiles (seed ${SEED})`, () => {
  const random = new RandomText(SEED);
  const pieces = [
    '(',
    ')',
    '[',
    ']',
    '?',
    'i',
    ':',
    '-',
    '\\',
    'Q',
    'E',
    '{',
    '}',
    '2',
    ',',
    '*',
    '+',
    '|',
    '^',
    '$',
    '.',
    'P<a>',
    '[:alpha:]',
    'é',
    '\n',
  ];
  let good = 0;
  for (let round = 0; round < 4000; round++) {
    const text = Array.from(
      random.text('base62', 1 + (round % 12)),
      (sign) => pieces[sign.charCodeAt(0) % pieces.length],
    ).join('');
    const result = translateRegex(text, round % 2 === 0);
    if (result.fault !== undefined) continue;
    good++;
    expect(() => new RegExp(result.source)).not.toThrow();
  }
  expect(good).toBeGreaterThan(50);
});
