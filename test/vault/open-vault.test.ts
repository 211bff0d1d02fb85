// Names from a fake AWS through the real SDK: what is sent, how pages are read, what becomes of listings that fail,
// and what is saved. Which credentials are used: aws-access.test.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VaultArguments } from '../../src/model/vault-arguments.ts';
import { isVaultIncomplete, openVault, saveIndex, vaultProblems } from '../../src/vault/open-vault.ts';
import { NO_ARGUMENTS, NO_SETTINGS, useAws } from './aws-setting.ts';
import { ACCOUNT, arnOf, type FakeSecret } from './fake-aws.ts';

const aws = useAws();

const many = (count: number): readonly FakeSecret[] =>
  Array.from({ length: count }, (_, i) => ({ Name: `app/${String(i).padStart(5, '0')}` }));

test('a names-only run sends ListSecrets and nothing else, and every page is read, empty ones too', async () => {
  aws.server.secrets = many(250);
  aws.server.emptyPages = true;
  const index = await aws.open({});
  expect(index.entries.map(({ name }) => name)).toEqual(aws.server.secrets.map(({ Name }) => Name));
  expect(index.sources).toEqual([
    {
      kind: 'aws',
      store: 'secrets-manager',
      label: 'Secrets Manager, eu-west-1',
      profile: undefined,
      region: 'eu-west-1',
      state: 'checked',
      problem: undefined,
      entries: 250,
      takenAt: '2026-11-24T12:00:00.000Z',
    },
  ]);
  expect([...new Set(aws.server.calls.map(({ target }) => target))]).toEqual(['ListSecrets']);
  expect(aws.server.calls.map(({ body }) => body.NextToken)).toEqual([undefined, '0', 'e100', '100', 'e200', '200']);
  expect(aws.server.calls[0]?.body).toEqual({ IncludePlannedDeletion: true, MaxResults: 100 });
});

test('all fields of an entry, and those of one that has none', async () => {
  aws.server.secrets = [
    {
      Name: 'prod/db',
      Description: 'Orders',
      KmsKeyId: 'alias/own',
      Tags: [{ Key: 'team', Value: 'orders' }, { Key: 'empty' }],
      RotationEnabled: true,
      RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
      RotationRules: { AutomaticallyAfterDays: 30, ScheduleExpression: 'rate(30 days)' },
      CreatedDate: 1700000000.25,
      LastChangedDate: 1710000000,
      LastRotatedDate: 1709000000,
      NextRotationDate: 1800000000,
      LastAccessedDate: 1711929600,
      SecretVersionsToStages: { b: ['AWSPREVIOUS'], a: ['AWSCURRENT'] },
    },
    { Name: 'rds!db-1', OwningService: 'rds', DeletedDate: 1712000000, Type: 'MongoDBAtlasDatabaseUser' },
  ];
  const { entries } = await aws.open({});
  const common = { store: 'secrets-manager', region: 'eu-west-1', account: ACCOUNT, profile: undefined };
  expect(entries).toEqual([
    {
      ...common,
      name: 'prod/db',
      arn: arnOf({ Name: 'prod/db' }, 'eu-west-1'),
      description: 'Orders',
      tags: [
        { key: 'team', value: 'orders' },
        { key: 'empty', value: '' },
      ],
      kmsKeyId: 'alias/own',
      type: undefined,
      rotation: {
        isEnabled: true,
        lambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
        everyDays: 30,
        schedule: 'rate(30 days)',
        lastDate: '2024-02-27T02:13:20.000Z',
        nextDate: '2027-01-15T08:00:00.000Z',
      },
      createdDate: '2023-11-14T22:13:20.250Z',
      changedDate: '2024-03-09T16:00:00.000Z',
      accessedDate: '2024-04-01T00:00:00.000Z',
      deletedDate: undefined,
      versions: [
        { id: 'a', stages: ['AWSCURRENT'] },
        { id: 'b', stages: ['AWSPREVIOUS'] },
      ],
      owningService: undefined,
      primaryRegion: undefined,
      replicaRegions: [],
    },
    {
      ...common,
      name: 'rds!db-1',
      arn: arnOf({ Name: 'rds!db-1' }, 'eu-west-1'),
      description: undefined,
      tags: [],
      kmsKeyId: undefined,
      type: 'MongoDBAtlasDatabaseUser',
      rotation: {
        isEnabled: false,
        lambdaArn: undefined,
        everyDays: undefined,
        schedule: undefined,
        lastDate: undefined,
        nextDate: undefined,
      },
      createdDate: undefined,
      changedDate: undefined,
      accessedDate: undefined,
      deletedDate: '2024-04-01T19:33:20.000Z',
      versions: [],
      owningService: 'rds',
      primaryRegion: undefined,
      replicaRegions: [],
    },
  ]);
});

