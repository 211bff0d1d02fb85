// What packs need of the kernel: inflating zlib streams and applying git's deltas, from place to place in one memory, so
// that nothing is copied between the steps. create-unpacker.ts chooses between the WebAssembly module and its plain twin.

/** Bytes behind every input and output that the unpacker may read or write, and that must lie inside the memory. */
export const SLACK = 320;

/** Results below zero. */
export const UNPACK = {
  /** No zlib data, a wrong checksum, no delta, or a delta that does not fit its base. */
  bad: -1,
  /** The stream goes on behind the input. */
  truncated: -2,
  /** The output is full and the stream goes on. */
  full: -3,
  /** A size in a delta that needs more than 31 bits. */
  tooLarge: -4,
} as const;

export interface DeltaHeader {
  /** Where the commands start, from the delta's start; one of UNPACK when the header is unsound, and then nothing else counts. */
  readonly size: number;
  readonly baseBytes: number;
  readonly resultBytes: number;
}

/** Where readChanges() finds and puts its lists, numbers of four bytes in the memory. Addresses are multiples of four. */
export interface ChangePlaces {
  /** Changes that are no farther apart are one. */
  readonly joinBytes: number;
  /** What is farther from both ends of a copied stretch counts as spared. */
  readonly reachBytes: number;
  /** Places in the base, ascending. */
  readonly pointsAt: number;
  /** Start and end of each change, in the text. */
  readonly changesAt: number;
  readonly mostChanges: number;
  /** Each copied stretch in which a point stands: start in the text, start in the base, bytes. */
  readonly copiesAt: number;
  readonly mostCopies: number;
}

export interface Unpacker {
  /** First address that is free for use. Addresses below are the unpacker's own. */
  readonly start: number;
  /** All memory. Ask again after reserve(): it may have moved. */
  readonly memory: () => Uint8Array;
  /** Makes addresses up to `end` usable, slack included. @throws RangeError when there is no memory for it */
  readonly reserve: (end: number) => void;
  /**
   * Inflates one zlib stream. The slack behind input and output may be read and overwritten.
   *
   * @returns bytes written when the stream ends within the input, fits and has the right checksum; else one of UNPACK. After
   *   `full` the output holds its first `outSize` bytes.
   */
  readonly inflate: (inAt: number, inSize: number, outAt: number, outSize: number) => number;
  /** Reads the sizes in front of a delta. */
  readonly readDeltaHeader: (deltaAt: number, deltaSize: number) => DeltaHeader;
  /**
   * Applies a delta's commands. Output and base must not overlap.
   *
   * @param outSize  exactly what the delta's header says
   * @returns 0, or UNPACK.bad
   */
  readonly applyDelta: (
    commandsAt: number,
    commandsSize: number,
    baseAt: number,
    baseSize: number,
    outAt: number,
    outSize: number,
  ) => number;
  /**
   * What a delta that was applied changes: all that stands in no copied stretch, and where two stretches meet that did not
   * in the base. What is contiguous in both texts is one stretch.
   *
   * @returns number of changes, or UNPACK.full when there is no room for all
   */
  readonly readChanges: (
    commandsAt: number,
    commandsSize: number,
    baseBytes: number,
    pointCount: number,
    places: ChangePlaces,
  ) => number;
  /** Copied stretches that the last readChanges() has put down. */
  readonly keptCopies: () => number;
  /** See ChangePlaces.reachBytes; of the last readChanges(). */
  readonly sparedBytes: () => number;
}
