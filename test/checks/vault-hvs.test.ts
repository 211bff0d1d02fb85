// Vault service tokens.
import { expect, test } from 'vitest';
import { vaultHvs } from '../../src/checks/vault-hvs.ts';
import { exampleText } from './example-text.ts';

function build(hmacSize: number): string {
  const bytes = [8, 1, 0x12, hmacSize, ...new Array(hmacSize).fill(0x11), 0x1a, 28, ...Buffer.from(exampleText(28))];
  return `hvs.${Buffer.from(bytes).toString('base64url')}`;
}

test('version, 32-byte HMAC, token to the exact end', () => {
  expect(build(32).slice(0, 8)).toBe(['hvs', 'CAES'].join('.'));
  expect(vaultHvs.test(build(32)).result).toBe('pass');
  expect(vaultHvs.test(`${build(32)}AAAA`).result).toBe('unknown');
  expect(vaultHvs.test(build(31)).result).toBe('unknown');
  expect(vaultHvs.test(`hvs.${exampleText(24)}`).result).toBe('unknown');
});
