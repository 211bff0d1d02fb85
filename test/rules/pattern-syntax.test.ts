import { RegExpParser } from '@eslint-community/regexpp';
import { getLengthRange } from 'regexp-ast-analysis';
import { expect, test } from 'vitest';
import { findPatternFaults, lengthOf, minLength, parsePattern, reachOf } from '../../src/rules/pattern-syntax.ts';

test.each([
  'ghp_[A-Za-z0-9]{36}',
  'a|bc{2,3}',
  '(?:a|bcd){2,9}x?',
  '\\b(x[^y]{4})(?=zz)',
  '(?:a{0,3}|b){4}',
  '[\\s\\S]{1,20}\\n',
  '(?:(?:ab){2}|c){3,5}',
])('length of %s is what regexp-ast-analysis says', (source) => {
  const pattern = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source, 0, source.length, { unicode: false });
  expect(lengthOf(parsePattern(source))).toEqual(getLengthRange(pattern.alternatives, {}));
  expect(minLength(source)).toBe(getLengthRange(pattern.alternatives, {}).min);
});

test.each([
  ['ghp_[A-Za-z0-9]{36}', 40],
  ['a{1,9}(?=b{2,7})', 16],
  ['(?<=x{50})a(?!b)', 2],
  ['(?=a{3}|b{5})a{2}', 7],
])('%s looks at %i characters at most', (source, reach) => {
  expect(reachOf(source)).toBe(reach);
});

test.each([
  ['a{0,3}', ['can match nothing at all; make at least one character required']],
  ['a{3,}', ['repeats without an end ({3,}); give a largest count, such as {3,200}']],
  ['(?=a*)b', ['repeats without an end (*); give a largest count, such as {0,200}']],
  ['caf\u0113', ['has a character above U+00FF; patterns see latin1 text, write its bytes as \\xHH']],
  ['a'.repeat(8193), ['is longer than 8192 characters; make it shorter']],
  [`${'('.repeat(51)}a${')'.repeat(51)}`, ['nests deeper than 50 parentheses; make it flatter']],
  [
    '(a){2}(?<n>b)\\k<n>',
    [
      'has a back-reference (\\k<n>); write the text out',
      'has 2 capturing groups; keep the one around the secret, write (?:…) for the others',
    ],
  ],
  ['a)', ["does not compile (unmatched ')'); mend the regular expression"]],
  ['ghp_[A-Za-z0-9]{36}', []],
  ['\\(\\((a)', []],
])('%s', (pattern, faults) => expect(findPatternFaults(pattern)).toEqual(faults));
