// The small entry as a process: what it loads, and that a hook's command line does what it says.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { makeToken } from './made-up-secret.ts';
import { DIST, plainEnvironment, runUnleak, UNLEAK } from './unleak-process.ts';

let clean: TestRepository;
let leaking: TestRepository;

beforeAll(() => {
  clean = makeRepository();
  clean.write('README.md', 'Here.\n');
  clean.commitAll('start');
  clean.write('a.ts', 'export const answer = 42;\n');
  clean.git('add', '.');
  leaking = makeRepository();
  leaking.write('a.env', `GITHUB_TOKEN=${makeToken()}\n`);
  leaking.git('add', '.');
});
afterAll(removeFolders);

/** Runs unleak and lists what was loaded when it ended: files, and modules of Node. */
function listLoaded(words: readonly string[], cwd: string) {
  const folder = makeFolder();
  const spy = join(folder, 'spy.cjs');
  const out = join(folder, 'loaded.json');
  writeFileSync(
    spy,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify({
      files: Object.keys(require.cache), node: process.moduleLoadList })));`,
  );
  const done = spawnSync(process.execPath, ['--require', spy, UNLEAK, ...words], { cwd, env: plainEnvironment() });
  const { files, node } = JSON.parse(readFileSync(out, 'utf8')) as { files: string[]; node: string[] };
  return {
    exitCode: done.status,
    files: files.filter((file) => file !== spy),
    node: node.map((line) => line.replace(/^\w+ /, '')),
  };
}

const MOST_BYTES = 200_000;
const YARGS = 'boolean-negation';
const SIMPLE_GIT = 'allowUnsafe';
const mentions = (file: string, words: string) => readFileSync(file, 'utf8').includes(words);

test.each([['staged'], ['hook run pre-commit'], ['hook run pre-merge-commit']])(
  '%s loads no yargs, simple-git or workers',
  (line) => {
    const { exitCode, files, node } = listLoaded(line.split(' '), clean.path);
    expect(exitCode).toBe(0);
    expect(files[0]).toBe(UNLEAK);
    // Parsing 100 kB takes 4 ms when no compiled form is kept. The YAML parser alone has 110 kB.
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(MOST_BYTES);
    expect(files.filter((file) => mentions(file, YARGS) || mentions(file, SIMPLE_GIT))).toEqual([]);
    // Each of these costs a millisecond or more.
    // Nor is git started.
    const dear = [
      'child_process',
      'zlib',
      'worker_threads',
      'tty',
      'crypto',
      'readline',
      'http',
      'internal/util/parse_args/parse_args',
    ];
    expect(node.filter((name) => dear.includes(name))).toEqual([]);
  },
);

test('other commands load the full command line', () => {
  const { files } = listLoaded(['scan', '-q', '.'], clean.path);
  expect(files).toContain(join(DIST, 'cli.cjs'));
  // Else the words looked for above are no longer those of yargs.
  expect(files.some((file) => mentions(file, YARGS))).toBe(true);
});

test('a plain line of another command is read without yargs', () => {
  const { files } = listLoaded(['scan', '--quiet', '.'], clean.path);
  expect(files).toContain(join(DIST, 'cli.cjs'));
  expect(files.filter((file) => mentions(file, YARGS))).toEqual([]);
});

test('a clean commit is silent', () => {
  const silent = { exitCode: 0, stdout: '', stderr: '' };
  expect(runUnleak(['staged'], { cwd: clean.path })).toEqual(silent);
  expect(runUnleak(['hook', 'run', 'pre-commit'], { cwd: clean.path })).toEqual(silent);
});

test('a leak blocks, on standard error, without the value; both ways to write the line agree', () => {
  const staged = runUnleak(['staged'], { cwd: leaking.path });
  expect([staged.exitCode, staged.stdout]).toEqual([1, '']);
  expect(staged.stderr).toContain('a.env:1');
  expect(staged.stderr).toContain('github.personal-access-token');
  expect(staged.stderr).not.toContain(makeToken());
  expect(runUnleak(['hook', 'run', 'pre-commit'], { cwd: leaking.path })).toEqual(staged);
  // Short options are read by the full parser, which must come to the same end.
  expect(runUnleak(['staged', '-c', join(leaking.path, '.unleak.yml')], { cwd: leaking.path }).exitCode).toBe(2);
  expect(runUnleak(['--no-color', 'staged'], { cwd: leaking.path })).toEqual(staged);
});

test('flags reach the hook by both parsers', () => {
  for (const words of [
    ['staged', '--only', 'aws.*'],
    ['staged', '--only=aws.*', '-q'],
    ['hook', 'run', 'pre-commit', '--only', 'aws.*'],
  ]) {
    expect({ words, ...runUnleak(words, { cwd: leaking.path }) }).toEqual({
      words,
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  }
});
