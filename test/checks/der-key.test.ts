// What is a private key in DER, and what only looks like one.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeDerKey, MINT_DER } from '../../src/checks/der-key.ts';
import { writeDer } from '../../src/util/der.ts';
import { RandomText } from '../../src/util/random-text.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });

test.each([
  ['rsa', 'RSA 2048 bits'],
  ['dsa', 'DSA 1024 bits'],
  ['ec', 'EC'],
  ['pkcs8', 'PKCS#8 RSA'],
  ['ed25519', 'PKCS#8 Ed25519'],
  ['encrypted', 'encrypted'],
])('minted %s', (kind, description) => {
  expect(describeDerKey(MINT_DER[kind]!(new RandomText(1)))).toBe(description);
});

test('genuine keys', () => {
  expect(describeDerKey(rsa.privateKey.export({ type: 'pkcs1', format: 'der' }))).toBe('RSA 1024 bits');
  const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey;
  expect(describeDerKey(dsa.export({ type: 'pkcs8', format: 'der' }))).toBe('PKCS#8 DSA');
});

test('public keys and other structures are none', () => {
  expect(describeDerKey(rsa.publicKey.export({ type: 'pkcs1', format: 'der' }))).toBeUndefined();
  expect(describeDerKey(rsa.publicKey.export({ type: 'spki', format: 'der' }))).toBeUndefined();
  expect(describeDerKey(writeDer(0x30))).toBeUndefined();
  expect(describeDerKey(new Uint8Array(0))).toBeUndefined();
});

test('cut, altered and random bytes never throw (fuzz)', () => {
  const kinds = Object.values(MINT_DER);
  for (let seed = 0; seed < 500; seed++) {
    const random = new RandomText(seed);
    const bytes = random.pick(kinds)(random);
    for (let i = 0; i < 4; i++) bytes[random.integer(40)] = random.integer(256);
    const answer = describeDerKey(bytes.subarray(0, bytes.length - random.integer(3)));
    expect(['string', 'undefined'], `seed ${seed}`).toContain(typeof answer);
  }
});
