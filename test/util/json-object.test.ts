// JSON from untrusted text.
import { expect, test } from 'vitest';
import { isJsonObject, parseJson, parseJsonObject } from '../../src/util/json-object.ts';

test('objects only', () => {
  expect(parseJsonObject('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['', '[]', 'null', '"a"', '1', '{', '{"a":1}x']) expect(parseJsonObject(text)).toBeUndefined();
  expect([isJsonObject({}), isJsonObject([]), isJsonObject(null)]).toEqual([true, false, false]);
});

test('any value', () => {
  expect(parseJson('[1,"a"]')).toEqual([1, 'a']);
  expect(parseJson('[')).toBeUndefined();
});
