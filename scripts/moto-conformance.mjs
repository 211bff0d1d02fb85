// Runs the vault's code and the built command against moto, a stand-in for AWS that others wrote: `npm run conformance:moto`.
// Not part of the tests, because moto is a Python package. A recorder between the two says what was sent.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const HOW_TO_GET = `moto is not there. To get it:
  python3 -m venv /tmp/moto && /tmp/moto/bin/pip install 'moto[server]'
  MOTO_SERVER=/tmp/moto/bin/moto_server npm run conformance:moto`;
const DAY = 24 * 60 * 60 * 1000;
const REGION = 'eu-west-1';
const CLI = join(import.meta.dirname, '..', 'dist', 'unleak.cjs');

const folder = mkdtempSync(join(tmpdir(), 'unleak-moto-'));
const server = process.env.MOTO_SERVER || 'moto_server';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (line) => process.stdout.write(`${line}\n`);

function findVersion() {
  try {
    return execFileSync(server, ['--help'], { stdio: 'pipe' }).toString().length > 0;
  } catch {
    return false;
  }
}

/** Forwards to moto and notes the action of each request. */
async function startRecorder(port) {
  const targets = [];
  const recorder = createServer((incoming, outgoing) => {
    targets.push(String(incoming.headers['x-amz-target'] ?? 'form').replace(/^[^.]*\./, ''));
    const { method, url, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(onward);
  });
  await new Promise((resolve) => recorder.listen(0, '127.0.0.1', resolve));
  return { targets, url: `http://127.0.0.1:${recorder.address().port}`, close: () => recorder.close() };
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The TypeScript of src, as modules that Node runs. */
async function loadSources() {
  const names = {
    'open-vault': 'vault/open-vault',
    verdict: 'vault/date-verdict',
    compare: 'vault/compare-values',
    secret: 'model/secret',
  };
  const input = Object.fromEntries(Object.entries(names).map(([key, path]) => [key, `src/${path}.ts`]));
  const build = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await build.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'part-[name].mjs' });
  await build.close();
  const load = (key) => import(pathToFileURL(join(folder, `${key}.mjs`)).href);
  return {
    ...(await load('open-vault')),
    ...(await load('verdict')),
    ...(await load('compare')),
    ...(await load('secret')),
  };
}

