import { expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { findForms, listValueForms, metafy } from '../../src/scrub/value-forms.ts';

const formsOf = (...values: readonly string[]) => listValueForms(values.map((value) => new Secret(value, 'password')));
const find = (text: string | Buffer, ...values: readonly string[]) =>
  findForms(Buffer.from(text as string), formsOf(...values)).map(({ start, end }) => [start, end]);

test('words of everyday are not searched for', () => {
  expect(formsOf('admin', 'password', 'short1', 'UPPERCASE').length).toBe(0);
});

test('a value of middle length counts between edges only, a long one anywhere', () => {
  expect(find('x pass4word y mypass4word pass4words', 'pass4word')).toEqual([[2, 11]]);
  expect(find('mysql -ppass4word x-ppass4word --ppass4word', 'pass4word')).toEqual([[8, 17]]);
  expect(find('xxabcdefgh12345678xx', 'abcdefgh12345678')).toEqual([[2, 18]]);
});

test('values as zsh, fish and JSON write them', () => {
  const value = 'pä"ss\\wört à12';
  expect(find(metafy(Buffer.from(`x ${value} y`)), value).length).toBe(1);
  expect(find(`x ${value.replaceAll('\\', '\\\\')} y`, value).length).toBe(1);
  expect(find(JSON.stringify({ value }), value).length).toBe(1);
  expect(find('{"v":"p\\u00e4\\"ss\\\\w\\u00f6rt \\u00e012"}', value)).toEqual([[6, 37]]);
});

test('metafied bytes are as zsh writes them', () => {
  expect(metafy(Buffer.from('à', 'utf8'))).toEqual(Buffer.from([0xc3, 0x83, 0x80]));
});
