// From a repository with leaks in many languages and a list of names to a plan folder: the diffs apply, the code that
// comes out is code, the policies are policies, and no value is anywhere.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { runShell, runUnleak } from '../cli/unleak-process.ts';
import { DEMO_VALUES, writeDemo } from '../plan/demo-repository.ts';
import { POLICY_SCHEMA } from '../plan/policy-schema.ts';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { findLeaks } from './planted-secrets.ts';

afterAll(removeFolders);

const has = (tool: string, ...args: string[]): boolean => spawnSync(tool, args, { stdio: 'ignore' }).status === 0;
/** Says in the title of a test why it is left out. */
const withTool = (tool: string, isThere: boolean): string =>
  isThere ? `with ${tool}` : `left out: ${tool} is not here`;

const PLANTED = Object.entries(DEMO_VALUES).map(([ruleId, value]) => ({ ruleId, text: value, value }));

let demo: TestRepository;
const run = (...words: string[]) => runUnleak(words, { cwd: demo.path });
const readAll = (folder: string): readonly { readonly path: string; readonly text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

beforeAll(() => {
  demo = makeRepository();
  writeDemo(demo);
  const { exitCode, stdout, stderr } = run(
    'plan',
    '--names',
    'names.json',
    '--write',
    'out',
    '--reader-account',
    '444455556666',
    '--vpc-endpoint',
    'vpce-0123456789abcdef0',
  );
  expect(stderr).toMatch(
    /^unleak: 16 secrets: 5 have an entry, 1 probably has one, 10 need a new one; 19 diffs; 7 names\. Begin with out\/plan\.md\n$/,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
});

describe('the folder', () => {
  it('holds a plan, commands, policies and diffs, and no value in any form', () => {
    const files = readAll(join(demo.path, 'out'));
    expect(files.map(({ path }) => path).filter((path) => !path.includes('/'))).toEqual(['commands.sh', 'plan.md']);
    expect(files.filter(({ path }) => path.startsWith('patches/'))).toHaveLength(19);
    expect(files.filter(({ path }) => path.startsWith('policies/'))).toHaveLength(48);
    expect(files.flatMap(({ path, text }) => findLeaks(text, PLANTED).map((id) => `${path}: ${id}`))).toEqual([]);
    // The search itself finds what is there.
    expect(findLeaks(demo.git('show', 'HEAD:services/weather/app.py'), PLANTED)).toEqual(['weather']);
  });

  it('is clean for the scanner itself', () => {
    const { exitCode, stdout } = run('scan', '--format', 'json', '--include-ignored', 'out');
    expect(
      JSON.parse(stdout).findings.map(({ path, rule }: { path: string; rule: string }) => `${path} ${rule}`),
    ).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('has policies of the form that IAM takes, each for one secret', () => {
    const isPolicy = new Ajv2020({ allErrors: true }).compile(POLICY_SCHEMA);
    for (const { path, text } of readAll(join(demo.path, 'out', 'policies'))) {
      const document = JSON.parse(text);
      expect({ path, errors: isPolicy(document) ? null : isPolicy.errors }).toEqual({ path, errors: null });
      if (path.endsWith('-reader.json'))
        expect(document.Statement[0].Resource).toEqual([
          expect.stringMatching(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:[\w/-]+-\?{6}$/),
        ]);
    }
    const stripe = JSON.parse(
      readFileSync(join(demo.path, 'out/policies/01-prod-checkout-stripe-api-key-reader.json'), 'utf8'),
    );
    expect(stripe).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadThisSecretOnly',
          Effect: 'Allow',
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/checkout/stripe-api-key-??????'],
          Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-0123456789abcdef0'] } },
        },
        {
          Sid: 'DecryptThisSecretOnly',
          Effect: 'Allow',
          Action: ['kms:Decrypt'],
          Resource: ['arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888'],
          Condition: {
            StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
            StringLike: {
              'kms:EncryptionContext:SecretARN':
                'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/checkout/stripe-api-key-??????',
            },
          },
        },
      ],
    });
  });

  it('has commands that bash can read and that run nothing', () => {
    const script = join(demo.path, 'out', 'commands.sh');
    expect(spawnSync('bash', ['-n', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const loaded = runShell(
      `PATH=/nowhere; source '${script}' 2>/dev/null; declare -F | /usr/bin/env -i /bin/cat | head -200`,
      { cwd: demo.path },
    );
    expect(loaded.stderr).not.toMatch(/aws|unleak/);
  });

  it('is not written over', () => {
    expect(run('plan', '--names', 'names.json', '--write', 'out')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'unleak: --write out: is not empty; choose a new folder, or remove the old plan\n',
    });
  });
});

describe('the diffs', () => {
  beforeAll(() => {
    const { exitCode, stderr } = runShell('$UNLEAK plan --print-diff out/patches | git apply --verbose', {
      cwd: demo.path,
    });
    expect(stderr.split('\n').filter((line) => /^error/.test(line))).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('apply, and take out every value that a mechanical change can take out', () => {
    const left = readAll(demo.path)
      .filter(({ path }) => !path.startsWith('.git/'))
      .flatMap(({ path, text }) => findLeaks(text, PLANTED).map((id) => `${path}: ${id}`));
    // CommonJS cannot wait at the top of a file, and constants of Rust cannot either: these have snippets.
    expect(left).toEqual(['services/map/map.cjs: map', 'services/pay/src/main.rs: rust']);
  });

  it('do not fit a second time, and say so', () => {
    const { exitCode, stdout, stderr } = run('plan', '--print-diff', 'out/patches');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      /^unleak: out\/patches\/00-01-[\w-]+\.diff: services\/loyalty\/aws_secret\.rb is there already, as it should be/,
    );
  });

  it('give modules that Node can read', () => {
    for (const file of ['services/checkout/src/payment.mjs'])
      execFileSync(process.execPath, ['--check', join(demo.path, file)]);
    expect(readFileSync(join(demo.path, 'services/checkout/src/payment.mjs'), 'utf8')).toContain(
      "  stripeApiKey: (await getSecret('prod/checkout/stripe-api-key', { transform: 'json', maxAge: 300 })).secretKey,\n",
    );
  });

  it('give TypeScript without errors of syntax', () => {
    const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(
      process.execPath,
      [tsc, '--noEmit', '--module', 'nodenext', '--ignoreConfig', join(demo.path, 'services/checkout/src/mail.ts')],
      { encoding: 'utf8' },
    );
    // Packages are not installed here; TS1xxx are errors of syntax.
    expect(stdout.match(/error TS1\d{3}\b.*/g) ?? []).toEqual([]);
    expect(stdout).toMatch(/TS2307.*powertools/);
  });

  const python = has('python3', '--version');
  it.skipIf(!python)(`give Python that compiles, ${withTool('python3', python)}`, () => {
    execFileSync('python3', [
      '-c',
      'import ast, sys; ast.parse(open(sys.argv[1]).read())',
      join(demo.path, 'services/weather/app.py'),
    ]);
  });

  const gofmt = has('gofmt', '-h') || spawnSync('gofmt', ['-h'], { stdio: 'ignore' }).status === 2;
  it.skipIf(!gofmt)(`give Go in the form of gofmt, ${withTool('gofmt', gofmt)}`, () => {
    const files = ['store.go', 'aws_secret.go'].map((name) => join(demo.path, 'services/orders', name));
    expect(execFileSync('gofmt', ['-e', '-l', ...files], { encoding: 'utf8' })).toBe('');
  });

  const java = has('javac', '-version');
  it.skipIf(!java)(
    `give Java that the compiler can read, ${withTool('javac', java)}`,
    () => {
      const out = makeFolder();
      // What the helper imports, as far as the compiler must know it.
      const stubs: Readonly<Record<string, string>> = {
        'com/amazonaws/secretsmanager/caching/SecretCache.java':
          'package com.amazonaws.secretsmanager.caching; public class SecretCache { public String getSecretString(String id) { return id; } }',
        'com/fasterxml/jackson/core/JsonProcessingException.java':
          'package com.fasterxml.jackson.core; public class JsonProcessingException extends java.io.IOException {}',
        'com/fasterxml/jackson/databind/JsonNode.java':
          'package com.fasterxml.jackson.databind; public class JsonNode { public JsonNode get(String key) { return this; } public String asText() { return ""; } }',
        'com/fasterxml/jackson/databind/ObjectMapper.java':
          'package com.fasterxml.jackson.databind; public class ObjectMapper { public JsonNode readTree(String text) throws com.fasterxml.jackson.core.JsonProcessingException { return new JsonNode(); } }',
      };
      const files = Object.entries(stubs).map(([path, text]) => {
        const file = join(out, path);
        mkdirSync(join(file, '..'), { recursive: true });
        writeFileSync(file, text);
        return file;
      });
      const own = ['Orders.java', 'AwsSecret.java'].map((name) => join(demo.path, 'services/orders', name));
      expect(spawnSync('javac', ['-d', join(out, 'classes'), ...files, ...own], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    },
    30_000,
  );

  it('give a script that bash can read', () => {
    expect(spawnSync('bash', ['-n', join(demo.path, 'scripts/deploy.sh')], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  const terraform = has('terraform', 'version');
  it.skipIf(!terraform)(`give Terraform that its parser takes, ${withTool('terraform', terraform)}`, () => {
    const done = spawnSync('terraform', ['fmt', '-write=false', '-list=false', join(demo.path, 'infra/main.tf')], {
      encoding: 'utf8',
    });
    // Whether a configuration of its user's is there is no matter of ours.
    expect({ status: done.status, errors: done.stderr.match(/Error:.*/g) }).toEqual({ status: 0, errors: null });
  });

  const ruby = has('ruby', '--version');
  it.skipIf(!ruby)(`give Ruby that ruby can read, ${withTool('ruby', ruby)}`, () => {
    for (const name of ['loyalty.rb', 'aws_secret.rb'])
      execFileSync('ruby', ['-c', join(demo.path, 'services/loyalty', name)]);
  });

  const php = has('php', '--version');
  it.skipIf(!php)(`give PHP that php can read, ${withTool('php', php)}`, () => {
    for (const name of ['metrics.php', 'AwsSecret.php'])
      execFileSync('php', ['-l', join(demo.path, 'services/metrics', name)]);
  });

  it('give YAML with the reference in it', () => {
    const stack = parseYaml(readFileSync(join(demo.path, 'infra/stack.yaml'), 'utf8'));
    expect(stack.Resources.Broker.Properties.Users[0].Password).toMatch(
      /^\{\{resolve:secretsmanager:[\w/-]+:SecretString:password\}\}$/,
    );
    const compose = parseYaml(readFileSync(join(demo.path, 'compose.yaml'), 'utf8'));
    expect(compose.services.cache.environment.CACHE_PASSWORD).toMatch(
      /^\$\{CACHE_PASSWORD:\?read it with: aws secretsmanager get-secret-value --secret-id [\w/-]+\}$/,
    );
  });
});

describe('input', () => {
  it('may be a saved report, and gives the same plan', () => {
    const repository = makeRepository();
    writeDemo(repository);
    const at = { cwd: repository.path };
    const scan = runUnleak(['scan', '--format', 'json', '--output', '.git/report.json', '--quiet', '.'], at);
    expect(scan.exitCode).toBe(1);
    const fresh = runUnleak(['plan', '--names', 'names.json', '--format', 'json'], at);
    const saved = runUnleak(['plan', '.git/report.json', '--names', 'names.json', '--format', 'json'], at);
    expect([fresh.exitCode, saved.exitCode, saved.stderr]).toEqual([0, 0, '']);
    expect(JSON.parse(saved.stdout)).toEqual({
      ...JSON.parse(fresh.stdout),
      subject: JSON.parse(saved.stdout).subject,
    });
    expect(findLeaks(fresh.stdout, PLANTED)).toEqual([]);
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/plan.schema.json'), 'utf8'));
    const isPlan = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);
    expect(isPlan(JSON.parse(fresh.stdout)) ? null : isPlan.errors).toBeNull();
  });

  it('may be a history, whose reach and dates order the plan', () => {
    const repository = makeRepository();
    writeDemo(repository);
    repository.write('services/weather/app.py', 'print("none")\n');
    repository.commitAll('Second');
    const at = { cwd: repository.path };
    runUnleak(['history', '--no-cache', '--format', 'json', '--output', '.git/history.json', '--quiet'], at);
    const { exitCode, stdout } = runUnleak(
      ['plan', '.git/history.json', '--names', 'names.json', '--format', 'json'],
      at,
    );
    const { secrets, notes } = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    const weather = secrets.find(
      ({ places }: { places: { path: string }[] }) => places[0]?.path === 'services/weather/app.py',
    );
    expect({ reach: weather.reach, pushed: weather.pushed, since: weather.since }).toEqual({
      reach: 'history',
      pushed: 'unknown',
      since: '2024-01-02T03:04:05Z',
    });
    expect(weather.steps.find(({ id }: { id: string }) => id === 'code').code).toEqual([]);
    expect(notes).toEqual([
      '1 of 16 secrets do not stand in the files below the current folder any more, or the files are not there: no change of code for them',
    ]);
  });

  it('without names still gives a plan, and loads nothing of AWS', () => {
    const repository = makeRepository();
    writeDemo(repository);
    const { exitCode, stdout } = runUnleak(['plan', 'services/weather'], { cwd: repository.path });
    expect(exitCode).toBe(0);
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toMatch(
      / 1 secret: 1 needs a new one; 1 diff; no names were asked for \(--names FILE or --aws\)\. $/,
    );
    expect(words).toContain(
      ' entry prod/weather/api-key (new; a new entry, named by environment, service and what it is: there are no names to learn from) ',
    );
  });

  it('may have a byte order mark, CRLF, no last line end, and odd names', () => {
    const repository = makeRepository();
    const { weather } = DEMO_VALUES;
    repository.write('bom.mjs', `\ufeffexport const weatherApiKey = "${weather}";`);
    repository.write('sp ace/ü/app.py', `import os\r\n\r\nWEATHER_API_KEY = "${weather}"\r\nprint(1)`);
    repository.commitAll('First');
    const at = { cwd: repository.path };
    expect(runUnleak(['plan', '--write', 'out', '--quiet'], at)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readAll(join(repository.path, 'out')).flatMap(({ text }) => findLeaks(text, PLANTED))).toEqual([]);
    expect(runShell('$UNLEAK plan --print-diff out/patches | git apply', at)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(readFileSync(join(repository.path, 'sp ace/ü/app.py'), 'utf8')).toMatch(
      /^import os\r\nimport json\r\n[\s\S]*\r\nprint\(1\)$/,
    );
    expect(readFileSync(join(repository.path, 'bom.mjs'), 'utf8')).toContain('weatherApiKey = (await getSecret(');
  });

  it('of nothing gives an empty plan', () => {
    const repository = makeRepository();
    repository.write('a.txt', 'clean\n');
    const { exitCode, stdout } = runUnleak(['plan'], { cwd: repository.path });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: '0 secrets; 0 diffs; no names were asked for (--names FILE or --aws).\n',
    });
  });

  it.each([
    [['plan', '--print-diff', 'nowhere'], 'unleak: --print-diff nowhere: there is no such file or folder\n'],
    [['plan', '--print-diff', 'evil.diff'], 'unleak: evil.diff: is no diff of a plan folder\n'],
    [
      ['plan', '--print-diff', 'link.diff'],
      'unleak: link.diff: names link, which is no file inside of the repository\n',
    ],
    [['plan', '--names', 'none.json'], /^unleak: none\.json: there is no such file/],
    [['plan', '--account', '12'], 'unleak: --account must be the id of an account, 12 digits\n'],
    [
      ['plan', '--output', 'plan.xyz'],
      'unleak: --output plan.xyz: the ending says no format; use .txt, .md or .json, or give --format\n',
    ],
    [
      ['plan', '--write', '/proc/unleak-plan/x'],
      'unleak: /proc/unleak-plan/x: cannot be written (ENOENT); choose another place\n',
    ],
    [['plan', '-'], /^unleak: -: standard input is no JSON report; make one with/],
  ])('that cannot be used is refused: %j', (words, message) => {
    const repository = makeRepository();
    repository.write('a.txt', 'clean\n');
    repository.write(
      'evil.diff',
      'diff --git a/../../etc/passwd b/../../etc/passwd\n--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1,1 +1,1 @@\n-{{unleak:value}}\n+x\n',
    );
    repository.write(
      'link.diff',
      '# Lines of the file: 2\ndiff --git a/link b/link\n--- a/link\n+++ b/link\n@@ -1,1 +1,1 @@\n-{{unleak:value}}\n+x\n',
    );
    execFileSync('ln', ['-s', '/etc/hostname', join(repository.path, 'link')]);
    const { exitCode, stdout, stderr } = runUnleak(words, { cwd: repository.path });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
  });
});
