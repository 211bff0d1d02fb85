// The search in blocks finds what the search in the whole file finds, wherever the borders lie.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { findCopies } from '../../src/scrub/find-copies.ts';
import { findForms, listValueForms } from '../../src/scrub/value-forms.ts';
import { RandomText } from '../../src/util/random-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'unleak-copies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'history');
type Spans = readonly { readonly start: number; readonly end: number }[];
const sorted = (spans: Spans): Spans => [...spans].sort((a, b) => a.start - b.start || a.end - b.end);

test('fuzz: blocks of every size and the whole file give the same', () => {
  let found = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const random = new RandomText(seed);
    // Few forms are searched one by one, many in one pass.
    const count = seed % 2 === 0 ? 1 : 12;
    const values = Array.from({ length: count }, () => `aB1${random.text('hex', 6 + random.integer(12))}`);
    const forms = listValueForms(values.map((value) => new Secret(value, 'password')));
    const text = Array.from({ length: 40 }, () => random.pick([...values, 'x', ' -p', '-p', 'ab', '\n', ' ', '--p']));
    writeFileSync(file, text.join(''));
    const whole = sorted(findForms(Buffer.from(text.join('')), forms));
    found += whole.length;
    for (const size of [1, 2, 3, 7, 16, 64, 1 << 20]) {
      expect(sorted(findCopies(file, forms, size)), `seed ${seed}, blocks of ${size}`).toEqual(whole);
    }
  }
  expect(found).toBeGreaterThan(500);
});

test('what cannot be read holds nothing, and neither does an empty file', () => {
  const forms = listValueForms([new Secret('aB1234567890xyz', 'password')]);
  writeFileSync(file, '');
  expect(findCopies(file, forms)).toEqual([]);
  expect(findCopies(join(folder, 'gone'), forms)).toEqual([]);
  expect(findCopies(folder, forms)).toEqual([]);
  expect(findCopies(file, [])).toEqual([]);
});
