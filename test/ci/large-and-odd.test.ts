// Pull requests that are long, clones that are partial, repositories with SHA-256: nothing of a change goes unseen.
import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import {
  hasSha256,
  makeFolder,
  makeRepository,
  makeRepositoryAt,
  removeFolders,
  testEnvironment,
} from '../support/git-repository.ts';
import { noCi } from './run-diff-ci.ts';
import { checkOut, makeStory, payloads, writePayload } from './scenario.ts';

afterAll(removeFolders);

function runPull(cwd: string, base: string, head: string) {
  const payload = {
    pull_request: { number: 7, base: { sha: base, ref: 'main' }, head: { sha: head, ref: 'feature' } },
  };
  const env = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: writePayload(payload) };
  const done = runUnleak(['diff', '--ci', '--format', 'json'], { cwd, env: { ...noCi(), ...env } });
  const report = JSON.parse(done.stdout) as {
    coverage: { commits: number; isComplete: boolean };
    findings: { path: string; line: number }[];
  };
  return {
    exitCode: done.exitCode,
    ...report.coverage,
    found: report.findings.map(({ path, line }) => `${path}:${line}`),
  };
}

test('a pull request of 300 commits in a checkout of depth 1 is scanned whole, the first commit too', () => {
  const origin = makeRepository();
  const commits: string[] = [];
  const who = 'Ada Example <ada@example.org> 1704164645 +0000';
  const add = (mark: number, parent: number | undefined, path: string, text: string, branch: string): void => {
    commits.push(
      `commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\ndata 1\nx\n`,
      parent === undefined ? '' : `from :${parent}\n`,
      `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
  };
  add(1, undefined, 'README.md', 'text\n', 'main');
  add(2, 1, 'a.env', `TOKEN=${makeToken(700)}\n`, 'feature');
  add(3, 2, 'a.env', 'TOKEN=\n', 'feature');
  for (let mark = 4; mark <= 301; mark++) add(mark, mark - 1, `file-${mark % 9}.txt`, `${mark}\n`, 'feature');
  execFileSync('git', ['fast-import', '--quiet'], {
    cwd: origin.path,
    env: testEnvironment(),
    input: commits.join(''),
  });
  const [base, head] = [origin.git('rev-parse', 'main'), origin.git('rev-parse', 'feature')];
  const clone = makeRepositoryAt(makeFolder());
  clone.git('remote', 'add', 'origin', `file://${origin.path}`);
  clone.git('fetch', '--quiet', '--depth=1', 'origin', head);
  clone.git('checkout', '--quiet', '--detach', head);
  expect(runPull(clone.path, base, head)).toMatchObject({
    exitCode: 1,
    commits: 300,
    isComplete: true,
    found: ['a.env:1'],
  });
});

test('a partial clone gets the contents that it lacks', () => {
  const story = makeStory();
  const { ids, origin } = story;
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = makeRepositoryAt(makeFolder());
  clone.git('clone', '--quiet', '--filter=blob:none', '--no-checkout', story.url, 'part');
  const path = `${clone.path}/part`;
  expect(runPull(path, ids.m3, ids.f3)).toMatchObject({
    exitCode: 1,
    commits: 3,
    isComplete: true,
    found: [`(message of commit ${ids.f3.slice(0, 12)}):1`, 'src/app.ts:8', 'tmp/debug.env:1'],
  });
});

test('a partial clone that cannot be completed says so', () => {
  const story = makeStory();
  const { ids, origin } = story;
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = makeRepositoryAt(makeFolder());
  clone.git('clone', '--quiet', '--filter=blob:none', '--no-checkout', story.url, 'part');
  clone.tryGit(['remote', 'set-url', 'origin', 'file:///nowhere'], { cwd: `${clone.path}/part` });
  const { exitCode, isComplete, found } = runPull(`${clone.path}/part`, ids.m3, ids.f3);
  expect([exitCode, isComplete, found]).toEqual([1, false, [`(message of commit ${ids.f3.slice(0, 12)}):1`]]);
});

test.skipIf(!hasSha256())('a repository with SHA-256 ids', () => {
  const repository = makeRepositoryAt(makeFolder(), '--object-format=sha256');
  repository.write('README.md', 'text\n');
  const base = repository.commitAll('base');
  repository.write('a.env', `TOKEN=${makeToken(701)}\n`);
  const head = repository.commitAll('change');
  expect(runPull(repository.path, base, head)).toMatchObject({ exitCode: 1, commits: 1, found: ['a.env:1'] });
});

test('two branches with the same commits that are pushed in one moment do not rely on each other', () => {
  const story = makeStory();
  const { ids, origin } = story;
  origin.git('branch', 'twin', ids.f3);
  const clone = checkOut(story, { commit: ids.f3 });
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: writePayload(payloads(story).newBranch),
  };
  const { stderr, exitCode } = runUnleak(['diff', '--ci', '-q', '--format', 'json', '-o', 'r.json'], {
    cwd: clone.path,
    env: { ...noCi(), ...env },
  });
  expect([exitCode, stderr]).toEqual([1, '']);
});
