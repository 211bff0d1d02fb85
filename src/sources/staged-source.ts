// What a commit would bring: the index against HEAD. Used by the pre-commit hook, so git is started before anything
// else is loaded, and blobs are read without promises. Never looks at the work tree.

import { startStagedChanges } from '../git/changes.ts';
import { GitError } from '../git/git-error.ts';
import type { Change } from '../git/raw-diff.ts';
import { findRepository, type GuessedRepository, guessRepository } from '../git/repository.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget } from '../model/target.ts';
import { readChangeTargets } from './change-targets.ts';
import type { PathFilter, Source } from './source.ts';

/** A listing that git is working on. */
export interface StartedListing {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Safe to await late. */
  readonly changes: Promise<readonly Change[]>;
}

/** What is staged. */
export interface StagedListing {
  /** Top of the work tree: paths are relative to it. */
  readonly root: string;
  /** Reads the blobs, a group at a time; may be called again. @throws GitError */
  readonly read: (problems: ProblemSink, filter?: PathFilter) => Iterable<readonly BlobTarget[]>;
}

/**
 * Starts git at once and returns; load rules, then await `finishStagedListing`.
 *
 * @param cwd  any folder of the work tree
 */
export function startStagedListing(cwd: string, env: NodeJS.ProcessEnv = process.env): StartedListing {
  return { cwd, env, changes: startStagedChanges(cwd, env) };
}

/** Where git sees a work tree that our own look missed. A bare repository has an index that nobody commits. */
function findWorkTree(cwd: string, env: NodeJS.ProcessEnv): GuessedRepository {
  const { topLevel, gitDir, objectsDir } = findRepository(cwd, env);
  if (topLevel !== undefined) return { topLevel, gitDir, objectsDir };
  throw new GitError('not-a-repository', `${cwd}: this git repository has no work tree; run unleak in a checkout`);
}

/** @throws GitError (a UsageError): not a repository, foreign owner, git missing or too old */
export async function finishStagedListing(started: StartedListing): Promise<StagedListing> {
  const { cwd, env } = started;
  const changes = await started.changes;
  const place = guessRepository(cwd, env) ?? findWorkTree(cwd, env);
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
}

/** The source that `unleak staged` scans. Starts git at once. */
export function createStagedSource(options: StagedSourceOptions): Source {
  const { cwd, env = process.env } = options;
  const started = startStagedListing(cwd, env);
  return {
    mode: 'staged',
    root: guessRepository(cwd, env)?.topLevel ?? cwd,
    subject: 'index',
    async *targets(problems) {
      const listing = await finishStagedListing(started);
      yield* listing.read(problems, options);
    },
  };
}
