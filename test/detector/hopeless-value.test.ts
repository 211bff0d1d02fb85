// The first look on bytes: sentences and expressions are turned down, everything that may be a value goes on.
import { expect, test } from 'vitest';
import { isHopeless } from '../../src/detector/hopeless-value.ts';

function look(marked: string, isCode: boolean): boolean {
  const bytes = Buffer.from(marked.replace('^', ''), 'latin1');
  return isHopeless(bytes, marked.indexOf('^'), bytes.length, { isCode: () => isCode });
}

test.each([
  ['a = ^getToken(user)', true],
  ['a = ^self.password;', true],
  ['a: ^string,', true],
  ['a: ^XmlStringMaxLen256;', true],
  ['a = ^other\n', true],
  ['a = "^Enter your new password"', true],
  ['a = "^never closed\nb', true],
  ['a = "^hunter22"', false],
  ['a = "^two words"', false],
  ['a = "^{ \\"a\\": 1, \\"b\\": 2, \\"c\\": 3 }"', false],
  ['// a = ^hunter22\n', false],
  ["'a=^hunter'", false],
  ['?a=^hunter&b', false],
])('in code: %s', (marked, expected) => {
  expect(look(marked, true)).toBe(expected);
});

test('in a configuration text without quotes is a value', () => {
  expect(look('a = ^other\n', false)).toBe(false);
});
