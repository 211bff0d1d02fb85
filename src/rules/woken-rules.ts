// The tables that a scan wakes rules by, as they are kept. What builds them is in wake-table.ts, which a scan does not load.
import type { AnchorPlaces } from '../kernel/anchor-buckets.ts';

/** What a word of the kernel stands for: its length in bytes, then the indexes of the rules it wakes. */
export type WokenRules = readonly [size: number, ...rules: number[]];

/** What the words of one kind stand for, by the word's id. */
export interface WokenLists {
  /** Where the list of each id begins in `numbers`, and where the last one ends. */
  readonly starts: Uint32Array;
  readonly numbers: Int32Array;
  readonly count: number;
  readonly at: (id: number) => WokenRules;
}

export function keepWokenLists(lists: readonly WokenRules[]): WokenLists {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, id) => {
    starts[id + 1] = starts[id]! + list.length;
  });
  return viewWokenLists(starts, Int32Array.from(lists.flat()));
}

/** Makes a list when it is asked for: of ten thousand a hook wants a few. */
export function viewWokenLists(starts: Uint32Array, numbers: Int32Array): WokenLists {
  const made = new Map<number, WokenRules>();
  return {
    starts,
    numbers,
    count: starts.length - 1,
    at: (id) => {
      const known = made.get(id);
      if (known) return known;
      const list = Array.from(numbers.subarray(starts[id], starts[id + 1])) as [number, ...number[]];
      made.set(id, list);
      return list;
    },
  };
}

export interface WakeTable {
  /** For createKernel. */
  readonly kernelTables: Uint8Array;
  readonly prefixes: WokenLists;
  readonly nears: WokenLists;
  readonly anchors: WokenLists;
  /** For tables of a part of the rules, or of more: finding places anew takes seconds. */
  readonly anchorPlaces: AnchorPlaces;
}

/** Stands in a list of rules for "a block of suppression may open here". */
export const BLOCK_OPENER = -1;
/** `FIRST_ENCODED_MARK - i` stands for "the sign ENCODED_MARKS[i] of escaped text". */
export const FIRST_ENCODED_MARK = -2;
