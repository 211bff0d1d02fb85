// Files written by the real tools, imported: the scan that follows is as quiet as the tool was, and no quieter. Left out where
// a tool is not on the PATH (pip install detect-secrets kingfisher-bin; npm install -g secretlint with its recommended preset;
// go install github.com/zricethezav/gitleaks/v8).
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

afterAll(removeFolders);

/** Which of the programs are not there. */
function missing(...programs: string[]): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.filter((program) => !folders.some((folder) => existsSync(join(folder, program))));
}

function whenThere(program: string) {
  const isMissing = missing(program).length > 0;
  return { run: test.skipIf(isMissing), why: isMissing ? ` (left out: no ${program} on the PATH)` : '' };
}

function runTool(repository: TestRepository, program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: repository.path, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const random = new RandomText(77);
const AWS_ID = `AK${'IA'}${random.text('base32', 16)}`;
const AWS_KEY = random.text('base62', 40);
const PASSWORD = random.text('base62', 22);
const API_KEY = random.text('base62', 32);
const SLACK = `xox${'b-'}${random.text('digits', 12)}-${random.text('digits', 12)}-${random.text('base62', 24)}`;

/** What the tools find, and a file of the same kinds that comes later. */
function setUp(): TestRepository {
  const repository = makeRepository();
  repository.write(
    'src/a.py',
    `import os\ntoken = "${makeToken(21)}"\naws_access_key_id = "${AWS_ID}"\naws_secret_access_key = "${AWS_KEY}"\npassword = "${PASSWORD}"\n`,
  );
  repository.write('src/b.yml', `api_key: ${API_KEY}\nslack: ${SLACK}\n`);
  repository.commitAll('one');
  return repository;
}

function found(repository: TestRepository, ...words: string[]): readonly string[] {
  const { stdout } = runUnleak([...words, '--format', 'json'], { cwd: repository.path });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; path: string; line: number }[] };
  return findings.map(({ rule, path, line }) => `${path}:${line} ${rule}`);
}

const ALL = [
  'src/a.py:2 github.personal-access-token',
  'src/a.py:4 aws.secret-access-key',
  'src/a.py:5 generic.password',
  'src/b.yml:1 generic.api-key',
  'src/b.yml:2 slack.bot-token',
];
/** Added after the import: found by the tool and by unleak alike. */
const LATER = `first = 1\ntoken = "${makeToken(22)}"\n`;
const FOUND_LATER = ['src/a.py:2 github.personal-access-token'];

