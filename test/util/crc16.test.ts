// CRC-16/XMODEM against its check value.
import { expect, test } from 'vitest';
import { crc16Xmodem } from '../../src/util/crc16.ts';

test('published values', () => {
  expect(crc16Xmodem(Buffer.from('123456789'))).toBe(0x31c3);
  expect(crc16Xmodem(Buffer.alloc(0))).toBe(0);
});
