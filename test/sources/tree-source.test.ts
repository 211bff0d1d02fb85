import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createTreeSource, type TreeSourceOptions } from '../../src/sources/tree-source.ts';
import {
  hasSha256,
  makeFolder,
  makeRepository,
  makeRepositoryAt,
  removeFolders,
  TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';
import { collect } from './collect.ts';

afterAll(removeFolders);

/** Git must not find a repository above the test's folders. */
const env = testEnvironment({ GIT_CEILING_DIRECTORIES: '/tmp' });

function scan(cwd: string, paths: readonly string[] = [], extra: Partial<TreeSourceOptions> = {}) {
  return collect(createTreeSource({ cwd, paths, env, ...extra }));
}

const SYMLINK = 'is a symbolic link; what it points to is scanned only under its own path';
const SPECIAL = 'is no regular file (device, pipe or socket); never opened';
const REPOSITORY = 'is a repository of its own; run unleak in it';
const BAD_NAME = 'its name is not UTF-8, so it cannot be opened; rename it';
const NOTHING =
  'nothing-to-scan undefined: no file was found; check the path, or add --include-ignored for files that git ignores';

/** Tracked, untracked and ignored files, a symlink, a submodule, a nested repository. */
function makeTree(...options: string[]): TestRepository {
  const repository = makeRepository(...options);
  repository.write('.gitignore', '*.log\n/build/\n');
  repository.write('b.txt', 'b\n');
  repository.write('a/one.ts', '1\n');
  repository.write('a/two words.ts', '2\n');
  repository.write('a-b/x', 'x\n');
  symlinkSync('b.txt', join(repository.path, 'link'));
  symlinkSync('a', join(repository.path, 'link-to-folder'));
  repository.commitAll('one');
  repository.write('a/new.ts', 'new\n');
  repository.write('u/\u00e4.txt', 'u\n');
  symlinkSync('/etc', join(repository.path, 'u/out'));
  repository.write('app.log', 'log\n');
  repository.write('build/out.js', 'o\n');
  const nested = makeRepositoryAt(join(repository.path, 'nested'), ...options);
  nested.write('inside', 'i\n');
  return repository;
}

const TRACKED = ['.gitignore', 'a-b/x', 'a/one.ts', 'a/two words.ts', 'b.txt'];
const UNTRACKED = ['a/new.ts', 'u/\u00e4.txt'];
const TREE_PROBLEMS = [
  `symlink link: ${SYMLINK}`,
  `symlink link-to-folder: ${SYMLINK}`,
  `submodule nested: ${REPOSITORY}`,
  `symlink u/out: ${SYMLINK}`,
];

describe('in a work tree', () => {
  it.each([[], ...(hasSha256() ? [['--object-format=sha256']] : [])])(
    'tracked, then untracked %s',
    async (...options) => {
      const repository = makeTree(...options);
      const { targets, problems } = await scan(repository.path);
      const sizes = new Map([
        ['.gitignore', 14],
        ['a/new.ts', 4],
      ]);
      expect(targets).toEqual(
        [...TRACKED, ...UNTRACKED].map((path) => ({ kind: 'file', path, sizeBytes: sizes.get(path) ?? 2 })),
      );
      expect(problems).toEqual(TREE_PROBLEMS);
    },
  );

  it('with --include-ignored the rest too', async () => {
    const repository = makeTree();
    expect((await scan(repository.path, [], { includeIgnored: true })).paths).toEqual([
      ...TRACKED,
      'a/new.ts',
      'app.log',
      'build/out.js',
      'u/\u00e4.txt',
    ]);
  });

  it.each([
    ['version 4', ['update-index', '--index-version', '4']],
    ['a split index', ['update-index', '--split-index']],
  ])('the same with %s', async (_, args) => {
    const repository = makeTree();
    repository.git(...args);
    const { paths, problems } = await scan(repository.path);
    expect([paths, problems]).toEqual([[...TRACKED, ...UNTRACKED], TREE_PROBLEMS]);
    expect((await scan(repository.path, ['a'])).paths).toEqual(['a/one.ts', 'a/two words.ts', 'a/new.ts']);
  });

  it('a sparse checkout: what is there', async () => {
    const repository = makeRepository();
    for (const path of ['in/a', 'out/b', 'out/deep/c', 'top']) repository.write(path, `${path}\n`);
    repository.commitAll('one');
    repository.git('sparse-checkout', 'set', 'in');
    expect((await scan(repository.path)).paths).toEqual(['in/a', 'top']);
    repository.git('sparse-checkout', 'set', '--sparse-index', 'in');
    expect((await scan(repository.path)).paths).toEqual(['in/a', 'top']);
    repository.write('out/b', 'made again\n');
    expect((await scan(repository.path)).paths).toEqual(['in/a', 'out/b', 'top']);
  });

  it('names paths from the working folder', async () => {
    const repository = makeTree();
    const source = createTreeSource({ cwd: join(repository.path, 'a'), paths: [], env });
    expect([source.mode, source.root, source.subject]).toEqual(['tree', join(repository.path, 'a'), '.']);
    expect((await collect(source)).paths).toEqual(['one.ts', 'two words.ts', 'new.ts']);
    expect((await scan(repository.path, ['a', 'u'])).paths).toEqual([
      'a/one.ts',
      'a/two words.ts',
      'a/new.ts',
      'u/\u00e4.txt',
    ]);
  });

  it('takes a path outside the working folder from the closest common folder', async () => {
    const repository = makeTree();
    const cwd = join(repository.path, 'a');
    const source = createTreeSource({ cwd, paths: ['../u', '../a-b/x'], env });
    expect([source.root, (await collect(source)).paths]).toEqual([repository.path, ['u/\u00e4.txt', 'a-b/x']]);
    expect(createTreeSource({ cwd, paths: ['../u'], env }).root).toBe(join(repository.path, 'u'));
  });

  it('scans a file that git ignores when it is named, and a file once', async () => {
    const repository = makeTree();
    expect((await scan(repository.path, ['app.log', 'a/one.ts', './a', 'a/../app.log'])).paths).toEqual([
      'app.log',
      'a/one.ts',
      'a/two words.ts',
      'a/new.ts',
    ]);
  });

  it('says that a folder that git ignores holds nothing to scan', async () => {
    const repository = makeTree();
    expect(await scan(repository.path, ['build'])).toMatchObject({ paths: [], problems: [NOTHING] });
    expect((await scan(repository.path, ['build'], { includeIgnored: true })).paths).toEqual(['build/out.js']);
  });

  it('globs', async () => {
    const repository = makeTree();
    repository.write('a/.hidden/x.ts', 'h\n');
    expect((await scan(repository.path, ['a/**/*.ts'])).paths).toEqual([
      'a/one.ts',
      'a/two words.ts',
      'a/.hidden/x.ts',
      'a/new.ts',
    ]);
    expect((await scan(repository.path, ['{a,u}/*', '*.txt'])).paths).toEqual([
      'a/one.ts',
      'a/two words.ts',
      'a/new.ts',
      'u/\u00e4.txt',
      'b.txt',
    ]);
    expect((await scan(join(repository.path, 'u'), ['../a/o*'])).paths).toEqual(['one.ts']);
    await expect(scan(repository.path, ['*.log'])).rejects.toThrow(
      '*.log: the pattern matches no file; check it, or add --include-ignored',
    );
    expect((await scan(repository.path, ['*.log'], { includeIgnored: true })).paths).toEqual(['app.log']);
  });

  it('asks the filter before anything is opened, and counts', async () => {
    const repository = makeTree();
    const ignored: string[] = [];
    const { paths } = await scan(join(repository.path, 'a'), [], {
      isIgnored: (path) => /^(one|new)/.test(path),
      onIgnored: (path) => ignored.push(path),
    });
    expect([paths, ignored]).toEqual([['two words.ts'], ['one.ts', 'new.ts']]);
    expect((await scan(repository.path, ['b.txt'], { isIgnored: () => true })).problems).toEqual([]);
  });

  it('a file in conflict once, a submodule never', async () => {
    const repository = makeTree();
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', makeTree().path, 'mod');
    repository.git('commit', '-qm', 'submodule');
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('b.txt', 'side\n');
    repository.git('commit', '-qam', 'side');
    repository.git('checkout', '-q', 'main');
    repository.write('b.txt', 'main\n');
    repository.git('commit', '-qam', 'main');
    repository.tryGit(['merge', 'side']);
    const { paths, problems } = await scan(repository.path);
    expect(paths.filter((path) => path === 'b.txt')).toEqual(['b.txt']);
    expect(problems).toContain(`submodule mod: ${REPOSITORY}`);
    expect(paths.filter((path) => path.startsWith('mod/'))).toEqual([]);
  });

  it('names that are no UTF-8 are a problem', async () => {
    const repository = makeRepository();
    repository.write(Buffer.from('tracked-\xff', 'latin1'), 'x\n');
    repository.commitAll('one');
    repository.write(Buffer.from('untracked-\xff', 'latin1'), 'x\n');
    expect(await scan(repository.path)).toMatchObject({
      paths: [],
      problems: [`unreadable tracked-\ufffd: ${BAD_NAME}`, `unreadable untracked-\ufffd: ${BAD_NAME}`, NOTHING],
    });
  });

  it('a linked work tree and an empty repository', async () => {
    const repository = makeTree();
    const linked = join(makeFolder(), 'linked');
    repository.git('worktree', 'add', '-q', linked);
    expect((await scan(linked)).paths).toEqual(TRACKED);
    const empty = makeRepository();
    expect(await scan(empty.path)).toMatchObject({ paths: [], problems: [NOTHING] });
    empty.write('x', 'x\n');
    expect((await scan(empty.path)).paths).toEqual(['x']);
  });

  it('runs no program that the repository names', async () => {
    const repository = makeTree();
    const trap = join(makeFolder(), 'trap');
    repository.write('trap.sh', `#!/bin/sh\necho ran >> "${trap}"\n`, 0o755);
    for (const name of ['core.fsmonitor', 'core.pager', 'pager.ls-files'])
      repository.git('config', name, join(repository.path, 'trap.sh'));
    repository.git('update-index', '--index-version', '4');
    rmSync(trap, { force: true });
    const { paths } = await scan(repository.path);
    expect([paths.length, spawnSync('cat', [trap]).status]).toEqual([TRACKED.length + UNTRACKED.length + 1, 1]);
  });
});

describe('outside git', () => {
  it('everything but .git folders, in byte order, nothing followed', async () => {
    const folder = new TestRepository(makeFolder());
    for (const path of ['b', 'a/z', 'a-b', 'a.c/x', '.env', 'node_modules/m/index.js', 'repo/.git/config', 'repo/file'])
      folder.write(path, 'x\n');
    symlinkSync('b', join(folder.path, 'link'));
    symlinkSync('.', join(folder.path, 'a/loop'));
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    const server = createServer().listen(join(folder.path, 'socket'));
    const { targets, problems } = await scan(folder.path);
    server.close();
    expect(targets).toEqual(
      ['.env', 'a-b', 'a.c/x', 'a/z', 'b', 'node_modules/m/index.js', 'repo/file'].map((path) => ({
        kind: 'file',
        path,
        sizeBytes: undefined,
      })),
    );
    expect(problems).toEqual([
      `symlink a/loop: ${SYMLINK}`,
      `symlink link: ${SYMLINK}`,
      `special pipe: ${SPECIAL}`,
      `special socket: ${SPECIAL}`,
    ]);
  });

  it('globs and files', async () => {
    const folder = new TestRepository(makeFolder());
    for (const path of ['x/a.ts', 'x/.b.ts', 'x/c.js', 'y.ts', '[odd].ts']) folder.write(path, 'x\n');
    expect((await scan(folder.path, ['**/*.ts'])).paths).toEqual(['[odd].ts', 'x/.b.ts', 'x/a.ts', 'y.ts']);
    expect((await scan(folder.path, ['[odd].ts'])).paths).toEqual(['[odd].ts']);
  });

  it('names that are no UTF-8, folders that cannot be listed, an empty folder', async () => {
    const folder = new TestRepository(makeFolder());
    expect(await scan(folder.path)).toMatchObject({ paths: [], problems: [NOTHING] });
    folder.write(Buffer.from('bad-\xff', 'latin1'), 'x\n');
    folder.write('good-\ufffd', 'x\n');
    folder.write('closed/x', 'x\n');
    chmodSync(join(folder.path, 'closed'), 0);
    const { paths, problems } = await scan(folder.path);
    chmodSync(join(folder.path, 'closed'), 0o755);
    // Root may list every folder.
    const isRoot = process.getuid?.() === 0;
    expect(paths).toEqual(isRoot ? ['closed/x', 'good-\ufffd'] : ['good-\ufffd']);
    const closed = 'unreadable closed: cannot be looked at (EACCES); check who may read it';
    expect(problems).toEqual([`unreadable bad-\ufffd: ${BAD_NAME}`, ...(isRoot ? [] : [closed])]);
  });

  it('walks a work tree when there is no git', async () => {
    const repository = makeTree();
    const { paths } = await scan(repository.path, [], { env: { PATH: '/nowhere' } });
    expect(paths).toEqual([
      '.gitignore',
      'a-b/x',
      'a/new.ts',
      'a/one.ts',
      'a/two words.ts',
      'app.log',
      'b.txt',
      'build/out.js',
      'nested/inside',
      'u/\u00e4.txt',
    ]);
  });
});

describe('PATH arguments', () => {
  it('what is not there is an error', () => {
    const { path } = makeTree();
    for (const argument of ['nope', 'nope/*.ts', '', '!a/**', 'a/one.ts/x']) {
      const shown = argument === '' ? '""' : argument;
      expect(() => createTreeSource({ cwd: path, paths: ['a', argument], env })).toThrow(
        `${shown}: no such file or folder (seen from ${path}); check the path`,
      );
    }
  });

  it('follows a link that is named', async () => {
    const { path } = makeTree();
    expect((await scan(path, ['link', 'link-to-folder'])).paths).toEqual([
      'b.txt',
      'a/one.ts',
      'a/two words.ts',
      'a/new.ts',
    ]);
  });

  it('never opens what is no regular file', async () => {
    const { path } = makeTree();
    mkdirSync(join(path, 'p'));
    execFileSync('mkfifo', [join(path, 'p/pipe')]);
    const message = 'is no regular file (device, pipe or socket); to scan what it gives, pipe it into unleak stdin';
    expect(await scan(path, ['p/pipe'])).toMatchObject({
      paths: [],
      problems: [`special p/pipe: ${message}`, NOTHING],
    });
  });

  it('scans a repository that is named, inside another', async () => {
    const { path } = makeTree();
    expect((await scan(path, ['.', 'nested'])).paths).toEqual([...TRACKED, ...UNTRACKED, 'nested/inside']);
  });

  it('works through a linked working folder', async () => {
    const { path } = makeTree();
    const link = join(makeFolder(), 'way-in');
    symlinkSync(path, link);
    const source = createTreeSource({ cwd: link, paths: ['a', relative(link, join(link, 'b.txt'))], env });
    expect([source.root, (await collect(source)).paths]).toEqual([
      path,
      ['a/one.ts', 'a/two words.ts', 'a/new.ts', 'b.txt'],
    ]);
    renameSync(link, `${link}-gone`);
  });

  it('refuses a repository of another user', async () => {
    const { path } = makeTree();
    await expect(scan(path, [], { env: { ...env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })).rejects.toThrow(
      /safe\.directory/,
    );
  });
});
