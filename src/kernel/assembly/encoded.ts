// Marks what may be text written in base64 or hex, and strings that go on behind a line's end. The decoder looks closer.
import { byteAt, input, isBlank } from './bytes';
import { emit, KIND_ENCODED } from './candidates';

const BASE64: i32 = 0;
const HEX: i32 = 1;
const JOINED: i32 = 2;
const QUOTED_PRINTABLE: i32 = 3;
const MIN_BASE64: i32 = 24;
const MIN_HEX: i32 = 40;
const MIN_ASSIGNED: i32 = 8;

/** The six bits that a character of base64 stands for, in either alphabet; 255 for others. */
// biome-ignore format: a table of 128 numbers
const sextets: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 62, 255, 62, 255, 63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 255, 255, 255, 255, 255, 255,
  255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 255, 255, 255, 255, 63,
  255, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 255, 255, 255, 255, 255,
]);

/** Three bytes of base64 at `at`; bit 7, 15 or 23 is set when a character is none or a byte lies beyond ASCII. */
// @ts-ignore: decorator
@inline
function quadAt(at: i32): u32 {
  const four = load<u32>(input + <usize>at);
  if (four & 0x80808080) return 0x808080;
  const a = <u32>load<u8>(sextets + <usize>(four & 127));
  const b = <u32>load<u8>(sextets + <usize>((four >> 8) & 127));
  const c = <u32>load<u8>(sextets + <usize>((four >> 16) & 127));
  const d = <u32>load<u8>(sextets + <usize>(four >> 24));
  return (a << 18) | (b << 12) | (c << 6) | d;
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
    const three = quadAt(i);
    if (three & 0x808080) return false;
    if (!isTextByte(three >> 16) || !isTextByte((three >> 8) & 127) || !isTextByte(three & 127)) return false;
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
  // The first NAME_INSIDE bytes at once: a loop over them cost twice as much.
  const at = input + <usize>start;
  const sign = i8x16.splat(61);
  const low = <u64><u32>i8x16.bitmask(i8x16.eq(v128.load(at), sign));
  const middle = <u64><u32>i8x16.bitmask(i8x16.eq(v128.load(at, 16), sign));
  const high = <u64><u32>i8x16.bitmask(i8x16.eq(v128.load(at, 32), sign));
  const mask = low | (middle << 16) | (high << 32);
  if (mask != 0 && start + <i32>ctz(mask) < end - MIN_ASSIGNED) {
    from += <i32>ctz(mask) + 1;
    while (byteAt(from) == 61) from++;
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
export function takeEncoded(start: i32, end: i32): void {
  const c = byteAt(end);
  if ((c == 34 || c == 39 || c == 92) && isJoined(end)) emit(KIND_ENCODED, JOINED, start, end);
  if (end - start < MIN_BASE64) return;
  const from = encodedStart(start, end);
  // Identifiers and random tokens end here: as base64 they would hold bytes beyond ASCII at once.
  const isAscii = (quadAt(from) & 0x808080) == 0;
  const first = byteAt(from);
  if (!isAscii && first - 50 > 5 && first != 72) return;
  if (first == 51 && byteAt(from + 1) == 68 && from > start && byteAt(from - 1) == 61) emit(KIND_ENCODED, QUOTED_PRINTABLE, from - 1, end);
  if (end - from < MIN_BASE64) return;
  if (isBase64Text(from)) emit(KIND_ENCODED, BASE64, from, end);
  else if (end - from >= MIN_HEX && isHexText(from)) emit(KIND_ENCODED, HEX, from, end);
}
