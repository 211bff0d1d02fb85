import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStagedSource, listStaged } from '../../src/sources/staged-source.ts';
import {
  makeFolder,
  makeRepositoryAt,
  removeFolders,
  TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';
import { COMMIT, EDITED, EDITED_LINES, makeStarted, prepareHooks, readHere, runHooked } from './staged-hook.ts';

beforeAll(prepareHooks);
afterAll(removeFolders);

describe('the staged source in a merge', () => {
  /** main and side both change a.txt; only side has s.txt, only main has m.txt. */
  function makeForked(sideText: string): TestRepository {
    const repository = makeStarted();
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('a.txt', sideText);
    repository.write('s.txt', 'side\n');
    repository.commitAll('side');
    repository.git('checkout', '-q', 'main');
    repository.write('a.txt', '1\nmain\n3\n');
    repository.write('m.txt', 'main\n');
    repository.commitAll('main');
    return repository;
  }

  it('clean: nothing is new to both parents', () => {
    const repository = makeForked('1\n2\n3\n');
    expect(runHooked(repository, ['merge', '-q', '-m', 'x', 'side'])).toEqual([
      { root: repository.path, targets: [], problems: [] },
    ]);
  });

  it('after a conflict: only lines that no parent has', () => {
    const repository = makeForked('1\nside\n3\n');
    expect(repository.tryGit(['merge', '-q', 'side']).exitCode).toBe(1);
    const merged = '1\nmain\nside\nnew\n3\n';
    repository.write('a.txt', merged);
    repository.write('fresh.txt', 'fresh\n');
    repository.git('add', '--all');
    expect(runHooked(repository, COMMIT)).toEqual([
      {
        root: repository.path,
        targets: [
          { path: 'a.txt', text: merged, added: [[4, 4]] },
          { path: 'fresh.txt', text: 'fresh\n', added: 'all' },
        ],
        problems: [],
      },
    ]);
  });

  it('with the conflict still open', async () => {
    const repository = makeForked('1\nside\n3\n');
    repository.tryGit(['merge', '-q', 'side']);
    expect(await readHere(repository)).toEqual({
      root: repository.path,
      targets: [],
      problems: [
        { kind: 'unmerged', path: 'a.txt', message: 'has unresolved conflicts; resolve them and run git add' },
      ],
    });
  });

  it('takes no parent from the variables of another repository', async () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.git('add', 'a.txt');
    const env = testEnvironment({ GIT_REFLOG_ACTION: 'merge x', [`GITHEAD_${'1'.repeat(40)}`]: 'x' });
    expect((await readHere(repository, repository.path, env)).targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });
});

describe('the staged source by hand', () => {
  it('names paths from the top, wherever it is called', async () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.git('add', 'a.txt');
    expect(await readHere(repository, join(repository.path, 'sub'))).toEqual({
      root: repository.path,
      targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }],
      problems: [],
    });
  });

  it('leaves ignored paths unread and counts them', async () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.write('new.lock', 'x\n');
    repository.git('add', '--all');
    const ignored: string[] = [];
    const source = createStagedSource({
      cwd: repository.path,
      env: testEnvironment(),
      isIgnored: (path) => path.endsWith('.lock'),
      onIgnored: (path) => ignored.push(path),
    });
    const paths: string[] = [];
    for await (const batch of source.targets(() => {}))
      for (const target of batch) paths.push(target.kind === 'file' ? '' : target.origin.path);
    expect([source.mode, source.root, source.subject, paths, ignored]).toEqual([
      'staged',
      repository.path,
      'index',
      ['a.txt'],
      ['new.lock'],
    ]);
  });

  it('a partial clone without the old blob: every line counts', async () => {
    const origin = makeStarted();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clone = new TestRepository(join(makeFolder(), 'clone'));
    origin.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${origin.path}`, clone.path);
    clone.git('reset', '-q');
    clone.write('a.txt', EDITED);
    clone.git('add', 'a.txt');
    const before = clone.git('cat-file', '--batch-all-objects', '--batch-check');
    expect((await readHere(clone)).targets).toEqual([{ path: 'a.txt', text: EDITED, added: 'all' }]);
    expect(clone.git('cat-file', '--batch-all-objects', '--batch-check')).toBe(before);
  });

  it('streams a long answer and finds the same', async () => {
    const repository = makeStarted();
    const long = `${'x'.repeat(99)}\n`.repeat(200_000);
    repository.write('a.txt', `1\n${long}3\n`);
    repository.write('new', long);
    repository.git('add', '--all');
    const { targets } = await readHere(repository);
    expect(targets.map((target) => [target.path, target.text.length, target.added])).toEqual([
      ['a.txt', 20_000_004, [[2, 200_001]]],
      ['new', 20_000_000, 'all'],
    ]);
  });

  it('a lost object is a problem', async () => {
    const repository = makeStarted();
    repository.write('lost', 'lost\n');
    repository.git('add', 'lost');
    const id = repository.git('rev-parse', ':lost');
    rmSync(join(repository.path, '.git', 'objects', id.slice(0, 2), id.slice(2)));
    expect(await readHere(repository)).toEqual({
      root: repository.path,
      targets: [],
      problems: [
        {
          kind: 'missing-object',
          path: 'lost',
          message: `git has no object ${id.slice(0, 12)}; run git fsck, or git fetch in a partial clone`,
        },
      ],
    });
  });

  it('says what is wrong in one line', async () => {
    const repository = makeStarted();
    const nowhere = makeFolder();
    const messageOf = async (cwd: string, extra: NodeJS.ProcessEnv = {}) => {
      const listing = listStaged(cwd, testEnvironment({ GIT_CEILING_DIRECTORIES: '/tmp', ...extra }));
      return listing.then(
        () => 'no error',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    };
    expect(await messageOf(nowhere)).toBe(
      `UsageError: ${nowhere}: not inside a git repository; run unleak in one, or use: unleak scan`,
    );
    expect(await messageOf(repository.path, { PATH: '/nowhere' })).toBe(
      `UsageError: git was not found (or ${repository.path} is not a folder); install git 2.30 or newer and see that PATH names it`,
    );
    expect(await messageOf(repository.path, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })).toBe(
      `UsageError: ${repository.path}: git refuses this repository because it belongs to another user; if you trust it, run: git config --global --add safe.directory ${repository.path}`,
    );
    const bare = makeRepositoryAt(join(makeFolder(), 'bare'), '--bare');
    expect(await messageOf(bare.path)).toBe(
      `UsageError: ${bare.path}: this git repository has no work tree; run unleak in a checkout`,
    );
  });
});
