import { expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { findForms, listValueForms, metafy } from '../../src/scrub/value-forms.ts';
import { RandomText } from '../../src/util/random-text.ts';

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

test('fuzz: one pass and one search a form find the same', () => {
  const seed = 33_071;
  const random = new RandomText(seed);
  for (let round = 0; round < 200; round++) {
    const values = Array.from(
      { length: 12 },
      () => `a${random.text('hex', 1 + random.integer(2))}bab${random.text('hex', 5)}X1`,
    );
    const text = Array.from({ length: 60 }, () =>
      random.integer(2) === 0 ? random.pick(values) : random.text('hex', 3),
    );
    const bytes = Buffer.from(text.join(random.pick(['', ' ', 'a'])));
    const forms = formsOf(...values);
    const sorted = (isOnePass: boolean) =>
      [...findForms(bytes, forms, isOnePass)].sort((a, b) => a.start - b.start || a.end - b.end);
    expect(sorted(true), `seed ${seed}, round ${round}`).toEqual(sorted(false));
  }
});

test('one pass finds a value at the very start and the very end', () => {
  const forms = formsOf('Abcdefgh12345678');
  expect(findForms(Buffer.from('Abcdefgh12345678-Abcdefgh12345678'), forms, true)).toEqual([
    { start: 0, end: 16 },
    { start: 17, end: 33 },
  ]);
  expect(findForms(Buffer.from('Abcdefgh1234567'), forms, true)).toEqual([]);
});