const ARGUMENTS = {
  ...{
    aws: true,
    awsProfiles: [],
    awsRegions: [REGION],
    awsPrefixes: [],
    parameterStore: false,
    namesFiles: [],
    saveIndex: undefined,
  },
  ...{
    awsRequired: false,
    awsEndpoint: undefined,
    awsMetadata: false,
    awsTimeoutMs: 20_000,
    compareValues: false,
    yes: false,
  },
};
const NO_SETTINGS = { profile: undefined, regions: [], namePrefix: undefined, names: undefined };
/** Made for this run: nothing that looks like a key stands in this file. */
const madeUp = () =>
  Array.from({ length: 24 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[Math.floor(Math.random() * 31)]).join('');

async function seed(client, sdk, values) {
  const create = (Name, SecretString, more = {}) =>
    client.send(new sdk.CreateSecretCommand({ Name, SecretString, ...more }));
  const put = (SecretId, SecretString) => client.send(new sdk.PutSecretValueCommand({ SecretId, SecretString }));
  for (let i = 0; i < 230; i++) await create(`bulk/${String(i).padStart(3, '0')}`, `value ${i}`);
  await create('prod/orders/db', JSON.stringify({ user: 'orders', password: values.current }), {
    Description: 'Orders database',
    Tags: [{ Key: 'team', Value: 'orders' }],
  });
  await create('prod/api', values.previous);
  await put('prod/api', values.next);
  await create('prod/rotated', 'first value');
  await client.send(
    new sdk.RotateSecretCommand({ SecretId: 'prod/rotated', RotationRules: { AutomaticallyAfterDays: 30 } }),
  );
  await create('prod/deleted', 'old value');
  await client.send(new sdk.DeleteSecretCommand({ SecretId: 'prod/deleted', RecoveryWindowInDays: 7 }));
  await create('prod/changed', 'one value');
  await sleep(2_100);
  await put('prod/changed', 'another value');
}

function checkVerdicts(vault, index) {
  const entry = (name) => index.entries.find((one) => one.name === name) ?? assert.fail(`${name} was not listed`);
  const now = Date.now();
  const kindOf = (name, leakAt, at = now) => {
    const firstDate = leakAt === undefined ? undefined : new Date(leakAt).toISOString();
    return vault.verdictOf(entry(name), { firstDate, pushed: 'yes' }, new Date(at)).kind;
  };
  const createdAt = Date.parse(entry('prod/changed').createdDate);
  const kinds = {
    'live-after-rotation': kindOf('prod/rotated', now + 3 * DAY),
    'rotated-after-leak': kindOf('prod/rotated', now - 3 * DAY),
    'entry-older-than-leak': kindOf('prod/orders/db', now + DAY),
    'never-rotated': kindOf('prod/orders/db', now - DAY),
    'entry-younger-than-leak': kindOf('prod/api', now - DAY),
    'changed-after-leak': kindOf('prod/changed', createdAt + 500),
    'scheduled-for-deletion': kindOf('prod/deleted', now - DAY),
    'unused-entry': kindOf('bulk/000', undefined, now + 100 * DAY),
    unknown: kindOf('bulk/000', undefined),
  };
  for (const [expected, got] of Object.entries(kinds)) assert.equal(got, expected);
  say(`verdicts: all ${Object.keys(kinds).length} kinds`);
}

async function checkCompare(vault, opened, values, recorder) {
  recorder.targets.length = 0;
  const leaked = Object.entries(values).map(([fingerprint, value]) => ({
    fingerprint,
    secret: new vault.Secret(value, 'token'),
  }));
  const { matches, compared, problems } = await vault.compareValues(
    opened.index.entries,
    leaked,
    opened.accesses,
    20_000,
  );
  // moto leaves a secret that it rotated without a function with no current value.
  assert.deepEqual(problems, [`${REGION}: values not compared (ResourceNotFoundException): prod/rotated`]);
  const got = matches.map(({ fingerprint, name, stage, jsonPath }) =>
    [fingerprint, name, stage, jsonPath].join(' ').trim(),
  );
  assert.deepEqual(got, [
    'next prod/api AWSCURRENT',
    'current prod/orders/db AWSCURRENT password',
    'previous prod/api AWSPREVIOUS',
  ]);
  assert.deepEqual([...new Set(recorder.targets)].sort(), ['BatchGetSecretValue', 'GetSecretValue']);
  say(`compare: ${compared} values read with ${recorder.targets.length} calls, 3 of 4 leaked values found`);
}

/** `unleak plan --aws` as a user runs it. */
async function checkCommand(recorder, environment) {
  if (!existsSync(CLI)) return say('command: not run, dist/ is missing (npm run build)');
  const work = join(folder, 'work');
  mkdirSync(work);
  writeFileSync(join(work, 'run.sh'), 'aws secretsmanager get-secret-value --secret-id prod/orders/dbx\n');
  recorder.targets.length = 0;
  const child = spawn(process.execPath, [CLI, 'plan', '--aws', '--format', 'json'], { cwd: work, env: environment });
  let output = '';
  child.stdout.on('data', (piece) => {
    output += piece;
  });
  child.stderr.pipe(process.stderr);
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 0);
  assert.match(output, /has no entry prod\/orders\/dbx/);
  assert.deepEqual([...new Set(recorder.targets)], ['ListSecrets']);
  say(`command: exit 0, ${recorder.targets.length} requests, all of them ListSecrets`);
}

async function main() {
  if (!findVersion()) {
    process.stderr.write(`${HOW_TO_GET}\n`);
    process.exitCode = 2;
    return;
  }
  const port = await freePort();
  const moto = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const recorder = await startRecorder(port);
  const variables = {
    ...{
      AWS_ACCESS_KEY_ID: 'moto',
      AWS_SECRET_ACCESS_KEY: 'moto',
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: recorder.url,
      HOME: folder,
    },
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  Object.assign(process.env, variables);
  for (const name of ['AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_SESSION_TOKEN'])
    delete process.env[name];
  try {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    const client = new sdk.SecretsManagerClient({});
    for (let tries = 0; ; tries++) {
      try {
        await client.send(new sdk.ListSecretsCommand({}));
        break;
      } catch (error) {
        if (tries >= 20) throw error;
        await sleep(500);
      }
    }
    const values = { current: madeUp(), previous: madeUp(), next: madeUp(), absent: madeUp() };
    await seed(client, sdk, values);
    client.destroy();
    const vault = await loadSources();
    recorder.targets.length = 0;
    const opened = await vault.openVault(ARGUMENTS, NO_SETTINGS, {
      environment: process.env,
      cwd: folder,
      now: () => new Date(),
    });
    assert.deepEqual(vault.vaultProblems(opened.index), []);
    assert.equal(opened.index.entries.length, 235);
    assert.deepEqual([...new Set(recorder.targets)], ['ListSecrets']);
    say(`list: 235 entries with ${recorder.targets.length} requests, all of them ListSecrets`);
    checkVerdicts(vault, opened.index);
    await checkCompare(vault, opened, values, recorder);
    opened.close();
    await checkCommand(recorder, { ...process.env });
  } finally {
    recorder.close();
    moto.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
