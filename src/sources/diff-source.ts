// What a range of commits adds, from end to end, merges included: the diff between the merge-base and the newer end.
import { findDefaultBranch, findMergeBase, resolveCommit } from '../git/ask-git.ts';
import { listRangeChanges } from '../git/changes.ts';
import { GitError } from '../git/git-error.ts';
import { findRepository } from '../git/repository.ts';
import { readChangeTargets } from './change-targets.ts';
import type { PathFilter, Source } from './source.ts';

/** Both ends of a range, as full commit ids, and its name for people. */
export interface ResolvedRange {
  readonly base: string;
  readonly head: string;
  readonly subject: string;
}

/** Splits `BASE`, `BASE..HEAD` or `BASE...HEAD`; an absent end is undefined. */
function splitRange(range: string | undefined): { base: string | undefined; head: string } {
  const match = /^(.*?)\.{2,3}(.*)$/.exec(range ?? '');
  const base = match ? match[1] : range;
  return { base: base === '' ? undefined : base, head: match?.[2] || 'HEAD' };
}

/**
 * Finds the ends of a range. The base is the newest commit that BASE and HEAD share, so that what came into BASE since
 * does not count; without a common commit (shallow clone) it is BASE itself.
 *
 * @param range  as the user gave it; undefined means everything since the default branch
 * @throws GitError when an end does not exist
 */
export async function resolveRange(cwd: string, range: string | undefined): Promise<ResolvedRange> {
  const ends = splitRange(range);
  const head = await resolveCommit(cwd, ends.head);
  if (ends.base !== undefined) {
    const base = await resolveCommit(cwd, ends.base);
    return { base: (await findMergeBase(cwd, base, head)) ?? base, head, subject: `${ends.base}..${ends.head}` };
  }
  const branch = await findDefaultBranch(cwd);
  const base = await findMergeBase(cwd, branch.commit, head);
  if (base) return { base, head, subject: `${branch.name}..${ends.head}` };
  throw new GitError(
    'no-such-revision',
    `${cwd}: ${ends.head} shares no commit with ${branch.name}; name the base (unleak diff BASE), or fetch more history: git fetch --unshallow`,
  );
}

/** Options of the diff source. */
export interface DiffSourceOptions extends PathFilter {
  readonly cwd: string;
  readonly range: string | undefined;
}

/** The source that `unleak diff` scans. @throws GitError */
export async function createDiffSource(options: DiffSourceOptions): Promise<Source> {
  const { cwd } = options;
  const env = process.env;
  const place = findRepository(cwd, env);
  const range = await resolveRange(cwd, options.range);
  return {
    mode: 'diff',
    root: place.topLevel ?? place.gitDir,
    subject: range.subject,
    async *targets(problems) {
      const changes = await listRangeChanges(range.base, range.head, { cwd, env });
      const makeOrigin = (change: { path: string; newId: string }) =>
        ({ kind: 'diff', path: change.path, blob: change.newId, commit: range.head }) as const;
      yield* readChangeTargets(changes, { ...options, env, objectsDir: place.objectsDir, makeOrigin }, problems);
    },
  };
}
