// Raw 32-byte keys.
import { expect, test } from 'vitest';
import { base64url32, wireguardKey } from '../../src/checks/raw-keys.ts';
import { exampleText } from './example-text.ts';

function key(first: number, last: number): string {
  return Buffer.from([first, ...new Array(30).fill(0x11), last]).toString('base64');
}

test('WireGuard: clamped bytes pass, others may be preshared keys', () => {
  expect(wireguardKey.test(key(0x10, 0x51))).toEqual({ result: 'pass', note: 'private key' });
  expect(wireguardKey.test(key(0x11, 0x51)).result).toBe('unknown');
  expect(wireguardKey.test(key(0x10, 0x91)).result).toBe('unknown');
  expect(wireguardKey.test(`${exampleText(42)}F=`).result).toBe('fail');
});

test('base64url-32: sixteen last letters are possible', () => {
  for (const letter of 'AEIMQUYcgkosw048') {
    expect(base64url32.test(exampleText(42) + letter).result).toBe('pass');
    expect(base64url32.test(`tgp_v1_${exampleText(42)}${letter}`).result).toBe('pass');
    expect(base64url32.test(`${exampleText(42)}${letter}=`).result).toBe('pass');
  }
  for (const letter of 'BFbf19-_') expect(base64url32.test(exampleText(42) + letter).result).toBe('fail');
});
