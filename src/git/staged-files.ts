// Which files a commit would bring, found by comparing the index with HEAD's trees without starting git, which takes a hook as
// long as everything else. Only trees of folders that changed are read. Whatever is not plain is left to git (changes.ts):
// an unresolved conflict, an index of another kind, an object that cannot be read, a repository of somebody else.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCachedFolders } from './cache-tree.ts';
import { compareFolder, type TreeReader } from './compare-folder.ts';
import { ENTRY } from './entry-header.ts';
import { lookThrough } from './file-stats.ts';
import { findHeadCommit, readTreeId } from './head-tree.ts';
import { type IndexFile, parseIndex } from './index-file.ts';
import { findLooseObject, readLooseObject } from './loose-object.ts';
import { listObjectDirectories } from './object-directories.ts';
import { readPackedObject } from './packed-object.ts';
import type { Change } from './raw-records.ts';
import type { GuessedRepository } from './repository.ts';

/** A folder with 100,000 files has a tree of 5 MB; git reads larger ones. */
const MOST_TREE_BYTES = 8 * 1024 * 1024;
/** For more changed folders than this, git is quicker. */
const MOST_TREES = 200;

/** Git refuses the repository of another user, or knows why not: it is asked. */
function isOwn(gitDir: string): boolean {
  const user = process.getuid?.();
  const found = lookThrough(gitDir);
  return typeof found !== 'string' && (user === undefined || found.uid === user);
}

/** The index that git would commit: of `commit -a` and `commit PATH` it is a temporary one. */
function readIndex(
  place: GuessedRepository,
  cwd: string,
  env: NodeJS.ProcessEnv,
  idBytes: number,
): IndexFile | undefined {
  const named = env.GIT_INDEX_FILE;
  // Git looks for it from the top of the work tree, except where it knows none.
  if (named !== undefined && resolve(cwd, named) !== resolve(place.topLevel, named)) return undefined;
  try {
    const index = parseIndex(readFileSync(resolve(cwd, named ?? join(place.gitDir, 'index'))), idBytes);
    return index.isPlain ? index : undefined;
  } catch {
    return undefined; // Not there, or not readable: git knows what that means.
  }
}

function readObject(id: string, type: 'commit' | 'tree', directories: readonly string[]): Buffer | undefined {
  const loose = findLooseObject(id, directories);
  if (loose) return readLooseObject(loose, type, MOST_TREE_BYTES);
  const packed = readPackedObject(id, directories, MOST_TREE_BYTES);
  return packed?.kind === ENTRY[type] ? packed.bytes : undefined;
}

function createTreeReader(directories: readonly string[]): TreeReader {
  let trees = 0;
  return (id) => {
    return ++trees > MOST_TREES ? undefined : readObject(id, 'tree', directories);
  };
}

/**
 * Lists the files that the index has and HEAD has not, or has otherwise, without their lines: of a file that is told, every
 * line counts. Files that are gone are not told.
 *
 * @param cwd  any folder of the work tree
 * @returns in the index's order; undefined when git has to be asked
 * @throws never
 * @cost no process; the index, and the trees of changed folders
 */
export function listStagedFiles(place: GuessedRepository, cwd: string, env: NodeJS.ProcessEnv): Change[] | undefined {
  const head = isOwn(place.gitDir) ? findHeadCommit(place) : undefined;
  if (head === undefined) return undefined;
  const idBytes = head.length / 2;
  const directories = listObjectDirectories(place.objectsDir, cwd, env);
  const commit = readObject(head, 'commit', directories);
  const treeId = commit && readTreeId(commit);
  const index = treeId && readIndex(place, cwd, env, idBytes);
  if (!index) return undefined;
  const changes: Change[] = [];
  const whole = { first: 0, end: index.count, pathBytes: 0, treeId, cached: readCachedFolders(index) };
  const readTree = createTreeReader(directories);
  return compareFolder({ index, readTree, changes }, whole) ? changes : undefined;
}
