// The kernel: one pass over the bytes that marks the places worth a look. AssemblyScript with 128-bit SIMD.
// src/kernel/fallback.ts is its plain twin and must give the same answer (test/kernel/same-answer.test.ts).
// Nothing here allocates; all addresses come from configure(). Input is untrusted, tables are ours.

const MIN_RUN: i32 = 20;
const NEAR_BEFORE: i32 = 96;
const NEAR_INSIDE: i32 = 128;
const PREFIX_BEFORE: i32 = 24;
const MIN_DIGITS: i32 = 2;
const ENTRY_BYTES: usize = 12;
const CANDIDATE_BYTES: usize = 12;
/** Room kept for one tile; the caller drains the list and goes on. What a single run exceeds is counted as cut. */
const RESERVE: i32 = 16384;

const KIND_PREFIX: i32 = 0;
const KIND_NEAR: i32 = 1;
const KIND_ANCHOR: i32 = 2;
const KIND_ENCODED: i32 = 3;
const BASE64: i32 = 0;
const HEX: i32 = 1;
const JOINED: i32 = 2;
const QUOTED_PRINTABLE: i32 = 3;
const MIN_BASE64: i32 = 24;
const MIN_HEX: i32 = 40;
const MIN_ASSIGNED: i32 = 8;

let tables: usize = 0;
let prefixBitmap: usize = 0;
let prefixHeads: usize = 0;
let nearBitmap: usize = 0;
let nearHeads: usize = 0;
let entries: usize = 0;
let teddy: usize = 0;
let anchorHeads: usize = 0;
let anchorBitmap: usize = 0;

/** Blocks of 64 bytes that the vector half marks before the scalar half looks at them. */
const TILE: i32 = 64;
/** For each block of a tile: u64 of bytes that are no token characters, u64 of places where an anchor may stand. */
const masks: usize = memory.data(1024);

let input: usize = 0;
let length: i32 = 0;
let output: usize = 0;
let capacity: i32 = 0;

let count: i32 = 0;
let block: i32 = 0;
/** Where the run starts that may go on behind the last block; that block's end when none does. */
let openRun: i32 = 0;
let prefixDone: i32 = 0;
let nearDone: i32 = 0;
let cut: i32 = 0;

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
  teddy = tablesAt + <usize>load<u32>(tablesAt, 24);
  anchorHeads = tablesAt + <usize>load<u32>(tablesAt, 28);
  anchorBitmap = tablesAt + <usize>load<u32>(tablesAt, 32);
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

/** One bit of the near bitmap: whether three folded bytes may begin a word. */
// @ts-ignore: decorator
@inline
function nearBit(three: u32): u32 {
  const hash = hashOf(three & 0xffffff);
  return <u32>load<u8>(nearBitmap + <usize>(hash >> 3)) >> (hash & 7);
}

/** Looks for near words at every position of [from, to); four at a time, because a branch for each cost a third more. */
function lookUpNears(from: i32, to: i32): void {
  let position = from;
  for (; position + 4 <= to; position += 4) {
    const bytes = load<u64>(input + <usize>position) | 0x2020202020202020;
    const bits = nearBit(<u32>bytes) | nearBit(<u32>(bytes >> 8)) | nearBit(<u32>(bytes >> 16)) | nearBit(<u32>(bytes >> 24));
    if (bits & 1) for (let i = 0; i < 4; i++) lookUpNear(position + i);
  }
  for (; position < to; position++) lookUpNear(position);
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
  takeEncoded(start, end);
  const last = min(end, start + NEAR_INSIDE);
  if (!hasDigits(start, last)) return;
  lookUpNears(max(start - NEAR_BEFORE, nearDone), last);
  nearDone = last;
}

/** The six bits that a character of base64 stands for, in either alphabet; 255 for others. */
function sextetOf(c: u32): u32 {
  if (c - 65 < 26) return c - 65;
  if (c - 97 < 26) return c - 71;
  if (c - 48 < 10) return c + 4;
  if (c == 43 || c == 45) return 62;
  return c == 47 || c == 95 ? 63 : 255;
}

