// Notices objects that several packs hold. One open-addressed table over all indexes: it keeps numbers only, the ids stay
// where they are. Looking each id up in every earlier index would cost the number of packs times as much.
import type { PackIndex } from './pack-index.ts';

export interface IdTable {
  /**
   * Adds the ids of an index, in order of the packs.
   *
   * @param sound  by number in the index; doubtful entries do not hide sound ones of later packs
   * @returns by number in the index: 1 when an earlier pack has a sound entry for the id
   */
  readonly add: (pack: number, sound: Uint8Array) => Uint8Array;
}

function isSameId(a: PackIndex, i: number, b: PackIndex, k: number): boolean {
  const atA = a.idStart + i * a.idStride;
  const atB = b.idStart + k * b.idStride;
  for (let n = 0; n < a.idBytes; n++) if (a.bytes[atA + n] !== b.bytes[atB + n]) return false;
  return true;
}

export function createIdTable(indexes: readonly PackIndex[]): IdTable {
  const total = indexes.reduce((sum, index) => sum + index.count, 0);
  const size = 2 ** Math.max(4, Math.ceil(Math.log2(total * 2 + 1)));
  /** Place → number of the id among all, from 1; 0 = empty. */
  const places = new Uint32Array(size);
  const starts: number[] = [];
  let next = 1;
  for (const index of indexes) {
    starts.push(next);
    next += index.count;
  }

  /** Pack of an id by its number among all. */
  const packOf = (number: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  function isRepeated(pack: number, i: number, isKept: boolean): boolean {
    const index = indexes[pack] as PackIndex;
    const at = index.idStart + i * index.idStride;
    const { bytes } = index;
    // Ids are hashes: their front is as good as any.
    const front =
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)) >>>
      0;
    let place = front % size;
    for (let number = places[place] as number; number !== 0; number = places[place] as number) {
      const other = packOf(number);
      if (isSameId(index, i, indexes[other] as PackIndex, number - (starts[other] as number))) return true;
      place = (place + 1) % size;
    }
    if (isKept) places[place] = (starts[pack] as number) + i;
    return false;
  }

  return {
    add: (pack, sound) => {
      const { count } = indexes[pack] as PackIndex;
      const repeated = new Uint8Array(count);
      for (let i = 0; i < count; i++) repeated[i] = isRepeated(pack, i, sound[i] === 1) ? 1 : 0;
      return repeated;
    },
  };
}
