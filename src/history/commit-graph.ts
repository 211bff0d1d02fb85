// Which secrets each commit holds in its tree, and which it has in its history. Computed from the changes that matter, one
// commit after its parents, so that no tree has to be read: a tree is its first parent's tree and the commit's own changes.
import type { LoggedCommit } from './log-parser.ts';

/** Path → id of the blob there; only paths and blobs of interest. */
export type HeldFiles = ReadonlyMap<string, string>;
/** Numbers of secrets, ascending. */
export type SecretIds = readonly number[];

const NO_FILES: HeldFiles = new Map();
const NONE: SecretIds = [];
const isZero = (id: string): boolean => /^0+$/.test(id);

export interface GraphCommit {
  readonly logged: LoggedCommit;
  /** In its own tree. */
  readonly held: SecretIds;
  /** In its own tree, or in that of a commit before it. */
  readonly seen: SecretIds;
  /** In its tree, and in that of none of its parents. */
  readonly brought: SecretIds;
  /** In the tree of its first parent, and no longer in its own. */
  readonly removed: SecretIds;
  readonly files: HeldFiles;
}

/** Both ascending. */
function isPart(small: SecretIds, large: SecretIds): boolean {
  if (small === large) return true;
  if (small.length > large.length) return false;
  let at = 0;
  for (const id of small) {
    while (at < large.length && large[at]! < id) at++;
    if (large[at] !== id) return false;
  }
  return true;
}

/** Without copies where one holds the other: most commits share the list of their parent. */
function unite(a: SecretIds, b: SecretIds): SecretIds {
  if (isPart(b, a)) return a;
  if (isPart(a, b)) return b;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

/** Ids of all commits, each behind its parents. Without recursion: histories are deeper than stacks. */
export function sortParentsFirst(commits: ReadonlyMap<string, LoggedCommit>): readonly string[] {
  const sorted: string[] = [];
  const isDone = new Map<string, boolean>();
  for (const start of commits.keys()) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      if (isDone.has(id)) {
        stack.pop();
        if (isDone.get(id) === false) sorted.push(id);
        isDone.set(id, true);
        continue;
      }
      isDone.set(id, false);
      for (const parent of commits.get(id)?.parents ?? []) {
        if (commits.has(parent) && !isDone.has(parent)) stack.push(parent);
      }
    }
  }
  return sorted;
}

function applyChanges(files: HeldFiles, commit: LoggedCommit): HeldFiles {
  if (commit.changes.length === 0) return files;
  const next = new Map(files);
  for (const { path, newId } of commit.changes) {
    if (isZero(newId)) next.delete(path);
    else next.set(path, newId);
  }
  return next;
}

/**
 * @param secretsAt  secrets of a blob at a path
 * @param ownSecrets  secrets that stand in the commit object itself: its message
 * @returns parents before children
 */
export function buildGraph(
  commits: ReadonlyMap<string, LoggedCommit>,
  secretsAt: (path: string, blob: string) => SecretIds,
  ownSecrets: (commit: string) => SecretIds,
): ReadonlyMap<string, GraphCommit> {
  const graph = new Map<string, GraphCommit>();
  for (const id of sortParentsFirst(commits)) {
    const logged = commits.get(id)!;
    const parents = logged.parents.flatMap((parent) => graph.get(parent) ?? []);
    // A parent that is cut off by a shallow clone is not there; git then lists the whole tree.
    const first = logged.parents[0] === undefined ? undefined : graph.get(logged.parents[0]);
    const before = first?.files ?? NO_FILES;
    const files = applyChanges(before, logged);
    const held = files === before ? (first?.held ?? NONE) : listHeld(files, secretsAt, first?.held ?? NONE);
    const brought =
      held === first?.held ? NONE : held.filter((s) => !parents.some((parent) => parent.held.includes(s)));
    const removed = held === first?.held ? NONE : (first?.held ?? NONE).filter((s) => !held.includes(s));
    let seen = unite(held, ownSecrets(id));
    for (const parent of parents) seen = unite(parent.seen, seen);
    graph.set(id, { logged, held, seen, brought, removed, files });
  }
  return graph;
}

/** @param before given back when it says the same, so that lists are shared */
function listHeld(
  files: HeldFiles,
  secretsAt: (path: string, blob: string) => SecretIds,
  before: SecretIds,
): SecretIds {
  const ids = new Set<number>();
  for (const [path, blob] of files) for (const secret of secretsAt(path, blob)) ids.add(secret);
  const held = [...ids].sort((a, b) => a - b);
  return held.length === before.length && held.every((id, i) => id === before[i]) ? before : held;
}
