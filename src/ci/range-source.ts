// What a range of commits brings, as targets: first the final state against the base, then what each commit added on the
// way, so that a secret that came and went is seen too, then the messages. Knows no rules.
import { listRangeChanges } from '../git/changes.ts';
import { intersectLineRanges } from '../git/line-ranges.ts';
import { CHANGE_OPTIONS, type Change, parseRecords } from '../git/raw-records.ts';
import { checkGit } from '../git/run-git.ts';
import type { Origin } from '../model/origin.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget, LineRanges } from '../model/target.ts';
import { readChangeTargets } from '../sources/change-targets.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { Clone } from './clone.ts';
import { type CommitChanges, listCommitChanges, readAddedLines, readMessages } from './commit-changes.ts';
import type { RangePlan } from './plan-scan.ts';

/** A range that git has been asked about once; it may be scanned several times. */
export interface OpenRange {
  readonly clone: Clone;
  readonly plan: RangePlan;
  readonly subject: string;
  /** Base against head. */
  readonly final: readonly Change[];
  /** Oldest first; empty when only the two trees are compared. */
  readonly commits: readonly CommitChanges[];
}

const SUBMODULE_MODE = 0o160000;
/** With more bases than this the first ones decide: more lines count then, never fewer. */
const MOST_BASES = 8;

/** What the head has and no base: after a merge of two old lines there are two bases, and a line of either is old. */
async function listFinalChanges(clone: Clone, { kind, base, head, excludes }: RangePlan): Promise<readonly Change[]> {
  const isSimple = kind === 'trees' || excludes.length < 2 || excludes.length > 400;
  const found = isSimple ? undefined : clone.ask('merge-base', '--all', head, ...excludes);
  const bases = found ? found.split('\n').slice(0, MOST_BASES) : [base];
  let changes: readonly Change[] | undefined;
  for (const one of bases) {
    const next = await listRangeChanges(one, head, clone.call);
    changes = changes === undefined ? next : keepCommon(changes, next);
  }
  return changes ?? [];
}

function keepCommon(changes: readonly Change[], others: readonly Change[]): readonly Change[] {
  const byPath = new Map(others.map((change) => [change.path, change]));
  return changes.flatMap((change) => {
    const other = change.isPathExact ? byPath.get(change.path) : change;
    return other === undefined
      ? []
      : [{ ...change, addedLines: intersectLineRanges(change.addedLines, other.addedLines) }];
  });
}

/** A partial clone has no blobs but those that are checked out; new and old ones are needed, for contents and lines. */
function obtainBlobs(clone: Clone, { base, head }: RangePlan, commits: readonly CommitChanges[]): void {
  const records = parseRecords(checkGit(['diff-tree', '-r', ...CHANGE_OPTIONS, base, head, '--'], clone.call));
  const all = [...records, ...commits.flatMap(({ changes }) => changes)];
  const blobs = all.flatMap(({ oldId, newId, oldMode, newMode }) => [
    ...(oldMode === SUBMODULE_MODE ? [] : [oldId]),
    ...(newMode === SUBMODULE_MODE ? [] : [newId]),
  ]);
  clone.obtainObjects([...new Set(blobs)].filter((id) => !/^0+$/.test(id)));
}

/** @throws GitError */
export async function openRange(clone: Clone, plan: RangePlan, subject: string): Promise<OpenRange> {
  const commits = plan.kind === 'range' ? listCommitChanges(clone, plan.head, plan.excludes) : [];
  const isEmpty = plan.kind === 'range' && commits.length === 0;
  if (clone.repository.isPartial && !isEmpty) obtainBlobs(clone, plan, commits);
  const final = isEmpty ? [] : await listFinalChanges(clone, plan);
  return { clone, plan, subject, final, commits };
}

/** Name of a commit message among paths. */
function messagePath(id: string): string {
  return `(message of commit ${id.slice(0, 12)})`;
}

/** Each problem once, and each path that the ignores keep out once, however many commits bring it. */
function tellOnce(
  filter: PathFilter,
  problems: ProblemSink,
): { readonly filter: PathFilter; readonly problems: ProblemSink } {
  const seen = new Set<string>();
  const isNew = (key: string): boolean => !seen.has(key) && seen.add(key) !== undefined;
  return {
    filter: { isIgnored: filter.isIgnored, onIgnored: (path) => isNew(`ignored ${path}`) && filter.onIgnored?.(path) },
    problems: (problem) => {
      if (isNew(`${problem.kind} ${problem.path ?? ''} ${problem.message}`)) problems(problem);
    },
  };
}

function* messageTargets({ clone, commits }: OpenRange): Generator<BlobTarget> {
  const messages = readMessages(
    clone,
    commits.map(({ id }) => id),
  );
  for (const { id } of commits) {
    const bytes = messages.get(id);
    if (bytes === undefined || bytes.length === 0) continue;
    const origin = { kind: 'diff', path: messagePath(id), blob: undefined, commit: id } as const;
    yield { kind: 'blob', origin, bytes, addedLines: undefined };
  }
}

/**
 * The source.
 *
 * @param needsLines  blobs of which only the lines count that their commit added; of all others the whole content is looked
 *   at, which costs git nothing
 */
export function createRangeSource(range: OpenRange, filter: PathFilter, needsLines: (blob: string) => boolean): Source {
  const { clone, plan, final, commits, subject } = range;
  const { repository, call } = clone;
  const reading = { ...filter, ...call, objectsDir: repository.objectsDir };

  async function withLines(commit: CommitChanges, changes: readonly Change[]): Promise<readonly Change[]> {
    if (!changes.some(({ newId }) => needsLines(newId))) return changes;
    const lines = await readAddedLines(clone, commit);
    const none: LineRanges = [];
    return changes.map((change) =>
      change.isPathExact ? { ...change, addedLines: lines.has(change.path) ? lines.get(change.path) : none } : change,
    );
  }

  return {
    mode: 'diff',
    root: repository.topLevel ?? repository.gitDir,
    subject,
    async *targets(sink) {
      const { filter: once, problems } = tellOnce(filter, sink);
      const commitOf = new Map<Change, string>(final.map((change) => [change, plan.head]));
      const seen = new Set(final.map(({ path, newId }) => `${newId} ${path}`));
      for (const commit of commits) {
        const open = commit.changes.filter(({ path, newId }) => !seen.has(`${newId} ${path}`));
        for (const { path, newId } of open) if (!needsLines(newId)) seen.add(`${newId} ${path}`);
        if (open.length === 0) continue;
        for (const change of await withLines(commit, open)) commitOf.set(change, commit.id);
      }
      const makeOrigin = (change: Change): Origin => {
        const { path, newId } = change;
        return { kind: 'diff', path, blob: newId, commit: commitOf.get(change) };
      };
      // All at once: each reading starts git twice for up to 256 blobs, and fifty commits would start it a hundred times.
      yield* readChangeTargets([...commitOf.keys()], { ...reading, ...once, makeOrigin }, problems);
      yield [...messageTargets(range)];
    },
  };
}
