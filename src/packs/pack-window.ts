// Brings the compressed bytes of pack entries into the unpacker's memory. From a pack in memory just the entry is copied; from
// a file a little more is read, because entries of a delta tree mostly stand close together.
import { SLACK, type Unpacker } from '../kernel/unpacker.ts';
import type { PackFile } from './pack-file.ts';

/** Entries up to this size come through the window. */
export const WINDOW_BYTES = 1 << 18;
/** How much is read from a file at least. */
const AHEAD_BYTES = 1 << 15;

export interface PackWindow {
  /** Address of the bytes [offset, offset + size) of the pack, size at most WINDOW_BYTES; -1 when they cannot be read. */
  readonly locate: (pack: PackFile, offset: number, size: number) => number;
}

/** @param at  address of WINDOW_BYTES + SLACK bytes */
export function createPackWindow(unpacker: Unpacker, at: number): PackWindow {
  unpacker.reserve(at + WINDOW_BYTES + SLACK);
  let current: PackFile | undefined;
  let from = 0;
  let size = 0;
  return {
    locate: (pack, offset, wanted) => {
      if (pack.content) {
        current = undefined;
        if (offset + wanted > pack.content.length) return -1;
        unpacker.memory().set(pack.content.subarray(offset, offset + wanted), at);
        return at;
      }
      if (pack !== current || offset < from || offset + wanted > from + size) {
        current = pack;
        from = offset;
        size = pack.read(unpacker.memory().subarray(at, at + Math.max(wanted, AHEAD_BYTES)), offset);
      }
      return wanted <= size - (offset - from) ? at + (offset - from) : -1;
    },
  };
}
