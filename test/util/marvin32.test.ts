// Marvin32 against SymCrypt's vectors, as microsoft/security-utilities quotes them.
import { expect, test } from 'vitest';
import { marvin32, marvin64, seedFromName } from '../../src/util/marvin32.ts';

test.each([
  [{ high: 0xd53cd9ce, low: 0xcd0893b7 }, 'abc', { high: 0x22c74339, low: 0x492769bf }, 0x6be02a86],
  [
    { high: 0x0ddddeee, low: 0xeffff000 },
    'abcdefghijklmnopqrstuvwxyz',
    { high: 0xa128eb7e, low: 0x7260aca2 },
    0xd34847dc,
  ],
])('seed %o, %s', (seed, text, long, short) => {
  expect(marvin64(Buffer.from(text), seed)).toEqual(long);
  expect(marvin32(Buffer.from(text), seed)).toBe(short);
});

test('a named seed is eight bytes, first byte highest', () => {
  expect(seedFromName('Default0')).toEqual({ high: 0x44656661, low: 0x756c7430 });
});
