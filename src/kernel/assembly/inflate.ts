// Inflates zlib streams (RFC 1950, 1951) of git packs and loose objects. AssemblyScript; zlib itself is the oracle
// (test/kernel/inflate.test.ts). Input is hostile: every read and write stays inside what the caller promises, which is
// 16 readable bytes behind the input and SLACK writable bytes behind the output; both may hold anything.
//
// One loop serves all: it checks once a turn that input is left and that output is not full, and a turn can overshoot by
// no more than the slack. Whatever was decoded from bytes behind the input is thrown away, because the end is checked.

import { adler32 } from './adler32';
import {
  BUILD_BYTES,
  buildTable,
  CODE_BITS,
  configureTables,
  DIST_BITS,
  DIST_ENTRIES,
  END,
  INVALID,
  KIND_CODES,
  KIND_DIST,
  KIND_LIT,
  LIT_BITS,
  LIT_ENTRIES,
  LITERAL,
  RARE,
  SUBTABLE,
} from './huffman';

/** The stream is no zlib data, or its checksum is wrong. */
const BAD: i32 = -1;
/** The stream goes on behind the input. */
const TRUNCATED: i32 = -2;
/** The output is full, and the stream goes on. */
const FULL: i32 = -3;

// The tables lie in memory that the caller gives, see configureInflate.
let litTable: usize = 0;
let distTable: usize = 0;
let fixedLit: usize = 0;
let fixedDist: usize = 0;
let codeTable: usize = 0;
let litTableBits: i32 = 0;
let distTableBits: i32 = 0;
let fixedLitBits: i32 = 0;
let fixedDistBits: i32 = 0;
/** 320 + 32 code lengths, one byte each. */
let lengths: usize = 0;
const CODE_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

// Bit reader and output position; globals, because AssemblyScript functions give one value only.
let inPos: usize = 0;
let inEnd: usize = 0;
/** The reader runs up to 8 bytes ahead of what is decoded, so it may stand behind the end of a sound stream. */
let inLimit: usize = 0;
let bits: u64 = 0;
let bitCount: i32 = 0;
let out: usize = 0;
let outStart: usize = 0;
let outEnd: usize = 0;

/** Where static data of the module ends; what the callers lay out must start behind it. */
export function staticEnd(): usize {
  return __heap_base;
}

/** Bytes of scratch memory that configureInflate needs. */
export function inflateScratch(): i32 {
  return (LIT_ENTRIES + DIST_ENTRIES) * 8 + 128 * 4 + 384 + BUILD_BYTES;
}

/** @param scratchAt  16-byte aligned */
export function configureInflate(scratchAt: usize): void {
  litTable = scratchAt;
  distTable = litTable + LIT_ENTRIES * 4;
  fixedLit = distTable + DIST_ENTRIES * 4;
  fixedDist = fixedLit + LIT_ENTRIES * 4;
  codeTable = fixedDist + DIST_ENTRIES * 4;
  lengths = codeTable + 128 * 4;
  configureTables(lengths + 384);
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  fixedLitBits = buildTable(KIND_LIT, lengths, 288, fixedLit, LIT_BITS, LIT_ENTRIES);
  memory.fill(lengths, 5, 32);
  fixedDistBits = buildTable(KIND_DIST, lengths, 32, fixedDist, DIST_BITS, DIST_ENTRIES);
}

/** Makes at least 56 bits ready; those behind the input may hold anything. */
// @ts-ignore: decorator
@inline
function refill(): void {
  bits |= load<u64>(inPos) << <u64>bitCount;
  inPos += <usize>((63 - bitCount) >> 3);
  bitCount |= 56;
}

// @ts-ignore: decorator
@inline
function drop(count: i32): void {
  bits >>= <u64>count;
  bitCount -= count;
}

