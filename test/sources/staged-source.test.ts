import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { createStagedSource, finishStagedListing, startStagedListing } from '../../src/sources/staged-source.ts';
import { bundleScript } from '../support/bundle-script.ts';
import {
  hasSha256,
  makeFolder,
  makeRepository,
  makeRepositoryAt,
  removeFolders,
  TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';

interface Seen {
  readonly root: string;
  readonly targets: readonly { path: string; text: string; added: 'all' | [number, number][] }[];
  readonly problems: readonly Problem[];
}

let script: string;
let output: string;
beforeAll(async () => {
  script = await bundleScript(new URL('./print-staged.ts', import.meta.url));
  output = join(makeFolder(), 'seen.json');
});
afterAll(removeFolders);

/** Runs git with hooks on and gives what each run of the hook saw. */
function runHooked(
  repository: TestRepository,
  args: readonly string[],
  extra: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Seen[] {
  rmSync(output, { force: true });
  const result = repository.tryGit(args, { ...extra, env: { UNLEAK_TEST_OUTPUT: output, ...extra.env } });
  expect(result.exitCode, result.stderr).toBe(0);
  if (!existsSync(output)) return [];
  return readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen);
}

function hooked(repository: TestRepository): TestRepository {
  for (const name of ['pre-commit', 'pre-merge-commit'])
    repository.hook(name, `exec "${process.execPath}" "${script}"`);
  return repository;
}

/** A repository with one commit: a.txt and b.txt of three lines each. */
function makeStarted(...options: string[]): TestRepository {
  const repository = makeRepository(...options);
  repository.write('a.txt', '1\n2\n3\n');
  repository.write('b.txt', '1\n2\n3\n');
  repository.write('sub/c.txt', '1\n');
  repository.commitAll('start');
  return hooked(repository);
}

/** What the source gives when called here, without a hook. */
async function readHere(
  repository: TestRepository,
  cwd = repository.path,
  env: NodeJS.ProcessEnv = testEnvironment(),
): Promise<Seen> {
  const listing = await finishStagedListing(startStagedListing(cwd, env));
  const problems: Problem[] = [];
  const targets = [...listing.read((problem) => problems.push(problem))].flat().map((target) => ({
    path: target.origin.path,
    text: Buffer.from(target.bytes).toString('latin1'),
    added: (target.addedLines ?? 'all') as 'all' | [number, number][],
  }));
  return { root: listing.root, targets, problems };
}

const COMMIT = ['commit', '-q', '-m', 'x'];
/** What a hook sees of a.txt with a fourth line and a changed second. */
const EDITED = '1\ntwo\n3\n4\n';
const EDITED_LINES = [
  [2, 2],
  [4, 4],
];

describe('the staged source in a pre-commit hook', () => {
  it('plain commit: what is staged, not what is in the work tree', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.git('add', 'a.txt');
    repository.write('a.txt', 'work tree only\n');
    repository.write('b.txt', 'work tree only\n');
    expect(runHooked(repository, COMMIT)).toEqual([
      { root: repository.path, targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }], problems: [] },
    ]);
  });

  it('commit -a', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    expect(runHooked(repository, [...COMMIT, '-a'])[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });

  it('commit PATH: not the other staged files', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.write('b.txt', 'staged too\n');
    repository.git('add', 'b.txt');
    expect(runHooked(repository, [...COMMIT, '--', 'a.txt'])[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });

  it('commit -p: only the chosen hunks', () => {
    const repository = makeStarted();
    const lines = Array.from({ length: 20 }, (_, i) => `${i + 1}`);
    repository.write('a.txt', `${lines.join('\n')}\n`);
    repository.commitAll('long');
    lines[1] = 'yes';
    lines[17] = 'no';
    repository.write('a.txt', `${lines.join('\n')}\n`);
    lines[17] = '18';
    expect(runHooked(repository, [...COMMIT, '-p'], { input: 'y\nn\n' })[0]?.targets).toEqual([
      { path: 'a.txt', text: `${lines.join('\n')}\n`, added: [[2, 2]] },
    ]);
  });

  it('from a folder below the top', () => {
    const repository = makeStarted();
    repository.write('sub/c.txt', '1\n2\n');
    const cwd = join(repository.path, 'sub');
    expect(runHooked(repository, [...COMMIT, '-a'], { cwd })).toEqual([
      { root: repository.path, targets: [{ path: 'sub/c.txt', text: '1\n2\n', added: [[2, 2]] }], problems: [] },
    ]);
  });

  it('in a linked work tree', () => {
    const repository = makeStarted();
    const linked = new TestRepository(join(makeFolder(), 'linked'));
    repository.git('worktree', 'add', '-q', linked.path, '-b', 'linked');
    linked.write('a.txt', EDITED);
    repository.write('b.txt', 'in the other tree\n');
    repository.git('add', 'b.txt');
    expect(runHooked(linked, [...COMMIT, '-a'])).toEqual([
      { root: linked.path, targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }], problems: [] },
    ]);
  });

  it('in a submodule, and the submodule in the outer repository', () => {
    const inner = makeStarted();
    const outer = makeStarted();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'mod');
    const module = hooked(new TestRepository(join(outer.path, 'mod')));
    module.write('a.txt', EDITED);
    expect(runHooked(module, [...COMMIT, '-a'])).toEqual([
      { root: module.path, targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }], problems: [] },
    ]);
    outer.git('add', 'mod');
    expect(runHooked(outer, COMMIT)).toEqual([
      {
        root: outer.path,
        targets: [
          { path: '.gitmodules', text: `[submodule "mod"]\n\tpath = mod\n\turl = ${inner.path}\n`, added: 'all' },
        ],
        problems: [{ kind: 'submodule', path: 'mod', message: 'is a repository of its own; run unleak in it' }],
      },
    ]);
  });

  it('amend: what is new against HEAD', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    expect(runHooked(repository, ['commit', '-q', '--amend', '--no-edit', '-a'])[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });

  it.each([[], ...(hasSha256() ? [['--object-format=sha256']] : [])])('the first commit %s', (...options) => {
    const repository = hooked(makeRepository(...options));
    repository.write('HEAD', 'a file of that name\n');
    repository.write('dir/x', 'x');
    repository.git('add', '--all');
    expect(runHooked(repository, COMMIT)).toEqual([
      {
        root: repository.path,
        targets: [
          { path: 'HEAD', text: 'a file of that name\n', added: 'all' },
          { path: 'dir/x', text: 'x', added: 'all' },
        ],
        problems: [],
      },
    ]);
    repository.write('dir/x', 'x\ny\n');
    expect(runHooked(repository, [...COMMIT, '-a'])[0]?.targets).toEqual([
      { path: 'dir/x', text: 'x\ny\n', added: [[1, 2]] },
    ]);
  });

  it('every kind of change', () => {
    const repository = makeStarted();
    repository.write('moved', Array.from({ length: 30 }, (_, i) => `${i}\n`).join(''));
    repository.write('mode', 'm\n');
    repository.write('type', 't\n');
    repository.write('gone', 'g\n');
    repository.write('crlf', 'a\r\nb\r\n');
    repository.write('wide', Buffer.from('\ufeffa\nb\n', 'utf16le'));
    repository.write('only-removed', '1\n2\n');
    repository.write('hidden', 'a\n');
    repository.commitAll('before');
    repository.git('mv', 'moved', 'renamed');
    repository.write('renamed', `${readFileSync(join(repository.path, 'renamed'), 'latin1')}edit\n`);
    repository.write('mode', 'm\n', 0o755);
    rmSync(join(repository.path, 'type'));
    repository.tryGit(['-c', 'alias.ln=!ln -s "the target" type', 'ln']);
    rmSync(join(repository.path, 'gone'));
    repository.write('crlf', 'a\r\nB\r\n');
    repository.write('wide', Buffer.from('\ufeffa\nB\n', 'utf16le'));
    repository.write('only-removed', '1\n');
    repository.write('.gitattributes', '* -diff\nhidden diff=conv\n');
    repository.write('hidden', 'a\nb\n');
    repository.git('config', 'diff.conv.textconv', 'false');
    repository.write('empty', '');
    repository.write('binary', Buffer.from([0, 1, 2, 255]));
    repository.write('we"ird\n\u00e4\t', 'odd name\n');
    repository.write(Buffer.from('bad-\xff', 'latin1'), 'bad name\n');
    repository.git('add', '--all');
    repository.write('intended', 'only announced\n');
    repository.git('add', '-N', 'intended');
    const [seen] = runHooked(repository, COMMIT);
    expect(seen?.problems).toEqual([]);
    expect(seen?.targets.map((target) => [target.path, target.text.slice(-30), target.added])).toEqual([
      ['.gitattributes', '* -diff\nhidden diff=conv\n', 'all'],
      ['bad-\ufffd', 'bad name\n', 'all'],
      ['binary', '\0\x01\x02\xff', 'all'],
      ['crlf', 'a\r\nB\r\n', [[2, 2]]],
      ['empty', '', 'all'],
      ['hidden', 'a\nb\n', [[2, 2]]],
      ['renamed', '21\n22\n23\n24\n25\n26\n27\n28\n29\nedit\n'.slice(-30), 'all'],
      ['type', 'the target', 'all'],
      ['we"ird\n\u00e4\t', 'odd name\n', 'all'],
      ['wide', '\xff\xfea\0\n\0B\0\n\0', [[2, 2]]],
    ]);
  });

  it('config and environment that would change a diff or run programs', () => {
    const repository = makeStarted();
    const trap = join(makeFolder(), 'trap');
    const program = join(makeFolder(), 'program.sh');
    new TestRepository('/').write(program.slice(1), `#!/bin/sh\necho ran "$0" "$@" >> "${trap}"\n`, 0o755);
    repository.write('.gitattributes', '*.txt diff=evil filter=evil\n');
    repository.commitAll('attributes');
    repository.write('a.txt', EDITED);
    repository.git('add', 'a.txt');
    const settings = {
      'core.fsmonitor': program,
      'core.pager': program,
      'pager.diff-index': program,
      'diff.external': program,
      'diff.evil.command': program,
      'diff.evil.textconv': program,
      'filter.evil.clean': program,
      'filter.evil.smudge': program,
      'core.quotePath': 'true',
      'diff.noprefix': 'true',
      'diff.mnemonicPrefix': 'true',
      'color.ui': 'always',
      'color.diff': 'always',
      'diff.interHunkContext': '9',
      'diff.context': '9',
      'diff.renames': 'copies',
      'diff.algorithm': 'patience',
      'diff.relative': 'true',
      'diff.wsErrorHighlight': 'all',
      'diff.colorMoved': 'zebra',
      'diff.submodule': 'log',
      'diff.orderFile': '/dev/null',
    };
    for (const [name, value] of Object.entries(settings)) repository.git('config', name, value);
    const env = { GIT_EXTERNAL_DIFF: program, GIT_DIFF_OPTS: '--unified=9', GIT_PAGER: program, GIT_PAGER_IN_USE: '1' };
    // git itself may run its fsmonitor before the hook does: what counts is that nothing runs from the hook on.
    repository.hook('pre-commit', `rm -f "${trap}"; "${process.execPath}" "${script}"; test ! -e "${trap}"`);
    expect(runHooked(repository, COMMIT, { env })[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });
});

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
      const started = startStagedListing(cwd, testEnvironment({ GIT_CEILING_DIRECTORIES: '/tmp', ...extra }));
      return finishStagedListing(started).catch((error: Error) => `${error.name}: ${error.message}`);
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