function nibbleOf(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  const folded = c | 0x20;
  return folded - 97 < 6 ? folded - 87 : 255;
}

// @ts-ignore: decorator
@inline
function isTextByte(c: u32): bool {
  return c - 32 < 95 || c == 10 || c == 13 || c == 9;
}

/** True when the 20 characters at `at` are base64 of text, or begin what gzip wrote. */
function isBase64Text(at: i32): bool {
  if (load<u32>(input + <usize>at) == 0x49733448) return true;
  for (let i = at; i < at + 20; i += 4) {
    const a = sextetOf(byteAt(i));
    const b = sextetOf(byteAt(i + 1));
    if (!isTextByte((a << 2) | (b >> 4))) return false;
    const c = sextetOf(byteAt(i + 2));
    const d = sextetOf(byteAt(i + 3));
    if ((b | c | d) > 63) return false;
    if (!isTextByte(((b & 15) << 4) | (c >> 2)) || !isTextByte(((c & 3) << 6) | d)) return false;
  }
  return true;
}

/** True when the 32 characters at `at` are hex of text. */
function isHexText(at: i32): bool {
  for (let i = at; i < at + 32; i += 2) {
    const high = nibbleOf(byteAt(i));
    const low = nibbleOf(byteAt(i + 1));
    if (low > 15 || !isTextByte((high << 4) | low)) return false;
  }
  return true;
}

/** Where a base64 or hex text would start in the run [start, end): behind `name=`, an escape or `0x`. */
function encodedStart(start: i32, end: i32): i32 {
  let from = start;
  const stop = min(end - MIN_ASSIGNED, start + 64);
  for (let base = start; base < stop; base += 16) {
    let mask = i8x16.bitmask(i8x16.eq(v128.load(input + <usize>base), i8x16.splat(61)));
    const rest = stop - base;
    if (rest < 16) mask &= (1 << rest) - 1;
    if (mask != 0) {
      from = base + ctz(mask) + 1;
      while (byteAt(from) == 61) from++;
      break;
    }
  }
  if (from == start && start > 0) {
    const before = byteAt(start - 1);
    if (before == 92) from += byteAt(start) == 117 ? 5 : 1;
    else if (before == 37) from += 2;
  }
  return byteAt(from) == 48 && byteAt(from + 1) == 120 ? from + 2 : from;
}

/** True when a string ends at `end` and goes on in another: `\` at a line's end, `" + "`, or nothing but a line between. */
function isJoined(end: i32): bool {
  const c = byteAt(end);
  if (c == 92) return byteAt(end + 1) == 10 || (byteAt(end + 1) == 13 && byteAt(end + 2) == 10);
  if (c != 34 && c != 39) return false;
  let i = end + 1;
  const limit = i + 48;
  let lines = 0;
  let joints = 0;
  while (i < limit) {
    const next = byteAt(i);
    if (next == 10) lines++;
    else if (next == 43) joints++;
    else if (!isBlank(next) && next != 13) return next == c && joints < 2 && lines + joints > 0;
    i++;
  }
  return false;
}

