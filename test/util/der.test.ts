// DER against keys of node:crypto, cut and altered ones, and random bytes.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimedDerSize, DER, readDerSequence, readDerValues, writeDer } from '../../src/util/der.ts';
import { RandomText } from '../../src/util/random-text.ts';

const KEY = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'der' });

test('a PKCS#1 key is nine integers', () => {
  expect(readDerSequence(KEY)?.map((value) => value.tag)).toEqual(new Array(9).fill(DER.integer));
  expect(claimedDerSize(KEY)).toBe(KEY.length);
  expect(claimedDerSize(KEY.subarray(0, 10))).toBe(KEY.length);
});

test('every cut is seen', () => {
  for (let size = 0; size < KEY.length; size++) expect(readDerSequence(KEY.subarray(0, size))).toBeUndefined();
  expect(readDerSequence(Buffer.concat([KEY, Buffer.alloc(1)]))).toBeUndefined();
});

test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('a value of %i bytes is written and read', (size) => {
  const content = new Uint8Array(size).fill(7);
  const written = writeDer(DER.octets, content);
  const values = readDerValues(written)!.map((value) => [value.tag, Uint8Array.from(value.content)]);
  expect(values).toEqual([[DER.octets, content]]);
  expect(claimedDerSize(written)).toBe(written.length);
});

test.each([
  ['an indefinite length', '3080020100'],
  ['a long tag', '1f810100'],
  ['a length of five bytes', '308500000000010000'],
  ['a length that is cut', '3082'],
])('%s is refused', (_, hex) => {
  expect(readDerValues(Buffer.from(hex, 'hex'))).toBeUndefined();
});

test('more than 64 values are refused', () => {
  expect(readDerValues(Buffer.from('0500'.repeat(64), 'hex'))).toHaveLength(64);
  expect(readDerValues(Buffer.from('0500'.repeat(65), 'hex'))).toBeUndefined();
});

test('random bytes never throw, and what is read fills them (fuzz)', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const random = new RandomText(seed);
    const bytes = random.bytes(random.integer(12));
    const values = readDerValues(bytes) ?? [];
    const total = values.reduce((sum, value) => sum + writeDer(value.tag, value.content).length, 0);
    expect(total, `seed ${seed}`).toBeLessThanOrEqual(bytes.length);
    claimedDerSize(bytes);
  }
});
