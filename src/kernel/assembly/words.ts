// Looks the tables' words up in the text: prefixes and near words by position, anchors by the places that the nibble
// tables have marked. The layout of the tables is in src/kernel/tables.ts.
import { findAssignedValue, isCredentialUrl } from './assigned-value';
import { digitsOf, input, isAlnum, length, lettersOf } from './bytes';
import { emit, KIND_ANCHOR, KIND_NEAR, KIND_PREFIX } from './candidates';

const ENTRY_BYTES: usize = 16;
/** Near words of so many bytes and more are kept by their first six. */
const LONG_NEAR: i32 = 6;
/** Set in every byte of a text or word that is compared without case. */
const FOLD: u32 = 0x20202020;

let tables: usize = 0;
let prefixBitmap: usize = 0;
let prefixHeads: usize = 0;
let nearBitmap: usize = 0;
let nearKeyBitmap: usize = 0;
let nearHeads: usize = 0;
let entries: usize = 0;
let anchorHeads: usize = 0;
let anchorBitmap: usize = 0;
/** Four positions of nibble tables, 32 bytes each. */
export let teddy: usize = 0;

export function setTables(at: usize): void {
  tables = at;
  prefixBitmap = at + <usize>load<u32>(at, 0);
  prefixHeads = at + <usize>load<u32>(at, 4);
  nearBitmap = at + <usize>load<u32>(at, 8);
  nearHeads = at + <usize>load<u32>(at, 12);
  entries = at + <usize>load<u32>(at, 16);
  teddy = at + <usize>load<u32>(at, 24);
  anchorHeads = at + <usize>load<u32>(at, 28);
  anchorBitmap = at + <usize>load<u32>(at, 32);
  nearKeyBitmap = at + <usize>load<u32>(at, 36);
}

/** Hash of four bytes, or of three with a zero behind. Words are kept by their first four bytes, short ones by all three. */
// @ts-ignore: decorator
@inline
function hashOf(bytes: u32): u32 {
  return (bytes * 0x9e3779b1) >> 16;
}

/** The bit of the near bitmap, which is larger: NEAR_BITMAP_BITS of src/kernel/tables.ts. */
// @ts-ignore: decorator
@inline
function nearBit(bytes: u32): u32 {
  return bitOf(nearBitmap, (bytes * 0x9e3779b1) >> 14);
}

// @ts-ignore: decorator
@inline
function bitOf(bitmap: usize, hash: u32): u32 {
  return <u32>load<u8>(bitmap + <usize>(hash >> 3)) >> (hash & 7);
}

/** True when the entry's literal stands at `at`; its last bytes differ first among words that start alike. */
// @ts-ignore: decorator
@inline
function stands(entry: usize, size: usize, at: usize, fold: u32): bool {
  if (size >= 4 && load<u32>(entry, 12) != (load<u32>(at + size - 4) | fold)) return false;
  const literal = tables + <usize>load<u32>(entry, 4);
  let i: usize = 0;
  while (i < size && load<u8>(literal + i) == (load<u8>(at + i) | <u8>fold)) i++;
  return i == size;
}

/** Emits a candidate for each word of `least` to `most` bytes in the hash's list that stands at `position`. */
// @ts-ignore: decorator
@inline
function takeWords(heads: usize, hash: u32, least: i32, most: i32, position: i32, fold: u32, kind: i32): void {
  let entry = <u32>load<u16>(heads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const size = <i32>load<u8>(e, 8);
    if (size >= least && size <= most && position + size <= length && stands(e, size, input + <usize>position, fold)) {
      emit(kind, <i32>load<u16>(e), position, 0);
    }
    entry = <u32>load<u16>(e, 2);
  }
}

/** Emits a prefix candidate for each table literal that stands at `position`. */
export function lookUpPrefix(position: i32): void {
  const four = load<u32>(input + <usize>position);
  const hash = hashOf(four);
  if (bitOf(prefixBitmap, hash) & 1) takeWords(prefixHeads, hash, 4, 64, position, 0, KIND_PREFIX);
  const short = hashOf(four & 0xffffff);
  if (bitOf(prefixBitmap, short) & 1) takeWords(prefixHeads, short, 3, 3, position, 0, KIND_PREFIX);
}

