// The first look at everything: which blobs, messages and names hold anything at all. Blobs have no path yet, so they are
// looked at as if they were configuration, where a secret is most likely; what counts is decided under the real path.
import { emptyTreeId, idBytes, type Repository } from '../git/repository.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { LocatedDetection, ScanResult } from '../pipeline/located.ts';
import type { TextScanner } from '../pipeline/text-scanner.ts';
import type { BlobLooker } from './blob-look.ts';
import type { BlobReader, BlobSink } from './blob-reader.ts';
import { historyOrigin } from './history-origin.ts';
import type { IdSet } from './id-set.ts';
import { emptyShare, isWorthALook, type LookPolicy, type LookShare, renameProblem, takeLook } from './look-share.ts';
import { linksOf, messageOf } from './message-of.ts';
import type { PlannedReader } from './own-reader.ts';
import type { ScanCache } from './scan-cache.ts';
import { findLookWorker, shareLooks } from './share-looks.ts';
import { ANY_PATH, type Surrounding, type SurroundingRefs } from './surroundings.ts';
import { type TreeEntry, walkTree } from './tree-entries.ts';

/** No credential that a rule knows is shorter. */
const SHORTEST_NAME = 12;

/** What the first look found. */
export interface Probe {
  /** Blobs that hold something, and what of it. */
  readonly blobs: Map<string, SurroundingRefs>;
  /** What the refs are numbers of. */
  readonly surroundings: Surrounding[];
  /** By commit. */
  readonly commitMessages: Map<string, readonly LocatedDetection[]>;
  /** By tag object. */
  readonly tagMessages: Map<string, readonly LocatedDetection[]>;
  /** By name of a file or folder. */
  readonly names: Map<string, readonly LocatedDetection[]>;
  /** Ids that something names and the repository does not have. */
  readonly missing: Set<string>;
  texts: number;
  bytes: number;
  /** Texts that earlier runs found clean and this one did not look at. */
  cached: number;
}

export function emptyProbe(): Probe {
  return {
    blobs: new Map(),
    surroundings: [],
    commitMessages: new Map(),
    tagMessages: new Map(),
    names: new Map(),
    missing: new Set(),
    texts: 0,
    bytes: 0,
    cached: 0,
  };
}

export interface ProbeTools {
  readonly repository: Repository;
  readonly reader: BlobReader;
  readonly scanner: TextScanner;
  readonly problems: ProblemSink;
  readonly cache: ScanCache;
  /** Decides what is certain not to be reported. */
  readonly policy: LookPolicy;
  /** Of this thread. */
  readonly looker: BlobLooker;
  /** Compiled rules for workers when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  /** Threads at most; undefined: one a core, when there is enough to do. */
  readonly jobs: number | undefined;
  readonly onText: (texts: number, bytes: number) => void;
}

function isPlanned(reader: BlobReader | PlannedReader): reader is PlannedReader {
  return 'planAll' in reader;
}

/** Notes what holds nothing and was read whole. */
function isWorthKeeping(result: ScanResult, tools: ProbeTools, id: string): boolean {
  if (result.located.some((one) => isWorthALook(tools.policy, one))) return true;
  if (result.problems.length === 0) tools.cache.add(id);
  return false;
}

function takeResult(probe: Probe, tools: ProbeTools, id: string): ScanResult {
  const result = tools.scanner.take();
  for (const problem of result.problems) tools.problems(renameProblem(problem, id));
  probe.texts += result.files;
  probe.bytes += result.bytes;
  tools.onText(probe.texts, probe.bytes);
  return result;
}

/** Stands in the cache for "holds something": the id with its halves changed over. A hash a blob cost a tenth of a second. */
const candidateMark = (id: string): string => `${id.slice(12, 24)}${id.slice(0, 12)}`;

/** True when an earlier run has given the first look; what holds something is noted for the second. */
function isProbed(probe: Probe, { cache }: ProbeTools, id: string): boolean {
  const isClean = cache.isClean(id);
  if (!isClean && !cache.isClean(candidateMark(id))) return false;
  if (!isClean) probe.blobs.set(id, [ANY_PATH]);
  probe.cached++;
  return true;
}

/** Takes over what was seen of blobs. @param ids  those that were to be looked at and were read */
function takeShare(probe: Probe, tools: ProbeTools, share: LookShare, ids: Iterable<string>): void {
  const held = new Map(share.held);
  const flawed = new Set(share.flawed);
  for (const [id, refs] of held) probe.blobs.set(id, refs);
  for (const id of ids) if (!flawed.has(id)) tools.cache.add(held.has(id) ? candidateMark(id) : id);
  for (const problem of share.problems) tools.problems(problem);
  probe.texts += share.texts;
  probe.bytes += share.bytes;
}

/** Looks at named blobs in this thread. @returns those that were there */
async function probeHere(
  probe: Probe,
  tools: ProbeTools,
  read: (onBlob: BlobSink) => Promise<void>,
): Promise<Set<string>> {
  const share = emptyShare();
  const seen = new Set<string>();
  await read((id, bytes) => {
    seen.add(id);
    const look = tools.looker.look(id, bytes, undefined);
    // Their refs are numbers of this thread's own list, which is not the common one.
    takeLook(share, id, bytes, { ...look, refs: [ANY_PATH] });
    tools.onText(probe.texts + share.texts, probe.bytes + share.bytes);
  });
  takeShare(probe, tools, share, seen);
  return seen;
}

