// From sightings and the graph of commits to what is known of each secret: when it came, what holds it, whether it was
// pushed. Pure.
import type { CommitNote, Holder, HolderKind, PathNote, Pushed, Reach, SecretHistory } from '../model/history.ts';
import type { GraphCommit } from './commit-graph.ts';
import { describePath } from './path-judge.ts';
import type { Roots, Tip } from './roots.ts';
import type { Sighting, Sightings } from './sightings.ts';
import { findWayOut } from './way-out.ts';
import type { IndexedBlob, WorkTree } from './work-trees.ts';

export interface HistoryFacts {
  readonly graph: ReadonlyMap<string, GraphCommit>;
  readonly roots: Roots;
  readonly trees: readonly WorkTree[];
  /** Same order as `trees`. */
  readonly indexes: readonly (readonly IndexedBlob[])[];
  readonly sightings: Sightings;
  /** Secrets in the messages of tags, by tag object. */
  readonly tagSecrets: ReadonlyMap<string, readonly number[]>;
  /** Secrets in the messages of commits, by commit. */
  readonly commitSecrets: ReadonlyMap<string, readonly number[]>;
  readonly hasAuthors: boolean;
}

/** Refs proper: what they hold is in the repository for everybody. */
const REF_KINDS: ReadonlySet<HolderKind> = new Set(['head', 'worktree', 'branch', 'remote', 'tag', 'note', 'ref']);

/** What is gathered about one secret while the commits are gone through once. */
interface Gathered {
  first: GraphCommit | undefined;
  last: GraphCommit | undefined;
  removed: GraphCommit | undefined;
  /** Commits whose message holds it, oldest first. */
  readonly messages: GraphCommit[];
}

function gather({ graph, sightings, commitSecrets }: HistoryFacts): readonly Gathered[] {
  const all = Array.from(
    { length: sightings.count },
    (): Gathered => ({ first: undefined, last: undefined, removed: undefined, messages: [] }),
  );
  for (const commit of graph.values()) {
    const { time } = commit.logged;
    for (const id of commit.brought) {
      const one = all[id]!;
      if (!one.first || time < one.first.logged.time) one.first = commit;
    }
    for (const id of commit.held) {
      const one = all[id]!;
      if (!one.last || time >= one.last.logged.time) one.last = commit;
    }
    for (const id of commit.removed) {
      const one = all[id]!;
      if (!one.removed || time >= one.removed.logged.time) one.removed = commit;
    }
    for (const id of commitSecrets.get(commit.logged.id) ?? []) all[id]!.messages.push(commit);
  }
  return all;
}

function formatDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z');
}

/** Paths of one secret in a commit's tree. */
function pathIn(commit: GraphCommit, secret: number, sightings: Sightings): string | undefined {
  for (const [path, blob] of commit.files) {
    if (sightings.secretsAt(path, blob).includes(secret)) return describePath(path).path;
  }
  return undefined;
}

/** Whether a tip's own tree holds the secret; a stash keeps index and untracked files in further parents. */
function isInTip(tip: Tip, secret: number, graph: HistoryFacts['graph']): boolean {
  const commit = graph.get(tip.commit);
  if (!commit) return false;
  if (tip.kind !== 'stash') return commit.held.includes(secret);
  const holds = (id: string): boolean => graph.get(id)?.held.includes(secret) ?? false;
  const [base = '', ...own] = commit.logged.parents;
  // A stash stands on the commit it was made on: only what it keeps itself counts.
  return !holds(base) && [tip.commit, ...own].some(holds);
}

function isInHistory(tip: Tip, secret: number, graph: HistoryFacts['graph']): boolean {
  return graph.get(tip.commit)?.seen.includes(secret) ?? false;
}

/** Names of tags whose own message holds the secret. */
function listTagMessages({ roots, tagSecrets }: HistoryFacts, secret: number): readonly string[] {
  return [...tagSecrets].flatMap(([tag, secrets]) => (secrets.includes(secret) ? (roots.tagNames.get(tag) ?? []) : []));
}

function listIndexes(facts: HistoryFacts, secret: number): readonly Holder[] {
  const { trees, indexes, sightings, graph } = facts;
  return trees.flatMap(({ name, head }, i): readonly Holder[] => {
    const inIndex = indexes[i]!.some(({ path, blob }) => sightings.secretsAt(path, blob).includes(secret));
    const inHead = head !== undefined && graph.get(head)?.held.includes(secret);
    return inIndex && !inHead ? [{ kind: 'index', name, holds: 'tip' }] : [];
  });
}