/** Emits what may be encoded text in the run [start, end), and a string that goes on behind it. */
function takeEncoded(start: i32, end: i32): void {
  if (isJoined(end)) emit(KIND_ENCODED, JOINED, start, end);
  if (end - start < MIN_BASE64) return;
  const from = encodedStart(start, end);
  if (byteAt(from) == 51 && byteAt(from + 1) == 68 && from > start && byteAt(from - 1) == 61) emit(KIND_ENCODED, QUOTED_PRINTABLE, from - 1, end);
  if (end - from < MIN_BASE64) return;
  if (isBase64Text(from)) emit(KIND_ENCODED, BASE64, from, end);
  else if (end - from >= MIN_HEX && isHexText(from)) emit(KIND_ENCODED, HEX, from, end);
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
    const entity = entityEnd(i);
    if (entity != 0) {
      isQuoted = true;
      i = entity;
      continue;
    }
    if (isQuote(c)) isQuoted = true;
    else if (c != 93 && c != 41 && c != 92) break;
    i++;
  }
  const blank = i;
  limit = min(i + 24, length);
  while (i < limit && isBlank(byteAt(i))) i++;
  const c = byteAt(i);
  if (c == 61 || c == 58) {
    i++;
    limit = i + 2;
    while (i < limit && isOperatorTail(byteAt(i))) i++;
    return valueStart(i, false);
  }
  if ((c == 33 || c == 43) && byteAt(i + 1) == 61) return valueStart(byteAt(i + 2) == 61 ? i + 3 : i + 2, true);
  if (c == 124 || c == 63) {
    limit = i + 2;
    while (i < limit && (byteAt(i) == 124 || byteAt(i) == 63)) i++;
    if (byteAt(i) == 61 || byteAt(i) == 58) return valueStart(i + 1, false);
    return valueStart(i, true);
  }
  if (c == 45 && byteAt(i + 1) == 62) return valueStart(i + 2, false);
  if (c == 37 && byteAt(i + 1) == 51 && (byteAt(i + 2) | 0x20) == 100) return valueStart(i + 3, false);
  if (isQuoted && i > blank && c == 118 && isValueWord(i)) return valueStart(i + 6, true);
  if (i > blank && c == 105 && byteAt(i + 1) == 115 && (isBlank(byteAt(i + 2)) || byteAt(i + 2) == 58)) return valueStart(i + 3, false);
  if (c == 44) return isQuoted ? valueStart(i + 1, true) : 0;
  if (c == 40) return valueStart(i + 1, true);
  if (blank != nameEnd || i == blank) return 0;
  return valueStart(i, byteAt(position - 3) != 32 && !isOption(anchor));
}

/** True for `--db-password value` and `ENV DB_PASSWORD value`: what follows the name needs no quotes. */
function isOption(anchor: i32): bool {
  let i = anchor;
  const limit = max(anchor - 64, 0);
  while (i > limit && isNameByte(byteAt(i - 1))) i--;
  if (byteAt(i) == 45) return true;
  return i >= 4 && byteAt(i - 4) == 69 && byteAt(i - 3) == 78 && byteAt(i - 2) == 86 && byteAt(i - 1) == 32;
}

/** Where the entity of a quote ends that stands at `i` (`&quot;` `&#34;` `&#39;` `&apos;`); 0 when there is none. */
function entityEnd(i: i32): i32 {
  if (byteAt(i) != 38) return 0;
  const c = byteAt(i + 1);
  if (c == 35) return byteAt(i + 2) == 51 && (byteAt(i + 3) == 52 || byteAt(i + 3) == 57) && byteAt(i + 4) == 59 ? i + 5 : 0;
  return (c == 113 || c == 97) && byteAt(i + 5) == 59 && byteAt(i + 3) == 111 ? i + 6 : 0;
}

/** `value=` at `i`. */
function isValueWord(i: i32): bool {
  return byteAt(i + 1) == 97 && byteAt(i + 2) == 108 && byteAt(i + 3) == 117 && byteAt(i + 4) == 101 && byteAt(i + 5) == 61;
}

