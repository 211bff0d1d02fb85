// Every way in which AWS, a network or a set-up fails, through the real SDK: one line each that says what to do and holds no
// account id, no ARN, no path, no text of the server.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VaultArguments } from '../../src/model/vault-arguments.ts';
import { describeAwsError } from '../../src/vault/aws-errors.ts';
import { useAws } from './aws-setting.ts';
import { ACCOUNT, type FaultKind, startFakeAws } from './fake-aws.ts';

const aws = useAws();

/** The line of the one listing, without its label; entries must be none. */
async function lineOf(args: Partial<VaultArguments> = {}): Promise<string | undefined> {
  const { entries, sources } = await aws.open({ awsTimeoutMs: 20_000, ...args });
  expect(entries).toEqual([]);
  expect(sources.map(({ state }) => state)).toEqual(['not-checked']);
  const problem = sources[0]?.problem;
  expect(problem).not.toContain(ACCOUNT);
  expect(problem).not.toContain(aws.setting.folder);
  expect(problem).not.toContain('arn:');
  expect(problem).not.toContain('\n');
  return problem?.replace(/^Secrets Manager(?:, profile \w+)?(?:, eu-west-1)?: /, '');
}

const host = (): string => new URL(aws.server.url).host;

const FAULTS: readonly (readonly [FaultKind, () => string])[] = [
  [
    'denied',
    () => 'no permission for secretsmanager:ListSecrets in eu-west-1; allow it to the default profile, on resource "*"',
  ],
  ['expired', () => 'the credentials of the default profile have expired; log in again'],
  [
    'unknown-key',
    () => 'the credentials of the default profile are not known to AWS; are they deleted, or of another partition?',
  ],
  [
    'bad-signature',
    () =>
      'the credentials of the default profile give a wrong signature; check the secret key and the clock of this machine',
  ],
  ['server-error', () => 'AWS has a fault of its own (HTTP 500); try again later'],
  ['reset', () => `${host()} broke the connection off; try again`],
  [
    'malformed',
    () => 'the answer to secretsmanager:ListSecrets is not what AWS sends; is a proxy or a wrong endpoint in between?',
  ],
  [
    'html',
    () => 'the answer to secretsmanager:ListSecrets is not what AWS sends; is a proxy or a wrong endpoint in between?',
  ],
  ['endless', () => 'an answer is larger than AWS ever sends; is a wrong endpoint in between?'],
  ['same-token', () => 'the listing goes round in a circle; is a wrong endpoint in between?'],
  ['no-name', () => 'a listed entry has no name; is a wrong endpoint in between?'],
  ['throttle', () => 'AWS asks to slow down (secretsmanager:ListSecrets), also after retries; try again in a minute'],
];

test.each(FAULTS)('a server that answers with: %s', async (kind, line) => {
  aws.server.faults.push({ kind });
  expect(await lineOf()).toBe(line());
});

test.each(['hang', 'hang-in-body'] as const)(
  'a server that does not answer (%s) costs no more than the limit',
  async (kind) => {
    aws.server.faults.push({ kind });
    const before = performance.now();
    expect(await lineOf({ awsTimeoutMs: 1_000 })).toBe(
      `no answer from ${host()} in time (limit 1 s); try again, or raise --aws-timeout`,
    );
    expect(performance.now() - before).toBeLessThan(3_000);
  },
);

test('nobody listens there', async () => {
  const gone = await startFakeAws();
  await gone.close();
  const where = new URL(gone.url).host;
  expect(await lineOf({ awsEndpoint: gone.url })).toBe(
    `${where} refused the connection; check the endpoint, proxy and VPN`,
  );
});

test('a name that does not resolve', async () => {
  expect(await lineOf({ awsEndpoint: 'http://no-such-host.invalid:1' })).toBe(
    "the name of no-such-host.invalid:1 cannot be resolved; check the region's name and the network",
  );
});

test('TLS where there is none', async () => {
  expect(await lineOf({ awsEndpoint: aws.server.url.replace('http:', 'https:') })).toMatch(
    /^127\.0\.0\.1:\d+ (?:cannot be reached \(EPROTO\); check the network|broke the connection off; try again)$/,
  );
});

