// Runs the built unleak as a process of its own, the way users do. test/global-setup.ts has built it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { testEnvironment } from '../support/git-repository.ts';

export const DIST = join(import.meta.dirname, '..', '..', 'dist');
/** The script that `npx unleak` starts. */
export const UNLEAK = join(DIST, 'unleak.cjs');

export interface ProcessOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string | Uint8Array;
  /** Another build's script; ours when absent. */
  readonly script?: string;
}

/** The environment of a user who has set nothing. */
export function plainEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, NODE_OPTIONS: ___, ...env } = testEnvironment();
  const own = Object.entries(env).filter(([name]) => !name.startsWith('UNLEAK_'));
  return { ...Object.fromEntries(own), ...extra };
}

/** Runs unleak to its end. */
export function runUnleak(words: readonly string[], { cwd, env, input, script }: ProcessOptions): ProcessOutcome {
  const done = spawnSync(process.execPath, [script ?? UNLEAK, ...words], {
    cwd,
    env: plainEnvironment(env),
    input: input ?? '',
    encoding: 'utf8',
  });
  return { exitCode: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** Runs a line of bash in which `$UNLEAK` starts unleak. */
export function runShell(line: string, { cwd, env }: ProcessOptions): ProcessOutcome {
  const UNLEAK_COMMAND = `'${process.execPath}' '${UNLEAK}'`;
  const done = spawnSync('bash', ['-c', line.replaceAll('$UNLEAK', UNLEAK_COMMAND)], {
    cwd,
    env: plainEnvironment(env),
    encoding: 'utf8',
  });
  return { exitCode: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** Starts unleak with pipes, for tests that end it early. */
export function startUnleak(words: readonly string[], { cwd, env }: ProcessOptions): ChildProcess {
  return spawn(process.execPath, [UNLEAK, ...words], { cwd, env: plainEnvironment(env), stdio: 'pipe' });
}