/**
 * Every blob of the list that no earlier run has looked at.
 *
 * @param meanwhile  other work of this thread; workers begin before it
 */
export async function probeBlobs(
  probe: Probe,
  tools: ProbeTools,
  ids: readonly string[],
  meanwhile: () => Promise<void>,
): Promise<void> {
  const { reader, problems } = tools;
  const open = new Set(ids.filter((id) => !isProbed(probe, tools, id)));
  if (open.size === 0) return meanwhile();
  const plan = isPlanned(reader) ? await reader.planAll((id) => !open.has(id), problems) : undefined;
  if (!plan || !isPlanned(reader)) {
    await meanwhile();
    await probeHere(probe, tools, (onBlob) => reader.readAll((id) => !open.has(id), onBlob, problems));
    return;
  }
  const { rulesBytes, policy, jobs, looker } = tools;
  const onProgress = (texts: number, bytes: number): void => tools.onText(probe.texts + texts, probe.bytes + bytes);
  const order = { plan, rulesBytes, policy };
  const share = await shareLooks(order, looker, jobs, findLookWorker(), onProgress, meanwhile);
  const { doubtful, cut } = share.leftover;
  for (const id of [...plan.doubtful, ...plan.circular, ...doubtful, ...cut]) open.delete(id);
  probe.surroundings.push(...share.surroundings);
  takeShare(probe, tools, share, open);
  await probeHere(probe, tools, (onBlob) => reader.finishPlan(plan, [share.leftover], onBlob, problems));
}

/** Some blobs, named by commits. What a submodule points to is a commit, if it is here at all. */
export async function probeChosen(probe: Probe, tools: ProbeTools, ids: readonly string[]): Promise<void> {
  const open = ids.filter((id) => !isProbed(probe, tools, id));
  await probeHere(probe, tools, (onBlob) =>
    tools.reader.readObjects(open, (id, type, bytes) => void (type === 'blob' && onBlob(id, bytes)), tools.problems),
  );
}

/** Messages of commits and tags; what these objects name must be there. */
export async function probeMessages(
  probe: Probe,
  tools: ProbeTools,
  ids: readonly string[],
  known: IdSet | undefined,
  cutOff: ReadonlySet<string>,
): Promise<void> {
  const { repository, reader, scanner, problems } = tools;
  const emptyTree = emptyTreeId(repository.objectFormat);
  await reader.readObjects(
    ids,
    (id, type, bytes) => {
      const links = known ? linksOf(bytes) : [];
      // The parents of a commit at the edge of a shallow clone are known to be absent.
      for (const link of cutOff.has(id) ? links.slice(0, 1) : links) {
        if (!known!.has(link) && link !== emptyTree) probe.missing.add(link);
      }
      if (tools.cache.isClean(id)) {
        probe.cached++;
        return;
      }
      const isTag = type === 'tag';
      const path = `(message of ${isTag ? 'tag' : 'commit'} ${id.slice(0, 12)})`;
      const origin = historyOrigin(path, isTag ? 'tag-message' : 'commit-message', id);
      scanner.scanBlob({ kind: 'blob', origin, bytes: messageOf(bytes), addedLines: undefined });
      const result = takeResult(probe, tools, id);
      if (!isWorthKeeping(result, tools, id)) return;
      (isTag ? probe.tagMessages : probe.commitMessages).set(id, result.located);
    },
    problems,
  );
}

/** Names of files and folders, each looked at once; what the trees name must be there. */
export async function probeTrees(probe: Probe, tools: ProbeTools, ids: readonly string[], known: IdSet): Promise<void> {
  const { repository, reader, problems } = tools;
  const size = idBytes(repository.objectFormat);
  const names = new Set<string>();
  const wholeTrees: string[] = [];
  const entry: TreeEntry = { nameStart: 0, nameEnd: 0, idStart: 0, isSubmodule: false };
  const emptyTree = emptyTreeId(repository.objectFormat);
  await reader.readObjects(
    ids,
    (id, _type, bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const isWhole = walkTree(buffer, size, entry, ({ nameStart, nameEnd, idStart, isSubmodule }) => {
        if (nameEnd - nameStart >= SHORTEST_NAME) names.add(buffer.toString('utf8', nameStart, nameEnd));
        if (isSubmodule || known.hasBytes(buffer, idStart)) return;
        const missing = buffer.toString('hex', idStart, idStart + size);
        if (missing !== emptyTree) probe.missing.add(missing);
      });
      if (isWhole) wholeTrees.push(id);
      else problems({ kind: 'unreadable', path: undefined, message: `object ${id}: is no tree as git writes them` });
    },
    problems,
  );
  for (const name of names) probeName(probe, tools, name);
  // Names are looked at once for all trees: with a single one that holds something, none is noted.
  if (probe.names.size === 0) for (const id of wholeTrees) tools.cache.add(id);
}

/** One name of a file or folder. */
export function probeName(probe: Probe, tools: ProbeTools, name: string): void {
  if (name.length < SHORTEST_NAME) return;
  const origin = historyOrigin(name, 'name', undefined);
  tools.scanner.scanBlob({ kind: 'blob', origin, bytes: Buffer.from(name), addedLines: undefined });
  const { located } = tools.scanner.take();
  if (located.some((one) => isWorthALook(tools.policy, one))) probe.names.set(name, located);
}
