// Makes real git repositories in a temporary folder with fixed names, dates and config, so that ids and output are the
// same on every machine. For tests only; nothing of the user's own git config is read.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Environment of git in tests: no config but the repository's, fixed people and times. */
export function testEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'Ada Example',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_AUTHOR_DATE: '2024-01-02T03:04:05Z',
    GIT_COMMITTER_NAME: 'Ada Example',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
    GIT_COMMITTER_DATE: '2024-01-02T03:04:05Z',
    LC_ALL: 'C',
    ...extra,
  };
}

/** A new folder that `removeFolders` deletes. Links in its path are resolved. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-test-')));
  made.push(folder);
  return folder;
}

const made: string[] = [];

/** Deletes everything that `makeFolder` made; call it in afterAll. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** What a command of git's gave. */
export interface GitOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository on disk. Relative paths are from its top. */
export class TestRepository {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Runs git and expects success; returns its output without the last newline. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.path,
      env: testEnvironment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '');
  }

  /** Runs git, whatever becomes of it. */
  tryGit(args: readonly string[], extra: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {}): GitOutcome {
    const result = spawnSync('git', args, {
      cwd: extra.cwd ?? this.path,
      env: testEnvironment(extra.env),
      encoding: 'utf8',
      ...(extra.input === undefined ? {} : { input: extra.input }),
    });
    return { exitCode: result.status ?? -1, stdout: result.stdout, stderr: result.stderr };
  }

  /** Writes a file, with its folders. @param mode such as 0o755 */
  write(path: string | Buffer, content: string | Uint8Array, mode?: number): void {
    const file = typeof path === 'string' ? join(this.path, path) : Buffer.concat([Buffer.from(`${this.path}/`), path]);
    if (typeof file === 'string') mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (mode !== undefined) chmodSync(file, mode);
  }

  /** Stages everything and commits. */
  commitAll(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--no-verify', '--message', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** Installs a hook that runs a shell script. */
  hook(name: string, script: string): void {
    const file = join(resolve(this.path, this.git('rev-parse', '--git-path', 'hooks')), name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
}

/** Makes an empty repository on branch `main`. @param options more options of `git init` */
export function makeRepository(...options: string[]): TestRepository {
  return makeRepositoryAt(makeFolder(), ...options);
}

/** The same in a given folder. */
export function makeRepositoryAt(folder: string, ...options: string[]): TestRepository {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', ...options, folder], { env: testEnvironment() });
  return new TestRepository(folder);
}

/** True when the git at hand can make SHA-256 repositories. */
export function hasSha256(): boolean {
  return (
    spawnSync('git', ['init', '--quiet', '--object-format=sha256', makeFolder()], { env: testEnvironment() }).status ===
    0
  );
}
