// Finds out what each entry of a pack is and which entry it builds on: one pass over the headers, then a walk from the whole
// objects down. Whatever the walk does not reach (a base that is missing, a circle, a broken header) is doubtful.
import { createEntryHeader, ENTRY, MAX_ENTRY_HEADER_BYTES, readEntryHeader } from '../git/entry-header.ts';
import { PACK_HEADER_BYTES, type PackFile } from './pack-file.ts';
import type { PackIndex } from './pack-index.ts';
import { sortOffsets } from './sort-offsets.ts';

/** The headers are read through a window of this size. */
const WINDOW_BYTES = 1 << 20;

/** Entries in the order in which they stand in the pack. Arrays lie in shared memory. */
export interface DeltaForest {
  readonly count: number;
  /** Where entry `i` starts; [count] is where the last one ends at most. */
  readonly offsets: Float64Array;
  /** Number of the entry's id in the index. */
  readonly idNumbers: Uint32Array;
  /** ENTRY.commit, tree, blob or tag, a delta's taken from its root; 0 when doubtful. */
  readonly types: Uint8Array;
  /** The entry that a delta builds on; -1 for whole objects and doubtful entries. */
  readonly parents: Int32Array;
  readonly headerBytes: Uint8Array;
  /** What the zlib stream should hold; 2^32 - 1 stands for more. */
  readonly sizes: Uint32Array;
  /** Entries that can be read, every base before what builds on it. */
  readonly order: Uint32Array;
  /** Entries whose bases lead round in a circle, which git must not be asked for: it would never end (2.39). */
  readonly circular: readonly number[];
}

/** Reads headers one after the other, through a window. Bytes behind what was read are stale: who is misled by them fails at
 *  the entry's zlib stream. */
function createHeaderWindow(pack: PackFile, end: number) {
  const { content } = pack;
  if (content) return { seek: (offset: number): number => offset, bytes: content };
  const buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  let from = 0;
  let size = 0;
  /** @returns where the entry stands in `bytes`; -1 when it cannot be read */
  const seek = (offset: number): number => {
    const needed = Math.min(MAX_ENTRY_HEADER_BYTES, end - offset);
    if (offset < from || offset + needed > from + size) {
      from = offset;
      size = pack.read(buffer.subarray(0, Math.min(WINDOW_BYTES, end - offset)), offset);
    }
    return size > 0 ? offset - from : -1;
  };
  return { seek, bytes: buffer };
}

/** The entry before `below` that starts at `offset`; bases are mostly near, so the steps grow. @returns -1 when there is none */
export function findOffset(offsets: Float64Array, offset: number, below: number): number {
  let high = below;
  let step = 1;
  let low = below - step;
  while (low > 0 && (offsets[low] as number) > offset) {
    high = low;
    step *= 2;
    low = Math.max(0, high - step);
  }
  if (low < 0) return -1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return offsets[low] === offset ? low : -1;
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

/** Walks down from the whole objects. @returns the entries met, bases first */
function walkDown(parents: Int32Array, types: Uint8Array): Uint32Array {
  const count = parents.length;
  const starts = new Uint32Array(count + 1);
  for (const parent of parents) if (parent >= 0) starts[parent + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i] as number;
  const children = new Uint32Array(starts[count] as number);
  const next = starts.slice(0, count);
  for (let i = 0; i < count; i++) if ((parents[i] as number) >= 0) children[next[parents[i] as number]!++] = i;
  const order = new Uint32Array(shared(count * 4));
  let filled = 0;
  for (let i = 0; i < count; i++) if (types[i] !== 0) order[filled++] = i;
  for (let at = 0; at < filled; at++) {
    const node = order[at] as number;
    for (let k = starts[node] as number; k < (starts[node + 1] as number); k++) {
      const child = children[k] as number;
      types[child] = types[node] as number;
      order[filled++] = child;
    }
  }
  return order.subarray(0, filled);
}

/** Entries from which the way up never ends. */
function findCircular(parents: Int32Array, types: Uint8Array): number[] {
  const found: number[] = [];
  /** By entry: the walk that met it; walks are numbered from 1. 0 = not met, -1 = ends, -2 = goes round. */
  const met = new Int32Array(parents.length);
  for (let start = 0; start < parents.length; start++) {
    if (types[start] !== 0 || met[start] !== 0) continue;
    const walk = start + 1;
    let node = start;
    while (node >= 0 && met[node] === 0 && types[node] === 0) {
      met[node] = walk;
      node = parents[node] as number;
    }
    const isRound = node >= 0 && (met[node] === walk || met[node] === -2);
    for (let back = start; back >= 0 && met[back] === walk; back = parents[back] as number) {
      met[back] = isRound ? -2 : -1;
      if (isRound) found.push(back);
    }
  }
  return found;
}

/** @param pack  an open pack whose frame is sound */
export function readForest(pack: PackFile, index: PackIndex): DeltaForest {
  const { count, idBytes } = index;
  const end = pack.sizeBytes - idBytes;
  const byId = new Float64Array(count);
  for (let i = 0; i < count; i++) byId[i] = index.offsetOf(i);
  const sorted = sortOffsets(byId);
  const idNumbers = new Uint32Array(shared(count * 4));
  idNumbers.set(sorted);
  const placeOf = new Uint32Array(count);
  const offsets = new Float64Array(shared((count + 1) * 8));
  for (let i = 0; i < count; i++) {
    offsets[i] = byId[sorted[i] as number] as number;
    placeOf[sorted[i] as number] = i;
  }
  offsets[count] = end;
  const types = new Uint8Array(shared(count));
  const parents = new Int32Array(shared(count * 4)).fill(-1);
  const headerBytes = new Uint8Array(shared(count));
  const sizes = new Uint32Array(shared(count * 4));
  const { seek, bytes } = createHeaderWindow(pack, end);
  const header = createEntryHeader();
  for (let i = 0; i < count; i++) {
    const offset = offsets[i] as number;
    if (!(offset >= PACK_HEADER_BYTES && offset < end)) continue;
    const at = seek(offset);
    if (at < 0 || !readEntryHeader(bytes, at, idBytes, header)) continue;
    headerBytes[i] = header.headerBytes;
    sizes[i] = Math.min(header.sizeBytes, 0xffffffff);
    if (header.kind === ENTRY.offsetDelta) parents[i] = findOffset(offsets, offset - header.distance, i);
    else if (header.kind === ENTRY.idDelta) {
      const base = index.find(bytes, at + header.idAt);
      parents[i] = base < 0 ? -1 : (placeOf[base] as number);
    } else types[i] = header.kind;
  }
  const order = walkDown(parents, types);
  const circular = order.length < count ? findCircular(parents, types) : [];
  return { count, offsets, idNumbers, types, parents, headerBytes, sizes, order, circular };
}
