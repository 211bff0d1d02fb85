// Base32 against the vectors of RFC 4648 section 10, without padding.
import { expect, test } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../src/util/base32.ts';
import { RandomText } from '../../src/util/random-text.ts';

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('%j is %s', (text, coded) => {
  expect(encodeBase32(Buffer.from(text))).toBe(coded);
  expect(Buffer.from(decodeBase32(coded)!).toString()).toBe(text);
});

test('reading gives back what was written', () => {
  for (let seed = 0; seed < 200; seed++) {
    const bytes = new RandomText(seed).bytes(seed % 70);
    expect(decodeBase32(encodeBase32(bytes)), `seed ${seed}`).toEqual(bytes);
  }
});

test.each(['my', 'M1', 'MZ', 'MY======', 'M', 'MZXW6A', 'é'])('%j is refused', (text) => {
  expect(decodeBase32(text)).toBeUndefined();
});
