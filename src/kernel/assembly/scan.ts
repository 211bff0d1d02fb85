// The kernel: one pass over the bytes that marks the places worth a look. AssemblyScript with 128-bit SIMD.
// src/kernel/fallback.ts is its plain twin and must give the same answer (test/kernel/same-answer.test.ts).
// Nothing here allocates; all addresses come from configure(). Input is untrusted, tables are ours.
import { byteAt, digitsOf, input, isAlnum, length, lettersOf, setInput, setLength } from './bytes';
import { candidateCount, candidateRoom, cutCandidates, drainCandidates, forgetCut, setOutput } from './candidates';
import { takeEncoded } from './encoded';
import { lookUpAnchors, lookUpNears, lookUpPrefix, lookUpPrefixes, setTables, teddy } from './words';

const MIN_RUN: i32 = 20;
const NEAR_BEFORE: i32 = 96;
const NEAR_INSIDE: i32 = 128;
const PREFIX_BEFORE: i32 = 24;
const MIN_DIGITS: i32 = 2;
/** . : ~ ! $ % \\ : what stands before a run of which a part is no value, or whose prefix stands before it. */
// @ts-ignore: decorator
@inline
function isBeforeRun(c: u32): bool {
  return c == 46 || c == 58 || c == 126 || c == 33 || c == 36 || c == 37 || c == 92;
}

/** Room kept for one tile; the caller drains the list and goes on. What a single run exceeds is counted as cut. */
const RESERVE: i32 = 16384;
/** Blocks of 64 bytes that the vector half marks before the scalar half looks at them. */
const TILE: i32 = 64;
/** For each block of a tile a u64: bytes that are no token characters. */
const gapMasks: usize = memory.data(512);
/** The same: places where no anchor's four bytes end. */
const darkMasks: usize = memory.data(512);

let block: i32 = 0;
/** Where the run starts that may go on behind the last block; that block's end when none does. */
let openRun: i32 = 0;
let prefixDone: i32 = 0;
let nearDone: i32 = 0;

/** What the last 16 bytes of the block before matched: one, two and three bytes of an anchor's four. */
let carry0: v128 = i64x2.splat(0);
let carry1: v128 = i64x2.splat(0);
let carry2: v128 = i64x2.splat(0);

/** Tells where tables, input and output are. The input needs 128 zero bytes behind its last byte and 128 before its first. */
export function configure(tablesAt: usize, inputAt: usize, outputAt: usize, outputCapacity: i32): void {
  setTables(tablesAt);
  setInput(inputAt);
  setOutput(outputAt, outputCapacity);
}

/** True when [from, to) holds `wanted` digits. */
function hasDigits(from: i32, to: i32, wanted: i32): bool {
  let digits = 0;
  for (let base = from; base < to; base += 16) {
    const v = v128.load(input + <usize>base);
    let mask = i8x16.bitmask(digitsOf(v));
    const rest = to - base;
    if (rest < 16) mask &= (1 << rest) - 1;
    digits += popcnt(mask);
    if (digits >= wanted) return true;
  }
  return false;
}

/** The prefix may stand before a joint (`SG.` + run, `123456789:` + run), or behind an escape whose letters hide the word start. */
function takeBefore(start: i32, before: u32): void {
  if (before == 46 || before == 58 || before == 126 || before == 33 || before == 36) {
    return lookUpPrefixes(max(start - PREFIX_BEFORE, prefixDone), start);
  }
  const skip = before == 37 ? 2 : before == 92 ? (byteAt(start) == 117 ? 5 : 1) : 0;
  // `\nghp_…` and `%20ghp_…`
  if (skip != 0 && isAlnum(byteAt(start + skip)) && isAlnum(byteAt(start + skip - 1))) lookUpPrefix(start + skip);
}

/** Four vectors' signs as a bit mask. */
// @ts-ignore: decorator
@inline
function maskOf(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16);
  const high = <u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16);
  return <u64>low | (<u64>high << 32);
}

/** A run [start, end) of at least MIN_RUN token characters: prefixes, then near words. */
function takeRun(start: i32, end: i32): void {
  const before = byteAt(start - 1);
  if (isBeforeRun(before)) takeBefore(start, before);
  // The first 64 bytes at once, which is all of most runs: a branch for each 16 bytes costs more than they do.
  const size = end - start;
  const at = input + <usize>start;
  const own: u64 = size < 64 ? ((<u64>1) << <u64>size) - 1 : -1;
  const v0 = v128.load(at);
  const v1 = v128.load(at, 16);
  const v2 = v128.load(at, 32);
  const v3 = v128.load(at, 48);
  const digits = maskOf(digitsOf(v0), digitsOf(v1), digitsOf(v2), digitsOf(v3));
  const alnum = digits | maskOf(lettersOf(v0), lettersOf(v1), lettersOf(v2), lettersOf(v3));
  let starts = alnum & ~(alnum << 1) & own;
  while (starts != 0) {
    lookUpPrefix(start + <i32>ctz(starts));
    starts &= starts - 1;
  }
  if (size > 64) lookUpPrefixes(start + 64, end);
  prefixDone = end;
  takeEncoded(start, end);
  const last = min(end, start + NEAR_INSIDE);
  const count = <i32>popcnt(digits & own);
  if (count < MIN_DIGITS && (size <= 64 || !hasDigits(start + 64, last, MIN_DIGITS - count))) return;
  lookUpNears(max(start - NEAR_BEFORE, nearDone), last);
  nearDone = last;
}

/** Starts a new text of `size` bytes at the input address. */
export function begin(size: i32): void {
  setLength(size);
  block = 0;
  openRun = 0;
  prefixDone = 0;
  nearDone = 0;
  forgetCut();
  carry0 = i64x2.splat(0);
  carry1 = i64x2.splat(0);
  carry2 = i64x2.splat(0);
}

