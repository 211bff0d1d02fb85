// Inflates zlib streams (RFC 1950, 1951) of git packs and loose objects. AssemblyScript; zlib itself is the oracle
// (test/kernel/inflate.test.ts). Input is hostile: every read and write stays inside what the caller promises, which is
// 16 readable bytes behind the input and SLACK writable bytes behind the output; both may hold anything.
//
// One loop serves all: it checks once a turn that input is left and that output is not full, and a turn can overshoot by
// no more than the slack. Whatever was decoded from bytes behind the input is thrown away, because the end is checked.

/** The stream is no zlib data, or its checksum is wrong. */
const BAD: i32 = -1;
/** The stream goes on behind the input. */
const TRUNCATED: i32 = -2;
/** The output is full, and the stream goes on. */
const FULL: i32 = -3;

const LIT_BITS: i32 = 11;
const DIST_BITS: i32 = 8;
const CODE_BITS: i32 = 7;
/** Entries that a table can need, subtables included (zlib's examples/enough.c gives 2342 and 402). */
const LIT_ENTRIES: i32 = 2400;
const DIST_ENTRIES: i32 = 448;

/** Table entry: u16 payload, u8 operation, u8 bits to drop, from the high end. */
const LITERAL: u32 = 0x8000;
const END: u32 = 0x4000;
const SUBTABLE: u32 = 0x2000;
const INVALID: u32 = 0x1000;
/** Any of the three rare operations. */
const RARE: u32 = 0x7000;

// The tables lie in memory that the caller gives, see configureInflate.
let litTable: usize = 0;
let distTable: usize = 0;
let fixedLit: usize = 0;
let fixedDist: usize = 0;
let codeTable: usize = 0;
/** 320 + 32 code lengths, one byte each. */
let lengths: usize = 0;
/** Sorted symbols, u16. */
let sorted: usize = 0;
/** Counts and offsets by length, 16 i32 each. */
let counts: usize = 0;

const LENGTH_BASE: usize = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const LENGTH_EXTRA: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const DIST_BASE: usize = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const CODE_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

const KIND_CODES: i32 = 0;
const KIND_LIT: i32 = 1;
const KIND_DIST: i32 = 2;

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
  return (LIT_ENTRIES + DIST_ENTRIES) * 8 + 128 * 4 + 384 + 704 + 128;
}

/** @param scratchAt  16-byte aligned */
export function configureInflate(scratchAt: usize): void {
  litTable = scratchAt;
  distTable = litTable + LIT_ENTRIES * 4;
  fixedLit = distTable + DIST_ENTRIES * 4;
  fixedDist = fixedLit + LIT_ENTRIES * 4;
  codeTable = fixedDist + DIST_ENTRIES * 4;
  lengths = codeTable + 128 * 4;
  sorted = lengths + 384;
  counts = sorted + 704;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  buildTable(KIND_LIT, lengths, 288, fixedLit, LIT_BITS, LIT_ENTRIES);
  memory.fill(lengths, 5, 32);
  buildTable(KIND_DIST, lengths, 32, fixedDist, DIST_BITS, DIST_ENTRIES);
}

/** The entry of a symbol without its bits. */
// @ts-ignore: decorator
@inline
function entryOf(kind: i32, symbol: i32): u32 {
  if (kind == KIND_LIT) {
    if (symbol < 256) return (<u32>symbol << 16) | LITERAL;
    if (symbol == 256) return END;
    if (symbol > 285) return INVALID;
    const i = <usize>(symbol - 257);
    return (<u32>load<u16>(LENGTH_BASE + (i << 1)) << 16) | (<u32>load<u8>(LENGTH_EXTRA + i) << 8);
  }
  if (kind == KIND_DIST) {
    if (symbol > 29) return INVALID;
    const extra: u32 = symbol < 4 ? 0 : (<u32>symbol >> 1) - 1;
    return (<u32>load<u16>(DIST_BASE + (<usize>symbol << 1)) << 16) | (extra << 8);
  }
  return <u32>symbol << 16;
}

