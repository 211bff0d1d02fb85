// Makes a range of commits complete in a shallow clone: fetches more, step by step, until no commit of the range stands at the edge
// of what the clone has. In a whole clone it only asks for the merge-base.
import type { Clone } from './clone.ts';

/** Depths that are tried one after the other; then it is given up. */
const DEPTHS: readonly number[] = [50, 200, 1000, 5000];

export interface CompletedRange {
  readonly isComplete: boolean;
  /** Newest commit that the head shares with a base; undefined: there is none, as far as the clone knows. */
  readonly mergeBase: string | undefined;
  /** Commits were fetched. */
  readonly isDeepened: boolean;
}

/** More bases than this do not go on a command line of Windows. */
const MANY_BASES = 400;

function listCommits(clone: Clone, wanted: readonly string[], unwanted: readonly string[]): ReadonlySet<string> {
  return new Set(clone.listCommits(wanted, unwanted));
}

/** Newest commit that the head shares with any of the bases. */
function findMergeBase(clone: Clone, head: string, bases: readonly string[]): string | undefined {
  if (bases.length === 0) return undefined;
  // With several bases git takes them for one commit that merges them all.
  if (bases.length <= MANY_BASES) return clone.ask('merge-base', head, ...bases);
  const edge = clone.listCommits([head], bases, ['--boundary']).filter((line) => line.startsWith('-'));
  const nearest = edge.slice(0, MANY_BASES).map((line) => line.slice(1));
  return nearest.length === 0 ? undefined : clone.ask('merge-base', head, ...nearest);
}

/**
 * True when the clone knows all there is to know of the range: none of its commits stands at the edge, and none is a parent
 * that a base is known to have but the clone has cut off.
 */
function isWhole(clone: Clone, head: string, bases: readonly string[], edge: ReadonlySet<string>): boolean {
  const range = listCommits(clone, [head], bases);
  const old = bases.length === 0 ? new Set<string>() : listCommits(clone, bases, []);
  for (const commit of edge) {
    if (range.has(commit)) return false;
    if (old.has(commit) && clone.parentsOf(commit).some((parent) => range.has(parent))) return false;
  }
  return true;
}

/** @param bases  commits that are there; empty: everything that leads to the head */
export function completeRange(clone: Clone, head: string, bases: readonly string[]): CompletedRange {
  let isDeepened = false;
  for (const depth of [...DEPTHS, undefined]) {
    const edge = clone.boundary();
    const mergeBase = findMergeBase(clone, head, bases);
    const isComplete =
      edge.size === 0 || ((mergeBase !== undefined || bases.length === 0) && isWhole(clone, head, bases, edge));
    if (isComplete || depth === undefined || !clone.deepen([head, ...bases], depth)) {
      return { isComplete, mergeBase, isDeepened };
    }
    isDeepened = true;
  }
  throw new TypeError('the last step always returns');
}