test('several regions: a replica is folded into its primary, which keeps the newest read', async () => {
  aws.server.secrets = [
    { Name: 'db', region: 'us-east-1', PrimaryRegion: 'eu-west-1', LastAccessedDate: 1711929600 },
    { Name: 'db', region: 'eu-west-1', PrimaryRegion: 'eu-west-1', LastAccessedDate: 1700006400 },
    { Name: 'db', region: 'eu-central-1' },
  ];
  const { entries } = await aws.open({ awsRegions: ['us-east-1', 'eu-west-1', 'eu-central-1'] });
  expect(entries.map(({ region, replicaRegions, accessedDate }) => ({ region, replicaRegions, accessedDate }))).toEqual(
    [
      { region: 'eu-central-1', replicaRegions: [], accessedDate: undefined },
      { region: 'eu-west-1', replicaRegions: ['us-east-1'], accessedDate: '2024-04-01T00:00:00.000Z' },
    ],
  );
});

test('a prefix is sent as a filter, and applied here too; more than ten are applied here alone', async () => {
  aws.server.secrets = [{ Name: 'team/a' }, { Name: 'other/b' }, { Name: 'Team/c' }];
  const one = await aws.open({ awsPrefixes: ['team/'] });
  expect([one.entries.map(({ name }) => name), one.namePrefixes]).toEqual([['team/a'], ['team/']]);
  expect(aws.server.calls.at(-1)?.body.Filters).toEqual([{ Key: 'name', Values: ['team/'] }]);
  const ten = Array.from({ length: 10 }, (_, i) => `no${i}`);
  const eleven = await aws.open({ awsPrefixes: [...ten, 'team/'] });
  expect(eleven.entries.map(({ name }) => name)).toEqual(['team/a']);
  expect(aws.server.calls.at(-1)?.body.Filters).toBeUndefined();
});

test('Parameter Store on request: names with and without the slash in front', async () => {
  aws.server.parameters = [
    { Name: '/team/url', Type: 'String', LastModifiedDate: 1710000000.5, Version: 1 },
    { Name: '/team/pw', Type: 'SecureString', KeyId: 'alias/aws/ssm', LastModifiedDate: 1710000000, Version: 7 },
    { Name: '/other', Type: 'String', LastModifiedDate: 1710000000, Version: 1 },
  ];
  aws.server.secrets = [{ Name: 'team/x' }];
  const { entries } = await aws.open({ parameterStore: true, awsPrefixes: ['team/'] });
  expect(
    entries.map(({ name, store, type, createdDate, versions }) => [name, store, type, createdDate, versions[0]?.id]),
  ).toEqual([
    ['/team/pw', 'parameter-store', 'SecureString', undefined, '7'],
    ['/team/url', 'parameter-store', 'String', '2024-03-09T16:00:00.500Z', '1'],
    ['team/x', 'secrets-manager', undefined, undefined, undefined],
  ]);
  expect(aws.server.calls.map(({ target }) => target).sort()).toEqual(['DescribeParameters', 'ListSecrets']);
  expect(aws.server.calls.find(({ target }) => target === 'DescribeParameters')?.body.ParameterFilters).toEqual([
    { Key: 'Name', Option: 'BeginsWith', Values: ['team/', '/team/'] },
  ]);
});

test('throttling for a while is waited out', async () => {
  aws.server.secrets = many(3);
  aws.server.faults.push({ kind: 'throttle', times: 2 });
  expect((await aws.open({})).entries).toHaveLength(3);
  expect(aws.server.calls).toHaveLength(3);
});

test('a request that hangs is given up after a quarter of the time, and tried again', async () => {
  aws.server.secrets = many(3);
  aws.server.faults.push({ kind: 'hang', times: 1 });
  const before = performance.now();
  expect((await aws.open({ awsTimeoutMs: 4_000 })).entries).toHaveLength(3);
  expect(performance.now() - before).toBeLessThan(3_500);
  expect(aws.server.calls).toHaveLength(2);
});

test('one region that fails leaves the others, and is told', async () => {
  aws.server.secrets = many(2);
  aws.server.faults.push({ kind: 'denied', region: 'us-east-1' });
  const index = await aws.open({ awsRegions: ['us-east-1', 'eu-west-1'] });
  expect(index.entries).toHaveLength(2);
  expect(isVaultIncomplete(index)).toBe(true);
  expect(vaultProblems(index)).toEqual([
    'not checked: Secrets Manager, us-east-1: no permission for secretsmanager:ListSecrets in us-east-1; allow it to the default profile, on resource "*"',
  ]);
});

