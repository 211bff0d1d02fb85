import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyTreeId, findRepository, guessRepository, idBytes } from '../../src/git/repository.ts';
import {
  hasSha256,
  makeFolder,
  makeRepository,
  makeRepositoryAt,
  removeFolders,
  type TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';

afterAll(removeFolders);
const env = testEnvironment({ GIT_CEILING_DIRECTORIES: '/tmp' });

/** What both ways must agree on. */
function bothWays(cwd: string, extra: NodeJS.ProcessEnv = {}) {
  const found = findRepository(cwd, { ...env, ...extra });
  expect(guessRepository(cwd, { ...env, ...extra })).toEqual({
    topLevel: found.topLevel,
    gitDir: found.gitDir,
    commonDir: found.commonDir,
    objectsDir: found.objectsDir,
  });
  return found;
}

function makeCommitted(...options: string[]): TestRepository {
  const repository = makeRepository(...options);
  repository.write('sub/x', 'x\n');
  repository.commitAll('one');
  return repository;
}

describe('findRepository, and guessRepository with the same answer', () => {
  it('a plain repository, from its top and below', () => {
    const { path } = makeCommitted();
    const expected = {
      topLevel: path,
      gitDir: join(path, '.git'),
      commonDir: join(path, '.git'),
      indexFile: join(path, '.git/index'),
      objectsDir: join(path, '.git/objects'),
      objectFormat: 'sha1',
      isBare: false,
      isShallow: false,
      isPartial: false,
    };
    expect(bothWays(path)).toEqual(expected);
    expect(bothWays(join(path, 'sub'))).toEqual(expected);
  });

  it('a linked work tree', () => {
    const repository = makeCommitted();
    const path = join(makeFolder(), 'linked');
    repository.git('worktree', 'add', '-q', path);
    const gitDir = join(repository.path, '.git/worktrees/linked');
    expect(bothWays(path)).toMatchObject({
      topLevel: path,
      gitDir,
      commonDir: join(repository.path, '.git'),
      indexFile: join(gitDir, 'index'),
      objectsDir: join(repository.path, '.git/objects'),
    });
  });

  it('a submodule', () => {
    const outer = makeCommitted();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', makeCommitted().path, 'mod');
    expect(bothWays(join(outer.path, 'mod'))).toMatchObject({
      topLevel: join(outer.path, 'mod'),
      gitDir: join(outer.path, '.git/modules/mod'),
    });
  });

  it('the variables that git gives a hook', () => {
    const { path } = makeCommitted();
    const other = makeCommitted();
    expect(bothWays(path, { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index.lock' })).toMatchObject({
      topLevel: path,
      indexFile: join(path, '.git/index.lock'),
    });
    expect(bothWays(path, { GIT_DIR: join(other.path, '.git'), GIT_WORK_TREE: path })).toMatchObject({
      topLevel: path,
      gitDir: join(other.path, '.git'),
    });
    expect(bothWays(path, { GIT_OBJECT_DIRECTORY: join(other.path, '.git/objects') }).objectsDir).toBe(
      join(other.path, '.git/objects'),
    );
  });

  it('a folder named .git that is no repository is passed over', () => {
    const { path } = makeCommitted();
    mkdirSync(join(path, 'sub/.git'));
    expect(bothWays(join(path, 'sub')).topLevel).toBe(path);
  });

  it('bare, shallow, partial and SHA-256', () => {
    const origin = makeCommitted();
    origin.write('sub/x', 'y\n');
    origin.commitAll('two');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const bare = makeRepositoryAt(join(makeFolder(), 'bare'), '--bare');
    expect(findRepository(bare.path, env)).toMatchObject({ topLevel: undefined, gitDir: bare.path, isBare: true });
    expect(findRepository(join(origin.path, '.git'), env)).toMatchObject({ topLevel: undefined, isBare: false });
    const clone = (...options: string[]) => {
      const path = join(makeFolder(), 'clone');
      origin.git('clone', '-q', '--no-checkout', ...options, `file://${origin.path}`, path);
      return findRepository(path, env);
    };
    expect(clone('--depth=1')).toMatchObject({ isShallow: true, isPartial: false });
    expect(clone('--filter=blob:none')).toMatchObject({ isShallow: false, isPartial: true });
  });

  it.skipIf(!hasSha256())('a SHA-256 repository', () => {
    expect(bothWays(makeCommitted('--object-format=sha256').path).objectFormat).toBe('sha256');
  });

  it('nothing', () => {
    const folder = makeFolder();
    expect(guessRepository(folder, env)).toBeUndefined();
    expect(() => findRepository(folder, env)).toThrow(`${folder}: not inside a git repository`);
    rmSync(folder, { recursive: true });
    expect(() => findRepository(folder, env)).toThrow(/^git was not found \(or .* is not a folder\)/);
  });
});

describe('facts of the object formats', () => {
  it.each(['sha1', ...(hasSha256() ? ['sha256'] : [])] as ('sha1' | 'sha256')[])('%s', (format) => {
    const repository = makeRepository(`--object-format=${format}`);
    const id = repository.tryGit(['hash-object', '-t', 'tree', '--stdin'], { input: '' }).stdout.trim();
    expect([emptyTreeId(format), idBytes(format)]).toEqual([id, id.length / 2]);
  });
});
