// The built command and a fake AWS: what is loaded, what is sent, how a person is asked. On a real terminal where `script`
// (util-linux) is there to make one.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { plainEnvironment, UNLEAK } from '../cli/unleak-process.ts';
import { type FakeAws, startFakeAws } from '../vault/fake-aws.ts';

const HAS_TERMINAL = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
const WITHOUT = HAS_TERMINAL ? '' : ' (skipped: no "script" of util-linux to make a terminal)';

let server: FakeAws;
let home: string;

beforeEach(async () => {
  server = await startFakeAws();
  home = mkdtempSync(join(tmpdir(), 'unleak-vault-'));
  writeFileSync(join(home, 'app.sh'), 'aws secretsmanager get-secret-value --secret-id prod/db\n');
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function environment(): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(plainEnvironment()).filter(([name]) => !name.startsWith('AWS_')));
  return {
    ...own,
    HOME: home,
    AWS_ACCESS_KEY_ID: 'DEFAULTKEY',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    AWS_ENDPOINT_URL: server.url,
  };
}

/** Not spawnSync: the server answers in this process. `detached`: a session of its own has no terminal to ask at. */
function run(command: string, words: readonly string[], typed = ''): Promise<Done> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd: home, env: environment(), detached: true });
    let out = '';
    let error = '';
    child.stdout.on('data', (piece) => {
      out += piece;
    });
    child.stderr.on('data', (piece) => {
      error += piece;
    });
    child.on('close', (code) => resolve({ code, out, error }));
    child.stdin.end(typed);
  });
}

const unleak = (...words: string[]): Promise<Done> => run(process.execPath, [UNLEAK, ...words]);
const onTerminal = (typed: string, ...words: string[]): Promise<Done> =>
  run('script', ['-qec', [process.execPath, UNLEAK, ...words].join(' '), '/dev/null'], typed);

const targets = (): readonly string[] => [...new Set(server.calls.map(({ target }) => target))].sort();

test('a names-only run sends no other action than ListSecrets', async () => {
  server.secrets = [{ Name: 'prod/db', values: { AWSCURRENT: 'x' } }];
  const { code, out } = await unleak('plan', '--aws', '--format', 'json');
  expect([code, targets()]).toEqual([0, ['ListSecrets']]);
  expect(() => JSON.parse(out)).not.toThrow();
});

test('a vault that fails changes nothing, unless it is required', async () => {
  server.faults.push({ kind: 'denied' });
  const { code, out } = await unleak('plan', '--aws');
  expect(code).toBe(0);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'not checked: Secrets Manager, eu-west-1: no permission for secretsmanager:ListSecrets',
  );
  expect((await unleak('plan', '--aws', '--aws-required')).code).toBe(3);
});

/** Scripts that the process has loaded when it ends. */
async function loadedBy(...words: string[]): Promise<readonly string[]> {
  const spy = join(home, 'spy.cjs');
  const out = join(home, 'loaded.json');
  writeFileSync(
    spy,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(Object.keys(require.cache))));`,
  );
  await run(process.execPath, ['--require', spy, UNLEAK, ...words]);
  return JSON.parse(readFileSync(out, 'utf8')) as string[];
}

test('the SDK is loaded with --aws, and never without', async () => {
  const names = join(home, 'names.json');
  writeFileSync(names, '{"SecretList":[{"Name":"prod/db"}]}');
  const isSdk = (file: string): boolean => readFileSync(file, 'utf8').includes('NodeHttpHandler');
  expect((await loadedBy('plan', '--aws')).filter(isSdk)).not.toEqual([]);
  for (const words of [['plan'], ['plan', '--names', names], ['scan'], ['stdin'], ['rules', 'list']])
    expect((await loadedBy(...words)).filter(isSdk), words.join(' ')).toEqual([]);
});

const MFA_CONFIG =
  '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/ada\n';

function writeProfiles(): void {
  writeFileSync(join(home, 'config'), MFA_CONFIG);
  writeFileSync(join(home, 'credentials'), '[base]\naws_access_key_id = BASEKEY\naws_secret_access_key = x\n');
}

test('a profile with MFA and nobody to ask: one line', async () => {
  writeProfiles();
  const { code, out } = await unleak('plan', '--aws', '--aws-profile', 'role');
  expect(code).toBe(0);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'profile role needs an MFA code: run in a terminal, or give the credentials of a session in the environment',
  );
  expect(server.calls).toEqual([]);
});

test.skipIf(!HAS_TERMINAL)(
  `a profile with MFA on a terminal: the code is asked for once, for all regions${WITHOUT}`,
  async () => {
    writeProfiles();
    const { out } = await onTerminal(
      '123456\n',
      'plan',
      '--aws',
      '--aws-profile',
      'role',
      '--aws-region',
      'eu-west-1,us-east-1',
    );
    expect(out.match(/MFA code of profile role \(device ada\): /g)).toHaveLength(1);
    expect(server.calls.map(({ target, keyId }) => `${target} ${keyId}`).sort()).toEqual([
      'AssumeRole BASEKEY',
      'ListSecrets ASSUMED',
      'ListSecrets ASSUMED',
    ]);
    const assumed = server.calls.find(({ target }) => target === 'AssumeRole')?.body;
    expect(assumed).toMatchObject({ TokenCode: '123456', SerialNumber: 'arn:aws:iam::111122223333:mfa/ada' });
  },
);

/** A password in code whose value is the current one of an entry. */
function plantLeak(): string {
  const value = new RandomText(20261124).text('base62', 22);
  writeFileSync(join(home, 'app.py'), `db_password = "${value}"\n`);
  server.secrets = [{ Name: 'prod/db', values: { AWSCURRENT: JSON.stringify({ password: value }) } }];
  return value;
}

test('--compare-values asks first; with nobody to ask no value is read', async () => {
  plantLeak();
  const { code, error } = await unleak('plan', '--aws', '--compare-values');
  expect(code).toBe(2);
  expect(error).toContain('reads 1 value of 1 entry with 1 call into memory');
  expect(error).toMatch(/--compare-values .*--yes\n$/);
  expect(targets()).toEqual(['ListSecrets']);
});

test('--compare-values --yes tells the live value and never shows it', async () => {
  const value = plantLeak();
  const { code, out, error } = await unleak('plan', '--aws', '--compare-values', '--yes');
  expect(code).toBe(0);
  expect(out).toContain('AWSCURRENT of prod/db');
  expect(out + error).not.toContain(value);
  expect(targets()).toEqual(['BatchGetSecretValue', 'ListSecrets']);
});

test.skipIf(!HAS_TERMINAL)(`--compare-values on a terminal: no means no${WITHOUT}`, async () => {
  plantLeak();
  const { code } = await onTerminal('no\n', 'plan', '--aws', '--compare-values');
  expect([code, targets()]).toEqual([2, ['ListSecrets']]);
  const yes = await onTerminal('yes\n', 'plan', '--aws', '--compare-values');
  expect([yes.code, targets()]).toEqual([0, ['BatchGetSecretValue', 'ListSecrets']]);
});
