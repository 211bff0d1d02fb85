// A whole history, from the repository to findings with all that is known of each secret. First every blob, message and
// name is looked at once; commits are asked only for what was found.
import { isGitError } from '../git/git-error.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import type { GitCall } from '../git/run-git.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem, ProblemSink } from '../model/problem.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import type { TextScanner } from '../pipeline/text-scanner.ts';
import { assembleFindings } from './assemble-findings.ts';
import type { BlobReader } from './blob-reader.ts';
import { checkCoverage, listSubmodules, readShallow } from './check-coverage.ts';
import { buildGraph } from './commit-graph.ts';
import { IdSet } from './id-set.ts';
import type { LoggedCommit } from './log-parser.ts';
import { listObjects, type ObjectList } from './object-list.ts';
import {
  emptyProbe,
  isProbed,
  type Probe,
  type ProbeTools,
  probeBlob,
  probeMessages,
  probeName,
  probeTrees,
} from './probe.ts';
import { readCommits } from './read-log.ts';
import { isNarrowed, readScope, type Scope, type Selection } from './read-scope.ts';
import { findRoots } from './roots.ts';
import { digestIds, type ScanCache } from './scan-cache.ts';
import { collectPaths, sightMessages, sightNames } from './sight-places.ts';
import { type Identify, type Sighting, Sightings, sightBlobs } from './sightings.ts';
import { listWorkTrees, readIndexOf } from './work-trees.ts';

export interface HistoryOptions {
  readonly call: GitCall;
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
  /** False for what is certain not to be reported, whatever its path. */
  readonly isWorthALook: (located: LocatedDetection) => boolean;
  /** False for what the settings leave out. Nothing more is done for it, and it is in no list of suppressed findings. */
  readonly isReportable: (located: LocatedDetection) => boolean;
  readonly cache: ScanCache;
  readonly onProgress: (texts: number, total: number, bytes: number) => void;
}

export interface HistoryOutcome {
  /** Each secret once a path and occurrence, in the newest version of the path. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly texts: number;
  readonly bytes: number;
  readonly commits: number;
  /** Texts that earlier runs found clean. */
  readonly cached: number;
}

async function probeAll(objects: ObjectList, tools: ProbeTools, options: HistoryOptions): Promise<Probe> {
  const probe = emptyProbe();
  const { reader, repository, problems } = tools;
  const { cache } = options;
  const all = [objects.blobs, objects.commits, objects.trees, objects.tags];
  const digest = digestIds(...all);
  // With the very same objects as at a run that missed none, nothing can be missing, and clean objects need not be read.
  const isWhole = cache.isWhole(digest);
  const known = new IdSet(
    all.flat(),
    all.reduce((sum, ids) => sum + ids.length, 0),
  );
  const isLeft = (id: string): boolean => !isWhole || !cache.isClean(id);
  const probed = new Set(objects.blobs.filter((id) => isProbed(probe, tools, id)));
  await reader.readAll(
    (id) => probed.has(id),
    (id, bytes) => probeBlob(probe, tools, id, bytes),
    problems,
  );
  const messages = [...objects.commits, ...objects.tags];
  const left = messages.filter(isLeft);
  probe.cached += messages.length - left.length;
  await probeMessages(probe, tools, left, known, readShallow(repository));
  await probeTrees(probe, tools, objects.trees.filter(isLeft), known);
  if (probe.missing.size === 0) cache.addWhole(digest);
  return probe;
}

async function probeScope(scope: Scope, tools: ProbeTools): Promise<Probe> {
  const probe = emptyProbe();
  const ids = [...scope.versions.keys()].filter((id) => !isProbed(probe, tools, id));
  await tools.reader.readObjects(
    ids,
    (id, type, bytes) => {
      // What a submodule points to is a commit, if it is here at all.
      if (type === 'blob') probeBlob(probe, tools, id, bytes);
    },
    tools.problems,
  );
  await probeMessages(probe, tools, [...scope.commits], undefined, new Set());
  const names = new Set([...scope.versions.values()].flatMap((paths) => [...paths].flatMap((path) => path.split('/'))));
  for (const name of names) probeName(probe, tools, name);
  return probe;
}

/** Asks commits for what was found. A history that git cannot walk whole is a problem, not the end. */
async function readHistory(
  call: GitCall,
  ids: readonly string[],
  probe: Probe,
  paths: ReadonlySet<string>,
  problems: ProblemSink,
): Promise<ReadonlyMap<string, LoggedCommit>> {
  const commits = new Map<string, LoggedCommit>();
  const names = [...probe.names.keys()];
  const isPathWanted = (path: string): boolean =>
    paths.has(path) || (names.length > 0 && path.split('/').some((part) => probe.names.has(part)));
  const interest = { ids: probe.blobs, ...(names.length + paths.size > 0 && { isPathWanted }) };
  try {
    await readCommits(call, ids, interest, (commit) => commits.set(commit.id, commit));
  } catch (error) {
    if (!isGitError(error, 'missing-object') && !isGitError(error, 'failed')) throw error;
    const message = 'git could not walk all commits: where and since when is not known of every secret; see git fsck';
    problems({ kind: 'missing-object', path: undefined, message });
  }
  return commits;
}

/** @throws GitError, UsageError */
export async function scanHistory(options: HistoryOptions): Promise<HistoryOutcome> {
  const { call, selection, scanner, hasUnreachable } = options;
  const repository = findRepository(call.cwd, call.env);
  const trees = listWorkTrees(repository, call);
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): void => void problems.push(problem);
  const objects = await listObjects(call);
  const total = objects.blobs.length + objects.commits.length + objects.tags.length;
  const scope = isNarrowed(selection) && objects.commits.length > 0 ? await readScope(selection, call) : undefined;
  const reader = options.openReader(repository);
  try {
    const tools: ProbeTools = {
      repository,
      reader,
      scanner,
      problems: onProblem,
      cache: options.cache,
      isWorthALook: options.isWorthALook,
      onText: ({ texts, bytes }) => options.onProgress(texts, scope ? 0 : total, bytes),
    };
    const probe = scope ? await probeScope(scope, tools) : await probeAll(objects, tools, options);
    const roots = findRoots(repository, trees, call);
    problems.push(...checkCoverage(repository, roots, objects.commits.length, probe.missing, call));
    for (const path of listSubmodules(call)) {
      problems.push({ kind: 'submodule', path, message: 'a repository of its own; run unleak history in it' });
    }
    const sum = { problems, texts: probe.texts, bytes: probe.bytes, cached: probe.cached };
    const commitCount = scope ? scope.commits.size : objects.commits.length;
    if (probe.blobs.size + probe.commitMessages.size + probe.tagMessages.size + probe.names.size === 0) {
      return { ...sum, findings: [], commits: commitCount };
    }

    // A narrowed scope found some versions of a file; the truth about its secrets needs the others too.
    const hitPaths = new Set([...probe.blobs].flatMap((id) => [...(scope?.versions.get(id) ?? [])]));
    const commits = await readHistory(call, objects.commits, probe, hitPaths, onProblem);
    const indexes = trees.map((tree) => readIndexOf(tree, repository, call));
    const sightings = new Sightings(options.identify);
    const looks = { reader, scanner, problems: onProblem, cache: options.cache, isReportable: options.isReportable };
    await sightBlobs(sightings, collectPaths(probe, commits, indexes, hitPaths), looks);
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