/** Reads the code lengths of a dynamic block and makes its tables. */
function readDynamic(): i32 {
  refill();
  const litCount = <i32>(bits & 31) + 257;
  const distCount = <i32>((bits >> 5) & 31) + 1;
  const codeCount = <i32>((bits >> 10) & 15) + 4;
  drop(14);
  if (litCount > 286 || distCount > 30) return BAD;
  memory.fill(lengths, 0, 19);
  for (let i = 0; i < codeCount; i++) {
    if (bitCount < 3) {
      if (inPos > inLimit) return TRUNCATED;
      refill();
    }
    store<u8>(lengths + <usize>load<u8>(CODE_ORDER + <usize>i), <u8>(bits & 7));
    drop(3);
  }
  const codeBits = buildTable(KIND_CODES, lengths, 19, codeTable, CODE_BITS, 128);
  if (codeBits < 0) return BAD;
  const codeMask = (1 << codeBits) - 1;
  const total = litCount + distCount;
  let i = 0;
  let last: u8 = 0;
  while (i < total) {
    if (inPos > inLimit) return TRUNCATED;
    refill();
    const entry = load<u32>(codeTable + (<usize>(<i32>bits & codeMask) << 2));
    drop(<i32>(entry & 255));
    const symbol = entry >> 16;
    if (symbol < 16) {
      last = <u8>symbol;
      store<u8>(lengths + <usize>i, last);
      i++;
      continue;
    }
    let repeat: i32;
    let value: u8 = 0;
    if (symbol == 16) {
      if (i == 0) return BAD;
      value = last;
      repeat = 3 + <i32>(bits & 3);
      drop(2);
    } else if (symbol == 17) {
      repeat = 3 + <i32>(bits & 7);
      drop(3);
    } else {
      repeat = 11 + <i32>(bits & 127);
      drop(7);
    }
    if (i + repeat > total) return BAD;
    memory.fill(lengths + <usize>i, value, <usize>repeat);
    last = value;
    i += repeat;
  }
  if (load<u8>(lengths + 256) == 0) return BAD;
  litTableBits = buildTable(KIND_LIT, lengths, litCount, litTable, LIT_BITS, LIT_ENTRIES);
  if (litTableBits < 0) return BAD;
  distTableBits = buildTable(KIND_DIST, lengths + <usize>litCount, distCount, distTable, DIST_BITS, DIST_ENTRIES);
  return distTableBits < 0 ? BAD : 0;
}

/** Copies a stored block. */
function copyStored(): i32 {
  // Bits that were read ahead go back as bytes.
  inPos -= <usize>(bitCount >> 3);
  bits = 0;
  bitCount = 0;
  if (inPos + 4 > inEnd) return TRUNCATED;
  const size = <usize>load<u16>(inPos);
  if (size != <usize>(load<u16>(inPos, 2) ^ 0xffff)) return BAD;
  inPos += 4;
  if (inPos + size > inEnd) return TRUNCATED;
  const room = outEnd - out;
  const taken = size < room ? size : room;
  memory.copy(out, inPos, taken);
  out += taken;
  inPos += size;
  return taken < size ? FULL : 0;
}