/** Emits a near candidate for each table word that stands at `position`, letters compared without case. */
function lookUpNear(position: i32): void {
  const bytes = load<u64>(input + <usize>position) | 0x2020202020202020;
  const four = <u32>bytes;
  if (!(nearBit(four) & 1)) return;
  // The first bit says too little: of 840 starts of words in a MB of source 70 are words.
  const long = (four * 0x9e3779b1 + <u32>((bytes >> 32) & 0xffff) * 0x85ebca6b) >> 16;
  if (bitOf(nearKeyBitmap, long) & 1) takeWords(nearHeads, long, LONG_NEAR, 64, position, FOLD, KIND_NEAR);
  const hash = hashOf(four);
  if (bitOf(nearKeyBitmap, hash) & 1) takeWords(nearHeads, hash, 4, LONG_NEAR - 1, position, FOLD, KIND_NEAR);
  const short = hashOf(four & 0xffffff);
  if (bitOf(nearKeyBitmap, short) & 1) takeWords(nearHeads, short, 3, 3, position, FOLD, KIND_NEAR);
}

/** Looks for near words at every position of [from, to); four at a time, because a branch for each cost a third more. */
export function lookUpNears(from: i32, to: i32): void {
  let position = from;
  for (; position + 4 <= to; position += 4) {
    const bytes = load<u64>(input + <usize>position) | 0x2020202020202020;
    const bits = nearBit(<u32>bytes) | nearBit(<u32>(bytes >> 8)) | nearBit(<u32>(bytes >> 16)) | nearBit(<u32>(bytes >> 24));
    if (bits & 1) for (let i = 0; i < 4; i++) lookUpNear(position + i);
  }
  for (; position < to; position++) lookUpNear(position);
}

/** Looks for prefixes at every word start of [from, to). */
export function lookUpPrefixes(from: i32, to: i32): void {
  let previous = from > 0 && isAlnum(<u32>load<u8>(input + <usize>from - 1)) ? 1 : 0;
  for (let base = from; base < to; base += 16) {
    const v = v128.load(input + <usize>base);
    const alnum = i8x16.bitmask(v128.or(digitsOf(v), lettersOf(v)));
    let starts = alnum & ~((alnum << 1) | previous);
    previous = (alnum >> 15) & 1;
    while (starts != 0) {
      const position = base + ctz(starts);
      if (position >= to) return;
      lookUpPrefix(position);
      starts &= starts - 1;
    }
  }
}

/** The nibble tables light up for every mix of a bucket's bytes: emits the anchors whose marked bytes do stand at `marked`. */
// @ts-ignore: decorator
@inline
export function lookUpAnchors(marked: i32): void {
  const four = load<u32>(input + <usize>marked) | FOLD;
  const hash = hashOf(four);
  if (!(bitOf(anchorBitmap, hash) & 1)) return;
  takeAnchors(marked, hash, 4, 64);
  takeAnchors(marked, hashOf(four & 0xffffff), 3, 3);
}

function takeAnchors(marked: i32, hash: u32, least: i32, most: i32): void {
  let entry = <u32>load<u16>(anchorHeads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const size = <i32>load<u8>(e, 8);
    const position = marked - <i32>load<u8>(e, 10);
    if (size >= least && size <= most && position >= 0 && position + size <= length) {
      if (stands(e, size, input + <usize>position, FOLD)) takeAnchor(e, position, size);
    }
    entry = <u32>load<u16>(e, 2);
  }
}

/** An anchor stands at `position`: emits it when what follows is as it demands. */
function takeAnchor(entry: usize, position: i32, size: i32): void {
  const flags = load<u8>(entry, 9);
  const id = <i32>load<u16>(entry);
  if (flags & 1) {
    const value = findAssignedValue(position, position + size);
    if (value != 0) emit(KIND_ANCHOR, id, position, value);
  } else if (!(flags & 2) || isCredentialUrl(position + size)) {
    emit(KIND_ANCHOR, id, position, 0);
  }
}
