// Starts git to list what a commit or a range changes. The hot path of the hook: git is started at once and works while
// the caller loads its rules; one process in the usual case.
import { isGitError } from './git-error.ts';
import { intersectLineRanges } from './line-ranges.ts';
import { listOtherParents } from './merge-parents.ts';
import { CHANGE_OPTIONS, type Change, ChangeCollector, PATCH_OPTIONS } from './raw-diff.ts';
import { emptyTreeId, findRepository, guessRepository } from './repository.ts';
import { expectSuccess, type GitCall, runGitSync, spawnGit } from './run-git.ts';

async function runDiff(args: readonly string[], call: GitCall): Promise<Change[]> {
  const git = spawnGit(args, call);
  const collector = new ChangeCollector();
  for await (const chunk of git.chunks) collector.push(chunk);
  await expectSuccess(git, args, call.cwd);
  return collector.end();
}

/**
 * Runs a diff. Where the old side is missing (shallow or partial clone) no line numbers can be had; then the list alone
 * is taken and every line of a changed file counts, which finds too much rather than too little.
 */
async function listWithFallback(
  command: readonly string[],
  trees: readonly string[],
  call: GitCall,
): Promise<Change[]> {
  try {
    return await runDiff([...command, ...CHANGE_OPTIONS, ...PATCH_OPTIONS, ...trees, '--'], call);
  } catch (error) {
    if (!isGitError(error, 'missing-object')) throw error;
    return runDiff([...command, ...CHANGE_OPTIONS, ...trees, '--'], call);
  }
}

const STAGED = ['diff-index', '--cached', '--ita-invisible-in-index'];

/** HEAD, or the empty tree before the first commit. */
async function listAgainstHead(call: GitCall): Promise<Change[]> {
  try {
    return await listWithFallback(STAGED, ['HEAD'], call);
  } catch (error) {
    if (!isGitError(error, 'no-such-revision')) throw error;
    if (runGitSync(['rev-parse', '--verify', '--quiet', 'HEAD'], call).exitCode === 0) throw error;
    const { objectFormat } = findRepository(call.cwd, call.env);
    return listWithFallback(STAGED, [emptyTreeId(objectFormat)], call);
  }
}

/** What is staged against one more parent of a merge; undefined when git does not know it. */
async function listAgainstParent(parent: string, call: GitCall): Promise<Change[] | undefined> {
  try {
    return await listWithFallback(STAGED, [parent], call);
  } catch (error) {
    // A variable left over from another repository's merge: without the parent more lines count, never fewer.
    if (isGitError(error, 'no-such-revision') || isGitError(error, 'missing-object')) return undefined;
    throw error;
  }
}

/** Keeps what is new to the parent too: a path that is not in its list is the same there. */
function keepNewToParent(changes: readonly Change[], parentChanges: readonly Change[]): Change[] {
  const byPath = new Map(parentChanges.map((change) => [change.path, change]));
  return changes.flatMap((change) => {
    const other = change.isPathExact ? byPath.get(change.path) : change;
    if (!other || other.newId !== change.newId) return [];
    return [{ ...change, addedLines: intersectLineRanges(change.addedLines, other.addedLines) }];
  });
}

/**
 * Starts listing what the index holds that HEAD does not; in a merge, what none of the parents has. Reads the index that
 * GIT_INDEX_FILE names, so that a hook of `commit -a` and `commit PATH` sees what will be committed.
 *
 * @returns a promise that is safe to await late
 * @throws (through the promise) GitError
 */
export function startStagedChanges(cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Change[]> {
  const call = { cwd, env };
  const head = listAgainstHead(call);
  // Git runs by now; looking for a merge costs nothing.
  const gitDir = guessRepository(cwd, env)?.gitDir;
  const parents = gitDir ? listOtherParents(gitDir, env) : [];
  const others = Promise.all(parents.map((parent) => listAgainstParent(parent, call)));
  const changes = Promise.all([head, others]).then(([own, lists]) => {
    let kept = own;
    for (const list of lists) if (list) kept = keepNewToParent(kept, list);
    return kept;
  });
  changes.catch(() => {}); // The caller's await still sees it; without this Node would end on a late await.
  return changes;
}

/** What `head` has that `base` has not, from end to end. @throws GitError */
export function listRangeChanges(base: string, head: string, call: GitCall): Promise<Change[]> {
  return listWithFallback(['diff-tree', '-r'], [base, head], call);
}
