// What the detector gets: a window of a text that lies in the kernel's input, and what its path tells.
import type { PathKind } from '../util/path-kind.ts';

/** Facts about the whole text, the same for each of its chunks. What the path tells is asked for only when it matters. */
export interface TextTraits {
  readonly pathKind: () => PathKind;
  /** In code a value without quotes is an expression; in other files it may be the value itself. */
  readonly isCode: () => boolean;
  /** A NUL byte was seen: only specific rules apply. */
  readonly isBinary: boolean;
}

export interface Chunk {
  /** Bytes of the window: the kernel's input from 0 to `size`. */
  readonly size: number;
  /** Where the window starts in the text. */
  readonly baseOffset: number;
  /** Candidates in [ownStart, ownEnd) belong to this chunk; the rest is context that a neighbour owns. */
  readonly ownStart: number;
  readonly ownEnd: number;
  readonly traits: TextTraits;
}

/**
 * Bytes of context that a chunk needs on both sides, so that a text gives the same findings however it is cut. No rule
 * may look farther (RuleMatcher.maxBytes plus names, operators and parts).
 */
export const CONTEXT_BYTES = 18_432;

/**
 * Candidates so far outside the own range are looked at too where encoded text stands: it takes the place of values that a
 * name on the other side of the border has. They are not reported.
 */
export const NEIGHBOUR_BYTES = 1024;
