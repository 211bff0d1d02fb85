// What every source is: a list of things to scan, in batches, in a fixed order. A source opens and reads nothing that
// the pipeline can read itself, knows no rules, and reports what it leaves out.
import type { ProblemSink } from '../model/problem.ts';
import type { ScanMode } from '../model/report.ts';
import type { Target } from '../model/target.ts';

export interface Source {
  readonly mode: ScanMode;
  /** Absolute folder that the paths of targets and problems are relative to. */
  readonly root: string;
  /** What is scanned, for people: a path, a range, `index`. */
  readonly subject: string;
  /**
   * Lists the targets: batches of up to some hundreds, the same order for the same input.
   *
   * @param problems  gets everything that was left out
   * @throws UsageError when the input is not there at all
   */
  targets(problems: ProblemSink): AsyncIterable<readonly Target[]>;
}

/** The user's own ignores, asked before anything is opened. */
export interface PathFilter {
  /** @param path relative to the root, with `/` */
  readonly isIgnored?: ((path: string) => boolean) | undefined;
  /** Called for each path that `isIgnored` kept out. */
  readonly onIgnored?: ((path: string) => void) | undefined;
}

/** Asks the filter and counts what it keeps out. */
export function isKeptOut(filter: PathFilter, path: string): boolean {
  if (!filter.isIgnored?.(path)) return false;
  filter.onIgnored?.(path);
  return true;
}

/** Targets in one batch: large enough to share out, small enough that the first is scanned soon. */
export const BATCH_TARGETS = 256;
