// Goes over a tree's content beside the entries of the index, which stand in the same order. Most are the same, and to see that
// no name and no id is made a string: a hook's code runs once, and strings cost it ten times what comparing bytes does.
import { entryIdAt, type IndexFile, plainNameAt, readMode } from './index-file.ts';
import { parseTree, TREE_MODE, type TreeEntry } from './tree-entries.ts';

/** A tree, and how far it has been gone over. */
export interface TreeCursor {
  readonly bytes: Buffer;
  readonly idBytes: number;
  /** Where the next entry begins. */
  at: number;
  /** Of the entry that was met last. */
  mode: number;
  idAt: number;
  /** By name, read when an entry does not stand where it is looked for. */
  entries: ReadonlyMap<string, TreeEntry> | undefined;
}

/** What the next entry of a tree is to an entry of the index. */
export const MET = {
  /** Not its name; or the index's entry is out of the ordinary. */
  nothing: 0,
  /** The same file, mode and id. */
  same: 1,
  /** The same name, with another mode or id. */
  changed: 2,
  /** The folder that it lies in. */
  folder: 3,
} as const;

const SPACE = 0x20;
const SLASH = 0x2f;
const MOST_MODE_BYTES = 6;

export function createTreeCursor(bytes: Buffer, idBytes: number): TreeCursor {
  return { bytes, idBytes, at: 0, mode: 0, idAt: 0, entries: undefined };
}

/**
 * Compares the tree's next entry with one of the index. Unless it is `nothing`, the cursor goes behind it, and holds its mode and id.
 *
 * @param pathBytes  length of the tree's own path in the index's names
 */
export function meetEntry(cursor: TreeCursor, index: IndexFile, number: number, pathBytes: number): number {
  const { bytes, idBytes } = cursor;
  const own = index.bytes;
  let i = plainNameAt(index, number);
  if (i < 0) return MET.nothing;
  let at = cursor.at;
  let mode = 0;
  for (const stop = at + MOST_MODE_BYTES; at < stop && bytes[at] !== SPACE; at++) mode = mode * 8 + (bytes[at]! - 0x30);
  if (bytes[at++] !== SPACE) return MET.nothing;
  for (i += pathBytes; bytes[at] !== 0; at++, i++) if (bytes[at] !== own[i]) return MET.nothing;
  const isFolder = mode === TREE_MODE && own[i] === SLASH;
  const idAt = at + 1;
  if ((own[i] !== 0 && !isFolder) || idAt + idBytes > bytes.length) return MET.nothing;
  cursor.at = idAt + idBytes;
  cursor.mode = mode;
  cursor.idAt = idAt;
  if (isFolder) return MET.folder;
  const ownIdAt = entryIdAt(index, number);
  for (let k = 0; k < idBytes; k++) if (bytes[idAt + k] !== own[ownIdAt + k]) return MET.changed;
  return readMode(index, number) === mode ? MET.same : MET.changed;
}

/** The entry that meetEntry has met last. */
export function readMet({ bytes, idBytes, mode, idAt }: TreeCursor): TreeEntry {
  return { mode, id: bytes.toString('hex', idAt, idAt + idBytes), end: idAt + idBytes };
}

/**
 * An entry by its name, wherever it stands; the cursor goes behind it.
 *
 * @param name  in latin1
 * @returns undefined when there is none, false when the tree is damaged
 */
export function findEntry(cursor: TreeCursor, name: string): TreeEntry | undefined | false {
  cursor.entries ??= parseTree(cursor.bytes, cursor.idBytes);
  if (!cursor.entries) return false;
  const entry = cursor.entries.get(name);
  if (entry) cursor.at = entry.end;
  return entry;
}
