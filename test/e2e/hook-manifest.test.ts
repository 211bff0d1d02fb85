// .pre-commit-hooks.yaml with the real pre-commit framework: installed by it from a clone (language: node), and from PATH
// (the ids in -system). The clone holds the built files and no packages, so that nothing is downloaded but what the
// framework itself needs.
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DIST, UNLEAK } from '../cli/unleak-process.ts';
import { findTool, type HookRepository, LEAK, makeHookRepository, pathWith } from '../hooks/hook-repository.ts';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

afterAll(removeFolders);

const TOP = join(import.meta.dirname, '..', '..');
const framework = findTool('pre-commit');
const reason = framework === undefined ? ' (pre-commit is not on PATH)' : '';
const STAGES = ['pre-commit', 'pre-merge-commit', 'pre-push', 'commit-msg'];

/** What the framework clones: the manifest, the built files, and a package.json without scripts. */
function makeSource(): TestRepository {
  const source = makeRepository();
  source.write('.pre-commit-hooks.yaml', readFileSync(join(TOP, '.pre-commit-hooks.yaml')));
  source.write(
    'package.json',
    JSON.stringify({ name: 'unleak', version: '1.0.0', bin: { unleak: 'dist/unleak.cjs' } }),
  );
  cpSync(DIST, join(source.path, 'dist'), { recursive: true });
  source.commitAll('release');
  return source;
}

function makeUser(source: TestRepository, ids: readonly string[]): HookRepository {
  const repository = makeHookRepository();
  const hooks = ids.map((id) => `  - id: ${id}\n`).join('');
  repository.write(
    '.pre-commit-config.yaml',
    `repos:\n- repo: file://${source.path}\n  rev: ${source.git('rev-parse', 'HEAD')}\n  hooks:\n${hooks}`,
  );
  repository.commitAll('framework');
  const args = ['install', ...STAGES.flatMap((stage) => ['--hook-type', stage])];
  const { exitCode, stderr } = repository.run(framework ?? '', args);
  if (exitCode !== 0) throw new Error(stderr);
  repository.git('init', '--quiet', '--bare', '.git/origin');
  repository.git('remote', 'add', 'origin', '.git/origin');
  return repository;
}

function expectGuarded(repository: HookRepository, env: NodeJS.ProcessEnv): void {
  const all = { ...repository.env, ...env };
  const clean = repository.commit('a.txt', 'fine\n', env);
  expect([clean.exitCode, clean.stderr.includes('error')]).toEqual([0, false]);
  const leak = repository.commit('a.env', LEAK, env);
  expect([leak.exitCode, leak.stderr.includes('a.env:1:14'), leak.stderr.includes(LEAK.trim())]).toEqual([
    1,
    true,
    false,
  ]);
  const message = repository.tryGit(['commit', '--allow-empty', '-m', LEAK], { env: all });
  expect([message.exitCode, message.stderr.includes('(message of the commit):1:14')]).toEqual([1, true]);
  // A first push, where the framework names no range, then one with a range.
  const push = () => {
    const { exitCode, stdout, stderr } = repository.tryGit(['push', 'origin', 'main'], { env: all });
    return { exitCode, said: stdout + stderr };
  };
  repository.write('b.env', LEAK);
  repository.commitAll('by no-verify');
  const first = push();
  expect([first.exitCode, first.said.includes('b.env:1:14  in commit')]).toEqual([1, true]);
  repository.git('reset', '--quiet', '--hard', 'HEAD~1');
  expect(push().exitCode).toBe(0);
  repository.write('c.env', LEAK);
  repository.commitAll('by no-verify');
  repository.git('rm', '--quiet', 'c.env');
  repository.commitAll('taken out again');
  const second = push();
  expect([second.exitCode, second.said.includes('c.env:1:14  in commit')]).toEqual([1, true]);
}

test.skipIf(framework === undefined)(`installed by the framework${reason}`, () => {
  const repository = makeUser(makeSource(), ['unleak', 'unleak-pre-push', 'unleak-commit-msg']);
  expectGuarded(repository, {});
  const doctor = repository.unleak('hook doctor');
  expect([doctor.exitCode, doctor.stdout.includes('WRONG')]).toEqual([0, false]);
});

test.skipIf(framework === undefined)(`from PATH; by hand it looks at every tracked file${reason}`, () => {
  const repository = makeUser(makeSource(), ['unleak-system', 'unleak-pre-push-system', 'unleak-commit-msg-system']);
  const bin = makeFolder();
  writeFileSync(join(bin, 'unleak'), `#!/bin/sh\nexec '${process.execPath}' '${UNLEAK}' "$@"\n`);
  chmodSync(join(bin, 'unleak'), 0o755);
  const env = { PATH: pathWith(bin) };
  expectGuarded(repository, env);
  repository.git('reset', '--quiet', '--hard', 'origin/main');
  const byHand = (...args: string[]) => repository.run(framework ?? '', ['run', ...args], env);
  expect(byHand('--all-files').exitCode).toBe(0);
  repository.write('old.env', LEAK);
  const commit = repository.commitAll('by no-verify');
  const all = byHand('--all-files');
  expect([all.exitCode, all.stdout.includes('old.env:1:14')]).toEqual([1, true]);
  repository.git('rm', '--quiet', 'old.env');
  repository.commitAll('taken out again');
  expect(byHand('--all-files').exitCode).toBe(0);
  const range = byHand('--from-ref', 'origin/main', '--to-ref', 'HEAD');
  expect([range.exitCode, range.stdout.includes(`old.env:1:14  in commit ${commit.slice(0, 12)}`)]).toEqual([1, true]);
});
