// What a push brings, as a source: each new version of each file, the messages of commits and annotated tags, and what
// tags point to that is no commit. First whole files, each content once; of what was found then the added lines only.
import { listRangeChanges } from '../git/changes.ts';
import { intersectLineRanges } from '../git/line-ranges.ts';
import type { Change } from '../git/raw-records.ts';
import type { GitCall } from '../git/run-git.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget, LineRanges } from '../model/target.ts';
import { type ChangeReading, readChangeTargets } from '../sources/change-targets.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { LoggedCommit } from './commit-log.ts';
import { type KnownSide, peelObject, readNewCommits } from './new-commits.ts';
import type { RefUpdate } from './ref-updates.ts';

export interface PushSourceOptions extends PathFilter {
  readonly call: GitCall;
  readonly root: string;
  readonly objectsDir: string;
  readonly emptyTree: string;
  readonly updates: readonly RefUpdate[];
  readonly side: KnownSide;
  /** Blobs in which something was found: then only these are read, with their added lines. */
  readonly only?: ReadonlySet<string>;
  readonly onRead?: (commits: number) => void;
}

interface Version {
  readonly path: string;
  readonly newId: string;
  readonly newMode: number;
  /** The oldest commit that brings it. */
  commit: string;
  readonly in: LoggedCommit[];
}

const short = (id: string): string => id.slice(0, 12);

function messageTarget(
  path: string,
  bytes: Buffer,
  place: 'commit-message' | 'tag-message',
  commit: string | undefined,
): BlobTarget {
  return {
    kind: 'blob',
    bytes,
    addedLines: undefined,
    origin: { kind: 'history', path, place, blob: undefined, commit, versions: 1 },
  };
}

/** Each content under each path once; git lists the newest commit first. */
function takePaths(commit: LoggedCommit, versions: Map<string, Version>, only: ReadonlySet<string> | undefined): void {
  for (const { path, newId, newMode } of commit.paths) {
    if (newMode === 0 || (only && !only.has(newId))) continue;
    const key = `${newId} ${path}`;
    const known = versions.get(key);
    if (known) {
      known.commit = commit.id;
      known.in.push(commit);
    } else versions.set(key, { path, newId, newMode, commit: commit.id, in: [commit] });
  }
}

function toChange(
  { path, newId, newMode }: Pick<Version, 'path' | 'newId' | 'newMode'>,
  addedLines: LineRanges | undefined,
): Change {
  return { path, isPathExact: true, oldMode: 0, newMode, oldId: '', newId, status: 'A', addedLines };
}

export function createPushSource(options: PushSourceOptions): Source {
  const { call, updates, only } = options;
  return {
    mode: 'diff',
    root: options.root,
    subject: updates.map(({ ref }) => ref).join(', '),
    async *targets(problems) {
      const { tips, direct } = await sortPushed(options, problems);
      yield direct;
      const versions = new Map<string, Version>();
      const messages: BlobTarget[] = [];
      let commits = 0;
      await readNewCommits(tips, updates, options.side, call, (commit) => {
        commits++;
        takePaths(commit, versions, only);
        messages.push(
          messageTarget(`(message of commit ${short(commit.id)})`, commit.message, 'commit-message', commit.id),
        );
      });
      options.onRead?.(commits);
      yield messages;
      yield* readVersions([...versions.values()], options, problems);
    },
  };
}

/** Commits to list from, and what can be scanned at once: messages of tags, and what else a tag may point to. */
async function sortPushed(
  options: PushSourceOptions,
  problems: ProblemSink,
): Promise<{ readonly tips: readonly string[]; readonly direct: readonly BlobTarget[] }> {
  const tips = new Set<string>();
  const direct: BlobTarget[] = [];
  for (const { ref, newId } of options.updates) {
    for (const { id, type, content } of peelObject(newId, options.call)) {
      const name = `(message of tag ${ref.replace(/^refs\/tags\//, '')})`;
      if (type === 'commit') tips.add(id);
      else if (content) direct.push(messageTarget(name, content, 'tag-message', undefined));
      else direct.push(...(await readOther(ref, id, type, options, problems)));
    }
  }
  return { tips: [...tips], direct };
}

/** A ref that points to a blob or a tree. */
async function readOther(
  ref: string,
  id: string,
  type: string,
  options: PushSourceOptions,
  problems: ProblemSink,
): Promise<readonly BlobTarget[]> {
  if (type !== 'blob' && type !== 'tree') {
    problems({
      kind: 'missing-object',
      path: undefined,
      message: `git has no object ${short(id)} of ${ref}; run git fsck`,
    });
    return [];
  }
  const blob = { path: `(${ref})`, newId: id, newMode: 0o100644 };
  const changes =
    type === 'blob' ? [toChange(blob, undefined)] : await listRangeChanges(options.emptyTree, id, options.call);
  return [
    ...readChangeTargets(
      changes,
      readingOf(options, () => undefined),
      problems,
    ),
  ].flat();
}

function readingOf(options: PushSourceOptions, commitOf: (change: Change) => string | undefined): ChangeReading {
  const { call, objectsDir, isIgnored, onIgnored } = options;
  const makeOrigin = (change: Change) =>
    ({ kind: 'diff', path: change.path, blob: change.newId, commit: commitOf(change) }) as const;
  return { cwd: call.cwd, env: call.env ?? process.env, objectsDir, isIgnored, onIgnored, makeOrigin };
}

/** Line numbers of commits against one parent, each asked for once. */
function createLineFinder(call: GitCall) {
  const lists = new Map<string, Promise<readonly Change[]>>();
  return async (version: Version, commit: string, parent: string): Promise<LineRanges | undefined> => {
    const key = `${parent} ${commit}`;
    const list = lists.get(key) ?? listRangeChanges(parent, commit, call);
    lists.set(key, list);
    return (await list).find(({ path, newId }) => path === version.path && newId === version.newId)?.addedLines;
  };
}

/** Lines that one of the commits adds, in a merge against every parent; undefined for all. */
async function findAddedLines(
  version: Version,
  emptyTree: string,
  findLines: ReturnType<typeof createLineFinder>,
): Promise<LineRanges | undefined> {
  const all: (readonly [number, number])[] = [];
  for (const { id, parents } of version.in) {
    let lines: LineRanges | undefined;
    for (const parent of parents.length === 0 ? [emptyTree] : parents) {
      lines = intersectLineRanges(lines, await findLines(version, id, parent));
    }
    if (lines === undefined) return undefined;
    all.push(...lines);
  }
  const merged: [number, number][] = [];
  for (const [first, last] of all.sort((a, b) => a[0] - b[0])) {
    const open = merged.at(-1);
    if (open && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

async function* readVersions(
  versions: readonly Version[],
  options: PushSourceOptions,
  problems: ProblemSink,
): AsyncGenerator<readonly BlobTarget[]> {
  const findLines = createLineFinder(options.call);
  const commits = new Map<Change, string>();
  for (const version of versions) {
    const lines = options.only ? await findAddedLines(version, options.emptyTree, findLines) : undefined;
    commits.set(toChange(version, lines), version.commit);
  }
  yield* readChangeTargets(
    [...commits.keys()],
    readingOf(options, (change) => commits.get(change)),
    problems,
  );
}
