// How random a text looks: Shannon entropy of its characters, and the mean surprise of its character pairs against words
// and identifiers. Pure arithmetic; no words, no rules.
import { PAIR_ALPHABET, PAIR_RARITY } from './pair-rarity-table.ts';

/** Shannon entropy of the characters, in bits a character; 0 for an empty text. */
export function shannonEntropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}

let indexOfCode: Int8Array | undefined;

function alphabetIndex(): Int8Array {
  if (!indexOfCode) {
    indexOfCode = new Int8Array(256).fill(-1);
    for (let i = 0; i < PAIR_ALPHABET.length; i++) indexOfCode[PAIR_ALPHABET.charCodeAt(i)] = i;
  }
  return indexOfCode;
}

/** A pair with a character outside the alphabet, such as `/` or `+`, counts as this many bits. */
const FOREIGN_PAIR_BITS = 5;

/**
 * Mean surprise of neighbouring characters in bits: about 3.5 to 5 for words and identifiers, about 7 for random
 * letters and digits. 0 for texts shorter than 2.
 */
export function pairSurpriseBits(text: string): number {
  if (text.length < 2) return 0;
  const index = alphabetIndex();
  let quarters = 0;
  let last = index[text.charCodeAt(0) & 255]!;
  for (let i = 1; i < text.length; i++) {
    const next = index[text.charCodeAt(i) & 255]!;
    quarters += last < 0 || next < 0 ? FOREIGN_PAIR_BITS * 4 : PAIR_RARITY[last]!.charCodeAt(next) - 65;
    last = next;
  }
  return quarters / 4 / (text.length - 1);
}