/** Makes a decoding table from code lengths. @returns 0, or BAD under zlib's own conditions */
function buildTable(kind: i32, lens: usize, n: i32, table: usize, tableBits: i32, room: i32): i32 {
  const offsets = counts + 64;
  memory.fill(counts, 0, 64);
  for (let i = 0; i < n; i++) {
    const at = counts + (<usize>load<u8>(lens + <usize>i) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let max = 15;
  while (max > 0 && load<i32>(counts + (<usize>max << 2)) == 0) max--;
  const size = 1 << tableBits;
  if (max == 0) {
    for (let i = 0; i < size; i++) store<u32>(table + (<usize>i << 2), INVALID | 1);
    return kind == KIND_DIST ? 0 : BAD;
  }
  let left = 1;
  let total = 0;
  for (let len = 1; len <= 15; len++) {
    const count = load<i32>(counts + (<usize>len << 2));
    left = (left << 1) - count;
    if (left < 0) return BAD;
    store<i32>(offsets + (<usize>len << 2), total);
    total += count;
  }
  if (left > 0) {
    if (kind == KIND_CODES || max != 1) return BAD;
    for (let i = 0; i < size; i++) store<u32>(table + (<usize>i << 2), INVALID | 1);
  }
  for (let i = 0; i < n; i++) {
    const len = <usize>load<u8>(lens + <usize>i);
    if (len == 0) continue;
    const at = offsets + (len << 2);
    const place = load<i32>(at);
    store<u16>(sorted + (<usize>place << 1), <u16>i);
    store<i32>(at, place + 1);
  }
  const mask = size - 1;
  let next = size;
  let low = -1;
  let subBits = 0;
  let subAt: usize = 0;
  let code = 0;
  for (let i = 0; i < total; i++) {
    const symbol = <i32>load<u16>(sorted + (<usize>i << 1));
    const len = <i32>load<u8>(lens + <usize>symbol);
    if (len <= tableBits) {
      const entry = entryOf(kind, symbol) | <u32>len;
      const step = 1 << len;
      for (let k = code; k < size; k += step) store<u32>(table + (<usize>k << 2), entry);
    } else {
      if ((code & mask) != low) {
        low = code & mask;
        subBits = len - tableBits;
        let open = 1 << subBits;
        while (subBits + tableBits < max) {
          open -= load<i32>(counts + (<usize>(subBits + tableBits) << 2));
          if (open <= 0) break;
          subBits++;
          open <<= 1;
        }
        if (next + (1 << subBits) > room) return BAD;
        subAt = table + (<usize>next << 2);
        store<u32>(table + (<usize>low << 2), (<u32>next << 16) | SUBTABLE | (<u32>subBits << 8) | <u32>tableBits);
        next += 1 << subBits;
      }
      const entry = entryOf(kind, symbol) | <u32>(len - tableBits);
      const step = 1 << (len - tableBits);
      for (let k = code >> tableBits; k < 1 << subBits; k += step) store<u32>(subAt + (<usize>k << 2), entry);
    }
    const at = counts + (<usize>len << 2);
    store<i32>(at, load<i32>(at) - 1);
    let bit = 1 << (len - 1);
    while (code & bit) bit >>= 1;
    code = bit != 0 ? (code & (bit - 1)) + bit : 0;
  }
  return 0;
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
  if (buildTable(KIND_CODES, lengths, 19, codeTable, CODE_BITS, 128) != 0) return BAD;
  const total = litCount + distCount;
  let i = 0;
  let last: u8 = 0;
  while (i < total) {
    if (inPos > inLimit) return TRUNCATED;
    refill();
    const entry = load<u32>(codeTable + (<usize>(bits & 127) << 2));
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
  if (buildTable(KIND_LIT, lengths, litCount, litTable, LIT_BITS, LIT_ENTRIES) != 0) return BAD;
  return buildTable(KIND_DIST, lengths + <usize>litCount, distCount, distTable, DIST_BITS, DIST_ENTRIES);
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
function decode(lit: usize, dist: usize): i32 {
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
    let entry = load<u32>(lit + (<usize>(<u32>hold & 2047) << 2));
    // Up to three literals of at most 11 bits leave 23 bits; a fourth symbol waits for the next turn.
    if (entry & LITERAL) {
      hold >>= <u64>(entry & 63);
      held -= <i32>(entry & 63);
      store<u8>(to, <u8>(entry >> 16));
      to++;
      entry = load<u32>(lit + (<usize>(<u32>hold & 2047) << 2));
      if (entry & LITERAL) {
        hold >>= <u64>(entry & 63);
        held -= <i32>(entry & 63);
        store<u8>(to, <u8>(entry >> 16));
        to++;
        entry = load<u32>(lit + (<usize>(<u32>hold & 2047) << 2));
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

    entry = load<u32>(dist + (<usize>(<u32>hold & 255) << 2));
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

/** Adler-32 of a range, 32 bytes a step. */
function adler32(from: usize, size: usize): u32 {
  let a: u32 = 1;
  let b: u32 = 0;
  let at = from;
  let left = size;
  const high = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const ones = i16x8.splat(1);
  while (left >= 16) {
    // 5,552 bytes are the most before the sums overflow.
    let blocks = min(left, 5552) >> 4;
    left -= blocks << 4;
    b += a * <u32>(blocks << 4);
    let sumA = i32x4.splat(0);
    let sumB = i32x4.splat(0);
    let before = i32x4.splat(0);
    while (blocks > 0) {
      const v = v128.load(at);
      before = i32x4.add(before, sumA);
      sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(v), ones));
      const lowHalf = i16x8.mul(i16x8.extend_low_i8x16_u(v), i16x8.extend_low_i8x16_u(high));
      const highHalf = i16x8.mul(i16x8.extend_high_i8x16_u(v), i16x8.extend_high_i8x16_u(high));
      sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(lowHalf, ones));
      sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(highHalf, ones));
      at += 16;
      blocks--;
    }
    sumB = i32x4.add(sumB, i32x4.shl(before, 4));
    a += sumLanes(sumA);
    b += sumLanes(sumB);
    a %= 65521;
    b %= 65521;
  }
  while (left > 0) {
    a += <u32>load<u8>(at);
    b += a;
    at++;
    left--;
  }
  return ((b % 65521) << 16) | (a % 65521);
}

// @ts-ignore: decorator
@inline
function sumLanes(v: v128): u32 {
  return (
    <u32>i32x4.extract_lane(v, 0) + <u32>i32x4.extract_lane(v, 1) + <u32>i32x4.extract_lane(v, 2) + <u32>i32x4.extract_lane(v, 3)
  );
}

/** Bytes of input that the last inflate() took, header and checksum included. */
export function takenBytes(): i32 {
  return <i32>(inPos - takenFrom);
}

let takenFrom: usize = 0;

/**
 * Inflates one zlib stream.
 *
 * @returns bytes written when the stream ended within the input, its checksum is right and it fits; else BAD, TRUNCATED, or
 *   FULL (then the output holds its first `outSize` bytes)
 */
export function inflate(inAt: usize, inSize: i32, outAt: usize, outSize: i32): i32 {
  takenFrom = inAt;
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
    else if (kind == 1) status = decode(fixedLit, fixedDist);
    else if (kind == 2) {
      status = readDynamic();
      if (status == 0) status = decode(litTable, distTable);
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
