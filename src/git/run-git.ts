// Our own way to start git: no shell, a hardened environment, the variables that git gives a hook passed through as
// they are (a lost GIT_INDEX_FILE means that the wrong index is read). The only file that starts git. The module of processes takes 4 ms to
// load, so it is loaded when git is started: a hook mostly does without.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describeGitFailure, describeSpawnFailure, GitError } from './git-error.ts';

/** The oldest git whose options we use. */
export const OLDEST_GIT = { major: 2, minor: 30 } as const;

/**
 * Settings that keep the repository's own config from running programs or changing output. Given by `-c`, which git has
 * always known (GIT_CONFIG_COUNT needs 2.31), which beats every config file and inherited variable, and which leaves
 * an inherited GIT_CONFIG_COUNT alone. An empty fsmonitor is "off" for every version; "false" is a program name before 2.36.
 */
const OVERRIDES = [
  'core.fsmonitor=',
  'core.quotePath=false',
  'core.pager=cat',
  'color.ui=false',
  'diff.noprefix=false',
  'diff.mnemonicPrefix=false',
  'diff.suppressBlankEmpty=false',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

/** Variables that change what a diff looks like, or start a program. */
const DROPPED = ['GIT_EXTERNAL_DIFF', 'GIT_DIFF_OPTS', 'GIT_PAGER_IN_USE', 'GIT_ASKPASS', 'SSH_ASKPASS'];

/** @returns the environment for every git of ours: the caller's, hardened */
export function gitEnvironment(base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base };
  for (const name of DROPPED) delete env[name];
  env.GIT_OPTIONAL_LOCKS = '0';
  env.GIT_TERMINAL_PROMPT = '0';
  env.GIT_PAGER = 'cat';
  env.LC_ALL = 'C';
  // A partial clone must not fetch: the first stops git 2.45 and newer, the second stops every transport of older ones.
  env.GIT_NO_LAZY_FETCH = '1';
  env.GIT_ALLOW_PROTOCOL = 'none';
  // What is committed is the object itself, not what refs/replace shows in its stead.
  env.GIT_NO_REPLACE_OBJECTS = '1';
  return env;
}

export interface GitCall {
  readonly cwd: string;
  /** Environment of the caller, hardened here; process.env when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** Bytes for standard input; nothing when absent. */
  readonly input?: Uint8Array;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A git that runs. `chunks` may be read once; `end` never rejects without being awaited. */
export interface RunningGit {
  readonly chunks: AsyncIterable<Buffer>;
  /** Exit code and stderr text after the process ended; rejects with a GitError when it could not be started. */
  readonly end: Promise<{ readonly exitCode: number; readonly stderr: string }>;
  /** Stops the process when the caller has seen enough. */
  stop(): void;
}

function processes(): typeof import('node:child_process') {
  return process.getBuiltinModule('node:child_process');
}

function runAndWait(args: readonly string[], call: GitCall, maxOutputBytes: number): GitResult | undefined {
  const result = processes().spawnSync('git', [...OVERRIDES, ...args], {
    cwd: call.cwd,
    env: gitEnvironment(call.env),
    ...(call.input ? { input: call.input } : {}),
    stdio: [call.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    maxBuffer: maxOutputBytes,
    windowsHide: true,
  });
  const error: NodeJS.ErrnoException | undefined = result.error;
  if (error?.code === 'ENOBUFS') return undefined;
  if (error) throw describeSpawnFailure(call.cwd, error);
  return { exitCode: result.status ?? 128, stdout: result.stdout, stderr: result.stderr.toString('utf8') };
}

/**
 * Runs git and waits.
 *
 * @returns whatever the exit code; use `checkGit` to turn a failure into an error
 * @throws GitError when git cannot be started
 */
export function runGitSync(args: readonly string[], call: GitCall): GitResult {
  const result = runAndWait(args, call, Number.POSITIVE_INFINITY);
  if (!result) throw new TypeError('an output without limit was too long');
  return result;
}

/** The same for an output that should be short; undefined when it is longer than `maxOutputBytes`. @throws GitError */
export function runShortGit(args: readonly string[], call: GitCall, maxOutputBytes: number): GitResult | undefined {
  return runAndWait(args, call, maxOutputBytes);
}

/** Runs git, waits, and expects success. @throws GitError */
export function checkGit(args: readonly string[], call: GitCall): Buffer {
  const result = runGitSync(args, call);
  if (result.exitCode !== 0) throw gitFailure(args, call.cwd, result.exitCode, result.stderr);
  return result.stdout;
}

function collectText(stream: NodeJS.ReadableStream, limitBytes: number): () => string {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (part: Buffer) => {
    if (size < limitBytes) parts.push(part);
    size += part.length;
  });
  return () => Buffer.concat(parts).toString('utf8');
}

/** Starts git at once; output arrives while the caller does other work. */
export function spawnGit(args: readonly string[], call: GitCall): RunningGit {
  const child: ChildProcess = processes().spawn('git', [...OVERRIDES, ...args], {
    cwd: call.cwd,
    env: gitEnvironment(call.env),
    stdio: [call.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const { stdin, stdout, stderr } = child;
  if (!stdout || !stderr) throw new TypeError('git was started without pipes');
  const stderrText = collectText(stderr, 64 * 1024);
  const end = new Promise<{ exitCode: number; stderr: string }>((resolve, reject) => {
    child.on('error', (error) => reject(describeSpawnFailure(call.cwd, error)));
    child.on('close', (code) => resolve({ exitCode: code ?? 128, stderr: stderrText() }));
  });
  end.catch(() => {}); // The caller's own await still sees it; without this Node would end on a late await.
  if (stdin && call.input) {
    stdin.on('error', () => {}); // git closed its input early; its exit code says why.
    stdin.end(call.input);
  }
  return { chunks: stdout, end, stop: () => void child.kill() };
}

/** Waits for the end of a started git and expects success. @throws GitError */
export async function expectSuccess(git: RunningGit, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stderr } = await git.end;
  if (exitCode !== 0) throw gitFailure(args, cwd, exitCode, stderr);
}

/**
 * Describes a failure. Only here is git's version asked for, so that a run that goes well never pays for it.
 */
export function gitFailure(args: readonly string[], cwd: string, exitCode: number, stderr: string): GitError {
  const error = describeGitFailure(args, cwd, exitCode, stderr);
  if (error.kind !== 'failed') return error;
  const version = existsSync(cwd) ? readGitVersion(cwd) : undefined;
  if (
    !version ||
    version.major > OLDEST_GIT.major ||
    (version.major === OLDEST_GIT.major && version.minor >= OLDEST_GIT.minor)
  ) {
    return error;
  }
  return new GitError(
    'git-too-old',
    `git ${version.major}.${version.minor} is too old; install git ${OLDEST_GIT.major}.${OLDEST_GIT.minor} or newer`,
  );
}

/** Version of the git on PATH; undefined when its answer cannot be read. */
export function readGitVersion(cwd: string): { readonly major: number; readonly minor: number } | undefined {
  const match = /(\d+)\.(\d+)/.exec(runGitSync(['--version'], { cwd }).stdout.toString('latin1'));
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}
