// The tables that a scan wakes rules by, as they are kept. What builds them is in wake-table.ts, which a scan does not load.
import type { AnchorPlaces } from '../kernel/anchor-buckets.ts';

/** What a word of the kernel stands for: its length in bytes, then the indexes of the rules it wakes. */
export type WokenRules = readonly [size: number, ...rules: number[]];

/** What the words of one kind stand for, by the word's id. */
export interface WokenLists {
  /** All of it, as it is kept. */
  readonly text: string;
  readonly count: number;
  readonly at: (id: number) => WokenRules;
}

/** Kept as text, which loads quickly: of ten thousand lists a hook asks for a few. */
export function keepWokenLists(lists: readonly WokenRules[]): WokenLists {
  return readWokenLists(lists.map((list) => list.join(',')).join(';'));
}

export function readWokenLists(text: string): WokenLists {
  const written = text === '' ? [] : text.split(';');
  const read: (WokenRules | undefined)[] = [];
  return {
    text,
    count: written.length,
    at: (id) => {
      read[id] ??= written[id]!.split(',').map(Number) as [number, ...number[]];
      return read[id];
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
