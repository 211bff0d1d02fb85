// Bedrock keys of both kinds.
import { expect, test } from 'vitest';
import { awsBedrockKey } from '../../src/checks/aws-bedrock-key.ts';

const KEY_ID = ['AS', 'IA', 'RZPUZDIK', 'A'.repeat(8)].join('');

test('a long-lived key names itself and its account', () => {
  const body = Buffer.from(`BedrockAPIKey-abcd-at-123456789012:${'EXAMPLE'.repeat(6)}`).toString('base64');
  expect(body.startsWith('QmVkcm9ja0FQSUtleS')).toBe(true);
  expect(awsBedrockKey.test(`ABSK${body}`)).toEqual({ result: 'pass', note: 'long-lived key, account 123456789012' });
  expect(awsBedrockKey.test(`ABSK${body.replace('QmV', 'QmW')}`).result).toBe('unknown');
});

test('a short-lived key is a URL with account and expiry', () => {
  const url = `bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential=${KEY_ID}%2F20300101%2Feu-west-1&X-Amz-Date=20300101T120000Z&X-Amz-Expires=43200`;
  const body = Buffer.from(url).toString('base64');
  expect(body.startsWith('YmVkcm9jay5hbWF6b25hd3MuY29t')).toBe(true);
  expect(awsBedrockKey.test(`bedrock-api-key-${body}`)).toEqual({
    result: 'pass',
    note: 'account 123456789012, expires 2030-01-02',
  });
});
