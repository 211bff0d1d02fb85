// Names from a fake AWS through the real SDK: what is sent, how pages are read, which credentials are used, what becomes of
// listings that fail.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VaultArguments } from '../../src/model/vault-arguments.ts';
import { isVaultIncomplete, openVault, saveIndex, vaultProblems } from '../../src/vault/open-vault.ts';
import { type AwsSetting, enterAwsSetting, NO_ARGUMENTS, NO_SETTINGS } from './aws-setting.ts';
import { ACCOUNT, arnOf, type FakeAws, type FakeSecret, startFakeAws } from './fake-aws.ts';

let server: FakeAws;
let setting: AwsSetting;

beforeEach(async () => {
  server = await startFakeAws();
  setting = enterAwsSetting(server);
});
afterEach(async () => {
  setting.end();
  await server.close();
});

async function open(args: Partial<VaultArguments>) {
  const vault = await openVault(
    { ...NO_ARGUMENTS, awsRegions: ['eu-west-1'], aws: true, ...args },
    NO_SETTINGS,
    setting.outside,
  );
  vault.close();
  return vault.index;
}

const many = (count: number): readonly FakeSecret[] =>
  Array.from({ length: count }, (_, i) => ({ Name: `app/${String(i).padStart(5, '0')}` }));

test('a names-only run sends ListSecrets and nothing else, and every page is read, empty ones too', async () => {
  server.secrets = many(250);
  server.emptyPages = true;
  const index = await open({});
  expect(index.entries.map(({ name }) => name)).toEqual(server.secrets.map(({ Name }) => Name));
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
  expect([...new Set(server.calls.map(({ target }) => target))]).toEqual(['ListSecrets']);
  expect(server.calls.map(({ body }) => body.NextToken)).toEqual([undefined, '0', 'e100', '100', 'e200', '200']);
  expect(server.calls[0]?.body).toEqual({ IncludePlannedDeletion: true, MaxResults: 100 });
});

