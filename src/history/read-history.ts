// Asks git's log for what was found: the commits and their changes that matter. While git goes on, what it has told already
// is judged.
import { isGitError } from '../git/git-error.ts';
import type { GitCall } from '../git/run-git.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { LoggedCommit } from './log-parser.ts';
import { judgeAhead, type PathJudge } from './path-judge.ts';
import type { Probe } from './probe.ts';
import { readBareCommits, readCommits } from './read-log.ts';

export const NOT_WALKED =
  'git could not walk all commits: where and since when is not known of every secret; see git fsck';

/**
 * Asks commits for what was found. A history that git cannot walk whole is a problem, not the end.
 *
 * @param telling  those with changes that matter; all when nobody knows
 * @param mayCount  is asked ahead, while git goes on
 */
export async function readHistory(
  call: GitCall,
  ids: readonly string[],
  probe: Probe,
  paths: ReadonlySet<string>,
  problems: ProblemSink,
  mayCount: PathJudge,
  telling: readonly string[] = ids,
): Promise<ReadonlyMap<string, LoggedCommit>> {
  const commits = new Map<string, LoggedCommit>();
  const names = [...probe.names.keys()];
  const isPathWanted = (path: string): boolean =>
    paths.has(path) || (names.length > 0 && path.split('/').some((part) => probe.names.has(part)));
  const interest = { ids: new Set(probe.blobs.keys()), ...(names.length + paths.size > 0 && { isPathWanted }) };
  try {
    const told = new Map<string, LoggedCommit>();
    await Promise.all([
      telling === ids ? undefined : readBareCommits(call, ids, (commit) => commits.set(commit.id, commit)),
      readCommits(call, telling, interest, (commit) => {
        told.set(commit.id, commit);
        judgeAhead(probe, mayCount, commit);
      }),
    ]);
    for (const [id, commit] of told) commits.set(id, commit);
  } catch (error) {
    if (!isGitError(error, 'missing-object') && !isGitError(error, 'failed')) throw error;
    problems({ kind: 'missing-object', path: undefined, message: NOT_WALKED });
  }
  return commits;
}
