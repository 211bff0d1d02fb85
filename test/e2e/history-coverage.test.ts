// `unleak history` where something is missing or odd: what was not read is counted and listed, and never looks green.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { deltaEntry, idOf, writePack } from '../packs/make-pack.ts';
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

interface Outcome {
  readonly exitCode: number | null;
  readonly problems: readonly string[];
  readonly findings: readonly { readonly path: string; readonly history: { readonly reach: string } }[];
  readonly coverage: { readonly commits: number; readonly files: number };
}

function scan(cwd: string, ...words: string[]): Outcome {
  const { exitCode, stdout, stderr } = runUnleak(['history', '--no-cache', '--format', 'json', ...words], { cwd });
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Omit<Outcome, 'problems'> & { problems: { kind: string; message: string }[] };
  const problems = report.problems.map(({ kind, message }) => `${kind}: ${message}`);
  return { exitCode, problems, findings: report.findings, coverage: report.coverage };
}

function makeClean(): TestRepository {
  const repository = makeRepository();
  for (const n of [1, 2, 3]) {
    repository.write(`file-${n}.txt`, `text ${n}\n`);
    repository.commitAll(`Commit ${n}`);
  }
  return repository;
}

function clone(from: string, ...options: string[]): string {
  const folder = join(makeFolder(), 'clone');
  execFileSync('git', ['clone', '--quiet', ...options, pathToFileURL(from).href, folder], { env: testEnvironment() });
  return folder;
}

it('a clean history is green, in two lines', () => {
  const { exitCode, stdout, stderr } = runUnleak(['history', '--no-cache'], { cwd: makeClean().path });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^Scanned: 3 commits, 6 texts, 48 bytes, \d+ rules\.\nunleak history: No secrets found\.\n$/);
});

it('no commits: nothing to scan', () => {
  const { exitCode, problems } = scan(makeRepository().path);
  expect({ exitCode, problems }).toEqual({
    exitCode: 3,
    problems: ['nothing-to-scan: this repository has no commits'],
  });
});

it('no commits, but a secret in the index', () => {
  const repository = makeRepository();
  repository.write('a.txt', `${makeToken()}\n`);
  repository.git('add', 'a.txt');
  const { exitCode, findings } = scan(repository.path);
  expect(exitCode).toBe(1);
  expect(findings.map(({ path, history }) => [path, history.reach])).toEqual([['a.txt', 'unreachable']]);
});

it('a shallow clone is incomplete', () => {
  const { exitCode, problems } = scan(clone(makeClean().path, '--depth', '1'));
  expect({ exitCode, problems }).toEqual({
    exitCode: 3,
    problems: ['missing-object: this clone is shallow: history ends at 1 commit; run: git fetch --unshallow'],
  });
});

it('a partial clone is incomplete, and nothing is fetched', () => {
  const source = makeClean();
  source.git('config', 'uploadpack.allowFilter', 'true');
  source.write('file-1.txt', 'text anew\n');
  source.commitAll('Commit 4');
  const folder = clone(source.path, '--filter=blob:none');
  const { exitCode, problems } = scan(folder);
  expect({ exitCode, problems }).toEqual({
    exitCode: 3,
    problems: [
      'missing-object: 1 object of this partial clone were never fetched; run: git fetch --refetch --no-filter',
    ],
  });
});

it('a damaged blob and one that is gone are named', () => {
  const repository = makeClean();
  const fileOf = (path: string) => {
    const id = repository.git('rev-parse', `HEAD:${path}`);
    return { id, file: join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2)) };
  };
  const [gone, damaged] = [fileOf('file-1.txt'), fileOf('file-2.txt')];
  rmSync(gone.file);
  chmodSync(damaged.file, 0o644);
  writeFileSync(damaged.file, 'no zlib');
  const { exitCode, problems } = scan(repository.path);
  expect(exitCode).toBe(3);
  expect(problems.filter((text) => text.includes(gone.id))).toEqual([
    `missing-object: object ${gone.id}: named by another, and not there; see git fsck`,
  ]);
  expect(problems.filter((text) => text.includes(damaged.id)).length).toBeGreaterThan(0);
});

