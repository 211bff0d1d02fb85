// Identity: what goes into a fingerprint and what does not. The expected digest was made with openssl:
//   printf 'token\0abc' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  createKey,
  fingerprintSecret,
  fingerprintValue,
  keyCheckValue,
  keyFromHex,
  keyToHex,
  normaliseValue,
  PUBLIC_KEY,
} from '../../src/baseline/fingerprint.ts';
import { Secret } from '../../src/model/secret.ts';
import { RandomText } from '../../src/util/random-text.ts';

const KEY = new Uint8Array(32).fill(1);

test('the first 128 bits of HMAC-SHA-256 over kind, NUL and value', () => {
  expect(fingerprintValue(KEY, 'token', 'abc')).toBe('433995fe83905c45f29008a4c066514a');
  const slow = createHmac('sha256', KEY).update('password\0\u00e4b', 'utf8').digest('hex').slice(0, 32);
  expect(fingerprintValue(KEY, 'password', '\u00e4b')).toBe(slow);
  expect(fingerprintSecret(KEY, new Secret('abc', 'token'))).toBe(fingerprintValue(KEY, 'token', 'abc'));
});

test('key, kind and value each change it', () => {
  const prints = [
    fingerprintValue(KEY, 'token', 'abc'),
    fingerprintValue(PUBLIC_KEY, 'token', 'abc'),
    fingerprintValue(KEY, 'password', 'abc'),
    fingerprintValue(KEY, 'token', 'abd'),
  ];
  expect(new Set(prints).size).toBe(4);
});

describe('normalised values', () => {
  const random = new RandomText(3);
  const [start, end] = ['-----BEGIN EC ' + 'PRIVATE KEY-----', '-----END EC ' + 'PRIVATE KEY-----'];
  const body = [random.text('base64', 64), random.text('base64', 64), random.text('base64', 20)];
  test.each([
    [' abc\t\n', 'abc'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a b', 'a b'],
    ['Abc', 'Abc'],
    ['', ''],
  ])('%j → %j', (value, normal) => expect(normaliseValue(value)).toBe(normal));

  test('a PEM block is the same however its lines are broken', () => {
    const forms = [
      [start, ...body, end].join('\n'),
      [start, ...body, end].join('\r\n'),
      [start, ...body, end].join('\\n'),
      [start, ...body, end].join('\\r\\n'),
      [start, ...body, end].join('\n    '),
      `${start}\n${body.join('')}\n${end}\n`,
    ];
    expect(new Set(forms.map(normaliseValue))).toEqual(new Set([`EC ${'PRIVATE KEY'}\n${body.join('')}`]));
    expect(normaliseValue([start, body[0], end].join('\n'))).not.toBe(normaliseValue(forms[0]!));
  });

  test('half a PEM block keeps its form', () => {
    expect(normaliseValue(`${start}\nabc `)).toBe(`${start}\nabc`);
  });
});

test('keys: 32 random bytes, written as 64 digits', () => {
  const [a, b] = [createKey(), createKey()];
  expect([a.length, keyToHex(a) === keyToHex(b)]).toEqual([32, false]);
  expect(keyFromHex(keyToHex(a))).toEqual(a);
  expect(PUBLIC_KEY.length).toBe(32);
  expect(['', '01', 'g'.repeat(64), `${'0'.repeat(64)}0`].map(keyFromHex)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the check value tells keys apart and is no fingerprint', () => {
  expect(keyCheckValue(KEY)).toMatch(/^[0-9a-f]{16}$/);
  expect(keyCheckValue(KEY)).not.toBe(keyCheckValue(PUBLIC_KEY));
});
