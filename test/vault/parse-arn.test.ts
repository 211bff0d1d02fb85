// ARNs, their tails, and words of environments.
import { expect, test } from 'vitest';
import { environmentOf, nameWithoutEnvironment } from '../../src/vault/environment-of.ts';
import { namesOfArn } from '../../src/vault/find-references.ts';
import { hasRandomTail, parseArn } from '../../src/vault/parse-arn.ts';

test('parts of an ARN', () => {
  expect(parseArn('arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:a/b-AbCdEf:key:AWSCURRENT')).toEqual(
    {
      service: 'secretsmanager',
      region: 'us-gov-west-1',
      account: '111122223333',
      resource: 'a/b-AbCdEf',
    },
  );
  expect(parseArn('arn:aws:ssm:eu-west-1:111122223333:parameter/a/b')?.resource).toBe('/a/b');
  for (const text of [
    '',
    'arn:aws:s3:::bucket',
    'arn:aws:secretsmanager:eu-west-1:111122223333:other:x',
    'x arn:aws:ssm:a:1:parameter/x',
  ])
    expect(parseArn(text)).toBeUndefined();
});

test('names of an ARN: six random characters go, and stay as a second guess', () => {
  expect(namesOfArn('a/b-AbCdE9')).toEqual(['a/b', 'a/b-AbCdE9']);
  expect(namesOfArn('a/b')).toEqual(['a/b']);
  expect(namesOfArn('a/b-??????')).toEqual(['a/b']);
  expect(namesOfArn('a/b-*')).toEqual(['a/b']);
  expect([hasRandomTail('my-secret'), hasRandomTail('my-secrets'), hasRandomTail('abcdef')]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  ['prod/app/db', 'production'],
  ['MyAppPROD', 'production'],
  ['app-Prd-1', 'production'],
  ['live2/db', 'production'],
  ['preprod/db', 'preproduction'],
  ['pre-prod/db', 'preproduction'],
  ['stagingDb', 'staging'],
  ['dev/db', 'development'],
  ['uat_db', 'acceptance'],
  ['product/device', undefined],
  ['prod/dev', undefined],
  ['testament', undefined],
  ['', undefined],
])('environment of %s: %s', (name, environment) => {
  expect(environmentOf(name)).toBe(environment);
});

test('the same entry in another environment', () => {
  expect(nameWithoutEnvironment('prod/App/db')).toBe(nameWithoutEnvironment('app-staging-db'));
  expect(nameWithoutEnvironment('prod/a')).not.toBe(nameWithoutEnvironment('prod/b'));
});
