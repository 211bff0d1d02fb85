// Numbers in any alphabet.
import { expect, test } from 'vitest';
import { BASE62, decodeInteger, encodeInteger } from '../../src/util/base-n.ts';
import { ALPHABETS, RandomText } from '../../src/util/random-text.ts';

test('the largest 32-bit checksums', () => {
  expect(encodeInteger(0xffffffff, BASE62, 6)).toBe('4gfFC3');
  expect(encodeInteger(0xffffffff, ALPHABETS.base36, 7)).toBe('1z141z3');
  expect(encodeInteger(0, BASE62, 6)).toBe('000000');
  expect(encodeInteger(2515516751, ALPHABETS.base36, 7)).toBe('15lo95b');
});

test('reading gives back what was written', () => {
  for (let seed = 0; seed < 200; seed++) {
    const value = new RandomText(seed).integer(2 ** 32);
    expect(decodeInteger(encodeInteger(value, BASE62, 6), BASE62), `seed ${seed}`).toBe(BigInt(value));
  }
});

test('what is no number, or too long', () => {
  expect(decodeInteger('', BASE62)).toBeUndefined();
  expect(decodeInteger('1-', BASE62)).toBeUndefined();
  expect(decodeInteger('1'.repeat(65), BASE62)).toBeUndefined();
});
