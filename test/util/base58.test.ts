// Base58 and Base58Check.
import { expect, test } from 'vitest';
import { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from '../../src/util/base58.ts';
import { RandomText } from '../../src/util/random-text.ts';

// From the base58 draft of the IETF (draft-msporny-base58).
test.each([
  ['48656c6c6f20576f726c6421', '2NEpo7TZRRrLZSi2U'],
  ['0000287fb4cd', '11233QC4'],
  ['', ''],
  ['00', '1'],
])('%s is %s', (hex, text) => {
  expect(encodeBase58(Buffer.from(hex, 'hex'))).toBe(text);
  expect(Buffer.from(decodeBase58(text)!).toString('hex')).toBe(hex);
});

test('reading gives back what was written', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new RandomText(seed);
    const bytes = Uint8Array.from([...new Array(random.integer(3)).fill(0), ...random.bytes(seed % 80)]);
    expect(decodeBase58(encodeBase58(bytes)), `seed ${seed}`).toEqual(bytes);
    expect(Uint8Array.from(decodeBase58Check(encodeBase58Check(bytes)) ?? []), `seed ${seed}`).toEqual(bytes);
  }
});

test('foreign characters, long texts and wrong check bytes are refused', () => {
  for (const letter of '0OIl-') expect(decodeBase58(`1${letter}`)).toBeUndefined();
  expect(decodeBase58('z'.repeat(257))).toBeUndefined();
  expect(() => encodeBase58(new Uint8Array(257))).toThrow(RangeError);
  expect(decodeBase58Check('2NEpo7TZRRrLZSi2U')).toBeUndefined();
});
