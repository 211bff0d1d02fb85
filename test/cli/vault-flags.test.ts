// What the vault's flags fill, and what they refuse without repeating it.
import { expect, test } from 'vitest';
import { fillArguments, type GivenFlag } from '../../src/cli/fill-arguments.ts';

const fill = (...flags: readonly (readonly [string, string | boolean])[]) =>
  fillArguments({ command: 'plan', operands: [], flags: flags.map(([name, value]): GivenFlag => ({ name, value })) })
    .vault;

function refuse(name: string, value: string | boolean): string {
  try {
    fill([name, value]);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

test('every flag, some more than once', () => {
  expect(
    fill(
      ...([
        ['aws', true],
        ['aws-profile', 'a b'],
        ['aws-profile', 'c'],
        ['aws-region', 'eu-west-1, us-gov-west-1'],
        ['aws-region', 'cn-north-1'],
      ] as const),
      ...([
        ['aws-prefix', 'team/'],
        ['aws-prefix', '/x'],
        ['parameter-store', true],
        ['names', 'f.json'],
        ['names', '-'],
        ['save-index', 'o.json'],
      ] as const),
      ...([
        ['aws-required', true],
        ['aws-timeout', '5'],
        ['aws-endpoint', 'http://127.0.0.1:5000'],
        ['aws-metadata', true],
      ] as const),
      ...([
        ['compare-values', true],
        ['yes', true],
      ] as const),
    ),
  ).toEqual({
    aws: true,
    awsProfiles: ['a b', 'c'],
    awsRegions: ['eu-west-1', 'us-gov-west-1', 'cn-north-1'],
    awsPrefixes: ['team/', '/x'],
    parameterStore: true,
    namesFiles: ['f.json', '-'],
    saveIndex: 'o.json',
    awsRequired: true,
    awsTimeoutMs: 5000,
    awsEndpoint: 'http://127.0.0.1:5000',
    awsMetadata: true,
    compareValues: true,
    yes: true,
  });
});

test('nothing is on by itself, and one command line leaves nothing for the next', () => {
  fill(['aws-region', 'eu-west-1'], ['aws', true]);
  expect(fill()).toMatchObject({
    aws: false,
    awsRegions: [],
    compareValues: false,
    awsMetadata: false,
    awsTimeoutMs: 60_000,
  });
});

test.each([
  ['aws-region', 'Ireland', '--aws-region must be a region, such as eu-west-1'],
  ['aws-region', 'eu-west-1,evil.example.com', '--aws-region must be a region, such as eu-west-1'],
  ['aws-profile', ' x', '--aws-profile must be the name of a profile in ~/.aws/config'],
  ['aws-profile', 'a\u001b[31m', '--aws-profile must be the name of a profile in ~/.aws/config'],
  ['aws-prefix', 'a*', '--aws-prefix holds a sign that names cannot have; use A-Z a-z 0-9 / _ + = . @ -'],
  ['aws-timeout', '0', '--aws-timeout must be a whole number from 1 to 3600'],
  ['aws-timeout', '1e3', '--aws-timeout must be a whole number from 1 to 3600'],
  ['aws-endpoint', 'localhost:5000', '--aws-endpoint must be http://host:port or https://host:port'],
  ['aws-endpoint', 'file:///etc/passwd', '--aws-endpoint must be http://host:port or https://host:port'],
  ['aws-endpoint', 'http://user:pw@host', '--aws-endpoint must be http://host:port or https://host:port'],
])('--%s %s is refused', (name, value, message) => {
  expect(refuse(name, value)).toBe(message);
});
