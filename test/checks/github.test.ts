// GitHub and npm: the published examples, joined here from body and checksum.
import { expect, test } from 'vitest';
import { githubCrc32, githubFineGrained } from '../../src/checks/github.ts';
import { jwt } from '../../src/checks/jwt.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { exampleText } from './example-text.ts';

const PREFIXES = ['ghp', 'gho', 'ghu', 'ghs', 'npm'].map((word) => `${word}_`);

test.each([
  [exampleText(30), '0i2ab2'],
  ['A'.repeat(30), '0uCPlr'],
  ['0'.repeat(30), '2C8GjS'],
])('the checksum of the body %s is %s, whatever the prefix', (body, tail) => {
  for (const prefix of PREFIXES) {
    expect(githubCrc32.test(prefix + body + tail)).toEqual({ result: 'pass', note: undefined });
    expect(githubCrc32.test(`${prefix}${body}${tail.slice(0, 5)}x`)).toEqual({ result: 'fail', note: undefined });
  }
});

test('the refresh token has a body of 70 characters', () => {
  const prefix = ['ghr', ''].join('_');
  expect(githubCrc32.test(`${prefix}${exampleText(70)}138VSR`).result).toBe('pass');
  expect(githubCrc32.test(`${prefix}${exampleText(70)}138VSS`).result).toBe('fail');
  expect(githubCrc32.test(`${prefix}${exampleText(30)}000000`).result).toBe('unknown');
});

test('a stateless installation token is read as a JWT', () => {
  const token = jwt.mint!(new RandomText(1), 'RS256');
  expect(githubCrc32.test(`ghs_${12345}_${token}`)).toEqual({
    result: 'pass',
    note: 'expires 2030-03-17',
  });
  expect(githubCrc32.test(`ghs_${12345}_${token.slice(0, -9)}`).result).toBe('unknown');
});

test('the field of a fine-grained token', () => {
  const before = `github_pat_1${exampleText(21)}_${exampleText(43)}`;
  expect(githubFineGrained.test(`${before}W6D3QAWF${exampleText(8)}`).result).toBe('pass');
  expect(githubFineGrained.test(`${before}W6D3QAWG${exampleText(8)}`).result).toBe('unknown');
});
