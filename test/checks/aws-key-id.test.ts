// AWS key ids and session tokens.
import { expect, test } from 'vitest';
import { awsAccessKeyId, awsSessionToken } from '../../src/checks/aws-key-id.ts';
import { RandomText } from '../../src/util/random-text.ts';

const TYPE = ['AK', 'IA'].join('');

test.each([
  [`RZPUZDIK${'A'.repeat(8)}`, 'account 123456789012'],
  [`RTX3GSDSQ${'A'.repeat(7)}`, 'account 111122223333'],
])('body %s belongs to %s', (body, note) => {
  expect(awsAccessKeyId.test(TYPE + body)).toEqual({ result: 'pass', note });
  expect(awsAccessKeyId.test(`AROA${body}A`)).toEqual({ result: 'pass', note });
});

test('the old generation says nothing; an account number that is too large cannot be', () => {
  expect(awsAccessKeyId.test(`${TYPE}IOSFODNN7EXAMPLE`).result).toBe('unknown');
  expect(awsAccessKeyId.test(TYPE + '7'.repeat(16)).result).toBe('fail');
});

test.each(['IQoJb3JpZ2luX2Vj', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'])('session token starting %s', (start) => {
  expect(awsSessionToken.mint!(new RandomText(1), start).startsWith(start)).toBe(true);
  expect(awsSessionToken.test(start + 'A'.repeat(200))).toEqual({ result: 'pass', note: undefined });
  expect(awsSessionToken.test(start.replace('Z', 'a') + 'A'.repeat(200)).result).toBe('unknown');
});
