// The tables that drive the kernel: which literals are looked for, and how. Built once from the rules (rules/wake-table.ts),
// read by the WebAssembly module and by the plain twin alike. Layout in docstrings; everything is little-endian.
//
// Three ways to find a place worth a look (design section 7):
//   prefix  literal, case-sensitive, at a word start in or just before a long run of token characters
//   near    word, case-folded, up to 96 bytes before (or inside) a long run that holds two digits
//   anchor  literal, case-folded, anywhere; with or without a demand on what follows

import type { AnchorDemand, AnchorPlaces, KernelAnchor, KernelWord } from './anchor-buckets.ts';
import { bytesOf } from './fold.ts';
import {
  BITMAP_BITS,
  ENTRY_BYTES,
  FLAG_ASSIGNMENT,
  FLAG_URL,
  HEADER,
  hashNumber,
  LONGEST_WORD,
  nearHash,
  startNumber,
} from './table-layout.ts';

export interface KernelWords {
  readonly prefixes: readonly KernelWord[];
  readonly nears: readonly KernelWord[];
  readonly anchors: readonly KernelAnchor[];
}

const HEADER_BYTES = 48;

/**
 * Bits that tell which hashes of a word's start occur. Near words are many: in a small table a fifth of all looks would be
 * false.
 */
const NEAR_BITMAP_BITS = 18;
/** A byte that may follow a word of three, folded: all those with bit 5. */
const FOLDED_BYTES = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte & 0x20) !== 0);
/** 4,096 u16: first entry of each hash, 0 = none; entries are numbered from 1. */
const HEADS_BYTES = 4096 * 2;
const FLAG_OF: Readonly<Record<AnchorDemand, number>> = { none: 0, assignment: FLAG_ASSIGNMENT, url: FLAG_URL };
/** Four positions × (16 low-nibble bytes + 16 high-nibble bytes); a bit for each of eight buckets. */
const TEDDY_BYTES = 128;

/**
 * Lays the words out for the kernel.
 *
 * @param places of all anchors, from placeAnchors
 * @throws RangeError when a literal is shorter than 3 or longer than 64 bytes, or there are more than 65,000 of them
 */
export function buildKernelTables(words: KernelWords, places: AnchorPlaces): Uint8Array {
  const all = words.prefixes.length + words.nears.length + words.anchors.length;
  if (all > 65_000) throw new RangeError(`${all} wake-up words; at most 65,000 fit`);
  const literalBytes = [...words.prefixes, ...words.nears, ...words.anchors].reduce((n, w) => n + w.literal.length, 0);
  const at = { ...HEADER };
  let size = HEADER_BYTES;
  const reserve = (bytes: number): number => {
    const start = size;
    size += (bytes + 15) & ~15;
    return start;
  };
  const place: Record<keyof typeof at, number> = {
    prefixBitmap: reserve(1 << (BITMAP_BITS - 3)),
    prefixHeads: reserve(HEADS_BYTES),
    nearBitmap: reserve(1 << (NEAR_BITMAP_BITS - 3)),
    nearKeyBitmap: reserve(1 << (BITMAP_BITS - 3)),
    nearHeads: reserve(HEADS_BYTES),
    entries: reserve((all + 1) * ENTRY_BYTES),
    teddy: reserve(TEDDY_BYTES),
    anchorBitmap: reserve(1 << (BITMAP_BITS - 3)),
    anchorHeads: reserve(HEADS_BYTES),
    literals: reserve(literalBytes),
  };
  const table = new Uint8Array(size);
  const view = new DataView(table.buffer);
  for (const key of Object.keys(at) as (keyof typeof at)[]) view.setUint32(at[key], place[key], true);

  let entry = 1;
  let literalAt = place.literals;
  const addEntry = (word: KernelWord, literal: Uint8Array, headAt: number, flags: number, markAt: number): void => {
    if (literal.length < 3 || literal.length > LONGEST_WORD) {
      throw new RangeError(`wake-up word "${word.literal}" must have 3 to 64 characters`);
    }
    const base = place.entries + entry * ENTRY_BYTES;
    table.set(literal, literalAt);
    view.setUint16(base, word.id, true);
    view.setUint16(base + 2, view.getUint16(headAt, true), true);
    view.setUint32(base + 4, literalAt, true);
    view.setUint8(base + 8, literal.length);
    view.setUint8(base + 9, flags);
    view.setUint8(base + 10, markAt);
    for (let i = 0; i < 4; i++) table[base + 12 + i] = literal[literal.length - 4 + i] ?? 0;
    view.setUint16(headAt, entry, true);
    literalAt += literal.length;
    entry++;
  };
  const setBit = (bitmap: number, bit: number): void => {
    table[bitmap + (bit >> 3)]! |= 1 << (bit & 7);
  };
  /** The kernel asks one bit for words of three and of more bytes: for those of three, the bits of all that may follow. */
  const setStartBits = (bitmap: number, bits: number, start: ArrayLike<number>): void => {
    const number = startNumber(start);
    if (start.length > 3) setBit(bitmap, hashNumber(number, bits));
    else for (const byte of FOLDED_BYTES) setBit(bitmap, hashNumber(number | (byte << 24), bits));
  };
  for (const word of words.prefixes) {
    const literal = bytesOf(word.literal, false);
    const hash = hashNumber(startNumber(literal));
    setBit(place.prefixBitmap, hash);
    addEntry(word, literal, place.prefixHeads + (hash & 4095) * 2, 0, 0);
  }
  for (const word of words.nears) {
    const literal = bytesOf(word.literal, true);
    const hash = nearHash(literal);
    setStartBits(place.nearBitmap, NEAR_BITMAP_BITS, literal.subarray(0, 4));
    setBit(place.nearKeyBitmap, hash);
    addEntry(word, literal, place.nearHeads + (hash & 4095) * 2, 0, 0);
  }

  for (const anchor of words.anchors) {
    const literal = bytesOf(anchor.literal, true);
    const [bucket, markAt] = places[anchor.literal]!;
    const four = literal.subarray(markAt, markAt + 4);
    const hash = hashNumber(startNumber(four));
    setStartBits(place.anchorBitmap, BITMAP_BITS, four);
    addEntry(anchor, literal, place.anchorHeads + (hash & 4095) * 2, FLAG_OF[anchor.demand], markAt);
    for (let i = 0; i < 4; i++) {
      const low = place.teddy + i * 32;
      const byte = four[i];
      if (byte === undefined) {
        for (let n = 0; n < 32; n++) table[low + n]! |= 1 << bucket;
      } else {
        table[low + (byte & 15)]! |= 1 << bucket;
        // Folded here, so that the kernel needs not set bit 5 of each byte: a letter's two cases differ in the high nibble.
        table[low + 16 + (byte >> 4)]! |= 1 << bucket;
        table[low + 16 + ((byte >> 4) & ~2)]! |= 1 << bucket;
      }
    }
  }
  return table;
}
