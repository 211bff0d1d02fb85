// Walks over the entries of a tree object's bytes (`MODE NAME\0ID`, again and again). The bytes are hostile: what does not
// fit the form ends the walk.

/** An entry, as places in the bytes. */
export interface TreeEntry {
  nameStart: number;
  nameEnd: number;
  idStart: number;
  /** True for another repository's commit (a submodule): its id is not in this one. */
  isSubmodule: boolean;
}

const SPACE = 0x20;
const LONGEST_MODE = 7;

/**
 * @param entry  filled anew for each call of `onEntry`, so that nothing is allocated
 * @returns false when the bytes end in the middle of an entry
 */
export function walkTree(bytes: Uint8Array, idBytes: number, entry: TreeEntry, onEntry: (entry: TreeEntry) => void) {
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(SPACE, at);
    const end = space < 0 ? -1 : bytes.indexOf(0, space + 1);
    if (end < 0 || space - at > LONGEST_MODE || end + 1 + idBytes > bytes.length) return false;
    entry.nameStart = space + 1;
    entry.nameEnd = end;
    entry.idStart = end + 1;
    // 160000; no other mode that git writes has a 6 in second place.
    entry.isSubmodule = space - at === 6 && bytes[at + 1] === 0x36;
    onEntry(entry);
    at = end + 1 + idBytes;
  }
  return true;
}