/** Skips blanks, one line break and opening quotes; 0 when what follows cannot be a value. */
function valueStart(position: i32, needsQuote: bool): i32 {
  let i = position;
  let limit = i + 16;
  while (i < limit && isBlank(byteAt(i))) i++;
  let mustQuote = needsQuote;
  if (byteAt(i) == 91 || byteAt(i) == 10 || (byteAt(i) == 13 && byteAt(i + 1) == 10)) {
    mustQuote = true;
    limit = i + 48;
    while (i < limit && (isBlank(byteAt(i)) || byteAt(i) == 10 || byteAt(i) == 13 || byteAt(i) == 91)) i++;
  }
  limit = i + 6;
  let quote: u32 = 0;
  while (i < limit) {
    const c = byteAt(i);
    const entity = entityEnd(i);
    if (entity != 0) {
      quote = 38;
      i = entity;
      break;
    }
    if (isQuote(c)) quote = c;
    else if (c != 92 && (quote != 0 || !(c == 64 || (isLetter(c) && isQuote(byteAt(i + 1)))))) break;
    i++;
  }
  if (mustQuote && quote == 0) return 0;
  if (i + 4 > length) return 0;
  for (let k = 0; k < 4; k++) {
    const c = byteAt(i + k);
    if (c <= 32 || c == 127) return 0;
    if (quote != 0 ? c == quote && byteAt(i + k - 1) != 92 : isQuote(c) || isPunctuation(c)) return 0;
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

/** The nibble tables light up for every mix of a bucket's bytes: one bit tells whether these three bytes may be right. */
// @ts-ignore: decorator
@inline
function mayBeAnchor(hash: u32): bool {
  return ((<u32>load<u8>(anchorBitmap + <usize>(hash >> 3)) >> (hash & 7)) & 1) != 0;
}

/** An anchor's marked bytes may stand at `marked`, by their hash: looks which anchor, if any. */
function takeAnchors(marked: i32, hash: u32): void {
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

/** Starts a new text of `size` bytes at the input address. */
export function begin(size: i32): void {
  length = size;
  block = 0;
  openRun = 0;
  prefixDone = 0;
  nearDone = 0;
  cut = 0;
  carry0 = i64x2.splat(0);
  carry1 = i64x2.splat(0);
  carry2 = i64x2.splat(0);
}

/**
 * The vector half of the work, for some blocks: which bytes are no token characters, and where an anchor's four bytes may
 * stand. Kept apart from the scalar half, because calls inside this loop cost a third of its speed.
 */
function markTile(first: i32, blocks: i32): void {
  const lo0 = v128.load(teddy);
  const hi0 = v128.load(teddy, 16);
  const lo1 = v128.load(teddy, 32);
  const hi1 = v128.load(teddy, 48);
  const lo2 = v128.load(teddy, 64);
  const hi2 = v128.load(teddy, 80);
  const lo3 = v128.load(teddy, 96);
  const hi3 = v128.load(teddy, 112);
  // Token characters by nibbles: bit 0 for 2x (+ - /), 1 for 3x (0-9 =), 2 for 4x and 6x, 3 for 5x (P-Z _), 4 for 7x (p-z).
  const classLo = i8x16(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 7, 4, 13);
  const classHi = i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  const nibble = i8x16.splat(15);
  const two = i8x16.splat(2);
  const zero = i64x2.splat(0);
  let last0 = carry0;
  let last1 = carry1;
  let last2 = carry2;
  let at = input + <usize>first;
  let out = masks;
  const end = masks + <usize>blocks * 16;
  for (; out < end; out += 16) {
    let gaps: u64 = 0;
    let dark: u64 = 0;
    for (let k = 0; k < 64; k += 16) {
      const v = v128.load(at);
      at += 16;
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
      dark |= <u64><u32>i8x16.bitmask(i8x16.eq(lit, zero)) << <u64>k;
      last0 = r0;
      last1 = r1;
      last2 = r2;
    }
    store<u64>(out, gaps);
    store<u64>(out, ~dark, 8);
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
  count = 0;
  const limit = capacity - RESERVE;
  // One byte more than the text has, for three-byte anchors at its very end.
  while (block <= length) {
    if (count > limit) break;
    const last = min(block + TILE * 64, length + 1);
    markTile(block, (last - block + 63) >> 6);
    for (let at = masks; block < last; block += 64, at += 16) {
      takeRuns(block, load<u64>(at));
      let lit = load<u64>(at, 8);
      while (lit != 0) {
        const marked = block + <i32>ctz(lit) - 3;
        const hash = hashOf((load<u32>(input + <usize>marked) | 0x202020) & 0xffffff);
        if (mayBeAnchor(hash)) takeAnchors(marked, hash);
        lit &= lit - 1;
      }
    }
  }
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