function listHolders(facts: HistoryFacts, secret: number): readonly Holder[] {
  const { roots, graph } = facts;
  const holders: Holder[] = [];
  for (const tip of roots.tips) {
    if (tip.kind === 'reflog') continue;
    const holds = isInTip(tip, secret, graph) ? 'tip' : isInHistory(tip, secret, graph) ? 'history' : undefined;
    if (holds && (tip.kind !== 'stash' || holds === 'tip')) holders.push({ kind: tip.kind, name: tip.name, holds });
  }
  for (const name of listTagMessages(facts, secret)) {
    const known = holders.findIndex((one) => one.kind === 'tag' && one.name === name);
    if (known >= 0) holders[known] = { kind: 'tag', name, holds: 'tip' };
    else holders.push({ kind: 'tag', name, holds: 'tip' });
  }
  for (const { versions } of facts.sightings.list().filter((one) => one.secret === secret)) {
    for (const blob of versions.keys()) {
      const ref = roots.directRefs.get(blob);
      if (ref !== undefined) holders.push({ kind: 'ref', name: ref, holds: 'tip' });
    }
  }
  const logs = new Set<string>();
  if (!holders.some(({ kind }) => REF_KINDS.has(kind))) {
    for (const tip of roots.tips) {
      if (tip.kind === 'reflog' && isInHistory(tip, secret, graph)) logs.add(tip.name);
    }
  }
  const reflogs = [...logs].map((name): Holder => ({ kind: 'reflog', name, holds: 'history' }));
  return [...holders, ...reflogs, ...listIndexes(facts, secret)];
}

function findReach(holders: readonly Holder[], isInHead: boolean): Reach {
  if (isInHead) return 'head';
  const refs = holders.filter(({ kind }) => REF_KINDS.has(kind));
  if (refs.some(({ holds }) => holds === 'tip')) return 'refs';
  return refs.length > 0 ? 'history' : 'unreachable';
}

function findPushed({ roots, graph }: HistoryFacts, secret: number, holders: readonly Holder[]): Pushed {
  if (holders.some(({ kind }) => kind === 'remote')) return 'yes';
  if (roots.oncePushed.some((id) => graph.get(id)?.seen.includes(secret))) return 'yes';
  // Git does not remember which tags it has sent.
  return !roots.hasRemotes || holders.some(({ kind }) => kind === 'tag') ? 'unknown' : 'no';
}

function listPaths(sightings: readonly Sighting[]): readonly PathNote[] {
  const versions = new Map<string, number>();
  for (const one of sightings) {
    const { path } = describePath(one.path);
    versions.set(path, (versions.get(path) ?? 0) + one.versions.size);
  }
  return [...versions].map(([path, count]) => ({ path, versions: count })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns one history for each secret, by its number */
export function makeHistories(facts: HistoryFacts): readonly SecretHistory[] {
  const { graph, trees, sightings, hasAuthors } = facts;
  const bySecret = new Map<number, Sighting[]>();
  for (const one of sightings.list()) bySecret.set(one.secret, [...(bySecret.get(one.secret) ?? []), one]);
  const head = graph.get(trees[0]?.head ?? '');

  return gather(facts).map((gathered, secret): SecretHistory => {
    const note = (commit: GraphCommit | undefined, path?: string): CommitNote | undefined =>
      commit && {
        id: commit.logged.id,
        date: formatDate(commit.logged.time),
        author: hasAuthors ? commit.logged.author : undefined,
        path,
      };
    const isInHead = head?.held.includes(secret) ?? false;
    const { messages } = gathered;
    const firstMessage = messages[0];
    const isMessageFirst = firstMessage && (!gathered.first || firstMessage.logged.time < gathered.first.logged.time);
    const first = isMessageFirst ? firstMessage : gathered.first;
    const last = isInHead ? head : (gathered.last ?? messages.at(-1));
    const holders = listHolders(facts, secret);
    const reach = findReach(holders, isInHead);
    const pushed = findPushed(facts, secret, holders);
    const isBroughtByHead =
      first !== undefined && first === head && (gathered.first === undefined || messages.length <= 1);
    const removed = isInHead ? undefined : gathered.removed;
    const firstPath = first && !isMessageFirst ? pathIn(first, secret, sightings) : undefined;
    const lastPath = last && pathIn(last, secret, sightings);
    const removedPath = removed?.logged.parents[0] && graph.get(removed.logged.parents[0]);
    return {
      reach,
      pushed,
      first: note(first, firstPath),
      last: note(last, lastPath),
      removed: note(removed, removedPath ? pathIn(removedPath, secret, sightings) : undefined),
      paths: listPaths(bySecret.get(secret) ?? []),
      holders,
      wayOut: findWayOut({
        reach,
        pushed,
        holders,
        firstCommit: first?.logged.id,
        isRoot: first?.logged.parents.length === 0,
        isBroughtByHead,
        isInHeadHistory: head?.seen.includes(secret) ?? false,
        isInMessage: messages.length > 0,
        isInHead,
      }),
    };
  });
}
