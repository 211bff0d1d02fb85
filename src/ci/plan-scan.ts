// From what a CI system says to what is scanned: which commits exactly, against which base. Asks the clone, and the remote
// where commits are missing. Never ends in "nothing" but for a deleted ref: what cannot be told apart is scanned whole.
import { emptyTreeId } from '../git/repository.ts';
import type { Problem } from '../model/problem.ts';
import { type CiEvent, isNoId, type Push, type Revision } from './ci-event.ts';
import type { Clone } from './clone.ts';
import { completeRange } from './complete-range.ts';

/** Commits of a range, and the two trees it lies between. */
export interface RangePlan {
  readonly kind: 'range' | 'trees';
  readonly head: string;
  /** What the final state is compared with: a commit, or the empty tree. */
  readonly base: string;
  /** Reachable from these is old. */
  readonly excludes: readonly string[];
}

export type ScanWork =
  | RangePlan
  | { readonly kind: 'tree'; readonly head: string }
  | { readonly kind: 'history'; readonly head: string }
  | { readonly kind: 'nothing' };

export interface ScanPlan {
  readonly work: ScanWork;
  /** Where configuration, ignores and baseline are read; `work tree` for events without a change. */
  readonly policy:
    | { readonly from: 'base' | 'head'; readonly commit: string }
    | { readonly from: 'work tree' | 'none' };
  readonly notes: readonly string[];
  /** What makes the result incomplete. */
  readonly problems: readonly Problem[];
}

/** What the user chose over what the event says. */
export interface PlanChoice {
  /** The lines that mend a shallow checkout, for messages. */
  readonly depthAdvice: string;
}

interface Planning {
  readonly clone: Clone;
  readonly notes: string[];
  readonly problems: Problem[];
  readonly choice: PlanChoice;
}

function reportMissing(planning: Planning, what: string): void {
  const { clone, choice, problems } = planning;
  const why = clone.refusal();
  const message = `${what}${why === undefined ? '' : ` (${why})`}; ${choice.depthAdvice}`;
  problems.push({ kind: 'missing-object', path: undefined, message });
}

/** The checked-out merge of a pull request knows its base better than the payload, which may be of yesterday. */
function findFreshBase(clone: Clone, head: string): string | undefined {
  const checkedOut = clone.find('HEAD');
  if (checkedOut === undefined || checkedOut === head) return undefined;
  const [first, second, ...more] = clone.parentsOf(checkedOut);
  if (first === undefined || second !== head || more.length > 0) return undefined;
  return clone.obtain({ id: first, refs: [] });
}

function planTree(clone: Clone, commit: string | undefined, planning: Planning): ScanPlan {
  const { notes, problems } = planning;
  const head = commit ?? clone.find('HEAD');
  if (head === undefined) {
    problems.push({ kind: 'nothing-to-scan', path: undefined, message: 'the clone has no commit; check it out first' });
    return { work: { kind: 'nothing' }, policy: { from: 'none' }, notes, problems };
  }
  return { work: { kind: 'tree', head }, policy: { from: 'work tree' }, notes, problems };
}

function noteDeepening({ notes }: Planning): void {
  const note = 'The clone was shallow: the missing commits were fetched.';
  if (!notes.includes(note)) notes.push(note);
}

/** Ends of a range that may still lack commits → a range that lacks none, or the best that is left. */
function planRange(planning: Planning, head: string, bases: readonly string[], policy: ScanPlan['policy']): ScanPlan {
  const { clone, notes, problems } = planning;
  const answer = completeRange(clone, head, bases);
  if (answer.isDeepened) noteDeepening(planning);
  if (answer.isComplete) {
    const base = answer.mergeBase ?? emptyTreeId(clone.repository.objectFormat);
    return { work: { kind: 'range', head, base, excludes: bases }, policy, notes, problems };
  }
  const base = answer.mergeBase ?? bases[0];
  if (base === undefined) {
    reportMissing(
      planning,
      'the clone is shallow and the commits before cannot be told apart: only the files of the commit were scanned',
    );
    return { work: { kind: 'tree', head }, policy, notes, problems };
  }
  reportMissing(
    planning,
    'the clone is shallow and commits are missing: only the difference between the two ends was scanned, not each commit',
  );
  return { work: { kind: 'trees', head, base, excludes: bases }, policy, notes, problems };
}

function planChange(planning: Planning, base: Revision, head: Revision): ScanPlan {
  const { clone } = planning;
  const headId = clone.obtain(head);
  if (headId === undefined) {
    reportMissing(planning, `the newest commit of the change is not in the clone: the files at hand were scanned`);
    return { ...planTree(clone, undefined, planning), policy: { from: 'none' } };
  }
  const named = clone.obtain(base);
  const fresh = findFreshBase(clone, headId);
  const bases = [...new Set([fresh, named].filter((id) => id !== undefined))];
  const policyCommit = bases[0];
  if (policyCommit === undefined) {
    // Without a base nobody knows whose settings to trust: the change's own are not read.
    reportMissing(
      planning,
      'the commit that the change is compared with is not in the clone: all files of its newest commit were scanned',
    );
    return { ...planTree(clone, headId, planning), policy: { from: 'none' } };
  }
  return planRange(planning, headId, bases, { from: 'base', commit: policyCommit });
}

