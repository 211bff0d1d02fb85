// Compares a range of the index with a tree, folder by folder. A folder that the index knows to be as HEAD has it is passed
// over whole. Names are compared as bytes (latin1), as git does.
import type { CachedFolder } from './cache-tree.ts';
import { type IndexFile, readBareEntry, readEntries, readEntryId, readMode } from './index-file.ts';
import type { Change } from './raw-records.ts';
import { createTreeCursor, findEntry, MET, meetEntry, readMet } from './tree-cursor.ts';
import { TREE_MODE, type TreeEntry } from './tree-entries.ts';

/** Content of a tree. */
export type TreeReader = (id: string) => Buffer | undefined;

/** What is compared, and where the differences go. */
export interface Comparison {
  readonly index: IndexFile;
  /** Undefined when a tree cannot be read. */
  readonly readTree: TreeReader;
  readonly changes: Change[];
}

/** Entries of one folder and below, and what stands on the other side. */
interface Folder {
  readonly first: number;
  readonly end: number;
  /** Bytes of the folder's own path with its slash. */
  readonly pathBytes: number;
  /** The tree to compare with; undefined where there is none: then everything is new. */
  readonly treeId: string | undefined;
  readonly cached: CachedFolder | undefined;
}

const TYPE_BITS = 0o170000;
const NO_TREE = Buffer.alloc(0);

function nameOf(index: IndexFile, number: number): string {
  return readBareEntry(index, number).name;
}

/** Number of the entry behind the folder that begins at `first`. */
function findFolderEnd(index: IndexFile, first: number, limit: number, path: string, entryCount: number): number {
  const isInside = (number: number): boolean => number < limit && nameOf(index, number).startsWith(path);
  const stated = first + entryCount;
  if (stated > first && isInside(stated - 1) && !isInside(stated)) return stated;
  let end = first + 1;
  while (isInside(end)) end++;
  return end;
}

/** Adds the entry when it is not what the tree has in its place. */
function compareEntry(to: Comparison, number: number, mode: number, old: TreeEntry | undefined): void {
  const newId = readEntryId(to.index, number);
  const before = old && old.mode !== TREE_MODE ? old : undefined;
  if (before?.id === newId && before.mode === mode) return;
  const [entry] = readEntries(to.index, number, number + 1);
  if (!entry) return;
  const isSameType = before && (before.mode & TYPE_BITS) === (mode & TYPE_BITS);
  to.changes.push({
    path: entry.path,
    isPathExact: entry.isPathExact,
    oldMode: before?.mode ?? 0,
    newMode: mode,
    oldId: before?.id ?? '0'.repeat(newId.length),
    newId,
    status: before ? (isSameType ? 'M' : 'T') : 'A',
    addedLines: before?.id === newId ? [] : undefined,
  });
}

/**
 * Adds what the entries of a folder bring that the tree does not hold. What is gone is not told.
 *
 * @returns false when only git can tell: a conflict, or a tree that cannot be read
 */
export function compareFolder(to: Comparison, folder: Folder): boolean {
  const { index } = to;
  const { treeId, cached, pathBytes } = folder;
  if (treeId !== undefined && cached?.treeId === treeId) return true;
  const content = treeId === undefined ? NO_TREE : to.readTree(treeId);
  if (!content) return false;
  const tree = createTreeCursor(content, index.idBytes);
  for (let number = folder.first; number < folder.end; ) {
    const met = meetEntry(tree, index, number, pathBytes);
    if (met === MET.same || met === MET.changed) {
      if (met === MET.changed) compareEntry(to, number, readMode(index, number), readMet(tree));
      number++;
      continue;
    }
    const { name, mode, stage, isIntentToAdd } = readBareEntry(index, number);
    if (stage !== 0) return false;
    const slash = name.indexOf('/', pathBytes);
    const part = name.slice(pathBytes, slash < 0 ? undefined : slash);
    const old = met === MET.folder ? readMet(tree) : findEntry(tree, part);
    if (old === false) return false;
    if (slash < 0) {
      if (!isIntentToAdd) compareEntry(to, number, mode, old);
      number++;
      continue;
    }
    const child = cached?.folders.get(part);
    const end = findFolderEnd(index, number, folder.end, name.slice(0, slash + 1), child?.entryCount ?? 0);
    const isTold = compareFolder(to, {
      first: number,
      end,
      pathBytes: slash + 1,
      treeId: old?.mode === TREE_MODE ? old.id : undefined,
      cached: child,
    });
    if (!isTold) return false;
    number = end;
  }
  return true;
}