it('a commit that git cannot walk past does not hide what was found', () => {
  const repository = makeClean();
  repository.write('secret.txt', `${makeToken()}\n`);
  repository.commitAll('Secret');
  const tree = repository.git('rev-parse', 'HEAD~2^{tree}');
  rmSync(join(repository.path, '.git/objects', tree.slice(0, 2), tree.slice(2)));
  const { exitCode, findings, problems } = scan(repository.path);
  expect(exitCode).toBe(1);
  expect(findings.length).toBe(1);
  expect(problems.some((text) => text.startsWith('missing-object: git could not walk all commits'))).toBe(true);
});

it('replaced objects are read as they were committed', () => {
  const repository = makeRepository();
  repository.write('a.txt', `${makeToken()}\n`);
  repository.commitAll('Secret');
  const blob = repository.git('rev-parse', 'HEAD:a.txt');
  repository.write('b.txt', 'nothing\n');
  const other = repository.git('hash-object', '-w', 'b.txt');
  repository.git('replace', blob, other);
  const { exitCode, findings, problems } = scan(repository.path);
  expect(exitCode).toBe(1);
  expect(findings.map(({ path, history }) => [path, history.reach])).toEqual([['a.txt', 'head']]);
  expect(problems).toEqual(['replaced: refs/replace: git shows 1 object differently; both were read']);
});

it('works in a bare repository', () => {
  const source = makeClean();
  source.write('secret.txt', `${makeToken()}\n`);
  source.commitAll('Secret');
  const { exitCode, findings } = scan(clone(source.path, '--bare'));
  expect(exitCode).toBe(1);
  expect(findings.map(({ path, history }) => [path, history.reach])).toEqual([['secret.txt', 'head']]);
});

it.runIf(hasSha256())('works with SHA-256', () => {
  const repository = makeRepositoryAt(makeFolder(), '--object-format=sha256');
  repository.write('secret.txt', `${makeToken()}\n`);
  repository.commitAll('Secret');
  const { exitCode, findings } = scan(repository.path);
  expect(exitCode).toBe(1);
  expect(findings.map(({ path, history }) => [path, history.reach])).toEqual([['secret.txt', 'head']]);
});

it('submodules are listed', () => {
  const inner = makeClean();
  const outer = makeClean();
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'vendor/inner');
  outer.commitAll('Add a submodule');
  const { exitCode, problems } = scan(outer.path);
  expect({ exitCode, problems }).toEqual({
    exitCode: 0,
    problems: ['submodule: a repository of its own; run unleak history in it'],
  });
});

it('--recurse-submodules reads those that are there, and lists the others', () => {
  const inner = makeClean();
  inner.write('deep/secret.txt', `${makeToken(7)}\n`);
  inner.commitAll('Secret');
  const outer = makeClean();
  for (const path of ['vendor/here', 'vendor/gone'])
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, path);
  outer.commitAll('Add submodules');
  rmSync(join(outer.path, 'vendor/gone'), { recursive: true });
  const { exitCode, problems, findings, coverage } = scan(outer.path, '--recurse-submodules');
  expect({ exitCode, problems, commits: coverage.commits }).toEqual({
    exitCode: 1,
    problems: ['submodule: a submodule that is not checked out; run: git submodule update --init'],
    commits: 8,
  });
  expect(findings.map(({ path, history }) => [path, history.reach])).toEqual([['vendor/here/deep/secret.txt', 'head']]);
  const narrow = runUnleak(['history', '--recurse-submodules', '--path', 'x'], { cwd: outer.path });
  expect([narrow.exitCode, narrow.stdout]).toEqual([2, '']);
});

