// What a clone does not have or shows differently: cut-off and partial history, absent objects, replacements, grafts,
// submodules. Never fetches. What is missing makes the result incomplete.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { type GitCall, runGitSync } from '../git/run-git.ts';
import type { Problem } from '../model/problem.ts';
import type { Roots } from './roots.ts';
import { startGit } from './start-git.ts';

const MAX_NAMED = 5;

/** Ids of the commits whose parents a shallow clone leaves out. */
export function readShallow({ commonDir, isShallow }: Repository): ReadonlySet<string> {
  if (!isShallow) return new Set();
  return new Set(readFileSync(join(commonDir, 'shallow'), 'latin1').split('\n').filter(Boolean));
}

function describe(kind: Problem['kind'], message: string): Problem {
  return { kind, path: undefined, message };
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/**
 * Which of the ids that something names are needed by a ref. What only garbage names may have been collected, rightly.
 *
 * @returns all of them when git cannot say
 */
function keepReachable(missing: ReadonlySet<string>, call: GitCall): readonly string[] {
  const args = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--all', '--ignore-missing', 'HEAD'];
  const { exitCode, stdout } = runGitSync(args, call);
  if (exitCode !== 0) return [...missing];
  return stdout
    .toString('latin1')
    .split('\n')
    .flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : []));
}

function describeMissing(missing: ReadonlySet<string>, repository: Repository, call: GitCall): readonly Problem[] {
  if (missing.size === 0) return [];
  const ids = keepReachable(missing, call);
  if (ids.length === 0) return [];
  if (repository.isPartial) {
    const text = `${count(ids.length, 'object')} of this partial clone were never fetched; run: git fetch --refetch --no-filter`;
    return [describe('missing-object', text)];
  }
  const named = ids
    .slice(0, MAX_NAMED)
    .map((id) => describe('missing-object', `object ${id}: named by another, and not there; see git fsck`));
  const more = ids.length - named.length;
  return more > 0
    ? [...named, describe('missing-object', `${count(more, 'more object')} are not there; see git fsck`)]
    : named;
}

/** @param missing ids that objects name and that are not there */
export function checkCoverage(
  repository: Repository,
  roots: Roots,
  commits: number,
  missing: ReadonlySet<string>,
  call: GitCall,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (commits === 0) problems.push(describe('nothing-to-scan', 'this repository has no commits'));
  const shallow = readShallow(repository).size;
  if (shallow > 0) {
    const text = `this clone is shallow: history ends at ${count(shallow, 'commit')}; run: git fetch --unshallow`;
    problems.push(describe('missing-object', text));
  }
  problems.push(...describeMissing(missing, repository, call));
  if (roots.replaced > 0) {
    problems.push(
      describe('replaced', `refs/replace: git shows ${count(roots.replaced, 'object')} differently; both were read`),
    );
  }
  const grafts = join(repository.commonDir, 'info', 'grafts');
  if (existsSync(grafts)) {
    problems.push(describe('replaced', 'info/grafts changes who is whose parent; dates and reach follow the grafts'));
  }
  return problems;
}

/** Submodules of HEAD: repositories of their own. */
export async function listSubmodules(call: GitCall): Promise<readonly string[]> {
  const { exitCode, stdout } = await startGit(['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], call);
  if (exitCode !== 0) return [];
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((row) => (row.startsWith('160000 ') ? [row.slice(row.indexOf('\t') + 1)] : []));
}
