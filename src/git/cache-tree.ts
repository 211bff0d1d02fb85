// Reads the index's note of which folders are as they stand in a known tree (extension TREE): a folder whose tree is HEAD's
// need not be compared. Source: git's gitformat-index.
import { findExtension, type IndexFile } from './index-file.ts';

/** A folder of the index. */
export interface CachedFolder {
  /** Hex id of the tree that holds exactly this folder's entries; undefined when something in it has changed since. */
  readonly treeId: string | undefined;
  /** Entries of the folder and below; 0 when `treeId` is undefined. */
  readonly entryCount: number;
  /** By name, in latin1: names are bytes. */
  readonly folders: ReadonlyMap<string, CachedFolder>;
}

/** A deeper index is left to git. */
const MOST_DEPTH = 200;
/** `ENTRIES SUBFOLDERS\n`. */
const MOST_COUNT_BYTES = 24;

/** @returns undefined when the index has no such note, or an odd one: then nothing is known of any folder */
export function readCachedFolders(index: IndexFile): CachedFolder | undefined {
  const bytes = findExtension(index, 'TREE');
  if (!bytes) return undefined;
  let at = 0;
  const readFolder = (depth: number): readonly [string, CachedFolder] | undefined => {
    const nameEnd = bytes.indexOf(0, at);
    if (nameEnd < 0 || depth > MOST_DEPTH) return undefined;
    const name = bytes.toString('latin1', at, nameEnd);
    const counts = /^(-1|\d{1,10}) (\d{1,9})\n/.exec(
      bytes.toString('latin1', nameEnd + 1, nameEnd + 1 + MOST_COUNT_BYTES),
    );
    if (!counts) return undefined;
    at = nameEnd + 1 + counts[0].length;
    const entryCount = Math.max(0, Number(counts[1]));
    let treeId: string | undefined;
    if (counts[1] !== '-1') {
      treeId = bytes.toString('hex', at, at + index.idBytes);
      at += index.idBytes;
      if (at > bytes.length) return undefined;
    }
    const folders = new Map<string, CachedFolder>();
    for (let left = Number(counts[2]); left > 0; left--) {
      const child = readFolder(depth + 1);
      if (!child) return undefined;
      folders.set(child[0], child[1]);
    }
    return [name, { treeId, entryCount, folders }];
  };
  return readFolder(0)?.[1];
}
