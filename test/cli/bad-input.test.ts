// Everything that can be wrong with a call, as real processes: one clear line, the exit code of the design, and nothing
// half-written.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { makeToken } from './made-up-secret.ts';
import { type ProcessOptions, runShell, runUnleak } from './unleak-process.ts';

let repository: TestRepository;
const isPosix = process.platform !== 'win32';

beforeAll(() => {
  repository = makeRepository();
  repository.write('a.ts', 'export const answer = 42;\n');
  repository.write('leak.env', `GITHUB_TOKEN=${makeToken()}\n`);
  repository.commitAll('start');
});
afterAll(removeFolders);

/** Exit code and texts; names are relative to the folder, which is called HERE. */
function run(words: readonly string[], options: Partial<ProcessOptions> = {}) {
  const cwd = options.cwd ?? repository.path;
  const { exitCode, stdout, stderr } = runUnleak(words, { ...options, cwd });
  return { exitCode, stdout, stderr: stderr.replaceAll(`${cwd}/`, '').replaceAll(cwd, 'HERE') };
}

const usage = (line: string) => ({ exitCode: 2, stdout: '', stderr: `unleak: ${line}\n` });

test.each([
  [['scna'], 'unknown command "scna". Did you mean "scan"?'],
  [['scan', '--onyl', 'x'], 'unknown option --onyl of "unleak scan". Did you mean "--only"?'],
  [['staged', '--onyl', 'x'], 'unknown option --onyl of "unleak staged". Did you mean "--only"?'],
  [
    ['scan', '--format', 'jsn'],
    '--format must be one of text, json, jsonl, sarif, markdown, csv, junit, gitlab, gitlab-code-quality, rdjsonl, gitleaks-json. Did you mean "json"?',
  ],
  [
    ['staged', '--format', 'jsn'],
    '--format must be one of text, json, jsonl, sarif, markdown, csv, junit, gitlab, gitlab-code-quality, rdjsonl, gitleaks-json. Did you mean "json"?',
  ],
  [['staged', '--jobs', 'many'], '--jobs must be a whole number from 1 to 256'],
  [['staged', 'a.ts'], '"unleak staged" takes no operands; to scan files: unleak scan PATH'],
  [['stdin', 'a.ts'], '"unleak stdin" takes no operands; to scan files: unleak scan PATH'],
  [['diff', 'a', 'b'], '"unleak diff" takes one range: BASE, BASE..HEAD, or - for a diff on standard input'],
  [['explain'], '"unleak explain" takes one place: FILE or FILE:LINE'],
  [['baseline'], '"unleak baseline" needs one of create, update, prune, show'],
  [['rules', 'lst'], '"unleak rules" needs one of list, show, check, not "lst". Did you mean "list"?'],
  [['hook'], '"unleak hook" needs one of install, uninstall, doctor, run'],
  [
    ['hook', 'run', 'post-commit'],
    '"unleak hook run" needs one of pre-commit, pre-merge-commit, pre-push, commit-msg, pre-receive, not "post-commit". Did you mean "pre-commit"?',
  ],
  [
    ['hook', 'install', '--hooks', 'pre-comit'],
    '--hooks takes a list of pre-commit, pre-merge-commit, pre-push, commit-msg, pre-receive',
  ],
  [
    ['hook', 'doctor', '--dry-run'],
    '--hooks, --manager, --global and --dry-run belong to "unleak hook install" and "uninstall"',
  ],
  [
    ['hook', 'instal'],
    '"unleak hook" needs one of install, uninstall, doctor, run, not "instal". Did you mean "install"?',
  ],
  [['completion'], 'completion needs one shell: bash, zsh, fish'],
  [['scan', 'nowhere'], 'nowhere: no such file or folder (seen from HERE); check the path'],
  [['scan', 'a.ts/b'], 'a.ts/b: no such file or folder (seen from HERE); check the path'],
  [['scan', '--config', 'nowhere.yml'], 'nowhere.yml: there is no such file; check the name'],
  [['scan', '--baseline', 'nowhere'], 'nowhere: there is no such baseline; make one with "unleak baseline create"'],
  [['scan', '--output', 'report.pdf'], '--output report.pdf: its ending names no format; add --format'],
  [['explain', 'nowhere.ts:3'], 'nowhere.ts: there is no such file; check the name'],
  [['explain', 'a.ts:99'], 'a.ts: has no line 99, its last is 1; name a line that is there'],
])('%j', (words, line) => {
  expect(run(words)).toEqual(usage(line));
});

