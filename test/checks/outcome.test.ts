// What may stand in a note.
import { expect, test } from 'vitest';
import { dateFact, failWith, nameFact, passWith, unknownWith } from '../../src/checks/outcome.ts';

test('facts that are there are joined', () => {
  expect(passWith('a', undefined, 'b')).toEqual({ result: 'pass', note: 'a, b' });
  expect(failWith(undefined)).toEqual({ result: 'fail', note: undefined });
  expect(unknownWith('c')).toEqual({ result: 'unknown', note: 'c' });
});

test('names are printable ASCII of at most 100 characters', () => {
  expect(nameFact('user', 'me')).toBe('user me');
  expect(nameFact('user', 'x'.repeat(100))).toBe(`user ${'x'.repeat(100)}`);
  for (const text of ['', ' x', 'x'.repeat(101), 'a\nb', 'caf\u00e9', 7, null])
    expect(nameFact('user', text)).toBeUndefined();
});

test('dates are UTC days between 1970 and 2999', () => {
  expect(dateFact('on', 0)).toBe('on 1970-01-01');
  expect(dateFact('on', 32_503_679_999)).toBe('on 2999-12-31');
  for (const seconds of [-1, 32_503_680_000, Number.NaN, '0', undefined])
    expect(dateFact('on', seconds)).toBeUndefined();
});