it('a repository of another user is not read, in one line, and not green', () => {
  const { exitCode, stdout, stderr } = runUnleak(['history'], {
    cwd: makeClean().path,
    env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toMatch(
    /^unleak: .*git refuses this repository because it belongs to another user; .*safe\.directory.*\n$/,
  );
});

it('one thread and four give the same bytes', () => {
  const repository = makeClean();
  for (let n = 0; n < 12; n++) {
    const lines = Array.from({ length: 300 }, (_, i) => `line ${i % (n + 2)} of ${n}`);
    if (n % 3 === 1) lines.splice(n * 7, 0, `${makeToken(n)}`);
    for (let k = 0; k < 40; k++) repository.write(`${k}/file-${n}.txt`, [...lines, `${k}`].join('\n'));
    repository.commitAll(`More ${n}`);
  }
  repository.git('gc', '--quiet');
  const [one, four] = ['1', '4'].map((jobs) =>
    runUnleak(['history', '--no-cache', '--format', 'json', '--jobs', jobs], { cwd: repository.path }),
  );
  expect(one!.exitCode).toBe(1);
  expect(four).toEqual(one);
}, 60_000);

it.each(['own', 'git'])(
  'a circle of deltas: named, and nobody hangs on it (--reader %s)',
  (reader) => {
    const repository = makeClean();
    repository.write('secret.txt', `${makeToken(8)}\n`);
    repository.commitAll('Secret');
    const delta = Buffer.of(5, 5, 0x90, 5);
    writePack(join(repository.path, '.git/objects/pack'), [deltaEntry(idOf(1), delta), deltaEntry(idOf(0), delta)]);
    const { exitCode, findings, problems } = scan(repository.path, '--reader', reader);
    expect(exitCode).toBe(1);
    // Git may not walk the commits; the index still tells the path.
    expect(findings.map(({ path }) => path)).toEqual(['secret.txt']);
    expect(problems.some((text) => text.includes('git could not walk all commits'))).toBe(true);
    expect(problems.filter((text) => text.includes('circle')).length).toBe(2);
  },
  30_000,
);

it('ignores, markers and the baseline count as in scan', () => {
  const repository = makeRepository();
  // The baseline's own key is random: it must not be in this history.
  repository.write('.git/info/exclude', '.unleak-baseline\n');
  repository.write('.unleakignore', 'ignored/\n');
  repository.write('ignored/a.txt', `${makeToken(1)}\n`);
  repository.write('marked.txt', `${makeToken(2)} # unleak:ignore reason="made up"\n`);
  repository.write('known.txt', `${makeToken(3)}\n`);
  repository.commitAll('All');
  repository.write('open.txt', `${makeToken(4)}\n`);
  expect(runUnleak(['baseline', 'create', 'known.txt'], { cwd: repository.path }).exitCode).toBe(0);
  repository.commitAll('Open');
  const { stdout, exitCode } = runUnleak(['history', '--no-cache', '--format', 'json'], { cwd: repository.path });
  const report = JSON.parse(stdout);
  expect(exitCode).toBe(1);
  expect(report.findings.map(({ path }: { path: string }) => path)).toEqual(['open.txt']);
  expect(report.suppressed.map((one: { path: string; by: string }) => [one.path, one.by])).toEqual([
    ['known.txt', 'baseline'],
    ['marked.txt', 'inline-marker'],
  ]);
  expect(report.coverage.ignoredFiles).toBe(1);
});

it.each([
  ['outside of a repository', [], /not inside a git repository/],
  ['an unknown revision', ['no-such-branch'], /git does not know that revision/],
  ['an option in a branch name', ['--branch', '--output=x'], /may not start with a dash|needs a value/],
])('%s: one line and 2', (what, words, message) => {
  const cwd = what.startsWith('outside') ? makeFolder() : makeClean().path;
  const { exitCode, stdout, stderr } = runUnleak(['history', '--no-cache', ...words], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n').length).toBe(1);
  expect(existsSync(join(cwd, 'x'))).toBe(false);
});
