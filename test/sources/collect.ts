// Reads a whole source and shows it as plain lines, for the tests of this folder.
import type { Problem } from '../../src/model/problem.ts';
import type { Target } from '../../src/model/target.ts';
import type { Source } from '../../src/sources/source.ts';

/** What a source gave: its targets in order, and its problems as `kind path: message`. */
export interface Collected {
  readonly targets: readonly Target[];
  readonly paths: readonly string[];
  readonly problems: readonly string[];
}

/** The path of any target. */
export function pathOf(target: Target): string {
  return target.kind === 'file' ? target.path : target.origin.path;
}

export async function collect(source: Source): Promise<Collected> {
  const problems: Problem[] = [];
  const targets: Target[] = [];
  for await (const batch of source.targets((problem) => problems.push(problem))) targets.push(...batch);
  return {
    targets,
    paths: targets.map(pathOf),
    problems: problems.map(({ kind, path, message }) => `${kind} ${path}: ${message}`),
  };
}
