// Lists the files of one folder: by git when it lies in a work tree (tracked, then untracked), else by walking.
// Whatever is left out is reported. Paths are relative to the folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from '../git/file-stats.ts';
import { isGitError } from '../git/git-error.ts';
import { findPrefixRange, type IndexFile, parseIndex, readEntries } from '../git/index-file.ts';
import { type ListedPath, listTracked, startUntracked, type TrackedPath } from '../git/ls-files.ts';
import { findRepository, idBytes, type Repository } from '../git/repository.ts';
import type { ProblemSink } from '../model/problem.ts';
import { relativePath } from './scan-paths.ts';
import { BATCH_TARGETS } from './source.ts';
import { describeOddFile, describeOddName, describeRefusal, walkFolder } from './walk-folder.ts';

/** A regular file, as far as the listing knows. */
export interface ListedFile {
  readonly path: string;
  readonly sizeBytes: number | undefined;
}

/** What to list. */
export interface FolderListing {
  /** Absolute, links resolved. */
  readonly folder: string;
  /** Also what git ignores. */
  readonly includeIgnored: boolean;
  readonly env: NodeJS.ProcessEnv;
}

type Tracked = TrackedPath & { readonly sizeBytes?: number };

const SYMLINK_MODE = 0o120000;
const SUBMODULE_MODE = 0o160000;
const SUBMODULE_MESSAGE = 'is a repository of its own; run unleak in it';

/** The repository whose work tree holds the folder; undefined when there is none, or no git to ask. */
function findWorkTree(
  folder: string,
  env: NodeJS.ProcessEnv,
): (Repository & { readonly topLevel: string }) | undefined {
  try {
    const repository = findRepository(folder, env);
    const { topLevel } = repository;
    return topLevel === undefined ? undefined : { ...repository, topLevel };
  } catch (error) {
    // Without git nothing is known to be ignored, so a walk reads more, not less.
    if (isGitError(error, 'not-a-repository') || isGitError(error, 'git-missing')) return undefined;
    throw error;
  }
}

function readIndex(repository: Repository): IndexFile | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(repository.indexFile);
  } catch {
    return undefined; // Nothing was ever added, or it cannot be read: git itself says which.
  }
  const index = parseIndex(bytes, idBytes(repository.objectFormat));
  return index.isPlain ? index : undefined;
}

/** Tracked paths below the folder, relative to it, some hundreds at a time: a generator for each path took twice as long. */
function* listTrackedBelow(
  listing: FolderListing,
  repository: Repository & { readonly topLevel: string },
): Generator<Iterable<Tracked>> {
  const index = readIndex(repository);
  if (!index) {
    yield listTracked({ cwd: listing.folder, env: listing.env });
    return;
  }
  const way = relativePath(repository.topLevel, listing.folder);
  const prefix = way === '' ? '' : `${way}/`;
  const { first, end } = findPrefixRange(index, prefix);
  for (let at = first; at < end; at += BATCH_TARGETS) {
    const entries = readEntries(index, at, Math.min(at + BATCH_TARGETS, end));
    yield prefix === ''
      ? entries
      : Array.from(entries, (entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
  }
}

function* keepTrackedFiles(
  batches: Iterable<Iterable<Tracked>>,
  folder: string,
  problems: ProblemSink,
): Generator<ListedFile[]> {
  let previous: string | undefined;
  for (const batch of batches) {
    const files: ListedFile[] = [];
    for (const entry of batch) {
      const { path } = entry;
      // A conflict lists a path up to three times; the work tree has it once.
      if (entry.stage > 0 && path === previous) continue;
      previous = path;
      if (isTrackedFile(entry, folder, problems)) files.push({ path, sizeBytes: entry.sizeBytes || undefined });
    }
    if (files.length > 0) yield files;
  }
}

/** True for a regular file that should be there. */
function isTrackedFile(entry: Tracked, folder: string, problems: ProblemSink): boolean {
  const { path, mode } = entry;
  if (mode === SUBMODULE_MODE) problems({ kind: 'submodule', path, message: SUBMODULE_MESSAGE });
  else if (!entry.isPathExact) problems(describeOddName(path));
  else if (mode === SYMLINK_MODE)
    problems({
      kind: 'symlink',
      path,
      message: 'is a symbolic link; what it points to is scanned only under its own path',
    });
  else return !entry.isSkipWorktree || typeof lookAt(join(folder, path)) !== 'string';
  return false;
}

function* keepUntrackedFiles(
  untracked: readonly ListedPath[],
  folder: string,
  problems: ProblemSink,
): Generator<ListedFile> {
  for (const { path, isPathExact } of untracked) {
    if (path.endsWith('/')) {
      problems({ kind: 'submodule', path: path.slice(0, -1), message: SUBMODULE_MESSAGE });
      continue;
    }
    if (!isPathExact) {
      problems(describeOddName(path));
      continue;
    }
    const found = lookAt(join(folder, path));
    if (typeof found === 'string') problems(describeRefusal(path, found));
    else if (found.isFile()) yield { path, sizeBytes: found.size };
    else problems(describeOddFile(found, path));
  }
}

/**
 * Lists the regular files of a folder, the same order for the same tree.
 *
 * @param problems  paths relative to the folder
 * @throws GitError when git refuses the repository
 */
export async function* listFolderFiles(listing: FolderListing, problems: ProblemSink): AsyncGenerator<ListedFile[]> {
  const { folder, env } = listing;
  // The walk for untracked files takes git longest, so it starts before anything else and is read last.
  const untracked = startUntracked(listing.includeIgnored, { cwd: folder, env });
  const repository = findWorkTree(folder, env);
  if (!repository) {
    yield* inBatches(asFiles(walkFolder(folder, problems)));
    return;
  }
  yield* keepTrackedFiles(listTrackedBelow(listing, repository), folder, problems);
  yield* inBatches(keepUntrackedFiles(await untracked, folder, problems));
}

function* asFiles(paths: Iterable<string>): Generator<ListedFile> {
  for (const path of paths) yield { path, sizeBytes: undefined };
}

function* inBatches(files: Iterable<ListedFile>): Generator<ListedFile[]> {
  let batch: ListedFile[] = [];
  for (const file of files) {
    batch.push(file);
    if (batch.length < BATCH_TARGETS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
