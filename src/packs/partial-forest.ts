// The same as delta-forest.ts for a few objects of a pack: only their headers and those of their bases are read, so that a
// large pack need not be gone through for a handful of objects.

import { createEntryHeader, ENTRY, MAX_ENTRY_HEADER_BYTES, readEntryHeader } from '../git/entry-header.ts';
import type { DeltaForest } from './delta-forest.ts';
import { PACK_HEADER_BYTES, type PackFile } from './pack-file.ts';
import type { PackIndex } from './pack-index.ts';

interface Found {
  readonly offset: number;
  /** Number in the index; -1 when nobody has asked yet. */
  number: number;
  headerBytes: number;
  sizeBytes: number;
  /** Of a whole object; 0 otherwise. */
  type: number;
  /** Where the base starts; -1 for none or an unknown one. */
  baseOffset: number;
}

/** Numbers of the index by offset: all of it, because offsets are not sorted there. Made at first need. */
function createNumberFinder(index: PackIndex): (offset: number) => number {
  let byOffset: Map<number, number> | undefined;
  return (offset) => {
    if (!byOffset) {
      byOffset = new Map();
      for (let i = 0; i < index.count; i++) byOffset.set(index.offsetOf(i), i);
    }
    return byOffset.get(offset) ?? -1;
  };
}

/**
 * @param pack  an open pack whose frame is sound
 * @param numbers  of the wanted objects, in the index
 */
export function readPartialForest(pack: PackFile, index: PackIndex, numbers: readonly number[]): DeltaForest {
  const end = pack.sizeBytes - index.idBytes;
  const found = new Map<number, Found>();
  const numberOf = createNumberFinder(index);
  const buffer = Buffer.alloc(MAX_ENTRY_HEADER_BYTES);
  const header = createEntryHeader();
  const open: Found[] = [];
  const add = (offset: number, number: number): void => {
    const known = found.get(offset);
    if (known) {
      if (known.number < 0) known.number = number;
      return;
    }
    const one: Found = { offset, number, headerBytes: 0, sizeBytes: 0, type: 0, baseOffset: -1 };
    found.set(offset, one);
    open.push(one);
  };
  for (const number of numbers) add(index.offsetOf(number), number);
  for (let one = open.pop(); one; one = open.pop()) {
    const { offset } = one;
    if (!(offset >= PACK_HEADER_BYTES && offset < end)) continue;
    const got = pack.read(buffer.subarray(0, Math.min(MAX_ENTRY_HEADER_BYTES, end - offset)), offset);
    if (got <= 0 || !readEntryHeader(buffer.subarray(0, got), 0, index.idBytes, header)) continue;
    one.headerBytes = header.headerBytes;
    one.sizeBytes = Math.min(header.sizeBytes, 0xffffffff);
    if (header.kind === ENTRY.offsetDelta) one.baseOffset = offset - header.distance;
    else if (header.kind === ENTRY.idDelta) {
      const base = index.find(buffer, header.idAt);
      one.baseOffset = base < 0 ? -1 : index.offsetOf(base);
    } else one.type = header.kind;
    if (one.baseOffset >= 0) add(one.baseOffset, -1);
  }
  return layOut(
    [...found.values()].sort((a, b) => a.offset - b.offset),
    end,
    numberOf,
  );
}

function layOut(nodes: readonly Found[], end: number, numberOf: (offset: number) => number): DeltaForest {
  const count = nodes.length;
  const placeOf = new Map(nodes.map(({ offset }, i) => [offset, i]));
  const offsets = new Float64Array(count + 1);
  const idNumbers = new Uint32Array(count);
  const types = new Uint8Array(count);
  const parents = new Int32Array(count).fill(-1);
  const headerBytes = new Uint8Array(count);
  const sizes = new Uint32Array(count);
  const children: number[][] = nodes.map(() => []);
  for (const [i, node] of nodes.entries()) {
    offsets[i] = node.offset;
    idNumbers[i] = Math.max(0, node.number);
    types[i] = node.type;
    headerBytes[i] = node.headerBytes;
    sizes[i] = node.sizeBytes;
    const parent = node.baseOffset < 0 ? undefined : placeOf.get(node.baseOffset);
    if (node.type !== 0 || parent === undefined) continue;
    // A base that no index names is none: git would not find it either.
    if (nodes[parent]!.number < 0 && numberOf(node.baseOffset) < 0) continue;
    parents[i] = parent;
    children[parent]!.push(i);
  }
  offsets[count] = end;
  const order: number[] = [];
  for (let i = 0; i < count; i++) if (types[i] !== 0) order.push(i);
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    for (const child of children[node]!) {
      types[child] = types[node]!;
      order.push(child);
    }
  }
  // Those that no walk from a whole object reaches are asked of git, which must not be asked about circles.
  const reached = new Set(order);
  const circular: number[] = [];
  for (let i = 0; i < count; i++) {
    if (reached.has(i)) continue;
    const seen = new Set<number>();
    let at = i;
    while (at >= 0 && !seen.has(at)) {
      seen.add(at);
      at = parents[at]!;
    }
    if (at >= 0) circular.push(i);
  }
  return { count, offsets, idNumbers, types, parents, headerBytes, sizes, order: Uint32Array.from(order), circular };
}