test('a rule that does not exist', () => {
  const { exitCode, stdout, stderr } = run(['scan', '--only', 'github.personal-acces-token']);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    'unleak: --only: there is no rule "github.personal-acces-token". Did you mean "github.personal-access-token"?\n',
  );
});

test.each([
  [
    'an unknown key',
    'version: 1\nignor: []\n',
    /^unleak: own\.yml:2: unknown key "ignor" in the file\. Did you mean "ignore"\?\n$/,
  ],
  ['broken YAML', 'version: [1\n', /^unleak: own\.yml:\d: [^\n]+\n$/],
  ['a wrong type', 'version: 1\nminConfidence: 3\n', /^unleak: own\.yml:2: [^\n]+\n$/],
  ['a rule that is not there', 'version: 1\nrules: { disable: [a.b] }\n', /^unleak: own\.yml:2: [^\n]+\n$/],
])('a configuration with %s', (_, text, expected) => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'own.yml'), text);
  const { exitCode, stdout, stderr } = run(['scan', '--config', 'own.yml'], { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(expected);
});

test('a broken baseline', () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'known'), 'no baseline\n'.repeat(40));
  const { exitCode, stdout, stderr } = run(['scan', '--baseline', 'known'], { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(10);
  expect(lines.filter((line) => !/^unleak: (?:known:\d+: |and \d+ more like these$)/.test(line))).toEqual([]);
});

test('a value in the environment that cannot be used is named, not shown', () => {
  const { exitCode, stderr } = run(['scan'], { env: { UNLEAK_JOBS: makeToken() } });
  expect([exitCode, stderr]).toEqual([
    2,
    'unleak: environment variable UNLEAK_JOBS: must be a whole number from 1 to 256\n',
  ]);
});

test('a folder that is no repository', () => {
  const cwd = makeFolder();
  const line = 'HERE: not inside a git repository; run unleak in one, or use: unleak scan';
  expect(run(['staged'], { cwd })).toEqual(usage(line));
  expect(run(['diff'], { cwd })).toEqual(usage(line));
});

test('an empty folder is not called clean', () => {
  const { exitCode, stdout, stderr } = run(['scan'], { cwd: makeFolder() });
  expect([exitCode, stderr]).toEqual([3, '']);
  expect(stdout).toContain('no file was found');
  expect(run(['scan', '--allow-incomplete'], { cwd: makeFolder() }).exitCode).toBe(0);
});

test('a bare repository has no files to be called clean', () => {
  const bare = makeRepository('--bare');
  const line = '.: is a bare repository and has no files of its own; scan what it keeps: unleak history';
  expect(run(['scan'], { cwd: bare.path })).toEqual(usage(line));
  expect(run(['scan', 'HEAD'], { cwd: bare.path }).exitCode).toBe(0);
});

test('a broken index', () => {
  const broken = makeRepository();
  broken.write('a.ts', '1\n');
  broken.commitAll('start');
  broken.write('.git/index', 'this is no index');
  for (const command of ['staged', 'scan']) {
    const { exitCode, stdout, stderr } = run([command], { cwd: broken.path });
    expect([command, exitCode, stdout]).toEqual([command, 2, '']);
    expect(stderr).toMatch(/^unleak: HERE: git [a-z-]+ failed with code 128: [^\n]+\n$/);
  }
});

test('text that is no UTF-8 is scanned all the same', () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'a.txt'), Buffer.concat([Buffer.from([0xff, 0xc3, 0x28, 10]), Buffer.from(makeToken())]));
  const { exitCode, stdout } = run(['scan', '--format', 'json'], { cwd });
  expect(exitCode).toBe(1);
  expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(1);
});

