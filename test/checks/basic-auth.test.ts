// Basic authentication values.
import { expect, test } from 'vitest';
import { basicAuth } from '../../src/checks/basic-auth.ts';

test.each([
  ['robot:not-a-secret', 'pass', undefined],
  ['robot:', 'pass', undefined],
  ['r\u00e9mi:not-a-secret', 'pass', undefined],
  ['user:password', 'fail', 'placeholder user and password'],
  ['Aladdin:open sesame', 'fail', 'placeholder user and password'],
  ['aladdin:opensesame', 'fail', 'placeholder user and password'],
  ['no colon here', 'fail', undefined],
  ['robot:line\nend', 'fail', undefined],
])('%j is %s', (text, result, note) => {
  expect(basicAuth.test(Buffer.from(text, 'latin1').toString('base64'))).toEqual({ result, note });
});

test('what is no base64 fails', () => {
  expect(basicAuth.test('not base64!').result).toBe('fail');
});
