// Huffman decoding tables of deflate (RFC 1951), made from code lengths, under zlib's own conditions for what is sound.

const BAD: i32 = -1;

export const LIT_BITS: i32 = 11;
export const DIST_BITS: i32 = 8;
export const CODE_BITS: i32 = 7;
/** Entries that a table can need, subtables included (zlib's examples/enough.c gives 2342 and 402). */
export const LIT_ENTRIES: i32 = 2400;
export const DIST_ENTRIES: i32 = 448;

/** Table entry: u16 payload, u8 operation, u8 bits to drop, from the high end. */
export const LITERAL: u32 = 0x8000;
export const END: u32 = 0x4000;
export const SUBTABLE: u32 = 0x2000;
export const INVALID: u32 = 0x1000;
/** Any of the three rare operations. */
export const RARE: u32 = 0x7000;

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
export const KIND_CODES: i32 = 0;
export const KIND_LIT: i32 = 1;
export const KIND_DIST: i32 = 2;

/** Sorted symbols, u16. */
let sorted: usize = 0;
/** Counts and offsets by length, 16 i32 each. */
let counts: usize = 0;

/** Bytes of scratch memory for building tables. */
export const BUILD_BYTES: i32 = 704 + 128;

/** @param scratchAt  BUILD_BYTES that only this file uses */
export function configureTables(scratchAt: usize): void {
  sorted = scratchAt;
  counts = sorted + 704;
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

/**
 * Makes a decoding table from code lengths, no larger than the longest code needs: most deltas are short, and filling 2,048
 * entries would cost more than their content.
 *
 * @returns bits that index the table, or BAD under zlib's own conditions
 */
export function buildTable(kind: i32, lens: usize, n: i32, table: usize, mostBits: i32, room: i32): i32 {
  const offsets = counts + 64;
  memory.fill(counts, 0, 64);
  for (let i = 0; i < n; i++) {
    const at = counts + (<usize>load<u8>(lens + <usize>i) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let longest = 15;
  while (longest > 0 && load<i32>(counts + (<usize>longest << 2)) == 0) longest--;
  const tableBits = max(1, min(longest, mostBits));
  const size = 1 << tableBits;
  if (longest == 0) {
    for (let i = 0; i < size; i++) store<u32>(table + (<usize>i << 2), INVALID | 1);
    return kind == KIND_DIST ? tableBits : BAD;
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
    if (kind == KIND_CODES || longest != 1) return BAD;
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
        while (subBits + tableBits < longest) {
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
  return tableBits;
}
