// JFrog reference tokens.
import { expect, test } from 'vitest';
import { jfrogReference } from '../../src/checks/jfrog-reference.ts';

function build(text: string): string {
  return Buffer.from(text).toString('base64');
}

test('expiry can be read', () => {
  const forever = build(`reftkn:01:0000000000:${'ABCDEFGHI'.repeat(3)}`);
  expect([forever.length, forever.slice(0, 20)]).toEqual([64, 'cmVmdGtuOjAxOjAwMDAw']);
  expect(jfrogReference.test(forever)).toEqual({ result: 'pass', note: 'never expires' });
  const limited = build(`reftkn:01:1900000000:${'ABCDEFGHI'.repeat(3)}`);
  expect(jfrogReference.test(limited)).toEqual({ result: 'pass', note: 'expires 2030-03-17' });
});

test('another shape inside fails', () => {
  expect(jfrogReference.test(build(`reftkn:01:00000000xx:${'ABCDEFGHI'.repeat(3)}`)).result).toBe('fail');
  expect(jfrogReference.test(build(`reftkn:01:0000000000:${'ABCDEFGHI'.repeat(2)}`)).result).toBe('fail');
});