test('all fields of an entry, and those of one that has none', async () => {
  server.secrets = [
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
  const { entries } = await open({});
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
  server.secrets = [
    { Name: 'db', region: 'us-east-1', PrimaryRegion: 'eu-west-1', LastAccessedDate: 1711929600 },
    { Name: 'db', region: 'eu-west-1', PrimaryRegion: 'eu-west-1', LastAccessedDate: 1700006400 },
    { Name: 'db', region: 'eu-central-1' },
  ];
  const { entries } = await open({ awsRegions: ['us-east-1', 'eu-west-1', 'eu-central-1'] });
  expect(entries.map(({ region, replicaRegions, accessedDate }) => ({ region, replicaRegions, accessedDate }))).toEqual(
    [
      { region: 'eu-central-1', replicaRegions: [], accessedDate: undefined },
      { region: 'eu-west-1', replicaRegions: ['us-east-1'], accessedDate: '2024-04-01T00:00:00.000Z' },
    ],
  );
});

test('a prefix is sent as a filter, and applied here too; more than ten are applied here alone', async () => {
  server.secrets = [{ Name: 'team/a' }, { Name: 'other/b' }, { Name: 'Team/c' }];
  const one = await open({ awsPrefixes: ['team/'] });
  expect([one.entries.map(({ name }) => name), one.namePrefixes]).toEqual([['team/a'], ['team/']]);
  expect(server.calls.at(-1)?.body.Filters).toEqual([{ Key: 'name', Values: ['team/'] }]);
  const ten = Array.from({ length: 10 }, (_, i) => `no${i}`);
  const eleven = await open({ awsPrefixes: [...ten, 'team/'] });
  expect(eleven.entries.map(({ name }) => name)).toEqual(['team/a']);
  expect(server.calls.at(-1)?.body.Filters).toBeUndefined();
});

test('Parameter Store on request: names with and without the slash in front', async () => {
  server.parameters = [
    { Name: '/team/url', Type: 'String', LastModifiedDate: 1710000000.5, Version: 1 },
    { Name: '/team/pw', Type: 'SecureString', KeyId: 'alias/aws/ssm', LastModifiedDate: 1710000000, Version: 7 },
    { Name: '/other', Type: 'String', LastModifiedDate: 1710000000, Version: 1 },
  ];
  server.secrets = [{ Name: 'team/x' }];
  const { entries } = await open({ parameterStore: true, awsPrefixes: ['team/'] });
  expect(
    entries.map(({ name, store, type, createdDate, versions }) => [name, store, type, createdDate, versions[0]?.id]),
  ).toEqual([
    ['/team/pw', 'parameter-store', 'SecureString', undefined, '7'],
    ['/team/url', 'parameter-store', 'String', '2024-03-09T16:00:00.500Z', '1'],
    ['team/x', 'secrets-manager', undefined, undefined, undefined],
  ]);
  expect(server.calls.map(({ target }) => target).sort()).toEqual(['DescribeParameters', 'ListSecrets']);
  expect(server.calls.find(({ target }) => target === 'DescribeParameters')?.body.ParameterFilters).toEqual([
    { Key: 'Name', Option: 'BeginsWith', Values: ['team/', '/team/'] },
  ]);
});

test('throttling for a while is waited out', async () => {
  server.secrets = many(3);
  server.faults.push({ kind: 'throttle', times: 2 });
  expect((await open({})).entries).toHaveLength(3);
  expect(server.calls).toHaveLength(3);
});

test('a request that hangs is given up after a quarter of the time, and tried again', async () => {
  server.secrets = many(3);
  server.faults.push({ kind: 'hang', times: 1 });
  const before = performance.now();
  expect((await open({ awsTimeoutMs: 4_000 })).entries).toHaveLength(3);
  expect(performance.now() - before).toBeLessThan(3_500);
  expect(server.calls).toHaveLength(2);
});

test('one region that fails leaves the others, and is told', async () => {
  server.secrets = many(2);
  server.faults.push({ kind: 'denied', region: 'us-east-1' });
  const index = await open({ awsRegions: ['us-east-1', 'eu-west-1'] });
  expect(index.entries).toHaveLength(2);
  expect(isVaultIncomplete(index)).toBe(true);
  expect(vaultProblems(index)).toEqual([
    'not checked: Secrets Manager, us-east-1: no permission for secretsmanager:ListSecrets in us-east-1; allow it to the default profile, on resource "*"',
  ]);
});

test('the region: flags, then AWS_REGION, AWS_DEFAULT_REGION, then the profile; without any it is told', async () => {
  const config =
    '[profile audit]\nregion = ap-south-1\n[profile bare]\naws_access_key_id = PROFILEKEY\naws_secret_access_key = x\n';
  const credentials = '[audit]\naws_access_key_id = PROFILEKEY\naws_secret_access_key = x\n';
  const regionOf = async (variables: Record<string, string>, args: Partial<VaultArguments>) => {
    setting.end();
    setting = enterAwsSetting(server, { config, credentials }, variables);
    const index = await open({ awsRegions: [], ...args });
    return index.sources.map(({ region, problem }) => problem ?? region);
  };
  expect(await regionOf({ AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-west-3' }, {})).toEqual(['eu-north-1']);
  expect(await regionOf({ AWS_DEFAULT_REGION: 'eu-west-3' }, {})).toEqual(['eu-west-3']);
  expect(await regionOf({}, { awsProfiles: ['audit'] })).toEqual(['ap-south-1']);
  expect(server.calls.at(-1)?.keyId).toBe('PROFILEKEY');
  expect(await regionOf({}, { awsProfiles: ['bare'] })).toEqual([
    'Secrets Manager, profile bare: no AWS region is set; give --aws-region, or set AWS_REGION',
  ]);
  expect(await regionOf({ AWS_REGION: 'eu-west-1' }, { awsProfiles: ['audit'], awsRegions: ['eu-west-2'] })).toEqual([
    'eu-west-2',
  ]);
});

test('several profiles, each with its own keys; one that does not exist is told and its name is not', async () => {
  setting.end();
  const credentials =
    '[a]\naws_access_key_id = KEYA\naws_secret_access_key = x\n[b]\naws_access_key_id = KEYB\naws_secret_access_key = x\n';
  setting = enterAwsSetting(server, { credentials });
  server.secrets = [{ Name: 'one' }];
  const index = await open({ awsProfiles: ['a', 'b', 'zzzzz'] });
  expect(server.calls.map(({ keyId }) => keyId)).toEqual(['KEYA', 'KEYB']);
  expect(index.entries).toHaveLength(1);
  expect(vaultProblems(index)).toEqual([
    'not checked: Secrets Manager, eu-west-1: there is no such AWS profile. List them with: aws configure list-profiles',
  ]);
});

test('a role with source_profile is assumed once for all regions', async () => {
  setting.end();
  const config = '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = base\n';
  const credentials = '[base]\naws_access_key_id = BASEKEY\naws_secret_access_key = x\n';
  setting = enterAwsSetting(server, { config, credentials });
  const index = await open({ awsProfiles: ['role'], awsRegions: ['eu-west-1', 'us-east-1'] });
  expect(vaultProblems(index)).toEqual([]);
  expect(server.calls.map(({ target, keyId }) => `${target} ${keyId}`)).toEqual([
    'AssumeRole BASEKEY',
    'ListSecrets ASSUMED',
    'ListSecrets ASSUMED',
  ]);
});

/** `~/.aws/config` and variables of one way to log in, made for a folder. */
const WAYS: readonly (readonly [
  string,
  (folder: string) => { config?: string; variables: Record<string, string> },
  string,
  string[],
])[] = [
  [
    'SSO',
    (folder) => {
      const cache = join(folder, '.aws', 'sso', 'cache');
      mkdirSync(cache, { recursive: true });
      const token = { accessToken: 'made-up', expiresAt: '2099-01-01T00:00:00Z' };
      writeFileSync(join(cache, `${createHash('sha1').update('main').digest('hex')}.json`), JSON.stringify(token));
      const config =
        '[profile sso]\nsso_session = main\nsso_account_id = 111122223333\nsso_role_name = r\n[sso-session main]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n';
      return { config, variables: { AWS_PROFILE: 'sso' } };
    },
    'SSOKEY',
    ['/federation/credentials', 'ListSecrets'],
  ],
  [
    'web identity, as CI systems give it',
    (folder) => {
      writeFileSync(join(folder, 'token'), 'made-up');
      const variables = {
        AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'),
        AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci',
      };
      return { variables };
    },
    'ASSUMED',
    ['AssumeRoleWithWebIdentity', 'ListSecrets'],
  ],
  [
    'credential_process',
    () => {
      const answer = { Version: 1, AccessKeyId: 'PROCESSKEY', SecretAccessKey: 'made-up' };
      return {
        config: `[profile p]\ncredential_process = echo '${JSON.stringify(answer)}'\n`,
        variables: { AWS_PROFILE: 'p' },
      };
    },
    'PROCESSKEY',
    ['ListSecrets'],
  ],
  [
    'a container',
    () => ({ variables: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/container` } }),
    'TASKKEY',
    ['/container', 'ListSecrets'],
  ],
];

test.each(WAYS)('credentials by %s', async (_, make, keyId, sent) => {
  const made = make(setting.folder);
  writeFileSync(join(setting.folder, 'config-of-way'), made.config ?? '');
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  Object.assign(process.env, made.variables, { AWS_CONFIG_FILE: join(setting.folder, 'config-of-way') });
  const index = await open({});
  expect(vaultProblems(index)).toEqual([]);
  expect(server.calls.map(({ target }) => target)).toEqual(sent);
  expect(server.calls.at(-1)?.keyId).toBe(keyId);
});

test('what was saved is read again as it was', async () => {
  server.secrets = [
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
  server.parameters = [{ Name: '/p', Type: 'String', LastModifiedDate: 1710000000, Version: 3 }];
  const index = await open({ parameterStore: true, awsRegions: ['eu-west-1', 'us-east-1'] });
  saveIndex(index, 'names.json', setting.folder);
  const calls = server.calls.length;
  const again = await open({ aws: false, awsRegions: [], namesFiles: ['names.json'] });
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
  expect(server.calls).toHaveLength(calls);
  expect(readFileSync(join(setting.folder, 'names.json'), 'utf8')).toContain('"format": "unleak-vault-index"');
});

test('a saved index of listings that failed is no proof that a name does not exist', async () => {
  server.faults.push({ kind: 'denied' });
  saveIndex(await open({}), 'names.json', setting.folder);
  const again = await open({ aws: false, awsRegions: [], namesFiles: ['names.json'] });
  expect(vaultProblems(again)).toEqual([
    'not checked: names.json: 1 of its listings failed when it was made; make it again',
  ]);
});

test('flags that mean nothing without another are refused', async () => {
  const refuse = (args: Partial<VaultArguments>) =>
    openVault({ ...NO_ARGUMENTS, ...args }, NO_SETTINGS, setting.outside).then(
      () => 'opened',
      (error: Error) => error.message,
    );
  writeFileSync(join(setting.folder, 'n.json'), '{"SecretList":[]}');
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
  expect(server.calls).toEqual([]);
});

test('the settings of the file: profile, regions, prefix and names; names are not read when AWS is asked', async () => {
  setting.end();
  setting = enterAwsSetting(server, { credentials: '[p]\naws_access_key_id = KEYP\naws_secret_access_key = x\n' });
  writeFileSync(join(setting.folder, 'n.json'), '{"SecretList":[{"Name":"team/file"},{"Name":"x"}]}');
  server.secrets = [{ Name: 'team/aws' }];
  const settings = {
    profile: 'p',
    regions: ['eu-west-2'],
    namePrefix: 'team/',
    names: join(setting.folder, 'n.json'),
  };
  const offline = await openVault(NO_ARGUMENTS, settings, setting.outside);
  expect([offline.index.entries.map(({ name }) => name), server.calls.length]).toEqual([['team/file'], 0]);
  const online = await openVault({ ...NO_ARGUMENTS, aws: true }, settings, setting.outside);
  online.close();
  expect(online.index.entries.map(({ name, region, profile }) => [name, region, profile])).toEqual([
    ['team/aws', 'eu-west-2', 'p'],
  ]);
  expect(server.calls.map(({ keyId, region }) => [keyId, region])).toEqual([['KEYP', 'eu-west-2']]);
});
