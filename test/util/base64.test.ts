// Strict base64 against the vectors of RFC 4648 section 10.
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/util/base64.ts';
import { RandomText } from '../../src/util/random-text.ts';

test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('%j is %s, with and without padding', (text, coded) => {
  expect(encodeBase64(Buffer.from(text), 'base64')).toBe(coded);
  expect(decodeBase64(coded, 'base64')?.toString()).toBe(text);
  expect(decodeBase64(coded.replaceAll('=', ''), 'base64url')?.toString()).toBe(text);
});

test.each([
  ['Zg=', 'base64'],
  ['Zg===', 'base64'],
  ['Zh==', 'base64'],
  ['Zm9', 'base64'],
  ['Z', 'base64'],
  ['Zm9v=', 'base64'],
  ['=', 'base64'],
  ['Zm 9v', 'base64'],
  ['_-8', 'base64'],
  ['/+8', 'base64url'],
] as const)('%j is no %s', (text, alphabet) => {
  expect(decodeBase64(text, alphabet)).toBeUndefined();
});

test('reading gives back what was written', () => {
  for (let seed = 0; seed < 100; seed++) {
    const bytes = Buffer.from(new RandomText(seed).bytes(seed));
    for (const alphabet of ['base64', 'base64url'] as const) {
      expect(decodeBase64(encodeBase64(bytes, alphabet), alphabet), `seed ${seed}`).toEqual(bytes);
    }
  }
});
