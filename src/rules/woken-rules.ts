// The tables that a scan wakes rules by, as they are kept. What builds them is in wake-table.ts, which a scan does not load.
import type { AnchorPlaces } from '../kernel/anchor-buckets.ts';

/** What a word of the kernel stands for: its length in bytes, then the indexes of the rules it wakes. */
export type WokenRules = readonly [size: number, ...rules: number[]];

export interface WakeTable {
  /** For createKernel. */
  readonly kernelTables: Uint8Array;
  readonly prefixes: readonly WokenRules[];
  readonly nears: readonly WokenRules[];
  readonly anchors: readonly WokenRules[];
  /** For tables of a part of the rules, or of more: finding places anew takes seconds. */
  readonly anchorPlaces: AnchorPlaces;
}

/** Stands in a list of rules for "a block of suppression may open here". */
export const BLOCK_OPENER = -1;
/** `FIRST_ENCODED_MARK - i` stands for "the sign ENCODED_MARKS[i] of escaped text". */
export const FIRST_ENCODED_MARK = -2;