/** What was there before a new ref: the default branch, and other branches that do not have the new commits. */
function findOlder(planning: Planning, push: Push, after: string): readonly string[] {
  const { clone } = planning;
  const name = push.defaultBranch ?? clone.defaultBranch();
  const isDefault = name !== undefined && push.ref === `refs/heads/${name}`;
  const main =
    name === undefined || isDefault ? undefined : clone.obtain({ id: undefined, refs: [`refs/heads/${name}`] });
  // A branch with the new commits in it may have been pushed in the same moment; its own run must not be relied upon.
  const others = clone.ask(
    'for-each-ref',
    `--no-contains=${after}`,
    '--format=%(objectname) %(refname)',
    'refs/remotes',
  );
  const own = push.ref?.replace(/^refs\/heads\//, '');
  const olds = (others ?? '')
    .split('\n')
    .filter((line) => line !== '' && !(own !== undefined && line.endsWith(`/${own}`)))
    .map((line) => line.split(' ')[0] as string);
  return [...new Set([...(main === undefined ? [] : [main]), ...olds])];
}

function planNewRef(planning: Planning, push: Push, after: string): ScanPlan {
  const { notes } = planning;
  const policy = { from: 'head', commit: after } as const;
  const older = findOlder(planning, push, after);
  if (older.length > 0) return planRange(planning, after, older, policy);
  notes.push('No other branch is known: all commits that lead to this one were scanned.');
  return planRange(planning, after, [], policy);
}

function planPush(planning: Planning, push: Push): ScanPlan {
  const { clone, notes } = planning;
  const after = clone.obtain(push.after);
  if (after === undefined) {
    reportMissing(planning, 'the pushed commit is not in the clone: the files at hand were scanned');
    return planTree(clone, undefined, planning);
  }
  const policy = { from: 'head', commit: after } as const;
  if (push.before === 'none') return planNewRef(planning, push, after);
  if (push.before === 'unknown') {
    const name = push.defaultBranch ?? clone.defaultBranch();
    if (name !== undefined && push.ref !== undefined && push.ref !== `refs/heads/${name}`)
      return planNewRef(planning, push, after);
    notes.push(
      'This CI system does not say what was pushed: the files of the commit were scanned. Name the base (unleak diff --ci BASE) to scan commits.',
    );
    return { ...planTree(clone, after, planning), policy };
  }
  const before = clone.obtain({ id: push.before, refs: [] });
  if (before === undefined) {
    notes.push(`The commit before the push (${push.before.slice(0, 12)}) is gone: taken as a new branch.`);
    return planNewRef(planning, push, after);
  }
  if (completeRange(clone, after, [before]).isDeepened) noteDeepening(planning);
  const plan = planRange(planning, after, [before, ...findMerged(planning, push, before, after)], policy);
  if (plan.work.kind !== 'range' || plan.work.base === before) return plan;
  if (clone.ask('merge-base', before, after) === before) return { ...plan, work: { ...plan.work, base: before } };
  notes.push('The push was forced: what it has and the old branch had not was scanned.');
  return plan;
}

/** The default branch, when the push merges it in: its commits are not this push's. Not when it has all of the push already. */
function findMerged({ clone }: Planning, push: Push, before: string, after: string): readonly string[] {
  if (clone.listCommits([after], [before], ['--merges', '--max-count=1']).length === 0) return [];
  const name = push.defaultBranch ?? clone.defaultBranch();
  if (name === undefined || push.ref === `refs/heads/${name}`) return [];
  const main = clone.obtain({ id: undefined, refs: [`refs/heads/${name}`] });
  return main === undefined || clone.ask('merge-base', after, main) === after ? [] : [main];
}

function planHistory(planning: Planning): ScanPlan {
  const { clone, notes, problems } = planning;
  const head = clone.find('HEAD');
  if (head === undefined) return planTree(clone, undefined, planning);
  if (clone.isShallow()) {
    if (clone.unshallow([head])) notes.push('The clone was shallow: its history was fetched.');
    else reportMissing(planning, 'the clone is shallow: older commits were not scanned');
  }
  return { work: { kind: 'history', head }, policy: { from: 'work tree' }, notes, problems };
}

/** @throws GitError outside of a repository */
export function planScan(event: CiEvent, clone: Clone, choice: PlanChoice): ScanPlan {
  const planning: Planning = { clone, notes: [...event.notes], problems: [], choice };
  const { wish } = event;
  switch (wish.kind) {
    case 'change':
      return planChange(planning, wish.base, wish.head);
    case 'push':
      return planPush(planning, wish.push);
    case 'history':
      return planHistory(planning);
    case 'tree': {
      const commit = wish.commit === undefined ? undefined : clone.obtain(wish.commit);
      if (wish.commit?.id !== undefined && !isNoId(wish.commit.id) && commit === undefined) {
        reportMissing(planning, 'the commit of the event is not in the clone: the files at hand were scanned');
      }
      return planTree(clone, commit, planning);
    }
    case 'nothing':
      return {
        work: { kind: 'nothing' },
        policy: { from: 'none' },
        notes: [...planning.notes, `There is nothing to scan: ${wish.why}.`],
        problems: [],
      };
  }
}
