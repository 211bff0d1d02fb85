// What a user's choice of revisions, dates, branches and paths brings: the versions of files that these commits add, and
// the commits themselves. Without a choice everything is in scope, and nothing of this runs.
import type { GitCall } from '../git/run-git.ts';
import { UsageError } from '../model/errors.ts';
import { readSelection } from './read-log.ts';

/** What narrows a history. */
export interface Selection {
  /** REV… as git knows them, ranges too. */
  readonly revisions: readonly string[];
  readonly branches: readonly string[];
  readonly since: string | undefined;
  readonly paths: readonly string[];
  readonly isFirstParent: boolean;
}

export interface Scope {
  readonly commits: ReadonlySet<string>;
  /** Blob → paths at which a commit of the choice put it. */
  readonly versions: ReadonlyMap<string, ReadonlySet<string>>;
}

export function isNarrowed({ revisions, branches, since, paths, isFirstParent }: Selection): boolean {
  return revisions.length + branches.length + paths.length > 0 || since !== undefined || isFirstParent;
}

function refuseOptions(words: readonly string[], what: string): void {
  if (words.some((word) => word.startsWith('-') || word === '')) {
    throw new UsageError(`"unleak history": a ${what} may not start with a dash; options have names of their own`);
  }
}

/** Words for git log. @throws UsageError for words that git would take for options */
function toRevisions({ revisions, branches, isFirstParent }: Selection): readonly string[] {
  refuseOptions(revisions, 'revision');
  refuseOptions(branches, 'branch');
  const all = [...revisions, ...branches];
  if (all.length > 0) return all;
  return isFirstParent ? ['HEAD'] : ['--all', 'HEAD'];
}

/** @throws GitError for a revision that git does not know */
export async function readScope(selection: Selection, call: GitCall): Promise<Scope> {
  const commits = new Set<string>();
  const versions = new Map<string, Set<string>>();
  const { since, paths, isFirstParent } = selection;
  const options = [...(since === undefined ? [] : [`--since=${since}`]), ...(isFirstParent ? ['--first-parent'] : [])];
  await readSelection(call, { options, revisions: toRevisions(selection), paths }, ({ id, changes }) => {
    commits.add(id);
    for (const { path, newId } of changes) {
      if (/^0+$/.test(newId)) continue;
      const known = versions.get(newId);
      if (known) known.add(path);
      else versions.set(newId, new Set([path]));
    }
  });
  return { commits, versions };
}
