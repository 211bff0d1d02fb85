// What can go wrong when git is asked, as errors that the user can mend. Must not spawn anything and must not guess:
// a text that is not recognised becomes `failed`, with git's own first line.
import { UsageError } from '../model/errors.ts';

export type GitErrorKind =
  | 'git-missing'
  | 'git-too-old'
  | 'not-a-repository'
  | 'dubious-ownership'
  | 'no-such-revision'
  | 'missing-object'
  | 'failed';

/** One line: what, where, what to do. `kind` lets a caller choose another way. */
export class GitError extends UsageError {
  readonly kind: GitErrorKind;

  constructor(kind: GitErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** True when `error` is a GitError of the kind. */
export function isGitError(error: unknown, kind: GitErrorKind): error is GitError {
  return error instanceof GitError && error.kind === kind;
}

/** First line of git's stderr that says what failed, without the `fatal: `. */
function failureLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((l) => /^(fatal|error): /.test(l)) ?? lines[0] ?? 'no message';
  return line.replace(/^(fatal|error): /, '').slice(0, 300);
}

/**
 * Turns a failed run of git into an error.
 *
 * @param args  what git was given, for the message
 * @param cwd  where it ran
 */
export function describeGitFailure(args: readonly string[], cwd: string, exitCode: number, stderr: string): GitError {
  if (/detected dubious ownership/.test(stderr)) {
    const folder = /safe\.directory (.+)$/m.exec(stderr)?.[1] ?? cwd;
    return new GitError(
      'dubious-ownership',
      `${cwd}: git refuses this repository because it belongs to another user; if you trust it, run: git config --global --add safe.directory ${folder}`,
    );
  }
  if (/not a git repository/i.test(stderr)) {
    return new GitError(
      'not-a-repository',
      `${cwd}: not inside a git repository; run unleak in one, or use: unleak scan`,
    );
  }
  if (/must be run in a work tree/.test(stderr)) {
    return new GitError('not-a-repository', `${cwd}: this git repository has no work tree; run unleak in a checkout`);
  }
  if (/unable to read|could not fetch|missing blob|bad object|lazy fetching disabled/.test(stderr)) {
    return new GitError(
      'missing-object',
      `${cwd}: git lacks an object it needs (${failureLine(stderr)}); run: git fetch --refetch`,
    );
  }
  if (
    /unknown revision|bad revision|ambiguous argument|Not a valid object name|Needed a single revision/.test(stderr)
  ) {
    return new GitError('no-such-revision', `${cwd}: git does not know that revision (${failureLine(stderr)})`);
  }
  return new GitError('failed', `${cwd}: git ${args[0] ?? ''} failed with code ${exitCode}: ${failureLine(stderr)}`);
}

/** The error for a git that could not be started at all. */
export function describeSpawnFailure(cwd: string, cause: NodeJS.ErrnoException): GitError {
  if (cause.code === 'ENOENT') {
    return new GitError(
      'git-missing',
      `git was not found (or ${cwd} is not a folder); install git 2.30 or newer and see that PATH names it`,
      {
        cause,
      },
    );
  }
  return new GitError('failed', `${cwd}: git could not be started (${cause.code ?? cause.message})`, { cause });
}