test('git is missing', () => {
  // A PATH with nothing in it; unleak itself is started by the full name of node.
  const env = { PATH: makeFolder(), Path: undefined };
  const { exitCode, stdout, stderr } = run(['diff'], { env });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^unleak: git was not found [^\n]*install git 2\.30 or newer[^\n]*\n$/);
  // A hook that finds nothing does without.
  expect(run(['staged'], { env })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test.runIf(isPosix)('git is too old', () => {
  const bin = makeFolder();
  writeFileSync(
    join(bin, 'git'),
    '#!/bin/sh\nfor word; do test "$word" = --version && { echo git version 2.25.1; exit; }; done\necho "error: unknown option" >&2\nexit 129\n',
    { mode: 0o755 },
  );
  const { exitCode, stdout, stderr } = run(['diff'], { env: { PATH: `${bin}:${process.env.PATH}` } });
  expect([exitCode, stdout, stderr]).toEqual([2, '', 'unleak: git 2.25 is too old; install git 2.30 or newer\n']);
});

test.runIf(isPosix && process.getuid?.() === 0)('a repository of another user', () => {
  const foreign = makeRepository();
  foreign.write('a.ts', '1\n');
  foreign.commitAll('start');
  execFileSync('chown', ['-R', '12345', foreign.path]);
  for (const command of ['staged', 'scan', 'diff']) {
    const { exitCode, stdout, stderr } = run([command], { cwd: foreign.path });
    expect([command, exitCode, stdout]).toEqual([command, 2, '']);
    expect(stderr).toBe(
      'unleak: HERE: git refuses this repository because it belongs to another user; if you trust it, run: git config --global --add safe.directory HERE\n',
    );
  }
});

test.runIf(isPosix && process.getuid?.() !== 0)('a file that cannot be read makes the result incomplete', () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'a.txt'), 'nothing\n');
  writeFileSync(join(cwd, 'closed.txt'), 'nothing\n', { mode: 0o000 });
  const { exitCode, stdout, stderr } = run(['scan'], { cwd });
  expect([exitCode, stderr]).toEqual([3, '']);
  expect(stdout).toContain('closed.txt');
});

// Root may read everything; a file that reading fails on is found below /proc.
test.runIf(process.platform === 'linux')('a file that the system refuses to read makes the result incomplete', () => {
  const { exitCode, stdout, stderr } = run(['scan', '/proc/self/attr/exec', '/proc/self/mem']);
  expect([exitCode, stderr]).toEqual([3, '']);
  expect(stdout).toContain('self/mem');
  expect(stdout).toContain('the result is incomplete');
});

test('a path that is too long', () => {
  const { exitCode, stdout, stderr } = run(['scan', 'a'.repeat(300)]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^unleak: a{300}: [^\n]+\n$/);
});

test.runIf(isPosix)('the current folder was removed', () => {
  const { exitCode, stdout, stderr } = runShell('mkdir gone && cd gone && rmdir ../gone && $UNLEAK scan', {
    cwd: makeFolder(),
  });
  expect({ exitCode, stdout, stderr: stderr.replace(/^shell-init:.*\n/gm, '') }).toEqual(
    usage('the current folder is no longer there; change to one that is'),
  );
});

test('a report for a folder that is not there is not written, and neither is any other', () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'a.txt'), 'nothing\n');
  const { exitCode, stderr } = run(['scan', '--output', 'none/report.json'], { cwd });
  expect([exitCode, stderr]).toEqual([
    2,
    'unleak: --output none/report.json: cannot be written (its folder is not there); choose another place\n',
  ]);
  expect(readdirSync(cwd)).toEqual(['a.txt']);
});

test.runIf(existsSync('/dev/full'))('a disk that is full', () => {
  const cwd = repository.path;
  expect(runShell('$UNLEAK scan --format json > /dev/full', { cwd })).toEqual(
    usage('standard output cannot be written (ENOSPC); the report is not whole'),
  );
  expect(runShell('$UNLEAK --help > /dev/full', { cwd })).toEqual(
    usage('standard output cannot be written (ENOSPC); the report is not whole'),
  );
  expect(runShell('$UNLEAK staged 2> /dev/full', { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test.runIf(isPosix)('a reader that has seen enough ends nothing: the exit code is that of the whole scan', () => {
  const cwd = makeFolder();
  for (let i = 0; i < 3000; i++) writeFileSync(join(cwd, `${i}.env`), `GITHUB_TOKEN=${makeToken(i)}\n`);
  const line = 'set -o pipefail; $UNLEAK scan --format jsonl | head -c 10 > /dev/null';
  expect(runShell(line, { cwd })).toEqual({ exitCode: 1, stdout: '', stderr: '' });
});

test.runIf(isPosix)('links in a circle', () => {
  const cwd = makeFolder();
  mkdirSync(join(cwd, 'a'));
  symlinkSync('..', join(cwd, 'a', 'up'));
  writeFileSync(join(cwd, 'a', 'b.txt'), 'nothing\n');
  expect(run(['scan'], { cwd }).exitCode).toBe(0);
});
