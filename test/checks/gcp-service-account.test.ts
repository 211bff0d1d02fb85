// Google service account files.
import { expect, test } from 'vitest';
import { gcpServiceAccount } from '../../src/checks/gcp-service-account.ts';
import { RandomText } from '../../src/util/random-text.ts';

const FILE = gcpServiceAccount.mint!(new RandomText(1), '');
const FIELDS = JSON.parse(FILE);

test.each([
  ['indented', FILE],
  ['on one line', JSON.stringify(FIELDS)],
  ['inside a JSON string', JSON.stringify({ GOOGLE: JSON.stringify(FIELDS) })],
  ['cut after the two fields', FILE.slice(0, FILE.indexOf('"auth_uri"'))],
])('%s', (_, text) => {
  expect(gcpServiceAccount.test(text)).toEqual({ result: 'pass', note: `account ${FIELDS.client_email}` });
});

test('a placeholder key, a stranger as e-mail, a missing field', () => {
  const empty = { ...FIELDS, private_key: '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n' };
  expect(gcpServiceAccount.test(JSON.stringify(empty)).result).toBe('fail');
  expect(gcpServiceAccount.test(JSON.stringify({ ...FIELDS, private_key: 'changeme' })).result).toBe('fail');
  expect(gcpServiceAccount.test(JSON.stringify({ ...FIELDS, client_email: 'me@example.com' })).result).toBe('fail');
  expect(gcpServiceAccount.test(JSON.stringify({ ...FIELDS, client_email: undefined })).result).toBe('unknown');
});

test('the bare key is answered too', () => {
  expect(gcpServiceAccount.test(FIELDS.private_key)).toEqual({ result: 'pass', note: 'PKCS#8 RSA' });
});