/** Decodes one block with the given tables. */
function decode(lit: usize, litBits: i32, dist: usize, distIndexBits: i32): i32 {
  const litMask: u32 = (1 << litBits) - 1;
  const distMask: u32 = (1 << distIndexBits) - 1;
  let at = inPos;
  const end = inLimit;
  let hold = bits;
  let held = bitCount;
  let to = out;
  const limit = outEnd;
  let status: i32 = 0;
  while (true) {
    if (at > end) {
      status = TRUNCATED;
      break;
    }
    if (to > limit) {
      status = FULL;
      break;
    }
    hold |= load<u64>(at) << <u64>held;
    at += <usize>((63 - held) >> 3);
    held |= 56;
    let entry = load<u32>(lit + (<usize>(<u32>hold & litMask) << 2));
    // Up to three literals of at most 11 bits leave 23 bits; a fourth symbol waits for the next turn.
    if (entry & LITERAL) {
      hold >>= <u64>(entry & 63);
      held -= <i32>(entry & 63);
      store<u8>(to, <u8>(entry >> 16));
      to++;
      entry = load<u32>(lit + (<usize>(<u32>hold & litMask) << 2));
      if (entry & LITERAL) {
        hold >>= <u64>(entry & 63);
        held -= <i32>(entry & 63);
        store<u8>(to, <u8>(entry >> 16));
        to++;
        entry = load<u32>(lit + (<usize>(<u32>hold & litMask) << 2));
        if (entry & LITERAL) {
          hold >>= <u64>(entry & 63);
          held -= <i32>(entry & 63);
          store<u8>(to, <u8>(entry >> 16));
          to++;
        }
        continue;
      }
      // 45 bits are left: not always enough for a length (20) and a distance (28).
      if (at > end) {
        status = TRUNCATED;
        break;
      }
      hold |= load<u64>(at) << <u64>held;
      at += <usize>((63 - held) >> 3);
      held |= 56;
    }
    if (entry & RARE) {
      if (entry & SUBTABLE) {
        hold >>= <u64>LIT_BITS;
        held -= LIT_BITS;
        const index = (entry >> 16) + (<u32>hold & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(lit + (<usize>index << 2));
        if (entry & LITERAL) {
          hold >>= <u64>(entry & 63);
          held -= <i32>(entry & 63);
          store<u8>(to, <u8>(entry >> 16));
          to++;
          continue;
        }
      }
      if (entry & END) {
        hold >>= <u64>(entry & 63);
        held -= <i32>(entry & 63);
        break;
      }
      if (entry & INVALID) {
        status = BAD;
        break;
      }
    }
    hold >>= <u64>(entry & 63);
    held -= <i32>(entry & 63);
    const lengthBits = (entry >> 8) & 15;
    const length = (entry >> 16) + (<u32>hold & ((1 << lengthBits) - 1));
    hold >>= <u64>lengthBits;
    held -= <i32>lengthBits;

    entry = load<u32>(dist + (<usize>(<u32>hold & distMask) << 2));
    if (entry & RARE) {
      if (entry & SUBTABLE) {
        hold >>= <u64>DIST_BITS;
        held -= DIST_BITS;
        const index = (entry >> 16) + (<u32>hold & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(dist + (<usize>index << 2));
      }
      if (entry & INVALID) {
        status = BAD;
        break;
      }
    }
    hold >>= <u64>(entry & 63);
    held -= <i32>(entry & 63);
    const distBits = (entry >> 8) & 15;
    const distance = <usize>((entry >> 16) + (<u32>hold & ((1 << distBits) - 1)));
    hold >>= <u64>distBits;
    held -= <i32>distBits;
    if (distance > to - outStart) {
      status = BAD;
      break;
    }
    let from = to - distance;
    const stop = to + <usize>length;
    if (distance >= 16) {
      do {
        v128.store(to, v128.load(from));
        to += 16;
        from += 16;
      } while (to < stop);
    } else if (distance == 1) {
      const splat = i8x16.splat(load<i8>(from));
      do {
        v128.store(to, splat);
        to += 16;
      } while (to < stop);
    } else {
      do {
        store<u8>(to, load<u8>(from));
        to++;
        from++;
      } while (to < stop);
    }
    to = stop;
  }
  inPos = at;
  // Bits above the count were read ahead and will be read again.
  bits = hold & ((<u64>1 << <u64>held) - 1);
  bitCount = held;
  out = to;
  return status;
}

/**
 * Inflates one zlib stream.
 *
 * @returns bytes written when the stream ended within the input, its checksum is right and it fits; else BAD, TRUNCATED, or
 *   FULL (then the output holds its first `outSize` bytes)
 */
export function inflate(inAt: usize, inSize: i32, outAt: usize, outSize: i32): i32 {
  inPos = inAt;
  inEnd = inAt + <usize>inSize;
  inLimit = inEnd + 8;
  out = outAt;
  outStart = outAt;
  outEnd = outAt + <usize>outSize;
  if (inSize < 2) return TRUNCATED;
  const head = <u32>load<u8>(inAt);
  const flags = <u32>load<u8>(inAt, 1);
  if ((head & 15) != 8 || head >> 4 > 7 || (head * 256 + flags) % 31 != 0 || (flags & 32) != 0) return BAD;
  inPos += 2;
  bits = 0;
  bitCount = 0;
  let isLast = false;
  while (!isLast) {
    if (inPos > inLimit) return TRUNCATED;
    refill();
    isLast = (bits & 1) != 0;
    const kind = <i32>((bits >> 1) & 3);
    drop(3);
    let status: i32;
    if (kind == 0) status = copyStored();
    else if (kind == 1) status = decode(fixedLit, fixedLitBits, fixedDist, fixedDistBits);
    else if (kind == 2) {
      status = readDynamic();
      if (status == 0) status = decode(litTable, litTableBits, distTable, distTableBits);
    } else return BAD;
    // Decoded from what lies behind the input: nothing that came of it counts.
    if (inPos - <usize>(bitCount >> 3) > inEnd) return TRUNCATED;
    if (status != 0) return status;
    if (out > outEnd) return FULL;
  }
  inPos -= <usize>(bitCount >> 3);
  if (inPos + 4 > inEnd) return TRUNCATED;
  const size = out - outAt;
  if (bswap<u32>(load<u32>(inPos)) != adler32(outAt, size)) return BAD;
  inPos += 4;
  return <i32>size;
}
