// Regions, profiles and ways to log in, through the real SDK and a fake AWS.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VaultArguments } from '../../src/model/vault-arguments.ts';
import { vaultProblems } from '../../src/vault/open-vault.ts';
import { useAws } from './aws-setting.ts';

const aws = useAws();

test('the region: flags, then AWS_REGION, AWS_DEFAULT_REGION, then the profile; without any it is told', async () => {
  const config =
    '[profile audit]\nregion = ap-south-1\n[profile bare]\naws_access_key_id = PROFILEKEY\naws_secret_access_key = x\n';
  const credentials = '[audit]\naws_access_key_id = PROFILEKEY\naws_secret_access_key = x\n';
  const regionOf = async (variables: Record<string, string>, args: Partial<VaultArguments>) => {
    aws.enter({ config, credentials }, variables);
    const index = await aws.open({ awsRegions: [], ...args });
    return index.sources.map(({ region, problem }) => problem ?? region);
  };
  expect(await regionOf({ AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-west-3' }, {})).toEqual(['eu-north-1']);
  expect(await regionOf({ AWS_DEFAULT_REGION: 'eu-west-3' }, {})).toEqual(['eu-west-3']);
  expect(await regionOf({}, { awsProfiles: ['audit'] })).toEqual(['ap-south-1']);
  expect(aws.server.calls.at(-1)?.keyId).toBe('PROFILEKEY');
  expect(await regionOf({}, { awsProfiles: ['bare'] })).toEqual([
    'Secrets Manager, profile bare: no AWS region is set; give --aws-region, or set AWS_REGION',
  ]);
  expect(await regionOf({ AWS_REGION: 'eu-west-1' }, { awsProfiles: ['audit'], awsRegions: ['eu-west-2'] })).toEqual([
    'eu-west-2',
  ]);
});

test('several profiles, each with its own keys; one that does not exist is told and its name is not', async () => {
  const credentials =
    '[a]\naws_access_key_id = KEYA\naws_secret_access_key = x\n[b]\naws_access_key_id = KEYB\naws_secret_access_key = x\n';
  aws.enter({ credentials });
  aws.server.secrets = [{ Name: 'one' }];
  const index = await aws.open({ awsProfiles: ['a', 'b', 'zzzzz'] });
  expect(aws.server.calls.map(({ keyId }) => keyId)).toEqual(['KEYA', 'KEYB']);
  expect(index.entries).toHaveLength(1);
  expect(vaultProblems(index)).toEqual([
    'not checked: Secrets Manager, eu-west-1: there is no such AWS profile. List them with: aws configure list-profiles',
  ]);
});

test('a role with source_profile is assumed once for all regions', async () => {
  const config = '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = base\n';
  const credentials = '[base]\naws_access_key_id = BASEKEY\naws_secret_access_key = x\n';
  aws.enter({ config, credentials });
  const index = await aws.open({ awsProfiles: ['role'], awsRegions: ['eu-west-1', 'us-east-1'] });
  expect(vaultProblems(index)).toEqual([]);
  expect(aws.server.calls.map(({ target, keyId }) => `${target} ${keyId}`)).toEqual([
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
    () => ({ variables: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${aws.server.url}/container` } }),
    'TASKKEY',
    ['/container', 'ListSecrets'],
  ],
];

test.each(WAYS)('credentials by %s', async (_, make, keyId, sent) => {
  const made = make(aws.setting.folder);
  writeFileSync(join(aws.setting.folder, 'config-of-way'), made.config ?? '');
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  Object.assign(process.env, made.variables, { AWS_CONFIG_FILE: join(aws.setting.folder, 'config-of-way') });
  const index = await aws.open({});
  expect(vaultProblems(index)).toEqual([]);
  expect(aws.server.calls.map(({ target }) => target)).toEqual(sent);
  expect(aws.server.calls.at(-1)?.keyId).toBe(keyId);
});
