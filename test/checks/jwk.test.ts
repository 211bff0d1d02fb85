// JSON Web Keys: genuine ones made by node:crypto here.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { jwk } from '../../src/checks/jwk.ts';
import { RandomText } from '../../src/util/random-text.ts';

test.each(['P-256', 'P-384', 'P-521', 'secp256k1'])('EC %s', (namedCurve) => {
  const pair = generateKeyPairSync('ec', { namedCurve });
  const key = pair.privateKey.export({ format: 'jwk' });
  expect(jwk.test(JSON.stringify(key))).toEqual({ result: 'pass', note: `${namedCurve} key` });
  expect(jwk.test(JSON.stringify({ ...key, d: key.d?.slice(4) })).result).toBe('fail');
  expect(jwk.test(JSON.stringify(pair.publicKey.export({ format: 'jwk' })))).toEqual({
    result: 'fail',
    note: 'public key',
  });
});

test('RSA, Ed25519 and symmetric keys', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const edwards = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  expect(jwk.test(JSON.stringify(rsa, null, 2))).toEqual({ result: 'pass', note: 'RSA key' });
  expect(jwk.test(JSON.stringify(edwards))).toEqual({ result: 'pass', note: 'Ed25519 key' });
  expect(jwk.test('{"kty":"oct","k":"RVhBTVBMRQ"}')).toEqual({ result: 'pass', note: 'symmetric key' });
  expect(jwk.test('{"kty":"oct"}').result).toBe('fail');
  expect(jwk.test('{"kty":"??"}').result).toBe('fail');
  expect(jwk.test('{"kty":').result).toBe('unknown');
});

test.each(['', 'EC', 'RSA', 'OKP', 'oct'])('minted as %j', (type) => {
  expect(jwk.test(jwk.mint!(new RandomText(1), type)).result).toBe('pass');
});
