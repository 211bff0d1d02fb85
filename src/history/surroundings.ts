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

/** Every so many bytes go into the number that pieces are looked up by; those that share it are compared whole. */
const SAMPLE_STEP = 13;
/** More pieces with one sample were made to have it: nothing more of them is kept, so that nobody can make us slow. */
const MOST_ALIKE = 64;

function sampleOf(text: Uint8Array, ownStart: number, ownEnd: number): number {
  let sample = Math.imul(text.length, 0x9e3779b1) ^ Math.imul(ownStart, 0x85ebca6b) ^ ownEnd;
  for (let i = 0; i < text.length; i += SAMPLE_STEP) sample = Math.imul(sample ^ text[i]!, 0x01000193);
  return sample;
}

export function createSurroundings(): SurroundingList {
  const all: Surrounding[] = [];
  /** Numbers of the pieces that have the same sample. */
  const numbers = new Map<number, number[]>();
  return {
    all,
    add: (text, ownStart, ownEnd) => {
      const sample = sampleOf(text, ownStart, ownEnd);
      const alike = numbers.get(sample) ?? [];
      numbers.set(sample, alike);
      for (const number of alike) {
        const one = all[number]!;
        if (one.ownStart === ownStart && one.ownEnd === ownEnd && one.text.equals(text)) return number;
      }
      if (all.length >= MOST || alike.length >= MOST_ALIKE) return ANY_PATH;
      alike.push(all.length);
      all.push({ text: Buffer.from(text), ownStart, ownEnd });
      return all.length - 1;
    },
  };
}

/** What is known of a held blob: numbers of surroundings, each once; ANY_PATH among them stands for all. */
export type SurroundingRefs = readonly number[];
