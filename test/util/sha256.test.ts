// SHA-256 against FIPS 180-2.
import { expect, test } from 'vitest';
import { sha256 } from '../../src/util/sha256.ts';

test('abc, as text and as bytes', () => {
  const hex = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(Buffer.from(sha256('abc')).toString('hex')).toBe(hex);
  expect(Buffer.from(sha256(Buffer.from('abc'))).toString('hex')).toBe(hex);
});
