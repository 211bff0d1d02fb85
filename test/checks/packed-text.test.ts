// Tokens that are base64 of a patterned text.
import { expect, test } from 'vitest';
import { atlassianDcToken, clerkPublishable, intercomToken, workosKey } from '../../src/checks/packed-text.ts';
import { exampleText } from './example-text.ts';

function pack(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

test('Atlassian Data Center: an id and bytes that are no text', () => {
  const token = pack(`123456789012:\x91${'\x11'.repeat(19)}`);
  expect([token.length, token.slice(0, 16)]).toEqual([44, 'MTIzNDU2Nzg5MDEy']);
  expect(atlassianDcToken.test(token).result).toBe('pass');
  expect(atlassianDcToken.test(pack(`123456789012:${exampleText(20)}`)).result).toBe('unknown');
});

test('Intercom', () => {
  const token = pack('tok:00000000_0000_0000_0000_000000000000:1:0');
  expect(token).toBe(['dG9rO', 'jAwMDAwMDAwXzAwMDBfMDAwMF8wMDAwXzAwMDAwMDAwMDAwMDoxOjA='].join(''));
  expect(intercomToken.test(token).result).toBe('pass');
  expect(intercomToken.test(pack('tok:00000000-0000-0000-0000-000000000000:1:0')).result).toBe('unknown');
});

test('Clerk: a host name and a dollar sign', () => {
  expect(pack('clerk.example.com$')).toBe('Y2xlcmsuZXhhbXBsZS5jb20k');
  expect(clerkPublishable.test(`pk_test_${pack('clerk.example.com$')}`)).toEqual({
    result: 'pass',
    note: 'public key, host clerk.example.com',
  });
  expect(clerkPublishable.test(`pk_live_${exampleText(24)}`).result).toBe('fail');
});

test('WorkOS', () => {
  const body = pack(`key_01${exampleText(24)},${exampleText(25)}`);
  expect([body.length, body.slice(0, 6)]).toEqual([76, 'a2V5Xz']);
  expect(workosKey.test(['sk', 'live', body].join('_')).result).toBe('pass');
  expect(workosKey.test(['sk', 'live', exampleText(24)].join('_')).result).toBe('unknown');
});