test('what was saved is read again as it was', async () => {
  aws.server.secrets = [
    {
      Name: 'a',
      CreatedDate: 1700000000.25,
      Tags: [{ Key: 'k', Value: 'v' }],
      RotationEnabled: true,
      RotationRules: { AutomaticallyAfterDays: 7 },
    },
    {
      Name: 'b',
      PrimaryRegion: 'eu-west-1',
      SecretVersionsToStages: { x: ['AWSCURRENT'] },
      LastRotatedDate: 1700000000,
    },
    { Name: 'b', region: 'us-east-1', PrimaryRegion: 'eu-west-1' },
  ].map((secret) => ({ region: 'eu-west-1', ...secret }));
  aws.server.parameters = [{ Name: '/p', Type: 'String', LastModifiedDate: 1710000000, Version: 3 }];
  const index = await aws.open({ parameterStore: true, awsRegions: ['eu-west-1', 'us-east-1'] });
  saveIndex(index, 'names.json', aws.setting.folder);
  const calls = aws.server.calls.length;
  const again = await aws.open({ aws: false, awsRegions: [], namesFiles: ['names.json'] });
  expect(again.entries).toEqual(index.entries);
  expect(again.sources).toEqual([
    {
      kind: 'file',
      store: undefined,
      label: 'names.json',
      profile: undefined,
      region: undefined,
      state: 'checked',
      problem: undefined,
      entries: 4,
      takenAt: '2026-11-24T12:00:00.000Z',
    },
  ]);
  expect(aws.server.calls).toHaveLength(calls);
  expect(readFileSync(join(aws.setting.folder, 'names.json'), 'utf8')).toContain('"format": "unleak-vault-index"');
});

test('a saved index of listings that failed is no proof that a name does not exist', async () => {
  aws.server.faults.push({ kind: 'denied' });
  saveIndex(await aws.open({}), 'names.json', aws.setting.folder);
  const again = await aws.open({ aws: false, awsRegions: [], namesFiles: ['names.json'] });
  expect(vaultProblems(again)).toEqual([
    'not checked: names.json: 1 of its listings failed when it was made; make it again',
  ]);
});

test('flags that mean nothing without another are refused', async () => {
  const refuse = (args: Partial<VaultArguments>) =>
    openVault({ ...NO_ARGUMENTS, ...args }, NO_SETTINGS, aws.setting.outside).then(
      () => 'opened',
      (error: Error) => error.message,
    );
  writeFileSync(join(aws.setting.folder, 'n.json'), '{"SecretList":[]}');
  expect(await refuse({ awsProfiles: ['x'] })).toBe('--aws-profile needs --aws: without it AWS is not asked');
  expect(await refuse({ awsRegions: ['eu-west-1'] })).toBe('--aws-region needs --aws: without it AWS is not asked');
  expect(await refuse({ namesFiles: ['n.json'], compareValues: true })).toBe(
    '--compare-values needs --aws: without it AWS is not asked',
  );
  expect(await refuse({ awsRequired: true })).toBe('--aws-required needs --aws: without it AWS is not asked');
  expect(await refuse({ saveIndex: 'x' })).toBe('--save-index needs names to save: give --aws or --names FILE');
  expect(await refuse({ awsPrefixes: ['x'] })).toBe(
    '--aws-prefix needs names to choose from: give --aws or --names FILE',
  );
  expect(await refuse({ aws: true, yes: true })).toBe('--yes is for --compare-values');
  expect(await refuse({ namesFiles: ['n.json'], awsPrefixes: ['x'] })).toBe('opened');
  expect(aws.server.calls).toEqual([]);
});

test('the settings of the file: profile, regions, prefix and names; names are not read when AWS is asked', async () => {
  aws.enter({ credentials: '[p]\naws_access_key_id = KEYP\naws_secret_access_key = x\n' });
  writeFileSync(join(aws.setting.folder, 'n.json'), '{"SecretList":[{"Name":"team/file"},{"Name":"x"}]}');
  aws.server.secrets = [{ Name: 'team/aws' }];
  const settings = {
    profile: 'p',
    regions: ['eu-west-2'],
    namePrefix: 'team/',
    names: join(aws.setting.folder, 'n.json'),
  };
  const offline = await openVault(NO_ARGUMENTS, settings, aws.setting.outside);
  expect([offline.index.entries.map(({ name }) => name), aws.server.calls.length]).toEqual([['team/file'], 0]);
  const online = await openVault({ ...NO_ARGUMENTS, aws: true }, settings, aws.setting.outside);
  online.close();
  expect(online.index.entries.map(({ name, region, profile }) => [name, region, profile])).toEqual([
    ['team/aws', 'eu-west-2', 'p'],
  ]);
  expect(aws.server.calls.map(({ keyId, region }) => [keyId, region])).toEqual([['KEYP', 'eu-west-2']]);
});
