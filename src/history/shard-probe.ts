// The first look of one shard, as ids that can be saved; and back: the first look of all shards together, made again from
// those ids alone. Blobs are shared out by delta tree, everything else by id.
import { UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { HistoryChoice, HistoryShare, Shard } from '../model/shard.ts';
import { shardOfId, shardOfText } from '../util/shard-of.ts';
import type { BlobReader, ObjectList } from './blob-reader.ts';
import type { IdSet } from './id-set.ts';
import type { PlannedReader } from './own-reader.ts';
import { emptyProbe, type Probe, type ProbeTools, probeMessages, probeName, probeTrees } from './probe.ts';
import type { Scope, Selection } from './read-scope.ts';
import { digestIds, markOf, NO_CACHE } from './scan-cache.ts';
import { ANY_PATH } from './surroundings.ts';

/** Which objects are this shard's. */
export interface ShardSplit {
  readonly isOwn: (id: string) => boolean;
  readonly isOwnName: (name: string) => boolean;
  readonly isPart: boolean;
  /** Digest of whose each object is. */
  readonly digest: string;
}

const EVERYTHING: ShardSplit = { isOwn: () => true, isOwnName: () => true, isPart: false, digest: '' };

/** @param shard  undefined: everything is ours */
export function splitObjects(reader: BlobReader, objects: ObjectList, shard: Shard | undefined): ShardSplit {
  if (!shard) return EVERYTHING;
  const { index, count } = shard;
  const roots = 'listRoots' in reader ? (reader as PlannedReader).listRoots() : undefined;
  const shardOf = (id: string): number => shardOfId(roots?.get(id) ?? id, count);
  const lists = Array.from({ length: count }, (): string[] => []);
  for (const id of objects.blobs) lists[shardOf(id) - 1]?.push(id);
  return {
    isOwn: (id) => shardOf(id) === index,
    isOwnName: (name) => shardOfText(name, count) === index,
    isPart: true,
    digest: markOf(...lists.map((ids) => digestIds(ids))),
  };
}

export function digestObjects({ blobs, commits, trees, tags, unreadable }: ObjectList): string {
  return digestIds(blobs, commits, trees, tags, unreadable);
}

/** What shards and their merge must agree on: `--since 2.weeks.ago` is another choice an hour later. */
function digestWork(objects: ObjectList, scope: Scope | undefined): string {
  return markOf(digestObjects(objects), scope ? digestIds([...scope.commits]) : 'everything').slice(0, 32);
}

/** @throws UsageError when this clone is not what the shards have read */
export function checkShares(shares: readonly HistoryShare[], objects: ObjectList, scope: Scope | undefined): void {
  const digest = digestWork(objects, scope);
  if (shares.every((share) => share.objects === digest)) return;
  throw new UsageError(
    'this clone has other objects than the shards have read; run unleak report in a copy of the repository that they used',
  );
}

/** The choice of the user, as scanHistory has it. */
interface Choosing {
  readonly selection: Selection;
  readonly hasUnreachable: boolean;
  readonly hasAuthors: boolean;
}

/** What a shard's report keeps of its first look. @param problems  met during that look */
export function toShare(
  probe: Probe,
  objects: ObjectList,
  scope: Scope | undefined,
  split: ShardSplit,
  { selection, hasUnreachable, hasAuthors }: Choosing,
  problems: readonly Problem[],
): HistoryShare {
  const choice: HistoryChoice = { ...selection, hasUnreachable, hasAuthors };
  return {
    choice,
    objects: digestWork(objects, scope),
    split: split.digest,
    blobs: [...probe.blobs.keys()].sort(),
    commits: [...probe.commitMessages.keys()].sort(),
    tags: [...probe.tagMessages.keys()].sort(),
    hasNames: probe.names.size > 0,
    missing: [...probe.missing].sort(),
    problems,
    texts: probe.texts,
    bytes: probe.bytes,
    cached: probe.cached,
  };
}

/** The order in which things were found must not show in a report: shards find them in another one. */
export function sortProbe(probe: Probe): Probe {
  const sorted = <T>(map: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return {
    ...probe,
    blobs: sorted(probe.blobs),
    commitMessages: sorted(probe.commitMessages),
    tagMessages: sorted(probe.tagMessages),
    names: sorted(probe.names),
  };
}

async function lookAtNames(
  probe: Probe,
  tools: ProbeTools,
  objects: ObjectList,
  known: IdSet,
  scope: Scope | undefined,
) {
  if (!scope) return probeTrees(probe, tools, objects.trees, known);
  for (const name of namesIn(scope)) probeName(probe, tools, name);
}

/** Objects that several shards could not read are told once: as often as the shard that told it most often. */
function joinProblems(shares: readonly HistoryShare[]): readonly Problem[] {
  const joined = new Map<string, Problem[]>();
  for (const { problems } of shares) {
    const own = new Map<string, Problem[]>();
    for (const problem of problems) {
      const key = `${problem.kind}\0${problem.path ?? ''}\0${problem.message}`;
      own.set(key, [...(own.get(key) ?? []), problem]);
    }
    for (const [key, list] of own) if (list.length > (joined.get(key)?.length ?? 0)) joined.set(key, list);
  }
  return [...joined.values()].flat();
}

/** Names of files and folders in a scope. */
export function namesIn(scope: Scope): ReadonlySet<string> {
  return new Set([...scope.versions.values()].flatMap((paths) => [...paths].flatMap((path) => path.split('/'))));
}

/**
 * The first look of all shards. Messages are looked at again, and all names when any of them holds something; blobs are only
 * named: the second look reads them anyway. Tells the problems that the shards have met.
 */
export async function probeShares(
  shares: readonly HistoryShare[],
  tools: ProbeTools,
  objects: ObjectList,
  known: IdSet,
  scope: Scope | undefined,
): Promise<Probe> {
  const quiet: ProbeTools = { ...tools, cache: NO_CACHE, problems: () => {}, onText: () => {} };
  const probe = emptyProbe();
  const messages = shares.flatMap(({ commits, tags }) => [...commits, ...tags]);
  await probeMessages(probe, quiet, messages, undefined, new Set());
  if (shares.some(({ hasNames }) => hasNames)) await lookAtNames(probe, quiet, objects, known, scope);
  probe.missing.clear();
  [probe.texts, probe.bytes, probe.cached] = [0, 0, 0];
  for (const problem of joinProblems(shares)) tools.problems(problem);
  for (const share of shares) {
    // What stands around a finding does not leave the process that saw it: the blob is read again.
    for (const id of share.blobs) probe.blobs.set(id, [ANY_PATH]);
    for (const id of share.missing) probe.missing.add(id);
    probe.texts += share.texts;
    probe.bytes += share.bytes;
    probe.cached += share.cached;
  }
  return probe;
}
