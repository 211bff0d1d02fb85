// The kernel: one pass over the bytes that marks the places worth a look. AssemblyScript with 128-bit SIMD.
// src/kernel/fallback.ts is its plain twin and must give the same answer (test/kernel/same-answer.test.ts).
// Nothing here allocates; all addresses come from configure(). Input is untrusted, tables are ours.

const MIN_RUN: i32 = 20;
const NEAR_BEFORE: i32 = 96;
const NEAR_INSIDE: i32 = 512;
const PREFIX_BEFORE: i32 = 24;
const MIN_DIGITS: i32 = 2;
const ENTRY_BYTES: usize = 12;
const CANDIDATE_BYTES: usize = 12;
/** Room kept for one block; the caller drains the list and goes on. What a single run exceeds is counted as cut. */
const RESERVE: i32 = 4096;

const KIND_PREFIX: i32 = 0;
const KIND_NEAR: i32 = 1;
const KIND_ANCHOR: i32 = 2;

let tables: usize = 0;
let prefixBitmap: usize = 0;
let prefixHeads: usize = 0;
let nearBitmap: usize = 0;
let nearHeads: usize = 0;
let entries: usize = 0;
let anchorHeads: usize = 0;

/** Sixteen bytes for a vector that must be read lane by lane. */
const scratch: usize = memory.data(16);

let input: usize = 0;
let length: i32 = 0;
let output: usize = 0;
let capacity: i32 = 0;

let count: i32 = 0;
let block: i32 = 0;
let openRun: i32 = -1;
let prefixDone: i32 = 0;
let nearDone: i32 = 0;
let cut: i32 = 0;

let teddyLo0: v128 = i64x2.splat(0);
let teddyLo1: v128 = i64x2.splat(0);
let teddyLo2: v128 = i64x2.splat(0);
let teddyLo3: v128 = i64x2.splat(0);
let teddyHi0: v128 = i64x2.splat(0);
let teddyHi1: v128 = i64x2.splat(0);
let teddyHi2: v128 = i64x2.splat(0);
let teddyHi3: v128 = i64x2.splat(0);
/** What the last 16 bytes of the block before matched, position by position. */
let carry0: v128 = i64x2.splat(0);
let carry1: v128 = i64x2.splat(0);
let carry2: v128 = i64x2.splat(0);

/** Tells where tables, input and output are. The input needs 128 zero bytes behind its last byte and 128 before its first. */
export function configure(tablesAt: usize, inputAt: usize, outputAt: usize, outputCapacity: i32): void {
  tables = tablesAt;
  prefixBitmap = tablesAt + <usize>load<u32>(tablesAt, 0);
  prefixHeads = tablesAt + <usize>load<u32>(tablesAt, 4);
  nearBitmap = tablesAt + <usize>load<u32>(tablesAt, 8);
  nearHeads = tablesAt + <usize>load<u32>(tablesAt, 12);
  entries = tablesAt + <usize>load<u32>(tablesAt, 16);
  const teddy = tablesAt + <usize>load<u32>(tablesAt, 24);
  anchorHeads = tablesAt + <usize>load<u32>(tablesAt, 28);
  teddyLo0 = v128.load(teddy);
  teddyHi0 = v128.load(teddy, 16);
  teddyLo1 = v128.load(teddy, 32);
  teddyHi1 = v128.load(teddy, 48);
  teddyLo2 = v128.load(teddy, 64);
  teddyHi2 = v128.load(teddy, 80);
  teddyLo3 = v128.load(teddy, 96);
  teddyHi3 = v128.load(teddy, 112);
  input = inputAt;
  output = outputAt;
  capacity = outputCapacity;
}

// @ts-ignore: decorator
@inline
function emit(kind: i32, id: i32, position: i32, other: i32): void {
  if (count >= capacity) {
    cut++;
    return;
  }
  const at = output + <usize>count * CANDIDATE_BYTES;
  store<i32>(at, (kind << 16) | id);
  store<i32>(at, position, 4);
  store<i32>(at, other, 8);
  count++;
}

// @ts-ignore: decorator
@inline
function hashOf(three: u32): u32 {
  return (three * 0x9e3779b1) >> 16;
}