function importFile(repository: TestRepository, ...words: string[]): string {
  const { exitCode, stdout, stderr } = runUnleak(['import', ...words, '--yes'], { cwd: repository.path });
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

const gitleaks = whenThere('gitleaks');

gitleaks.run(`gitleaks: reports of git and dir, SARIF, and fingerprints${gitleaks.why}`, () => {
  for (const [mode, format, name] of [
    ['git', 'json', 'report.json'],
    ['dir', 'json', 'report.json'],
    ['git', 'sarif', 'report.sarif'],
  ] as const) {
    const repository = setUp();
    expect(found(repository, 'scan')).toEqual(ALL);
    expect(runTool(repository, 'gitleaks', mode, '.', '-f', format, '--report-path', name, '--no-banner').status).toBe(
      1,
    );
    expect(importFile(repository, name)).not.toContain('Not carried over');
    expect([mode, format, found(repository, 'scan', 'src'), found(repository, 'history', '--no-cache')]).toEqual([
      mode,
      format,
      [],
      [],
    ]);
    repository.write('src/a.py', LATER);
    expect(found(repository, 'scan', 'src')).toEqual(FOUND_LATER);
  }
});

gitleaks.run(`gitleaks: .gitleaksignore that silences it silences unleak${gitleaks.why}`, () => {
  const repository = setUp();
  runTool(repository, 'gitleaks', 'git', '.', '--report-path', '../report.json', '--no-banner');
  const report = JSON.parse(runTool(repository, 'cat', '../report.json').stdout) as { Fingerprint: string }[];
  repository.write('.gitleaksignore', report.map((one) => `${one.Fingerprint}\n`).join(''));
  expect(runTool(repository, 'gitleaks', 'git', '.', '--no-banner').status).toBe(0);
  expect(importFile(repository, '.gitleaksignore')).not.toContain('Not carried over');
  expect([found(repository, 'scan'), found(repository, 'history', '--no-cache')]).toEqual([[], []]);
  repository.write('src/a.py', LATER);
  expect(found(repository, 'scan')).toEqual(FOUND_LATER);
});

gitleaks.run(`gitleaks: a configuration that it takes means the same here${gitleaks.why}`, () => {
  const repository = setUp();
  repository.write(
    '.gitleaks.toml',
    `[extend]
useDefault = true
[[rules]]
id = "acme"
description = "Acme"
regex = '''acme_live_[a-z0-9]{24}'''
keywords = ["acme_live_"]
[[allowlists]]
description = "slack of the sandbox"
regexes = ['''^xoxb-''']
[[allowlists]]
description = "old code"
paths = ['''(^|/)old/''']
`,
  );
  const acme = `acme_live_${random.text('base36', 24)}`;
  repository.write('old/x.py', `token = "${makeToken(30)}"\n`);
  repository.write('src/c.js', `go("${acme}")\n`);
  importFile(repository, '.gitleaks.toml');
  const { stdout } = runTool(repository, 'gitleaks', 'dir', '.', '--no-banner', '-f', 'json', '--report-path', '-');
  const theirs = (JSON.parse(stdout) as { File: string; StartLine: number }[]).map(
    (one) => `${one.File}:${one.StartLine}`,
  );
  const ours = found(repository, 'scan').map((one) => one.split(' ')[0]!);
  expect(ours.filter((place) => !theirs.includes(place))).toEqual([]);
  // The key id stands beside its key here and is no finding of its own.
  expect(theirs.filter((place) => !ours.includes(place))).toEqual(['src/a.py:3']);
  expect(ours).toContain('src/c.js:1');
  expect(ours.join()).not.toMatch(/old\/x|b\.yml:2/);
});

const detectSecrets = whenThere('detect-secrets');

detectSecrets.run(
  `detect-secrets: baseline and audit labels${detectSecrets.why}`,
  () => {
    const repository = setUp();
    const { stdout } = runTool(repository, 'detect-secrets', 'scan', '--exclude-files', '^docs/');
    const baseline = JSON.parse(stdout) as { results: Record<string, { is_secret?: boolean }[]> };
    for (const list of Object.values(baseline.results)) for (const item of list) item.is_secret = false;
    repository.write('.secrets.baseline', `${JSON.stringify(baseline, null, 2)}\n`);
    repository.write('docs/x.md', `token = "${makeToken(31)}"\n`);
    const files = ['src/a.py', 'src/b.yml', 'docs/x.md'];
    expect(runTool(repository, 'detect-secrets-hook', '--baseline', '.secrets.baseline', ...files).status).toBe(0);
    expect(importFile(repository, '.secrets.baseline')).not.toContain('Not carried over');
    expect([found(repository, 'scan'), found(repository, 'history', '--no-cache')]).toEqual([[], []]);
    repository.write('src/b.yml', `api_key: ${random.text('base62', 32)}\n`);
    expect(runTool(repository, 'detect-secrets-hook', '--baseline', '.secrets.baseline', ...files).status).not.toBe(0);
    expect(found(repository, 'scan')).toEqual(['src/b.yml:1 generic.api-key']);
  },
  30_000,
);

const kingfisher = whenThere('kingfisher');

kingfisher.run(
  `kingfisher: its baseline silences what it found, and nothing else${kingfisher.why}`,
  () => {
    const repository = setUp();
    const words = ['scan', '.', '--no-validate', '--no-update-check', '--baseline-file', 'kf.yml'];
    runTool(repository, 'kingfisher', ...words, '--manage-baseline');
    expect(importFile(repository, 'kf.yml')).not.toContain('Not carried over');
    // It does not know passwords and keys without a form.
    expect(found(repository, 'scan', 'src')).toEqual(['src/a.py:5 generic.password', 'src/b.yml:1 generic.api-key']);
    repository.write('src/a.py', LATER);
    expect(found(repository, 'scan', 'src/a.py')).toEqual(FOUND_LATER);
  },
  30_000,
);

const secretlint = whenThere('secretlint');

secretlint.run(
  `secretlint: what its configuration and ignore file allow${secretlint.why}`,
  () => {
    const repository = setUp();
    writeFileSync(
      join(repository.path, '.secretlintrc.json'),
      JSON.stringify({
        rules: [
          {
            id: '@secretlint/secretlint-rule-preset-recommend',
            rules: [
              { id: '@secretlint/secretlint-rule-slack', options: { allows: ['/^xoxb-/'] } },
              { id: '@secretlint/secretlint-rule-github', options: { allows: [makeToken(21)] } },
              { id: '@secretlint/secretlint-rule-aws', options: { allows: [AWS_ID, AWS_KEY] } },
            ],
          },
        ],
      }),
    );
    repository.write('gen/x.py', `token = "${makeToken(32)}"\n`);
    repository.write('.secretlintignore', 'gen/\n');
    const { status, stdout, stderr } = runTool(repository, 'secretlint', 'src/**/*', 'gen/**/*');
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    importFile(repository, '.secretlintrc.json', '.secretlintignore');
    // It does not know passwords and keys without a form.
    expect(found(repository, 'scan')).toEqual(['src/a.py:5 generic.password', 'src/b.yml:1 generic.api-key']);
    repository.write('src/a.py', LATER);
    expect(found(repository, 'scan', 'src/a.py')).toEqual(FOUND_LATER);
  },
  30_000,
);
