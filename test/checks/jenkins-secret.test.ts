// Jenkins' encrypted values.
import { expect, test } from 'vitest';
import { jenkinsSecret } from '../../src/checks/jenkins-secret.ts';

function build(declared: number, real: number): string {
  return Buffer.from([1, 0, 0, 0, 16, 0, 0, 0, declared, ...new Array(16 + real).fill(0x11)]).toString('base64');
}

test('the declared sizes must match what is there', () => {
  expect(build(16, 16).slice(0, 11)).toBe('AQAAABAAAAA');
  expect(jenkinsSecret.test(`{${build(16, 16)}}`).result).toBe('pass');
  expect(jenkinsSecret.test(build(16, 16)).result).toBe('pass');
  expect(jenkinsSecret.test(`{${build(16, 15)}}`).result).toBe('fail');
  expect(jenkinsSecret.test('{AQAAABAAAAA}').result).toBe('fail');
  expect(jenkinsSecret.test('{EXAMPLE}').result).toBe('unknown');
});
