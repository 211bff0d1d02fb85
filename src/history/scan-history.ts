// A whole history, from the repository to findings with all that is known of each secret. First every blob, message and
// name is looked at once; commits are asked only for what was found.
import { findRepository, type Repository } from '../git/repository.ts';
import type { GitCall } from '../git/run-git.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { HistoryShare, Shard } from '../model/shard.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import type { TextScanner } from '../pipeline/text-scanner.ts';
import { assembleFindings } from './assemble-findings.ts';
import type { BlobLooker } from './blob-look.ts';
import type { BlobReader, ObjectList } from './blob-reader.ts';
import { checkCoverage, listSubmodules, readShallow } from './check-coverage.ts';
import { buildGraph } from './commit-graph.ts';
import { type MemoryKeeper, NO_MEMORY } from './history-memory.ts';
import { IdSet } from './id-set.ts';
import type { LoggedCommit } from './log-parser.ts';
import type { LookPolicy } from './look-share.ts';
import { createPathJudge } from './path-judge.ts';
import {
  emptyProbe,
  type Probe,
  type ProbeTools,
  probeBlobs,
  probeChosen,
  probeMessages,
  probeName,
  probeTrees,
} from './probe.ts';
import { NOT_WALKED, readHistory } from './read-history.ts';
import { isNarrowed, readScope, type Scope, type Selection } from './read-scope.ts';
import { digestHistory, isIndexKnown, makeMemory, recallProbe } from './recall-history.ts';
import { findRoots } from './roots.ts';
import type { ScanCache } from './scan-cache.ts';
import {
  checkShares,
  digestObjects,
  namesIn,
  probeShares,
  type ShardSplit,
  sortProbe,
  splitObjects,
  toShare,
} from './shard-probe.ts';
import { collectPaths, sightMessages, sightNames } from './sight-places.ts';
import { type Identify, type Sighting, Sightings, sightBlobs } from './sightings.ts';
import { listWorkTrees, readIndexOf } from './work-trees.ts';

export interface HistoryOptions {
  readonly call: GitCall;
  /** As git describes it; asked for when absent. */
  readonly repository?: Repository | undefined;
  readonly selection: Selection;
  /** False: findings that only stash, reflog, an index or garbage keep are left out. */
  readonly hasUnreachable: boolean;
  /** False under --author-privacy. */
  readonly hasAuthors: boolean;
  readonly openReader: (repository: Repository) => BlobReader;
  readonly scanner: TextScanner;
  readonly identify: Identify;
  /** Lets a changed copy of a finding keep what belongs to the original. */
  readonly adopt: (copy: Finding, original: Finding) => Finding;
  /** Decides what is certain not to be reported, whatever its path. */
  readonly policy: LookPolicy;
  /** Of this thread, made for this scan. */
  readonly looker: BlobLooker;
  /** Compiled rules for workers when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  /** Threads at most; undefined: one a core, when there is enough to do. */
  readonly jobs: number | undefined;
  /** False for what the settings leave out. Nothing more is done for it, and it is in no list of suppressed findings. */
  readonly isReportable: (located: LocatedDetection) => boolean;
  readonly cache: ScanCache;
  readonly memory: MemoryKeeper;
  readonly onProgress: (texts: number, total: number, bytes: number) => void;
  /** Only this part of the first look. What is said of a secret then comes from this part alone. */
  readonly shard?: Shard | undefined;
  /** The first look of all shards, instead of one of our own. */
  readonly shares?: readonly HistoryShare[] | undefined;
}

export interface HistoryOutcome {
  /** Each secret once a path and occurrence, in the newest version of the path. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  /** Paths of submodules in HEAD: repositories of their own, which were not looked at. */
  readonly submodules: readonly string[];
  readonly texts: number;
  readonly bytes: number;
  readonly commits: number;
  /** Texts that earlier runs found clean. */
  readonly cached: number;
  /** Of a shard. */
  readonly share?: HistoryShare | undefined;
}

function idSetOf({ blobs, commits, trees, tags, unreadable }: ObjectList): IdSet {
  const all = [blobs, commits, trees, tags, unreadable];
  return new IdSet(
    all.flat(),
    all.reduce((sum, ids) => sum + ids.length, 0),
  );
}

async function probeAll(objects: ObjectList, split: ShardSplit, tools: ProbeTools): Promise<Probe> {
  const probe = emptyProbe();
  const { repository, cache } = tools;
  let digest = '';
  await probeBlobs(probe, tools, objects.blobs.filter(split.isOwn), async () => {
    digest = digestObjects(objects);
    // With the very same objects as at a run that missed none, nothing can be missing, and clean objects need not be read.
    const isWhole = !split.isPart && cache.isWhole(digest);
    const isLeft = (id: string): boolean => !isWhole || !cache.isClean(id);
    const known = idSetOf(objects);
    const messages = [...objects.commits, ...objects.tags].filter(split.isOwn);
    const left = messages.filter(isLeft);
    probe.cached += messages.length - left.length;
    await probeMessages(probe, tools, left, known, readShallow(repository));
    const trees = objects.trees.filter((id) => split.isOwn(id) && isLeft(id));
    await probeTrees(probe, tools, trees, known);
  });
  if (probe.missing.size === 0 && !split.isPart) cache.addWhole(digest);
  return probe;
}

async function probeScope(scope: Scope, split: ShardSplit, tools: ProbeTools): Promise<Probe> {
  const probe = emptyProbe();
  await probeChosen(probe, tools, [...scope.versions.keys()].filter(split.isOwn));
  await probeMessages(probe, tools, [...scope.commits].filter(split.isOwn), undefined, new Set());
  for (const name of namesIn(scope)) if (split.isOwnName(name)) probeName(probe, tools, name);
  return probe;
}

