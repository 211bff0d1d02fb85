// What happens on `npm ci` in places that lack something, and what this repository's commit hook does without a build.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder, makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';

const TOP = join(import.meta.dirname, '..', '..');
afterAll(removeFolders);

function runPrepare(folder: string, env: NodeJS.ProcessEnv = {}) {
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  cpSync(join(TOP, 'scripts', 'prepare.mjs'), join(folder, 'scripts', 'prepare.mjs'));
  const { CI: _, NODE_ENV: __, HUSKY: ___, ...rest } = testEnvironment();
  const done = spawnSync(process.execPath, ['scripts/prepare.mjs'], {
    cwd: folder,
    env: { ...rest, ...env },
    encoding: 'utf8',
  });
  return { exitCode: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** A folder whose build takes no time: the packages are there by name only. */
function fakeDevelopmentPackages(folder: string): void {
  for (const name of ['rolldown', 'assemblyscript']) mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  cpSync(join(TOP, 'node_modules', 'husky'), join(folder, 'node_modules', 'husky'), { recursive: true });
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  writeFileSync(join(folder, 'scripts', 'build.mjs'), "process.stdout.write('built\\n');\n");
}

test('without development packages it says so and goes on', () => {
  expect(runPrepare(makeFolder())).toEqual({
    exitCode: 0,
    stdout:
      'prepare: dist/ was not built, because rolldown and assemblyscript are missing; run: npm install --include=dev\n',
    stderr: '',
  });
});

test('without development packages a dist/ that came with the package is left alone', () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'unleak.cjs'), '');
  expect(runPrepare(folder)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('in a checkout it builds and sets the hook', () => {
  const { path, git } = prepareRepository();
  expect(runPrepare(path)).toEqual({ exitCode: 0, stdout: 'built\n', stderr: '' });
  expect(git('config', 'core.hooksPath')).toBe('.husky/_');
});

test.each([
  ['in CI', { CI: 'true' }],
  ['in production', { NODE_ENV: 'production' }],
])('%s it builds and sets no hook', (_, env) => {
  const { path, git } = prepareRepository();
  expect(runPrepare(path, env)).toEqual({ exitCode: 0, stdout: 'built\n', stderr: '' });
  expect(() => git('config', 'core.hooksPath')).toThrow();
});

test('outside of a checkout it builds and sets no hook', () => {
  const folder = makeFolder();
  fakeDevelopmentPackages(folder);
  expect(runPrepare(folder)).toEqual({ exitCode: 0, stdout: 'built\n', stderr: '' });
});

test('HUSKY=0 is told', () => {
  const { path } = prepareRepository();
  expect(runPrepare(path, { HUSKY: '0' }).stdout).toBe(
    'built\nprepare: no commit hook was set: HUSKY=0 skip install\n',
  );
});

test('a build that fails fails the installation', () => {
  const { path } = prepareRepository();
  writeFileSync(join(path, 'scripts', 'build.mjs'), 'process.exitCode = 1;\n');
  expect(runPrepare(path).exitCode).not.toBe(0);
});

function prepareRepository() {
  const repository = makeRepository();
  fakeDevelopmentPackages(repository.path);
  return { path: repository.path, git: (...words: string[]) => repository.git(...words) };
}

test.skipIf(process.platform === 'win32')('the commit hook stops the commit when there is no build', () => {
  const done = spawnSync('sh', ['-e', join(TOP, '.husky', 'pre-commit')], { cwd: makeFolder(), encoding: 'utf8' });
  expect([done.status, done.stdout, done.stderr]).toEqual([
    1,
    '',
    'pre-commit: dist/unleak.cjs is missing, so this commit cannot be scanned; run: npm ci\n',
  ]);
});
