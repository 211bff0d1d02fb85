// One input that was not read, or not read whole. The scan goes on; the report lists it.

/** Why something was not scanned. `isIncomplete` below says which of them break the promise of a green result. */
export type ProblemKind =
  | 'unreadable' // no permission, I/O error
  | 'vanished' // listed, gone when opened
  | 'changed' // grew or shrank while it was read
  | 'special' // device, FIFO, socket: never opened
  | 'symlink' // not followed
  | 'submodule' // a repository of its own
  | 'lfs-pointer' // content is not in the repository
  | 'unmerged' // index entry with conflict stages
  | 'cut' // a limit on hostile input was reached
  | 'missing-object' // shallow or partial clone, corrupt object
  | 'replaced' // git shows another object or parent in its place (refs/replace, grafts); the true one was read
  | 'nothing-to-scan'; // zero inputs where some were expected

/** What was not read, why, in one line for people. */
export interface Problem {
  readonly kind: ProblemKind;
  /** Relative to the scan root, with `/`; undefined when it concerns the whole run. */
  readonly path: string | undefined;
  readonly message: string;
}

const HARMLESS: ReadonlySet<ProblemKind> = new Set([
  'symlink',
  'submodule',
  'lfs-pointer',
  'special',
  'vanished',
  'replaced',
]);

/** True when the problem means that the result is incomplete (exit code 3 unless --allow-incomplete). */
export function isIncomplete(problem: Problem): boolean {
  return !HARMLESS.has(problem.kind);
}

/** Takes problems as they occur. */
export type ProblemSink = (problem: Problem) => void;
