// The search for known values against the plainest search there is, on seeded texts; and where each form is found.
import { expect, test } from 'vitest';
import { createKnownSearch } from '../../src/known/form-search.ts';
import type { KnownValue } from '../../src/known/known-value.ts';
import { listForms } from '../../src/known/value-forms.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = 4711;

const known = (value: string, name = 'KEY'): KnownValue => ({ name, value, line: 1 });
const searchFor = (...values: string[]) =>
  createKnownSearch(values.map((value) => ({ known: known(value, value), forms: listForms(value) })));

function slowly(bytes: Buffer, values: readonly string[]): readonly string[] {
  const found: string[] = [];
  const forms = values.flatMap((value) => listForms(value).map((form) => ({ value, ...form })));
  forms.sort((a, b) => b.bytes.length - a.bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const form = forms.find((one) => bytes.subarray(at, at + one.bytes.length).equals(one.bytes));
    if (form) found.push(`${at}-${at + form.bytes.length} ${form.value} ${form.name}`);
  }
  return found;
}

test(`finds what the plainest search finds (seed ${SEED})`, () => {
  const random = new RandomText(SEED);
  let hits = 0;
  for (let round = 0; round < 60; round++) {
    const values = Array.from({ length: 1 + (round % 4) }, (_, i) => random.text('base62', 6 + ((round + i) % 9)));
    const parts = Array.from({ length: 20 }, (_, i) => {
      const value = values[i % values.length]!;
      const forms = listForms(value);
      const form = forms[(round + i) % forms.length]!.bytes.toString();
      return [
        random.text('base62', i % 7),
        i % 3 === 0 ? form : form.slice(0, -1),
        i % 5 === 0 ? value.slice(1) : '\n',
      ];
    });
    const bytes = Buffer.from(parts.flat().join(''));
    const found = searchFor(...values).find(bytes, 0, bytes.length);
    const shown = found.map(({ span, known: { value }, form }) => `${span.start}-${span.end} ${value} ${form}`);
    expect(shown).toEqual(slowly(bytes, values));
    hits += shown.length;
  }
  expect(hits).toBeGreaterThan(400);
});

test('a window answers for what starts in it', () => {
  const bytes = Buffer.from('zz-sesame7-sesame7-');
  const search = searchFor('sesame7');
  const starts = (from: number, to: number) => search.find(bytes, from, to).map(({ span }) => span.start);
  expect([starts(0, bytes.length), starts(0, 11), starts(4, bytes.length), starts(0, 3), starts(11, 12)]).toEqual([
    [3, 11],
    [3],
    [11],
    [],
    [11],
  ]);
});

test('base64 is found whatever stands before it', () => {
  const value = 'pa55 phrase/of+mine';
  for (const before of ['', 'a', 'ab', 'abc', 'user:', 'é']) {
    const encoded = Buffer.from(`${before}${value}!`).toString('base64');
    for (const text of [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')]) {
      expect(
        searchFor(value)
          .find(Buffer.from(`x ${text}`), 0, 999)
          .map(({ form }) => form),
      ).toEqual(['base64']);
    }
  }
});

test('no values, no finding; short texts do not matter', () => {
  expect(createKnownSearch([]).find(Buffer.from('abc'), 0, 3)).toEqual([]);
  for (const text of ['', 'a', 'ab', 'abcde']) expect(searchFor('abcdef').find(Buffer.from(text), 0, 9)).toEqual([]);
});
