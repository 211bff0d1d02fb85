// A commit that adds a planted key is refused through a real husky, in every way git hands its index to a hook; the clean
// commit passes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { UNLEAK } from '../cli/unleak-process.ts';
import {
  makeFolder,
  makeRepository,
  removeFolders,
  TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';

const HUSKY = join(import.meta.dirname, '..', '..', 'node_modules', 'husky', 'bin.js');
const KEY = `gh${'p_'}${new RandomText(1).text('base62', 36)}`;
const LEAK = `token = "${KEY}"\n`;
/** The checksum of a made-up key fails, so it is of low confidence. */
const HOOK = `node '${UNLEAK}' staged --min-confidence low\n`;

afterAll(removeFolders);

/** What \`npm ci\` does in a checkout whose prepare script is \`husky\`. */
function installHusky(folder: string): void {
  const { status, stderr, stdout } = spawnSync(process.execPath, [HUSKY], {
    cwd: folder,
    env: testEnvironment(),
    encoding: 'utf8',
  });
  if (status !== 0 || stdout !== '') throw new Error(`husky: ${stdout}${stderr}`);
}

function makeGuarded(): TestRepository {
  const repository = makeRepository();
  repository.write('.husky/pre-commit', HOOK);
  repository.write('a.txt', 'one\n');
  repository.write('b.txt', 'one\n');
  repository.commitAll('start');
  installHusky(repository.path);
  return repository;
}

function commit(repository: TestRepository, ...args: string[]) {
  return repository.tryGit(['commit', '--message', 'x', ...args]);
}

function expectRefused(repository: TestRepository, ...args: string[]): void {
  const head = repository.git('rev-parse', 'HEAD');
  const { exitCode, stderr, stdout } = commit(repository, ...args);
  expect(stderr).toContain('GitHub');
  expect(exitCode).toBe(1);
  expect(stderr + stdout).not.toContain(KEY);
  expect(repository.git('rev-parse', 'HEAD')).toBe(head);
}

function expectPassed(repository: TestRepository, ...args: string[]): void {
  const { exitCode, stderr } = commit(repository, ...args);
  expect(stderr).not.toMatch(/not found|unleak:/);
  expect(exitCode).toBe(0);
}

describe('husky', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = makeGuarded();
  });

  it('git commit', () => {
    repository.write('a.txt', LEAK);
    repository.git('add', 'a.txt');
    expectRefused(repository);
    repository.write('a.txt', 'clean\n');
    repository.git('add', 'a.txt');
    expectPassed(repository);
  });

  it('git commit -a, where the content is in a temporary index', () => {
    repository.write('a.txt', LEAK);
    expectRefused(repository, '-a');
    repository.write('a.txt', 'clean\n');
    expectPassed(repository, '-a');
  });

  it('git commit PATH: only that path counts', () => {
    repository.write('a.txt', LEAK);
    repository.write('b.txt', 'clean\n');
    repository.git('add', 'a.txt');
    expectPassed(repository, 'b.txt');
    expectRefused(repository, 'a.txt');
  });

  it('what is staged counts, not what lies in the work tree', () => {
    repository.write('a.txt', LEAK);
    repository.git('add', 'a.txt');
    repository.write('a.txt', 'clean again\n');
    expectRefused(repository);
    repository.git('add', 'a.txt');
    repository.write('a.txt', LEAK);
    expectPassed(repository);
  });

  it('a linked worktree, once husky was installed in it', () => {
    const folder = join(makeFolder(), 'linked');
    repository.git('worktree', 'add', '--quiet', folder, '-b', 'side');
    installHusky(folder);
    const linked = new TestRepository(folder);
    linked.write('a.txt', LEAK);
    linked.git('add', 'a.txt');
    expectRefused(linked);
    linked.write('a.txt', LEAK);
    expectRefused(linked, '-a');
    linked.write('a.txt', 'clean\n');
    expectPassed(linked, '-a');
  });

  it('a submodule', () => {
    const outer = makeRepository();
    outer.tryGit(['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.path, 'inner']);
    const inner = new TestRepository(join(outer.path, 'inner'));
    installHusky(inner.path);
    inner.write('a.txt', LEAK);
    inner.git('add', 'a.txt');
    expectRefused(inner);
    inner.write('a.txt', 'clean\n');
    expectPassed(inner, '-a');
  });

  it('a subdirectory, an amended commit and a first commit', () => {
    repository.write('deep/er/c.txt', LEAK);
    repository.git('add', '--all');
    const { exitCode, stderr } = repository.tryGit(['commit', '-m', 'x'], { cwd: join(repository.path, 'deep') });
    expect([exitCode, stderr.includes(KEY), stderr.includes('deep/er/c.txt')]).toEqual([1, false, true]);
    expectRefused(repository, '--amend');

    const fresh = makeRepository();
    fresh.write('.husky/pre-commit', HOOK);
    installHusky(fresh.path);
    fresh.write('a.txt', LEAK);
    fresh.git('add', '--all');
    expect(commit(fresh).exitCode).toBe(1);
    fresh.write('a.txt', 'clean\n');
    fresh.git('add', '--all');
    expect(commit(fresh).exitCode).toBe(0);
  });
});
