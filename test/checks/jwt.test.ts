// JSON Web Tokens.
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { jwt } from '../../src/checks/jwt.ts';
import { RandomText } from '../../src/util/random-text.ts';

function part(json: unknown): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}

function build(alg: string, payload: unknown, signatureSize: number): string {
  return [part({ alg, typ: 'JWT' }), part(payload), Buffer.alloc(signatureSize, 0x11).toString('base64url')].join('.');
}

test('the worked example', () => {
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'EXAMPLE', exp: 1_000_000_000 })}`;
  const signature = createHmac('sha256', 'not-a-secret').update(head).digest('base64url');
  expect([signature.slice(0, 8), signature.length]).toEqual(['g28T0qoA', 43]);
  expect(jwt.test(`${head}.${signature}`)).toEqual({ result: 'pass', note: 'expires 2001-09-09' });
});

test('issuer and role are told', () => {
  expect(jwt.test(build('HS256', { iss: 'supabase', role: 'anon' }, 32))).toEqual({
    result: 'pass',
    note: 'issuer supabase, role anon, no expiry',
  });
});

test('an issuer that is no plain text is left out', () => {
  expect(jwt.test(build('HS256', { iss: 'a\u001b[31m', role: 7 }, 32))).toEqual({ result: 'pass', note: 'no expiry' });
});

test.each([
  ['HS256', 32],
  ['HS384', 48],
  ['HS512', 64],
  ['RS256', 256],
  ['PS512', 512],
  ['ES256', 64],
  ['ES384', 96],
  ['ES512', 132],
  ['EdDSA', 64],
  ['none', 0],
])('%s signs with %i bytes', (alg, size) => {
  expect(jwt.test(build(alg, {}, size)).result).toBe('pass');
  expect(jwt.test(build(alg, {}, size + 1))).toEqual({ result: 'fail', note: 'signature has the wrong size' });
  expect(jwt.test(jwt.mint!(new RandomText(1), alg)).result).toBe('pass');
});

test('what is not three parts of JSON', () => {
  expect(jwt.test(build('HS256', [], 32)).result).toBe('fail');
  expect(jwt.test(`${part({ typ: 'JWT' })}.${part({})}.AAAA`).result).toBe('fail');
  expect(jwt.test('eyJhbGciOiJ.eyJ.x').result).toBe('fail');
  expect(jwt.test('a.b.c.d.e').result).toBe('unknown');
});

test('the example that documentation shows everywhere fails', () => {
  const payload = { sub: '1234567890', name: 'John Doe', iat: 1516239022 };
  expect(jwt.test(build('HS256', payload, 32))).toEqual({ result: 'fail', note: 'published example' });
});

test.each([
  [{ iat: 1_500_000_000, exp: 1_500_003_600 }, 'short-lived: valid for 60 minutes, expires 2017-07-14'],
  [{ nbf: 1_500_000_000, exp: 1_500_000_060 }, 'short-lived: valid for 1 minute, expires 2017-07-14'],
  [{ aud: 'x', nonce: 'n', exp: 1_900_000_000 }, 'short-lived: tells who signed in, expires 2030-03-17'],
  [{ aud: 'x', exp: 1_900_000_000 }, 'expires 2030-03-17'],
  [{ iat: 1_500_000_000, exp: 1_500_086_401 }, 'expires 2017-07-15'],
  [{ iat: 1_500_000_000 }, 'no expiry'],
])('how long %o is of use', (payload, note) => {
  expect(jwt.test(build('HS256', payload, 32))).toEqual({ result: 'pass', note });
});
