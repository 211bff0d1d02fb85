// Brings the compressed bytes of pack entries into the unpacker's memory. From a pack in memory just the entry is copied; from
// a file more is read than is asked for and kept for a while: entries of one delta tree stand close together, but not in the
// order in which they are rebuilt.
import { SLACK, type Unpacker } from '../kernel/unpacker.ts';
import type { PackFile } from './pack-file.ts';

/** Entries up to this size come through the window. */
export const WINDOW_BYTES = 1 << 18;
/** How much is read from a file at once, and how many such stretches are kept: 4 MiB. */
const STRETCH_BYTES = 1 << 16;
const STRETCHES = 64;
/** What the window needs: one place for a large entry, the stretches, and the slack behind. */
export const WINDOW_ROOM = WINDOW_BYTES + STRETCHES * (STRETCH_BYTES + SLACK) + SLACK;

export interface PackWindow {
  /** Address of the bytes [offset, offset + size) of the pack, size at most WINDOW_BYTES; -1 when they cannot be read. */
  readonly locate: (pack: PackFile, offset: number, size: number) => number;
}

/** @param at  address of WINDOW_ROOM bytes */
export function createPackWindow(unpacker: Unpacker, at: number): PackWindow {
  unpacker.reserve(at + WINDOW_ROOM);
  const packs: (PackFile | undefined)[] = new Array(STRETCHES).fill(undefined);
  const starts = new Float64Array(STRETCHES);
  const ends = new Float64Array(STRETCHES);
  const lastUse = new Float64Array(STRETCHES);
  let uses = 0;
  let last = 0;
  const placeOf = (slot: number): number => at + WINDOW_BYTES + SLACK + slot * (STRETCH_BYTES + SLACK);
  const holds = (slot: number, pack: PackFile, offset: number, end: number): boolean =>
    packs[slot] === pack && offset >= starts[slot]! && end <= ends[slot]!;

  /** Slot of a stretch that has all the bytes; the one that was not used for longest is filled anew when none has. */
  function findStretch(pack: PackFile, offset: number, end: number): number {
    if (holds(last, pack, offset, end)) return last;
    let oldest = 0;
    for (let slot = 0; slot < STRETCHES; slot++) {
      if (holds(slot, pack, offset, end)) return slot;
      if (lastUse[slot]! < lastUse[oldest]!) oldest = slot;
    }
    const place = placeOf(oldest);
    packs[oldest] = pack;
    starts[oldest] = offset;
    ends[oldest] = offset + pack.read(unpacker.memory().subarray(place, place + STRETCH_BYTES), offset);
    return oldest;
  }

  return {
    locate: (pack, offset, wanted) => {
      if (pack.content) {
        if (offset + wanted > pack.content.length) return -1;
        unpacker.memory().set(pack.content.subarray(offset, offset + wanted), at);
        return at;
      }
      if (wanted > STRETCH_BYTES)
        return pack.read(unpacker.memory().subarray(at, at + wanted), offset) === wanted ? at : -1;
      last = findStretch(pack, offset, offset + wanted);
      lastUse[last] = ++uses;
      return holds(last, pack, offset, offset + wanted) ? placeOf(last) + (offset - starts[last]!) : -1;
    },
  };
}
