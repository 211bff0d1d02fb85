// The first look at everything: which blobs, messages and names hold anything at all. Blobs have no path yet, so they are
// looked at as if they were configuration, where a secret is most likely; what counts is decided under the real path.
import { emptyTreeId, idBytes, type Repository } from '../git/repository.ts';
import type { HistoryPlace } from '../model/history.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem, ProblemSink } from '../model/problem.ts';
import type { LocatedDetection, ScanResult } from '../pipeline/located.ts';
import type { TextScanner } from '../pipeline/text-scanner.ts';
import type { BlobReader } from './blob-reader.ts';
import type { IdSet } from './id-set.ts';
import { linksOf, messageOf } from './message-of.ts';
import { markOf, type ScanCache } from './scan-cache.ts';
import { type TreeEntry, walkTree } from './tree-entries.ts';

/** A name that no rule knows, of the kind that generic secrets are believed most in. */
const PROBE_PATH = 'history.env';
/** No credential that a rule knows is shorter. */
const SHORTEST_NAME = 12;

/** An origin before anything is known of commits. */
export function historyOrigin(
  path: string,
  place: HistoryPlace,
  blob: string | undefined,
): Origin & { kind: 'history' } {
  return { kind: 'history', path, place, blob, commit: undefined, versions: 1 };
}

/** What the first look found. */
export interface Probe {
  /** Ids of blobs that hold something. */
  readonly blobs: Set<string>;
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
    blobs: new Set(),
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
  /** False for what is certain not to be reported. */
  readonly isWorthALook: (located: LocatedDetection) => boolean;
  readonly onText: (probe: Probe) => void;
}

/** Problems of a text without a path name its object. */
function renameProblem(problem: Problem, id: string): Problem {
  return { ...problem, path: undefined, message: `object ${id.slice(0, 12)} ${problem.message}` };
}

/** Notes what holds nothing and was read whole. */
function isWorthKeeping(result: ScanResult, tools: ProbeTools, id: string): boolean {
  if (result.located.some(tools.isWorthALook)) return true;
  if (result.problems.length === 0) tools.cache.add(id);
  return false;
}

function takeResult(probe: Probe, tools: ProbeTools, id: string): ScanResult {
  const result = tools.scanner.take();
  for (const problem of result.problems) tools.problems(renameProblem(problem, id));
  probe.texts += result.files;
  probe.bytes += result.bytes;
  tools.onText(probe);
  return result;
}

const candidateMark = (id: string): string => markOf('candidate', id);

/** True when an earlier run has given the first look; what holds something is noted for the second. */
export function isProbed(probe: Probe, { cache }: ProbeTools, id: string): boolean {
  const isClean = cache.isClean(id);
  if (!isClean && !cache.isClean(candidateMark(id))) return false;
  if (!isClean) probe.blobs.add(id);
  probe.cached++;
  return true;
}

/** For BlobReader.readAll and readObjects. */
export function probeBlob(probe: Probe, tools: ProbeTools, id: string, bytes: Uint8Array): void {
  const origin = historyOrigin(PROBE_PATH, 'file', id);
  tools.scanner.scanBlob({ kind: 'blob', origin, bytes, addedLines: undefined });
  const result = takeResult(probe, tools, id);
  if (!isWorthKeeping(result, tools, id)) return;
  probe.blobs.add(id);
  if (result.problems.length === 0) tools.cache.add(candidateMark(id));
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
  if (located.some(tools.isWorthALook)) probe.names.set(name, located);
}
