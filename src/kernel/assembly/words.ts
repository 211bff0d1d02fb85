// Looks the tables' words up in the text: prefixes and near words by position, anchors by the places that the nibble
// tables have marked. The layout of the tables is in src/kernel/tables.ts.
import { findAssignedValue, isCredentialUrl } from './assigned-value';
import { input, isAlnum, length } from './bytes';
import { emit, KIND_ANCHOR, KIND_NEAR, KIND_PREFIX } from './candidates';

const ENTRY_BYTES: usize = 12;

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

// @ts-ignore: decorator
@inline
export function hashOf(three: u32): u32 {
  return (three * 0x9e3779b1) >> 16;
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

/** Emits a prefix candidate for each table literal that stands at `position`. */
export function lookUpPrefix(position: i32): void {
  const at = input + <usize>position;
  const hash = hashOf(load<u32>(at) & 0xffffff);
  if (!((<u32>load<u8>(prefixBitmap + <usize>(hash >> 3)) >> (hash & 7)) & 1)) return;
  let entry = <u32>load<u16>(prefixHeads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const literal = tables + <usize>load<u32>(e, 4);
    const size = <i32>load<u8>(e, 8);
    let i = 0;
    while (i < size && load<u8>(literal + <usize>i) == load<u8>(at + <usize>i)) i++;
    if (i == size && position + size <= length) emit(KIND_PREFIX, <i32>load<u16>(e), position, 0);
    entry = <u32>load<u16>(e, 2);
  }
}

/** Emits a near candidate for each table word that stands at `position`, letters compared without case. */
function lookUpNear(position: i32): void {
  const at = input + <usize>position;
  const hash = hashOf((load<u32>(at) | 0x202020) & 0xffffff);
  if (!((<u32>load<u8>(nearBitmap + <usize>(hash >> 3)) >> (hash & 7)) & 1)) return;
  let entry = <u32>load<u16>(nearHeads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const literal = tables + <usize>load<u32>(e, 4);
    const size = <i32>load<u8>(e, 8);
    let i = 0;
    while (i < size && load<u8>(literal + <usize>i) == (load<u8>(at + <usize>i) | 0x20)) i++;
    if (i == size && position + size <= length) emit(KIND_NEAR, <i32>load<u16>(e), position, 0);
    entry = <u32>load<u16>(e, 2);
  }
}

/** One bit of the near bitmap: whether three folded bytes may begin a word. */
// @ts-ignore: decorator
@inline
function nearBit(three: u32): u32 {
  const hash = hashOf(three & 0xffffff);
  return <u32>load<u8>(nearBitmap + <usize>(hash >> 3)) >> (hash & 7);
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

/** The nibble tables light up for every mix of a bucket's bytes: one bit tells whether these three bytes may be right. */
// @ts-ignore: decorator
@inline
export function mayBeAnchor(hash: u32): bool {
  return ((<u32>load<u8>(anchorBitmap + <usize>(hash >> 3)) >> (hash & 7)) & 1) != 0;
}

/** An anchor's marked bytes may stand at `marked`, by their hash: looks which anchor, if any. */
export function takeAnchors(marked: i32, hash: u32): void {
  let entry = <u32>load<u16>(anchorHeads + <usize>((hash & 4095) << 1));
  while (entry != 0) {
    const e = entries + <usize>entry * ENTRY_BYTES;
    const literal = tables + <usize>load<u32>(e, 4);
    const size = <i32>load<u8>(e, 8);
    const position = marked - <i32>load<u8>(e, 10);
    const at = input + <usize>position;
    let i = 0;
    while (i < size && load<u8>(literal + <usize>i) == (load<u8>(at + <usize>i) | 0x20)) i++;
    if (i == size && position >= 0 && position + size <= length) takeAnchor(e, position, size);
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
