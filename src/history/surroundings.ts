// What stands around something found at the first look, kept so that it can be judged under a file's real path without
// reading the file again. Thousands of versions share what they have not changed. Holds values in clear, like any text that is
// scanned; it never leaves the process.

/** A piece of a text and, in it, where the candidates stand that are to be judged. */
export interface Surrounding {
  readonly text: Buffer;
  readonly ownStart: number;
  readonly ownEnd: number;
}

/** Stands in the place of a number: counts under any path, or nobody knows. */
export const ANY_PATH = -1;
/** Counts under no path. */
export const NO_PATH = -2;
/** Pieces of about 3 KB; of more than these nothing is kept, and files are read again. */
const MOST = 20_000;

export interface SurroundingList {
  readonly all: readonly Surrounding[];
  /** Number of a piece, the same for the same bytes; ANY_PATH when there are too many. */
  readonly add: (text: Uint8Array, ownStart: number, ownEnd: number) => number;
}

export function createSurroundings(): SurroundingList {
  const all: Surrounding[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    add: (text, ownStart, ownEnd) => {
      const copy = Buffer.from(text);
      const key = `${ownStart} ${ownEnd} ${copy.toString('latin1')}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      if (all.length >= MOST) return ANY_PATH;
      numbers.set(key, all.length);
      all.push({ text: copy, ownStart, ownEnd });
      return all.length - 1;
    },
  };
}

/** What is known of a held blob: numbers of surroundings, each once; ANY_PATH among them stands for all. */
export type SurroundingRefs = readonly number[];
