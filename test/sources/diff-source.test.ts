import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiffSource } from '../../src/sources/diff-source.ts';
import { makeFolder, makeRepository, removeFolders, TestRepository } from '../support/git-repository.ts';
import { collect } from './collect.ts';

// simple-git and the source read the process's own environment.
const before = { ...process.env };
beforeAll(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
  Object.assign(process.env, {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_EDITOR: ':',
    GIT_CEILING_DIRECTORIES: '/tmp',
  });
});
afterAll(() => {
  process.env = before;
  removeFolders();
});

async function diff(cwd: string, range?: string) {
  const source = await createDiffSource({ cwd, range });
  const { targets, problems } = await collect(source);
  const shown = targets.map((target) =>
    target.kind === 'blob' ? [target.origin, Buffer.from(target.bytes).toString(), target.addedLines ?? 'all'] : target,
  );
  return { mode: source.mode, root: source.root, subject: source.subject, shown, problems };
}

/** What changed: path, text, lines. */
async function changesOf(cwd: string, range?: string) {
  const { shown } = await diff(cwd, range);
  return shown.map((item) => (Array.isArray(item) ? [(item[0] as { path: string }).path, item[1], item[2]] : item));
}

/** main: a, then m. side, from a: a edited, s new. side merges main with a line of its own. */
function makeForked(): TestRepository {
  const repository = makeRepository();
  repository.write('a', '1\n2\n');
  repository.commitAll('a');
  repository.git('checkout', '-q', '-b', 'side');
  repository.write('a', '1\ntwo\n');
  repository.write('s', 'side\n');
  repository.commitAll('side');
  repository.git('checkout', '-q', 'main');
  repository.write('m', 'main\n');
  repository.commitAll('main');
  repository.git('checkout', '-q', 'side');
  return repository;
}

const SIDE = [
  ['a', '1\ntwo\n', [[2, 2]]],
  ['s', 'side\n', 'all'],
];

describe('the diff source', () => {
  it('takes the merge-base with the default branch', async () => {
    const repository = makeForked();
    const head = repository.git('rev-parse', 'HEAD');
    const blob = (path: string) => repository.git('rev-parse', `HEAD:${path}`);
    expect(await diff(repository.path)).toEqual({
      mode: 'diff',
      root: repository.path,
      subject: 'main..HEAD',
      shown: [
        [{ kind: 'diff', path: 'a', blob: blob('a'), commit: head }, '1\ntwo\n', [[2, 2]]],
        [{ kind: 'diff', path: 's', blob: blob('s'), commit: head }, 'side\n', 'all'],
      ],
      problems: [],
    });
  });

  it('takes a base, a range of two or three dots, and an absent end', async () => {
    const repository = makeForked();
    for (const range of ['main', 'main..side', 'main...side', '..side', 'main..', 'main..HEAD']) {
      expect(await changesOf(repository.path, range), range).toEqual(SIDE);
    }
    expect(await changesOf(repository.path, 'side..main')).toEqual([['m', 'main\n', 'all']]);
    expect(await changesOf(repository.path, 'HEAD')).toEqual([]);
    expect(await changesOf(join(repository.path), 'HEAD~1')).toEqual(SIDE);
  });

  it('what a merge brings in itself counts, what it brings from main does not', async () => {
    const repository = makeForked();
    repository.git('merge', '-q', '--no-commit', 'main');
    repository.write('s', 'side\nin the merge\n');
    repository.commitAll('evil merge');
    expect(await changesOf(repository.path)).toEqual([
      ['a', '1\ntwo\n', [[2, 2]]],
      ['s', 'side\nin the merge\n', 'all'],
    ]);
    expect(await changesOf(repository.path, 'HEAD^1')).toEqual([
      ['m', 'main\n', 'all'],
      ['s', 'side\nin the merge\n', [[2, 2]]],
    ]);
  });

  it('prefers origin, then init.defaultBranch', async () => {
    const origin = makeForked();
    origin.git('branch', '-m', 'main', 'trunk');
    origin.git('checkout', '-q', 'trunk');
    const clone = new TestRepository(join(makeFolder(), 'clone'));
    origin.git('clone', '-q', origin.path, clone.path);
    clone.git('checkout', '-q', 'side');
    expect((await diff(clone.path)).subject).toBe('origin/HEAD..HEAD');
    clone.git('symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
    clone.git('config', 'init.defaultBranch', 'trunk');
    expect((await diff(clone.path)).subject).toBe('origin/trunk..HEAD');
    expect(await changesOf(clone.path)).toEqual(SIDE);
    clone.git('config', 'init.defaultBranch', 'other');
    await expect(diff(clone.path)).rejects.toThrow(
      `${clone.path}: no default branch found (looked for origin/HEAD, origin/other, other, origin/main, main, origin/master, master); name the base: unleak diff BASE`,
    );
  });

  it('without a common commit: the base itself, or an error when it was guessed', async () => {
    const repository = makeForked();
    repository.git('checkout', '-q', '--orphan', 'lonely');
    repository.write('l', 'lonely\n');
    repository.commitAll('lonely');
    await expect(diff(repository.path)).rejects.toThrow(/HEAD shares no commit with main; name the base/);
    expect(await changesOf(repository.path, 'main')).toEqual([
      ['a', '1\ntwo\n', [[2, 2]]],
      ['l', 'lonely\n', 'all'],
      ['s', 'side\n', 'all'],
    ]);
  });

  it('says which revision is unknown', async () => {
    const repository = makeForked();
    const hint = 'does not name a commit here; see git branch -a, or fetch it first (in CI: fetch-depth: 0)';
    await expect(diff(repository.path, 'nope')).rejects.toThrow(`revision "nope" ${hint}`);
    await expect(diff(repository.path, 'main..nope')).rejects.toThrow(`revision "nope" ${hint}`);
    await expect(diff(repository.path, '--output=x')).rejects.toThrow(`revision "--output=x" ${hint}`);
    await expect(diff(makeFolder())).rejects.toThrow(/not inside a git repository/);
  });

  it('honours config given by variables', async () => {
    const repository = makeForked();
    repository.git('branch', '-m', 'main', 'base');
    Object.assign(process.env, {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'init.defaultBranch',
      GIT_CONFIG_VALUE_0: 'base',
    });
    try {
      expect((await diff(repository.path)).subject).toBe('base..HEAD');
    } finally {
      for (const name of ['GIT_CONFIG_COUNT', 'GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0']) delete process.env[name];
    }
  });
});