// @ts-ignore: decorator
@inline
function isAlnum(c: u32): bool {
  return (c | 0x20) - 97 < 26 || c - 48 < 10;
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
function lookUpPrefix(position: i32): void {
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

/** Looks for prefixes at every word start of [from, to). */
function lookUpPrefixes(from: i32, to: i32): void {
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

/** True when [from, to) holds MIN_DIGITS digits. */
function hasDigits(from: i32, to: i32): bool {
  let digits = 0;
  for (let base = from; base < to; base += 16) {
    const v = v128.load(input + <usize>base);
    let mask = i8x16.bitmask(i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10)));
    const rest = to - base;
    if (rest < 16) mask &= (1 << rest) - 1;
    digits += popcnt(mask);
    if (digits >= MIN_DIGITS) return true;
  }
  return false;
}

/** A run [start, end) of at least MIN_RUN token characters: prefixes, then near words. */
function takeRun(start: i32, end: i32): void {
  let from = start;
  if (start > 0) {
    const before = byteAt(start - 1);
    // `SG.` + run, `123456789:` + run: the prefix may stand before a joint.
    if (before == 46 || before == 58 || before == 126 || before == 33 || before == 36) from = max(start - PREFIX_BEFORE, prefixDone);
    const skip = before == 37 ? 2 : before == 92 ? (byteAt(start) == 117 ? 5 : 1) : 0;
    // `\nghp_…` and `%20ghp_…`: the escape's own letters hide the word start.
    if (skip != 0 && isAlnum(byteAt(start + skip)) && isAlnum(byteAt(start + skip - 1))) lookUpPrefix(start + skip);
  }
  lookUpPrefixes(from, end);
  prefixDone = end;
  const last = min(end, start + NEAR_INSIDE);
  if (!hasDigits(start, last)) return;
  for (let position = max(start - NEAR_BEFORE, nearDone); position < last; position++) lookUpNear(position);
  nearDone = last;
}

// @ts-ignore: decorator
@inline
function byteAt(position: i32): u32 {
  return <u32>load<u8>(input + <usize>position);
}

// @ts-ignore: decorator
@inline
function isNameByte(c: u32): bool {
  return isAlnum(c) || c == 95 || c == 45 || c == 46 || c == 36 || c >= 128;
}

// @ts-ignore: decorator
@inline
function isBlank(c: u32): bool {
  return c == 32 || c == 9;
}

// @ts-ignore: decorator
@inline
function isLetter(c: u32): bool {
  return (c | 0x20) - 97 < 26;
}

/** = : > ~ */
// @ts-ignore: decorator
@inline
function isOperatorTail(c: u32): bool {
  return c == 61 || c == 58 || c == 62 || c == 126;
}

/** , ; ( ) [ { } < : what an unquoted value does not start with. */
// @ts-ignore: decorator
@inline
function isPunctuation(c: u32): bool {
  return c == 44 || c == 59 || c == 40 || c == 41 || c == 91 || c == 123 || c == 125 || c == 60;
}

// @ts-ignore: decorator
@inline
function isQuote(c: u32): bool {
  return c == 34 || c == 39 || c == 96;
}

/**
 * Where the value starts that is assigned to the name whose word stands at [anchor, position): 0 when there is none.
 * The same steps stand in fallback.ts, with the reasons.
 */
function findAssignedValue(anchor: i32, position: i32): i32 {
  let i = position;
  let limit = min(position + 64, length);
  while (i < limit && isNameByte(byteAt(i))) i++;
  const nameEnd = i;
  let isQuoted = false;
  limit = min(i + 4, length);
  while (i < limit) {
    const c = byteAt(i);
    if (c == 62) return valueStart(i + 1, false);
    if (isQuote(c)) isQuoted = true;
    else if (c != 93 && c != 41 && c != 92) break;
    i++;
  }
  const blank = i;
  limit = min(i + 12, length);
  while (i < limit && isBlank(byteAt(i))) i++;
  const c = byteAt(i);
  if (c == 61 || c == 58) {
    i++;
    limit = i + 2;
    while (i < limit && isOperatorTail(byteAt(i))) i++;
    return valueStart(i, false);
  }
  if (c == 124 || c == 63) {
    limit = i + 2;
    while (i < limit && (byteAt(i) == 124 || byteAt(i) == 63)) i++;
    if (byteAt(i) == 61 || byteAt(i) == 58) return valueStart(i + 1, false);
    return valueStart(i, true);
  }
  if (c == 44) return isQuoted ? valueStart(i + 1, true) : 0;
  if (c == 40) return valueStart(i + 1, true);
  if (blank != nameEnd || i == blank) return 0;
  return valueStart(i, !isOption(anchor));
}

/** True when the name around the anchor starts with a dash, as in `--db-password value`. */
function isOption(anchor: i32): bool {
  let i = anchor;
  const limit = max(anchor - 64, 0);
  while (i > limit && isNameByte(byteAt(i - 1))) i--;
  return byteAt(i) == 45;
}

/** Skips blanks and opening quotes; 0 when what follows cannot be a value. */
function valueStart(position: i32, needsQuote: bool): i32 {
  let i = position;
  let limit = i + 16;
  while (i < limit && isBlank(byteAt(i))) i++;
  limit = i + 6;
  let isQuoted = false;
  while (i < limit) {
    const c = byteAt(i);
    if (isQuote(c)) isQuoted = true;
    else if (c != 92 && (isQuoted || !(c == 64 || (isLetter(c) && isQuote(byteAt(i + 1)))))) break;
    i++;
  }
  if (needsQuote && !isQuoted) return 0;
  if (i + 4 > length) return 0;
  for (let k = 0; k < 4; k++) {
    const c = byteAt(i + k);
    if (c <= 32 || c == 127 || isQuote(c)) return 0;
    if (!isQuoted && isPunctuation(c)) return 0;
  }
  return i;
}

/** True when the URL that goes on at `position` has a user part with a colon, or a query with `…rd=` or `…wd=`. */
function isCredentialUrl(position: i32): bool {
  const limit = min(position + 320, length);
  let hasColon = false;
  let last: u32 = 0;
  let beforeLast: u32 = 0;
  for (let i = position; i < limit; i++) {
    const c = byteAt(i);
    if (c <= 32 || c == 34 || c == 60 || c == 62 || c == 96) return false;
    if (c == 58) hasColon = true;
    else if (c == 64 && hasColon) return true;
    else if (c == 61 && (last | 0x20) == 100 && ((beforeLast | 0x20) == 114 || (beforeLast | 0x20) == 119)) return true;
    beforeLast = last;
    last = c;
  }
  return false;
}

/** Anchors at the marked positions of 16 bytes; each lane's bits name the buckets to look into. */
function takeAnchors(base: i32, lit: v128): void {
  v128.store(scratch, lit);
  let mask = i8x16.bitmask(i8x16.ne(lit, i64x2.splat(0)));
  while (mask != 0) {
    const lane = ctz(mask);
    const position = base + lane;
    mask &= mask - 1;
    const at = input + <usize>position;
    let buckets = <u32>load<u8>(scratch + <usize>lane);
    while (buckets != 0) {
      let entry = <u32>load<u16>(anchorHeads + <usize>(ctz(buckets) << 1));
      buckets &= buckets - 1;
      while (entry != 0) {
        const e = entries + <usize>entry * ENTRY_BYTES;
        const literal = tables + <usize>load<u32>(e, 4);
        const size = <i32>load<u8>(e, 8);
        let i = 0;
        while (i < size && load<u8>(literal + <usize>i) == (load<u8>(at + <usize>i) | 0x20)) i++;
        if (i == size && position + size <= length) {
          const flags = load<u8>(e, 9);
          if (flags & 1) {
            const value = findAssignedValue(position, position + size);
            if (value != 0) emit(KIND_ANCHOR, <i32>load<u16>(e), position, value);
          } else if (!(flags & 2) || isCredentialUrl(position + size)) {
            emit(KIND_ANCHOR, <i32>load<u16>(e), position, 0);
          }
        }
        entry = <u32>load<u16>(e, 2);
      }
    }
  }
}

/** Starts a new text of `size` bytes at the input address. */
export function begin(size: i32): void {
  length = size;
  block = 0;
  openRun = -1;
  prefixDone = 0;
  nearDone = 0;
  cut = 0;
  carry0 = i64x2.splat(0);
  carry1 = i64x2.splat(0);
  carry2 = i64x2.splat(0);
}

/**
 * Goes on until the text ends or the output is nearly full.
 * @returns number of candidates in the output; `isDone()` tells whether the text has ended
 */
export function run(): i32 {
  count = 0;
  // Globals would be loaded anew in each step: a call in the loop might change them.
  const lo0 = teddyLo0, lo1 = teddyLo1, lo2 = teddyLo2, lo3 = teddyLo3;
  const hi0 = teddyHi0, hi1 = teddyHi1, hi2 = teddyHi2, hi3 = teddyHi3;
  let last0 = carry0, last1 = carry1, last2 = carry2;
  // Token characters by nibbles: bit 0 for 2x (+ - /), 1 for 3x (0-9 =), 2 for 4x and 6x, 3 for 5x (P-Z _), 4 for 7x (p-z).
  const classLo = i8x16(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 7, 4, 13);
  const classHi = i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  const nibble = i8x16.splat(15);
  const two = i8x16.splat(2);
  const zero = i64x2.splat(0);
  const limit = capacity - RESERVE;
  // One block more than the text fills, for three-byte anchors at its very end.
  while (block <= length) {
    if (count > limit) break;
    const at = input + <usize>block;
    let gaps: u64 = 0;
    for (let k = 0; k < 64; k += 16) {
      const v = v128.load(at + <usize>k);
      const low = v128.and(v, nibble);
      const high = v128.and(i16x8.shr_u(v, 4), nibble);
      const isToken = v128.and(i8x16.swizzle(classLo, low), i8x16.swizzle(classHi, high));
      gaps |= <u64><u32>i8x16.bitmask(i8x16.eq(isToken, zero)) << <u64>k;

      // Setting bit 5 folds the case of letters; it lies in the high nibble only.
      const folded = v128.or(high, two);
      const r0 = v128.and(i8x16.swizzle(lo0, low), i8x16.swizzle(hi0, folded));
      const r1 = v128.and(i8x16.swizzle(lo1, low), i8x16.swizzle(hi1, folded));
      const r2 = v128.and(i8x16.swizzle(lo2, low), i8x16.swizzle(hi2, folded));
      const r3 = v128.and(i8x16.swizzle(lo3, low), i8x16.swizzle(hi3, folded));
      const s0 = i8x16.shuffle(last0, r0, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
      const s1 = i8x16.shuffle(last1, r1, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
      const s2 = i8x16.shuffle(last2, r2, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
      const lit = v128.and(v128.and(s0, s1), v128.and(s2, r3));
      last0 = r0;
      last1 = r1;
      last2 = r2;
      if (v128.any_true(lit)) takeAnchors(block + k - 3, lit);
    }
    const base = block;
    let mask = ~gaps;
    block += 64;
    // The zero bytes behind the text end every run, so no mask needs cutting.
    if (openRun >= 0) {
      if (gaps == 0) continue;
      const trailing = <i32>ctz(gaps);
      const end = base + trailing;
      if (end - openRun >= MIN_RUN) takeRun(openRun, end);
      openRun = -1;
      mask &= <u64>-1 << <u64>trailing;
    }
    if (mask >> 63) {
      const leading = <i32>clz(~mask);
      if (leading == 64) {
        openRun = base;
        continue;
      }
      openRun = base + 64 - leading;
      mask &= <u64>-1 >> <u64>leading;
    }
    let wide = mask & (mask >> 1);
    wide &= wide >> 2;
    wide &= wide >> 4;
    wide &= wide >> 8;
    wide &= wide >> 4;
    while (wide != 0) {
      const start = <i32>ctz(wide);
      const size = <i32>ctz(~(mask >> <u64>start));
      takeRun(base + start, base + start + size);
      const next = start + size;
      if (next >= 64) break;
      wide &= <u64>-1 << <u64>next;
    }
  }
  carry0 = last0;
  carry1 = last1;
  carry2 = last2;
  return count;
}

/** Candidates that found no room since begin(). */
export function cutCount(): i32 {
  return cut;
}

export function isDone(): bool {
  return block > length;
}

/** Line feeds in [from, to) of the input. */
export function countNewlines(from: i32, to: i32): i32 {
  let lines = 0;
  let i = from;
  const newline = i8x16.splat(10);
  for (; i + 16 <= to; i += 16) lines += popcnt(i8x16.bitmask(i8x16.eq(v128.load(input + <usize>i), newline)));
  for (; i < to; i++) lines += i32(load<u8>(input + <usize>i) == 10);
  return lines;
}

/** UTF-16 units that the UTF-8 bytes [from, to) decode to: continuation bytes count nothing, four-byte characters two. */
export function countUnits(from: i32, to: i32): i32 {
  let units = to - from;
  let i = from;
  const top = i8x16.splat(<i8>0xc0);
  const continuation = i8x16.splat(<i8>0x80);
  const four = i8x16.splat(<i8>0xf0);
  for (; i + 16 <= to; i += 16) {
    const v = v128.load(input + <usize>i);
    units -= popcnt(i8x16.bitmask(i8x16.eq(v128.and(v, top), continuation)));
    units += popcnt(i8x16.bitmask(i8x16.ge_u(v, four)));
  }
  for (; i < to; i++) {
    const byte = byteAt(i);
    if ((byte & 0xc0) == 0x80) units--;
    else if (byte >= 0xf0) units++;
  }
  return units;
}
