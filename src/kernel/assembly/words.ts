// Looks the tables' words up in the text: prefixes and near words by position, anchors by the places that the nibble
// tables have marked. The layout of the tables is in src/kernel/tables.ts.
import { findAssignedValue, isCredentialUrl } from './assigned-value';
import { input, isAlnum, length } from './bytes';
import { emit, KIND_ANCHOR, KIND_NEAR, KIND_PREFIX } from './candidates';

const ENTRY_BYTES: usize = 12;
/** Set in every byte of a text or word that is compared without case. */
const FOLD: u32 = 0x20202020;

let tables: usize = 0;
let prefixBitmap: usize = 0;
let prefixHeads: usize = 0;
let nearBitmap: usize = 0;
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

/** True when the literal of `size` bytes stands at `at`; the last bytes differ first among words that start alike. */
// @ts-ignore: decorator
@inline
function stands(literal: usize, size: usize, at: usize, fold: u32): bool {
  if (size >= 4 && load<u32>(literal + size - 4) != (load<u32>(at + size - 4) | fold)) return false;
  let i: usize = 0;
  while (i < size && load<u8>(literal + i) == (load<u8>(at + i) | <u8>fold)) i++;
  return i == size;
}

/** Alphanumerics of 16 bytes as a bit mask. */
// @ts-ignore: decorator
@inline
function alnumMask(v: v128): i32 {
  const folded = v128.or(v, i8x16.splat(0x20));
  const letters = i8x16.lt_u(i8x16.sub(folded, i8x16.splat(97)), i8x16.splat(26));
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10));
  return i8x16.bitmask(v128.or(letters, digits));
}

/** Emits a candidate for each word of the list that stands at `position`; of short words only, or of the others. */
// @ts-ignore: decorator
@inline
function takeWords(heads: usize, hash: u32, isShort: bool, position: i32, fold: u32, kind: i32): void {
  let entry = <u32>load<u16>(heads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const size = <i32>load<u8>(e, 8);
    if ((size == 3) == isShort && position + size <= length) {
      if (stands(tables + <usize>load<u32>(e, 4), size, input + <usize>position, fold)) emit(kind, <i32>load<u16>(e), position, 0);
    }
    entry = <u32>load<u16>(e, 2);
  }
}

/** Emits a prefix candidate for each table literal that stands at `position`. */
export function lookUpPrefix(position: i32): void {
  const four = load<u32>(input + <usize>position);
  const hash = hashOf(four);
  if (bitOf(prefixBitmap, hash) & 1) takeWords(prefixHeads, hash, false, position, 0, KIND_PREFIX);
  const short = hashOf(four & 0xffffff);
  if (bitOf(prefixBitmap, short) & 1) takeWords(prefixHeads, short, true, position, 0, KIND_PREFIX);
}

/** Emits a near candidate for each table word that stands at `position`, letters compared without case. */
function lookUpNear(position: i32): void {
  const four = load<u32>(input + <usize>position) | FOLD;
  const three = four & 0xffffff;
  if (nearBit(four) & 1) takeWords(nearHeads, hashOf(four), false, position, FOLD, KIND_NEAR);
  if (nearBit(three) & 1) takeWords(nearHeads, hashOf(three), true, position, FOLD, KIND_NEAR);
}

/** Whether a near word may start with these four folded bytes; in the lowest bit. */
// @ts-ignore: decorator
@inline
function mayBeNear(four: u32): u32 {
  return nearBit(four) | nearBit(four & 0xffffff);
}

/** Looks for near words at every position of [from, to); four at a time, because a branch for each cost a third more. */
export function lookUpNears(from: i32, to: i32): void {
  let position = from;
  for (; position + 4 <= to; position += 4) {
    const bytes = load<u64>(input + <usize>position) | 0x2020202020202020;
    const bits = mayBeNear(<u32>bytes) | mayBeNear(<u32>(bytes >> 8)) | mayBeNear(<u32>(bytes >> 16)) | mayBeNear(<u32>(bytes >> 24));
    if (bits & 1) for (let i = 0; i < 4; i++) lookUpNear(position + i);
  }
  for (; position < to; position++) lookUpNear(position);
}

/** Looks for prefixes at every word start of [from, to). */
export function lookUpPrefixes(from: i32, to: i32): void {
  let previous = from > 0 && isAlnum(<u32>load<u8>(input + <usize>from - 1)) ? 1 : 0;
  for (let base = from; base < to; base += 16) {
    const alnum = alnumMask(v128.load(input + <usize>base));
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
  if (bitOf(anchorBitmap, hash) & 1) takeAnchors(marked, hash, false);
  const short = hashOf(four & 0xffffff);
  if (bitOf(anchorBitmap, short) & 1) takeAnchors(marked, short, true);
}

function takeAnchors(marked: i32, hash: u32, isShort: bool): void {
  let entry = <u32>load<u16>(anchorHeads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const size = <i32>load<u8>(e, 8);
    const position = marked - <i32>load<u8>(e, 10);
    if ((size == 3) == isShort && position >= 0 && position + size <= length) {
      if (stands(tables + <usize>load<u32>(e, 4), size, input + <usize>position, FOLD)) takeAnchor(e, position, size);
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
