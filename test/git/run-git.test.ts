import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  checkGit,
  expectSuccess,
  gitEnvironment,
  readGitVersion,
  runGitSync,
  runShortGit,
  spawnGit,
} from '../../src/git/run-git.ts';
import { makeFolder, makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

describe('gitEnvironment', () => {
  it('hardens, drops what changes diffs, and leaves the variables of a hook alone', () => {
    const hook = {
      GIT_INDEX_FILE: '.git/next-index',
      GIT_DIR: '.git',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'a.b',
      GIT_CONFIG_VALUE_0: 'c',
      PATH: '/bin',
    };
    const base = {
      ...hook,
      GIT_EXTERNAL_DIFF: 'x',
      GIT_DIFF_OPTS: '-u9',
      GIT_OPTIONAL_LOCKS: '1',
      LC_ALL: 'de_DE.UTF-8',
    };
    expect(gitEnvironment(base)).toEqual({
      ...hook,
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_PAGER: 'cat',
      LC_ALL: 'C',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      GIT_NO_REPLACE_OBJECTS: '1',
    });
    expect(base.GIT_EXTERNAL_DIFF).toBe('x');
  });
});

describe('running git', () => {
  const { path } = makeRepository();
  const call = { cwd: path, env: testEnvironment() };

  it('waits for output, and feeds input', () => {
    const result = runGitSync(['hash-object', '--stdin'], { ...call, input: Buffer.from('a\n') });
    expect(result).toEqual({
      exitCode: 0,
      stdout: Buffer.from('78981922613b2afb6025042ff6bd878ac1994e85\n'),
      stderr: '',
    });
  });

  it('streams output, and feeds input', async () => {
    const args = ['cat-file', '--batch-check'];
    const git = spawnGit(args, { ...call, input: Buffer.from('x\n'.repeat(20_000)) });
    let bytes = 0;
    for await (const chunk of git.chunks) bytes += chunk.length;
    await expectSuccess(git, args, path);
    expect(bytes).toBe(20_000 * 'x missing\n'.length);
  });

  it('beats the config of the repository and of the environment', () => {
    const env = testEnvironment({
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: 'evil',
      GIT_CONFIG_KEY_1: 'user.name',
      GIT_CONFIG_VALUE_1: 'kept',
    });
    expect(checkGit(['config', 'core.fsmonitor'], { cwd: path, env }).toString()).toBe('\n');
    expect(checkGit(['config', 'user.name'], { cwd: path, env }).toString()).toBe('kept\n');
  });

  it('says when an answer is too long', () => {
    expect(runShortGit(['--version'], call, 5)).toBeUndefined();
    expect(runShortGit(['--version'], call, 5000)?.exitCode).toBe(0);
  });

  it('ends a process that is not wanted any more', async () => {
    const git = spawnGit(['cat-file', '--batch'], { ...call, input: Buffer.alloc(1 << 20, 'x\n') });
    git.stop();
    expect((await git.end).exitCode).not.toBe(0);
  });
});

describe('errors', () => {
  const nowhere = makeFolder();
  const env = testEnvironment({ GIT_CEILING_DIRECTORIES: '/tmp' });
  const errorOf = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };

  it('not a repository', () => {
    expect(errorOf(() => checkGit(['rev-parse', '--git-dir'], { cwd: nowhere, env }))).toMatchObject({
      name: 'UsageError',
      kind: 'not-a-repository',
      message: `${nowhere}: not inside a git repository; run unleak in one, or use: unleak scan`,
    });
  });

  it('git missing, in both forms', async () => {
    const missing = { cwd: nowhere, env: { PATH: '/nowhere' } };
    const expected = {
      kind: 'git-missing',
      message: expect.stringMatching(/^git was not found .*install git 2\.30 or newer/),
    };
    expect(errorOf(() => runGitSync(['--version'], missing))).toMatchObject(expected);
    await expect(spawnGit(['--version'], missing).end).rejects.toMatchObject(expected);
  });

  it('an old git is named only when something failed', () => {
    const folder = makeFolder();
    const fake = (version: string) => {
      writeFileSync(
        join(folder, 'git'),
        `#!/bin/sh\ncase "$*" in *--version*) echo "git version ${version}";; *) echo "error: unknown option" >&2; exit 129;; esac\n`,
      );
      chmodSync(join(folder, 'git'), 0o755);
      const before = process.env.PATH;
      process.env.PATH = `${folder}:${before}`;
      try {
        return [errorOf(() => checkGit(['diff-index', 'x'], { cwd: folder })), readGitVersion(folder)];
      } finally {
        process.env.PATH = before;
      }
    };
    expect(fake('2.29.2.windows.1')).toMatchObject([
      { kind: 'git-too-old', message: 'git 2.29 is too old; install git 2.30 or newer' },
      { major: 2, minor: 29 },
    ]);
    expect(fake('2.30.0')).toMatchObject([
      { kind: 'failed', message: `${folder}: git diff-index failed with code 129: unknown option` },
      { major: 2, minor: 30 },
    ]);
    expect(fake('3.0.0')).toMatchObject([{ kind: 'failed' }, { major: 3, minor: 0 }]);
  });
});
