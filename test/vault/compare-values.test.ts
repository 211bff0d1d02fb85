// Values compared with a fake AWS through the real SDK: what is equal, what is sent, what fails, what is told.
import { expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { compareValues, describeComparison } from '../../src/vault/compare-values.ts';
import { openVault } from '../../src/vault/open-vault.ts';
import { collectTexts } from '../../src/vault/value-texts.ts';
import { NO_ARGUMENTS, NO_SETTINGS, useAws } from './aws-setting.ts';

const aws = useAws();

const random = new RandomText(20261124);
const VALUES = Array.from({ length: 8 }, () => random.text('base62', 24));
const madeUp = (i: number): string => VALUES[i] ?? '';
const leak = (value: string, fingerprint: string) => ({ fingerprint, secret: new Secret(value, 'token') });

const TWO = { SecretVersionsToStages: { a: ['AWSPREVIOUS'], b: ['AWSCURRENT'] } };

async function compare(leaked: readonly ReturnType<typeof leak>[], regions = ['eu-west-1'], timeoutMs = 10_000) {
  const args = { ...NO_ARGUMENTS, aws: true, awsRegions: regions, awsTimeoutMs: timeoutMs };
  const vault = await openVault(args, NO_SETTINGS, aws.setting.outside);
  aws.server.calls.length = 0;
  const result = await compareValues(vault.index.entries, leaked, vault.accesses, timeoutMs);
  vault.close();
  return result;
}

test('whole values, JSON leaves, passwords of URLs, binary values, the version before', async () => {
  aws.server.secrets = [
    { Name: 'whole', values: { AWSCURRENT: `${madeUp(0)}\n` } },
    {
      Name: 'json',
      values: { AWSCURRENT: JSON.stringify({ user: 'ada', db: { password: madeUp(1) }, list: [1, madeUp(2)] }) },
    },
    {
      Name: 'url',
      values: {
        AWSCURRENT: JSON.stringify({ url: `postgres://ada:${encodeURIComponent(`${madeUp(3)}/@`)}@db:5432/x` }),
      },
    },
    { Name: 'binary', values: { AWSCURRENT: Buffer.from(madeUp(4)) } },
    { Name: 'rotated', ...TWO, values: { AWSCURRENT: madeUp(7), AWSPREVIOUS: madeUp(5) } },
    { Name: 'other', values: { AWSCURRENT: madeUp(7) } },
  ];
  const leaked = [madeUp(0), madeUp(1), madeUp(2), `${madeUp(3)}/@`, madeUp(4), madeUp(5), madeUp(6)].map((v, i) =>
    leak(v, `f${i}`),
  );
  const { matches, compared, problems } = await compare(leaked);
  expect(
    matches.map(({ fingerprint, name, stage, jsonPath, region }) => [fingerprint, name, stage, jsonPath, region]),
  ).toEqual([
    ['f4', 'binary', 'AWSCURRENT', undefined, 'eu-west-1'],
    ['f1', 'json', 'AWSCURRENT', 'db.password', 'eu-west-1'],
    ['f2', 'json', 'AWSCURRENT', 'list.1', 'eu-west-1'],
    ['f3', 'url', 'AWSCURRENT', 'url', 'eu-west-1'],
    ['f0', 'whole', 'AWSCURRENT', undefined, 'eu-west-1'],
    ['f5', 'rotated', 'AWSPREVIOUS', undefined, 'eu-west-1'],
  ]);
  expect([compared, problems]).toEqual([6, []]);
  const told = JSON.stringify({ matches, problems });
  for (const value of VALUES) expect(told).not.toContain(value);
  expect(aws.server.calls.map(({ target }) => target)).toEqual(['BatchGetSecretValue', 'GetSecretValue']);
});

test('at most 20 ids a call; deleted entries and parameters are not read', async () => {
  aws.server.secrets = [
    ...Array.from({ length: 45 }, (_, i) => ({ Name: `s${i}`, values: { AWSCURRENT: `value number ${i}` } })),
    { Name: 'gone', DeletedDate: 1700000000, values: { AWSCURRENT: 'x' } },
  ];
  const { compared, matches } = await compare([leak('value number 44', 'f')]);
  expect(compared).toBe(45);
  expect(matches.map(({ name }) => name)).toEqual(['s44']);
  expect(aws.server.calls.map(({ body }) => (body.SecretIdList as unknown[]).length)).toEqual([20, 20, 5]);
});

test('entries that may not be read are told, and so is a region that fails', async () => {
  aws.server.secrets = [
    { Name: 'ok', region: 'eu-west-1', values: { AWSCURRENT: madeUp(0) } },
    ...['a', 'b', 'c', 'd', 'e'].map((Name) => ({ Name, region: 'eu-west-1' })),
    { Name: 'far', region: 'us-east-1', values: { AWSCURRENT: madeUp(0) } },
  ];
  aws.server.faults.push({ target: 'BatchGetSecretValue', region: 'us-east-1', kind: 'denied' });
  const { problems, matches } = await compare([leak(madeUp(0), 'f')], ['eu-west-1', 'us-east-1']);
  expect(matches.map(({ name }) => name)).toEqual(['ok']);
  expect(problems).toEqual([
    'eu-west-1: values not compared (AccessDeniedException): a, b, c, and 2 more',
    'us-east-1: values not compared: no permission for secretsmanager:BatchGetSecretValue in us-east-1; allow it to the default profile, on resource "*"',
  ]);
});

test('an entry with neither value nor error is told, not taken for unequal', async () => {
  aws.server.secrets = [{ Name: 'a', values: { AWSCURRENT: 'x' } }];
  aws.server.faults.push({ target: 'BatchGetSecretValue', kind: 'no-values' });
  const { compared, problems } = await compare([leak(madeUp(0), 'f')]);
  expect([compared, problems]).toEqual([0, ['eu-west-1: values not compared (NoAnswer): a']]);
});

test('a server that hangs costs no more than the limit', async () => {
  aws.server.secrets = [{ Name: 'a', values: { AWSCURRENT: 'x' } }];
  aws.server.faults.push({ target: 'BatchGetSecretValue', kind: 'hang' });
  const before = performance.now();
  const { problems } = await compare([leak(madeUp(0), 'f')], ['eu-west-1'], 1_000);
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(problems).toEqual([
    expect.stringMatching(/^eu-west-1: values not compared: no answer from 127\.0\.0\.1:\d+ in time \(limit 1 s\)/),
  ]);
});

test('short values are not compared: they are equal by chance', async () => {
  aws.server.secrets = [{ Name: 'a', values: { AWSCURRENT: JSON.stringify({ port: 5432, pw: 'admin' }) } }];
  expect((await compare([leak('admin', 'f'), leak('5432', 'g')])).matches).toEqual([]);
});

test('key blocks are equal in every way they are written', () => {
  const block = `-----BEGIN ${'PRIVATE'} KEY-----\nAAAA\nBBBB\n-----END ${'PRIVATE'} KEY-----`;
  for (const text of [block, `${block}\n`, block.replaceAll('\n', '\r\n'), block.replaceAll('\n', '\\n')])
    expect(collectTexts(text)[0]?.value).toBe(block);
});

test('keys of JSON that may be values are not shown; nests and odd JSON do no harm', () => {
  expect(
    collectTexts(JSON.stringify({ [madeUp(0) + madeUp(1)]: 'x', a: '{"b":"c"}' })).map(({ jsonPath }) => jsonPath),
  ).toEqual([undefined, '…', 'a', 'a.b']);
  expect(collectTexts(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toHaveLength(1);
  expect(collectTexts('{"a":').map(({ value }) => value)).toEqual(['{"a":']);
  expect(collectTexts(JSON.stringify({ __proto__: null, constructor: 'abc' })).at(-1)).toEqual({
    value: 'abc',
    jsonPath: 'constructor',
  });
});

test('what it costs is said before', async () => {
  aws.server.secrets = [...Array.from({ length: 41 }, (_, i) => ({ Name: `s${i}` })), { Name: 'rotated', ...TWO }];
  const vault = await openVault(
    { ...NO_ARGUMENTS, aws: true, awsRegions: ['eu-west-1'] },
    NO_SETTINGS,
    aws.setting.outside,
  );
  vault.close();
  expect(describeComparison(vault.index.entries)).toEqual([
    'reads 43 values of 42 entries with 4 calls into memory; nothing is stored or shown',
    'AWS bills calls, about $0.05 for 10,000: this run costs at most $0.01',
    'CloudTrail logs one GetSecretValue event for each value, under your name: tell whoever watches',
    'LastAccessedDate of each entry becomes today: rules for unused entries wait another 90 days',
    'needs secretsmanager:BatchGetSecretValue, secretsmanager:GetSecretValue, and kms:Decrypt for keys of your own',
  ]);
});
