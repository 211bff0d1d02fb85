// Ed25519 pairs and secp256k1 numbers.
import { expect, test } from 'vitest';
import { ed25519Pair, secp256k1Key } from '../../src/checks/key-pairs.ts';
import { decodeBase58 } from '../../src/util/base58.ts';
import { RandomText } from '../../src/util/random-text.ts';

const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';

test.each(['', 'near', 'json', 'base64'])('a pair written as %j', (form) => {
  for (let seed = 0; seed < 20; seed++) {
    const pair = ed25519Pair.mint!(new RandomText(seed), form);
    expect(ed25519Pair.test(pair).result, `seed ${seed}`).toBe('pass');
  }
});

test('the public half follows from the seed 0x11', () => {
  const start = 'd04ab232742bb4ab';
  const pair = ed25519Pair.mint!(Object.assign(new RandomText(1), { bytes: () => new Uint8Array(32).fill(0x11) }), '');
  expect(Buffer.from(decodeBase58(pair)!.subarray(32, 40)).toString('hex')).toBe(start);
});

test('halves that do not belong together say nothing', () => {
  expect(ed25519Pair.test(Buffer.alloc(64, 0x11).toString('base64')).result).toBe('unknown');
  expect(ed25519Pair.test(`[${new Array(64).fill(7).join(',')}]`).result).toBe('unknown');
  expect(ed25519Pair.test(`[${new Array(64).fill(300).join(',')}]`).result).toBe('unknown');
});

test.each([
  ['zero', '0'.repeat(64), 'fail'],
  ['a small number', `${'0'.repeat(48)}${'9'.repeat(16)}`, 'fail'],
  ['the order of the curve', ORDER, 'fail'],
  ['one below the order', `${ORDER.slice(0, -1)}0`, 'pass'],
  ['one byte repeated', '11'.repeat(32), 'fail'],
  ['digits that count', '0123456789abcdef'.repeat(4), 'fail'],
  ['bytes that count', Buffer.from(Array.from({ length: 32 }, (_, i) => i + 1)).toString('hex'), 'fail'],
  ['any other number', `0x7${new RandomText(1).text('hex', 63)}`, 'pass'],
  ['another length', 'ab'.repeat(20), 'unknown'],
])('secp256k1: %s', (_, hex, result) => {
  expect(secp256k1Key.test(hex).result).toBe(result);
});
