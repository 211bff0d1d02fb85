// What a commit would bring: the index against HEAD. Used by the pre-commit hook: no git process in the usual case when
// files are enough, one for lines; blobs read straight from the object files, no streams. Never looks at the work tree.
import { type ChangeDetail, listStagedChanges } from '../git/changes.ts';
import { GitError } from '../git/git-error.ts';
import { findRepository, type GuessedRepository, guessRepository } from '../git/repository.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget } from '../model/target.ts';
import { readChangeTargets } from './change-targets.ts';
import type { PathFilter, Source } from './source.ts';

/** What is staged. */
export interface StagedListing {
  /** Top of the work tree: paths are relative to it. */
  readonly root: string;
  /** Reads the blobs, a group at a time; may be called again. @throws GitError */
  readonly read: (problems: ProblemSink, filter?: PathFilter) => Iterable<readonly BlobTarget[]>;
}

/** Where git sees a work tree that our own look missed. A bare repository has an index that nobody commits. */
function findWorkTree(cwd: string, env: NodeJS.ProcessEnv): GuessedRepository {
  const { topLevel, gitDir, commonDir, objectsDir } = findRepository(cwd, env);
  if (topLevel !== undefined) return { topLevel, gitDir, commonDir, objectsDir };
  throw new GitError('not-a-repository', `${cwd}: this git repository has no work tree; run unleak in a checkout`);
}

/**
 * Asks git what is staged.
 *
 * @param cwd  any folder of the work tree
 * @param guess  what guessRepository says, when the caller knows it
 * @throws GitError (a UsageError): not a repository, foreign owner, git missing or too old
 * @cost one git process, waited for (see git/changes.ts); the promise is settled unless the answer is very long
 */
export async function listStaged(
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
  detail: ChangeDetail = 'lines',
  guess: GuessedRepository | undefined = guessRepository(cwd, env),
): Promise<StagedListing> {
  const changes = await listStagedChanges(cwd, env, detail, guess);
  const place = guess ?? findWorkTree(cwd, env);
  return {
    root: place.topLevel,
    read: (problems, filter = {}) =>
      readChangeTargets(
        changes,
        {
          ...filter,
          cwd,
          env,
          objectsDir: place.objectsDir,
          makeOrigin: (change) => ({ kind: 'staged', path: change.path, blob: change.newId }),
        },
        problems,
      ),
  };
}

/** Options of the staged source. */
export interface StagedSourceOptions extends PathFilter {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What guessRepository says, when it is known. */
  readonly place?: GuessedRepository | undefined;
  /** `files` is quicker and counts every line of a changed file: enough to see that there is nothing. */
  readonly detail?: ChangeDetail;
}

/** The source that `unleak staged` scans. */
export function createStagedSource(options: StagedSourceOptions): Source {
  const { cwd, env = process.env, place = guessRepository(cwd, env) } = options;
  return {
    mode: 'staged',
    root: place?.topLevel ?? cwd,
    subject: 'index',
    async *targets(problems) {
      const listing = await listStaged(cwd, env, options.detail, place);
      yield* listing.read(problems, options);
    },
  };
}
