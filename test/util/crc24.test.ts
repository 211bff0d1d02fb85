// CRC-24 of OpenPGP against its check value.
import { expect, test } from 'vitest';
import { crc24 } from '../../src/util/crc24.ts';

test('published values', () => {
  expect(crc24(Buffer.from('123456789'))).toBe(0x21cf02);
  expect(crc24(Buffer.alloc(0))).toBe(0xb704ce);
});