const NO_OBJECTS: ObjectList = { blobs: [], commits: [], trees: [], tags: [], unreadable: [], hasCircles: false };

/** @throws GitError, UsageError */
export async function scanHistory(options: HistoryOptions): Promise<HistoryOutcome> {
  const { call, selection, scanner, hasUnreachable } = options;
  const repository = options.repository ?? findRepository(call.cwd, call.env);
  const trees = await listWorkTrees(repository, call);
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): void => void problems.push(problem);
  // Git answers these while we read.
  const [rootsLater, submodulesLater] = [findRoots(repository, trees, call), listSubmodules(call)];
  const indexesLater = Promise.all(trees.map((tree) => readIndexOf(tree, repository, call)));
  for (const later of [rootsLater, submodulesLater, indexesLater]) later.catch(() => {});
  const isEverything = !isNarrowed(selection) && !options.shard && !options.shares;
  const memory = isEverything ? options.memory : NO_MEMORY;
  const digest = memory === NO_MEMORY ? undefined : digestHistory(repository, call);
  const recalled = digest === undefined ? undefined : memory.recall(digest);
  const known = recalled && isIndexKnown(recalled, await indexesLater, options.cache) ? recalled : undefined;
  const reader = options.openReader(repository);
  try {
    const objects = known ? NO_OBJECTS : await reader.listObjects(onProblem);
    const commitIds = known?.commits ?? objects.commits;
    const total = objects.blobs.length + objects.commits.length + objects.tags.length;
    const scope = isNarrowed(selection) && commitIds.length > 0 ? await readScope(selection, call) : undefined;
    const tools: ProbeTools = {
      repository,
      reader,
      scanner,
      problems: onProblem,
      cache: options.cache,
      policy: options.policy,
      looker: options.looker,
      rulesBytes: options.rulesBytes,
      jobs: options.jobs,
      onText: (texts, bytes) => options.onProgress(texts, scope ? 0 : total, bytes),
    };
    const split = splitObjects(reader, objects, options.shard);
    const listed = problems.length;
    if (options.shares) checkShares(options.shares, objects, scope);
    const probe = sortProbe(
      known
        ? await recallProbe(known, tools)
        : options.shares
          ? await probeShares(options.shares, tools, objects, idSetOf(objects), scope)
          : scope
            ? await probeScope(scope, split, tools)
            : await probeAll(objects, split, tools),
    );
    const share = options.shard && toShare(probe, objects, scope, split, options, problems.slice(listed));
    const isSound = problems.length === 0;
    const roots = await rootsLater;
    problems.push(...checkCoverage(repository, roots, commitIds.length, probe.missing, call));
    const submodules = await submodulesLater;
    const sum = { problems, submodules, texts: probe.texts, bytes: probe.bytes, cached: probe.cached, share };
    const commitCount = scope ? scope.commits.size : commitIds.length;
    const remember = (commits: ReadonlyMap<string, LoggedCommit>, sightings?: Sightings): void => {
      const made = known || !isSound ? undefined : makeMemory(probe, commitIds, commits, sightings);
      // Objects may have come while we read: then the digest is another one.
      if (made && digest !== undefined && digestHistory(repository, call) === digest) memory.remember(digest, made);
    };
    if (probe.blobs.size + probe.commitMessages.size + probe.tagMessages.size + probe.names.size === 0) {
      remember(new Map());
      return { ...sum, findings: [], commits: commitCount };
    }

    // A narrowed scope found some versions of a file; the truth about its secrets needs the others too.
    const hitPaths = new Set([...probe.blobs.keys()].flatMap((id) => [...(scope?.versions.get(id) ?? [])]));
    const before = problems.length;
    if (objects.hasCircles) onProblem({ kind: 'missing-object', path: undefined, message: NOT_WALKED });
    const { looker, cache, isReportable } = options;
    const mayCount = createPathJudge(probe, looker);
    const commits = objects.hasCircles
      ? new Map<string, LoggedCommit>()
      : await readHistory(call, commitIds, probe, hitPaths, onProblem, mayCount, known?.telling);
    const indexes = await indexesLater;
    const sightings = new Sightings(options.identify);
    const looks = { probe, mayCount, reader, scanner, problems: onProblem, cache, isReportable };
    await sightBlobs(sightings, collectPaths(probe, commits, indexes, hitPaths), looks);
    if (problems.length === before) remember(commits, sightings);
    sightNames(sightings, probe, commits);
    const commitSecrets = sightMessages(sightings, probe.commitMessages);
    const tagSecrets = sightMessages(sightings, probe.tagMessages);
    const graph = buildGraph(
      commits,
      (path, blob) => sightings.secretsAt(path, blob),
      (commit) => commitSecrets.get(commit) ?? [],
    );
    const { hasAuthors } = options;
    const facts = { graph, roots, trees, indexes, sightings, tagSecrets, commitSecrets, hasAuthors };
    const findings = assembleFindings(facts, options.adopt, (sighting, { reach }) => {
      return (hasUnreachable || reach !== 'unreachable') && (!scope || isInScope(sighting, scope));
    });
    return { ...sum, findings, commits: commitCount };
  } finally {
    reader.close();
  }
}

function isInScope({ path, versions }: Sighting, scope: Scope): boolean {
  for (const id of versions.keys()) {
    if (id === '*' || scope.versions.get(id)?.has(path) || scope.commits.has(id)) return true;
  }
  return false;
}
