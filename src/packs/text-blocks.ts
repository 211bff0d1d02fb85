// Shares out the unpacker's memory behind a fixed part: blocks in size classes, given back one by one and all at once
// between delta trees. Must keep to its budget, whatever sizes a pack claims.
import { SLACK, type Unpacker } from '../kernel/unpacker.ts';

const SMALLEST_BITS = 12;
/** A text may take a block of so many classes above its own: versions of a file mostly shrink along a chain of deltas. */
const CLASSES_ABOVE = 4;

export interface TextBlocks {
  /** Address of a block for `size` bytes and the slack; -1 when the budget is used up. */
  readonly take: (size: number) => number;
  readonly give: (at: number) => void;
  /** Gives everything back. */
  readonly reset: () => void;
}

/** Four classes between two powers of two. */
function classOf(size: number): number {
  if (size <= 1 << SMALLEST_BITS) return 0;
  const bits = 31 - Math.clz32(size - 1);
  const quarter = ((size - 1) >>> (bits - 2)) & 3;
  return (bits - SMALLEST_BITS) * 4 + quarter + 1;
}

function sizeOf(number: number): number {
  if (number === 0) return 1 << SMALLEST_BITS;
  const bits = ((number - 1) >> 2) + SMALLEST_BITS;
  return (5 + ((number - 1) & 3)) * 2 ** (bits - 2);
}

/** @param start  first address to share out */
export function createTextBlocks(unpacker: Unpacker, start: number, budgetBytes: number): TextBlocks {
  const free: number[][] = [];
  /** Class of each block, by its address. */
  const classes = new Map<number, number>();
  let top = start;
  return {
    take: (size) => {
      const number = classOf(size + SLACK);
      for (let fitting = number; fitting <= number + CLASSES_ABOVE; fitting++) {
        const reused = free[fitting]?.pop();
        if (reused !== undefined) return reused;
      }
      const bytes = sizeOf(number);
      if (top + bytes > start + budgetBytes) return -1;
      const at = top;
      unpacker.reserve(at + bytes);
      top = at + bytes;
      classes.set(at, number);
      return at;
    },
    give: (at) => {
      const number = classes.get(at)!;
      free[number] ??= [];
      free[number].push(at);
    },
    reset: () => {
      top = start;
      classes.clear();
      for (const list of free) if (list) list.length = 0;
    },
  };
}
