// The cache of clean objects: a second run reads only what is new and says the same, and nothing odd about the file matters.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

function makeHistory() {
  const repository = makeRepository();
  repository.write('clean.txt', 'clean\n');
  repository.write('secret.txt', `${makeToken()}\n`);
  repository.commitAll('First');
  const home = makeFolder();
  const run = (...words: string[]) => {
    const { exitCode, stdout, stderr } = runUnleak(['history', '--format', 'json', ...words], {
      cwd: repository.path,
      env: { XDG_CACHE_HOME: home },
    });
    expect(stderr).toBe('');
    const report = JSON.parse(stdout);
    const problems = report.problems.map(({ message }: { message: string }) => message);
    return {
      exitCode,
      problems,
      findings: report.findings,
      files: report.coverage.files,
      cached: report.coverage.cached,
    };
  };
  return { repository, run, folder: join(home, 'unleak') };
}

it('reads only what is new, and says the same', () => {
  const { repository, run } = makeHistory();
  const first = run();
  expect(first).toMatchObject({ exitCode: 1, files: 3, cached: undefined });
  expect(run()).toEqual({ ...first, files: 0, cached: 3 });
  repository.write('new.txt', `${makeToken(2)}\n`);
  repository.commitAll('Second');
  const third = run();
  // The message of the second commit and its file; all old texts are known.
  expect(third).toMatchObject({ exitCode: 1, cached: 3, files: 2 });
  expect(third.findings.map(({ path }: { path: string }) => path)).toEqual(['new.txt', 'secret.txt']);
  expect(run('--no-cache')).toEqual({ ...third, files: 5, cached: undefined });
});

it('other settings do not use what was clean under these', () => {
  const { run } = makeHistory();
  expect(run('--only', 'slack.*')).toMatchObject({ exitCode: 0, files: 3 });
  expect(run()).toMatchObject({ exitCode: 1, files: 3, cached: undefined });
  expect(run('--min-confidence', 'low')).toMatchObject({ exitCode: 1, files: 3, cached: undefined });
});

it('an object that went away is missed although everything else is known', () => {
  const { repository, run } = makeHistory();
  expect(run().exitCode).toBe(1);
  const id = repository.git('rev-parse', 'HEAD:clean.txt');
  rmSync(join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2)));
  const after = run();
  expect(after.problems).toEqual([`object ${id}: named by another, and not there; see git fsck`]);
});

it.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
  ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)))],
  ['empty', () => Buffer.alloc(0)],
  ['something else', () => Buffer.from('hello\n'.repeat(50))],
])('a file that is %s is as good as none', (_, spoil) => {
  const { run, folder } = makeHistory();
  const first = run();
  const names = readdirSync(folder);
  expect(names.length).toBe(2);
  for (const name of names) {
    const file = join(folder, name);
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(file, spoil(readFileSync(file)));
  }
  expect(run()).toEqual(first);
  expect(run()).toMatchObject({ files: 0, cached: 3 });
});

it('a cache folder that cannot be made is no error', () => {
  const { repository } = makeHistory();
  const { exitCode, stderr } = runUnleak(['history'], { cwd: repository.path, env: { XDG_CACHE_HOME: '/dev/null' } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
});

it('holds no values and no paths', () => {
  const { run, folder } = makeHistory();
  run();
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'latin1')).not.toMatch(/secret|clean\.txt|ghp|Ada/);
});

it('with the same objects refs, reflogs and indexes still are what they are now', () => {
  const { repository, run } = makeHistory();
  const reachOf = () =>
    run().findings.map((one: { path: string; history: { reach: string } }) => [one.path, one.history.reach]);
  expect(reachOf()).toEqual([['secret.txt', 'head']]);
  const id = repository.git('rev-parse', 'HEAD');
  repository.git('update-ref', '-d', 'HEAD');
  repository.git('rm', '--quiet', '--cached', '-r', '.');
  expect(reachOf()).toEqual([['secret.txt', 'unreachable']]);
  repository.git('tag', 'kept', id);
  expect(reachOf()).toEqual([['secret.txt', 'refs']]);
  // The blob comes back into the index under another name; no object is new.
  const blob = repository.git('rev-parse', `${id}:secret.txt`);
  repository.git('update-index', '--add', '--cacheinfo', `100644,${blob},other.txt`);
  expect(reachOf()).toEqual([
    ['other.txt', 'refs'],
    ['secret.txt', 'refs'],
  ]);
});

it('one that counted under none of its paths counts when an index gives it another', () => {
  const { repository, run } = makeHistory();
  // A weak password is silent in a lock file and told in a config file.
  repository.write('yarn.lock', 'db_password = "Xk29fLq1vTz8"\n');
  repository.commitAll('Second');
  const pathsOf = () => run().findings.map(({ path }: { path: string }) => path);
  expect(pathsOf()).toEqual(['secret.txt']);
  expect(pathsOf()).toEqual(['secret.txt']);
  repository.git(
    'update-index',
    '--add',
    '--cacheinfo',
    `100644,${repository.git('rev-parse', 'HEAD:yarn.lock')},app.env`,
  );
  expect(pathsOf()).toEqual(['app.env', 'secret.txt']);
});