test('no credentials at all, and no metadata service is asked', async () => {
  aws.enter({}, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
  const before = performance.now();
  expect(await lineOf()).toBe(
    'no AWS credentials found for the default profile; log in (aws sso login, aws configure) or use --names FILE',
  );
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(process.env.AWS_EC2_METADATA_DISABLED).toBe('true');
});

test('a profile that does not exist', async () => {
  aws.enter({ config: '[profile audit]\nregion = eu-west-1\n' });
  expect(await lineOf({ awsProfiles: ['audti'] })).toBe('there is no such AWS profile. Did you mean "audit"?');
});

const MFA_CONFIG =
  '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/ada\n';
const BASE = '[base]\naws_access_key_id = BASEKEY\naws_secret_access_key = x\n';

test('a role that may not be assumed', async () => {
  aws.enter({ config: MFA_CONFIG.replace(/mfa_serial.*\n/, ''), credentials: BASE });
  aws.server.faults.push({ target: 'AssumeRole', kind: 'mfa-wrong' });
  expect(await lineOf({ awsProfiles: ['role'] })).toBe(
    'the MFA code for profile role was not accepted; wait for the next code and run again',
  );
});

test('source_profile in a circle', async () => {
  const role = (name: string, source: string) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = ${source}\n`;
  aws.enter({ config: role('a', 'b') + role('b', 'a') });
  expect(await lineOf({ awsProfiles: ['a'] })).toBe(
    'source_profile of profile a goes round in a circle; mend ~/.aws/config',
  );
});

test('an SSO session that has ended', async () => {
  aws.enter({
    config: `[profile sso]\nsso_session = s\nsso_account_id = ${ACCOUNT}\nsso_role_name = r\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n`,
  });
  expect(await lineOf({ awsProfiles: ['sso'] })).toBe(
    'the SSO session of profile sso has ended or was never begun; run: aws sso login --profile sso',
  );
});

test('a login session that is not there', async () => {
  aws.enter({ config: `[profile human]\nlogin_session = arn:aws:iam::${ACCOUNT}:user/ada\nregion = eu-west-1\n` });
  expect(await lineOf({ awsProfiles: ['human'] })).toBe(
    'the login session of profile human is not there or has ended; run: aws login --profile human',
  );
});

test('credential_process that fails', async () => {
  aws.enter({ config: '[profile p]\ncredential_process = /bin/false --secret hunter2\n' });
  expect(await lineOf({ awsProfiles: ['p'] })).toBe(
    'credential_process of profile p failed; run its command by hand to see why',
  );
});

test('credential_process that hangs is given up', async () => {
  aws.enter({ config: '[profile p]\ncredential_process = sleep 4\n' });
  const before = performance.now();
  expect(await lineOf({ awsProfiles: ['p'], awsTimeoutMs: 1_000 })).toBe(
    `no answer from ${host()} in time (limit 1 s); try again, or raise --aws-timeout`,
  );
  expect(performance.now() - before).toBeLessThan(3_000);
});

test('a config file that cannot be read', async () => {
  mkdirSync(join(aws.setting.folder, 'folder'));
  aws.enter({}, { AWS_CONFIG_FILE: '/proc/self/mem' });
  expect(await lineOf({ awsProfiles: ['p'] })).toMatch(
    /^the AWS config file cannot be read \(E[A-Z]+\); check its permissions$/,
  );
});

test('variables for another profile and keys do not make the SDK write to the console', async () => {
  aws.enter({ credentials: BASE }, { AWS_PROFILE: 'base' });
  const written: unknown[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => written.push(words);
  try {
    aws.server.faults.push({ kind: 'denied' });
    expect(await lineOf()).toContain('allow it to profile base');
  } finally {
    console.warn = warn;
  }
  expect(written).toEqual([]);
  expect(aws.server.calls.map(({ keyId }) => keyId)).toEqual(['BASEKEY']);
});

test('anything else: name and status, and never its text', () => {
  const context = { action: 'secretsmanager:ListSecrets', profile: undefined, region: 'eu-west-1', timeoutMs: 1000 };
  const odd = Object.assign(new Error(`account ${ACCOUNT}`), {
    name: 'OddException',
    $metadata: { httpStatusCode: 418 },
  });
  expect(describeAwsError(odd, context)).toBe(
    'secretsmanager:ListSecrets failed (OddException, HTTP 418); try the same with the AWS CLI',
  );
  for (const thrown of [
    undefined,
    null,
    7,
    'text',
    {},
    { name: `x ${ACCOUNT}` },
    { name: '__proto__' },
    { name: 'toString' },
  ]) {
    expect(describeAwsError(thrown, context)).toMatch(
      /^secretsmanager:ListSecrets failed \((?:an unknown error|toString)\); try the same with the AWS CLI$/,
    );
  }
  const certificate = Object.assign(new Error('self signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  expect(describeAwsError(certificate, context)).toBe(
    "the certificate of AWS in eu-west-1 is not trusted; for a company's own, set NODE_EXTRA_CA_CERTS",
  );
});

test('files of the AWS CLI that are not text', async () => {
  writeFileSync(join(aws.setting.folder, 'config'), Buffer.from([0, 255, 91, 112, 10, 91, 93, 10, 128]));
  aws.server.faults.push({ kind: 'denied' });
  expect(await lineOf()).toContain('no permission');
});
