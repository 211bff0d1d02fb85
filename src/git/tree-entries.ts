// Reads the content of a tree object: `MODE NAME`, a zero byte, an id, again and again (git's gitformat-tree).

export interface TreeEntry {
  /** Such as 0o100644; TREE_MODE is a folder. */
  readonly mode: number;
  /** Hex. */
  readonly id: string;
  /** Where it ends in the tree's content. */
  readonly end: number;
}

export const TREE_MODE = 0o040000;

const SPACE = 0x20;
const MOST_MODE_BYTES = 6;

/**
 * @param idBytes  20 or 32
 * @returns entries by name, in latin1 because names are bytes; undefined when the content is damaged
 */
export function parseTree(bytes: Buffer, idBytes: number): ReadonlyMap<string, TreeEntry> | undefined {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < bytes.length; ) {
    let mode = 0;
    const modeAt = at;
    for (; bytes[at] !== SPACE; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 7 || at - modeAt >= MOST_MODE_BYTES) return undefined;
      mode = mode * 8 + digit;
    }
    const nameEnd = bytes.indexOf(0, at + 1);
    const end = nameEnd + 1 + idBytes;
    if (nameEnd <= at + 1 || end > bytes.length) return undefined;
    entries.set(bytes.toString('latin1', at + 1, nameEnd), { mode, id: bytes.toString('hex', nameEnd + 1, end), end });
    at = end;
  }
  return entries;
}