/** The vector half, first part: which bytes of some blocks are no token characters. */
function markGaps(first: i32, blocks: i32): void {
  // Token characters by nibbles: bit 0 for 2x (+ - /), 1 for 3x (0-9 =), 2 for 4x and 6x, 3 for 5x (P-Z _), 4 for 7x (p-z).
  const classLo = i8x16(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 7, 4, 13);
  const classHi = i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  let at = input + <usize>first;
  let out = gapMasks;
  const end = gapMasks + <usize>blocks * 8;
  for (; out < end; out += 8, at += 64) {
    let gaps = gapsOf(v128.load(at), classLo, classHi);
    gaps |= gapsOf(v128.load(at, 16), classLo, classHi) << 16;
    gaps |= gapsOf(v128.load(at, 32), classLo, classHi) << 32;
    gaps |= gapsOf(v128.load(at, 48), classLo, classHi) << 48;
    store<u64>(out, gaps);
  }
}

// @ts-ignore: decorator
@inline
function gapsOf(v: v128, classLo: v128, classHi: v128): u64 {
  const nibble = i8x16.splat(15);
  const low = i8x16.swizzle(classLo, v128.and(v, nibble));
  const isToken = v128.and(low, i8x16.swizzle(classHi, v128.and(i16x8.shr_u(v, 4), nibble)));
  return <u64><u32>i8x16.bitmask(i8x16.eq(isToken, i64x2.splat(0)));
}

/** `v` moved up by one byte, the last one of `before` in front. */
// @ts-ignore: decorator
@inline
function afterOne(before: v128, v: v128): v128 {
  return i8x16.shuffle(before, v, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}

/**
 * The vector half, second part: where no anchor's four bytes end. Apart from the first, because both together need more
 * registers than there are; in one flat loop of 16 bytes, because every way to unroll it spilled them too.
 */
function markDark(first: i32, blocks: i32): void {
  const lo0 = v128.load(teddy);
  const hi0 = v128.load(teddy, 16);
  const lo1 = v128.load(teddy, 32);
  const hi1 = v128.load(teddy, 48);
  const lo2 = v128.load(teddy, 64);
  const hi2 = v128.load(teddy, 80);
  const lo3 = v128.load(teddy, 96);
  const hi3 = v128.load(teddy, 112);
  const nibble = i8x16.splat(15);
  let last0 = carry0;
  let last1 = carry1;
  let last2 = carry2;
  let out = darkMasks;
  let at = input + <usize>first;
  const end = at + <usize>blocks * 64;
  for (; at < end; at += 16, out += 2) {
    const v = v128.load(at);
    const low = v128.and(v, nibble);
    const high = v128.and(i16x8.shr_u(v, 4), nibble);
    const one = v128.and(i8x16.swizzle(lo0, low), i8x16.swizzle(hi0, high));
    const two = v128.and(v128.and(afterOne(last0, one), i8x16.swizzle(lo1, low)), i8x16.swizzle(hi1, high));
    last0 = one;
    const three = v128.and(v128.and(afterOne(last1, two), i8x16.swizzle(lo2, low)), i8x16.swizzle(hi2, high));
    last1 = two;
    const lit = v128.and(v128.and(afterOne(last2, three), i8x16.swizzle(lo3, low)), i8x16.swizzle(hi3, high));
    last2 = three;
    store<u16>(out, i8x16.bitmask(i8x16.eq(lit, i64x2.splat(0))));
  }
  carry0 = last0;
  carry1 = last1;
  carry2 = last2;
}

/** The scalar half for one block of 64 bytes: the runs that end in it. The zero bytes behind the text end every run. */
function takeRuns(base: i32, gaps: u64): void {
  // No branch on whether a run crosses the border: it would be mispredicted half of the time.
  if (gaps == 0) return;
  const trailing = <i32>ctz(gaps);
  const leading = <i32>clz(gaps);
  const end = base + trailing;
  if (end - openRun >= MIN_RUN) takeRun(openRun, end);
  openRun = base + 64 - leading;
  const mask = ~gaps & (<u64>-1 << <u64>trailing) & (<u64>-1 >> <u64>leading);
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
    if (next >= 64) return;
    wide &= <u64>-1 << <u64>next;
  }
}

/**
 * Goes on until the text ends or the output is nearly full.
 * @returns number of candidates in the output; `isDone()` tells whether the text has ended
 */
export function run(): i32 {
  drainCandidates();
  // One byte more than the text has, for three-byte anchors at its very end.
  while (block <= length) {
    if (candidateRoom() < RESERVE) break;
    const last = min(block + TILE * 64, length + 1);
    const blocks = (last - block + 63) >> 6;
    markGaps(block, blocks);
    markDark(block, blocks);
    for (let offset: usize = 0; block < last; block += 64, offset += 8) {
      takeRuns(block, load<u64>(gapMasks + offset));
      let lit = ~load<u64>(darkMasks + offset);
      while (lit != 0) {
        lookUpAnchors(block + <i32>ctz(lit) - 3);
        lit &= lit - 1;
      }
    }
  }
  return candidateCount();
}

/** Candidates that found no room since begin(). */
export function cutCount(): i32 {
  return cutCandidates();
}

export function isDone(): bool {
  return block > length;
}

/** First zero byte of [from, to) of the input; -1 when there is none. */
export function findZero(from: i32, to: i32): i32 {
  for (let i = from; i < to; i += 16) {
    const zeros = i8x16.bitmask(i8x16.eq(v128.load(input + <usize>i), i64x2.splat(0)));
    if (zeros != 0) {
      const at = i + ctz(zeros);
      return at < to ? at : -1;
    }
  }
  return -1;
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
