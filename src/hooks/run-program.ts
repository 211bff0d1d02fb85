// Runs a program for the doctor: what git or a manager would start, with a time limit and its output kept. Nothing else
// in this folder starts anything but git.
import { spawnSync } from 'node:child_process';

export interface ProgramOutcome {
  /** undefined: it could not be started, or ran out of time. */
  readonly exitCode: number | undefined;
  readonly output: string;
}

export interface ProgramCall {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

/** Runs to the end; standard output and error together. Never throws. */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs }: ProgramCall,
): ProgramOutcome {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    timeout: timeoutMs,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const why = error ? `${(error as NodeJS.ErrnoException).code ?? error.message}\n` : '';
  return { exitCode: status ?? undefined, output: `${stdout ?? ''}${stderr ?? ''}${why}` };
}
