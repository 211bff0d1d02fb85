// CRC-32 against its check value and zlib.
import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from '../../src/util/crc32.ts';
import { RandomText } from '../../src/util/random-text.ts';

test('published values', () => {
  expect(crc32('')).toBe(0);
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(crc32('EXAMPLEEXAMPLEEXAMPLEEXAMPLEEX')).toBe(650776120);
});

test('the same as zlib', () => {
  for (let seed = 0; seed < 200; seed++) {
    const bytes = new RandomText(seed).bytes(seed);
    expect(crc32(bytes), `seed ${seed}`).toBe(zlibCrc32(bytes));
    expect(crc32(Buffer.from(bytes).toString('latin1'))).toBe(zlibCrc32(bytes));
  }
});
