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
export function takeEncoded(start: i32, end: i32): void {
  if (isJoined(end)) emit(KIND_ENCODED, JOINED, start, end);
  if (end - start < MIN_BASE64) return;
  const from = encodedStart(start, end);
  if (byteAt(from) == 51 && byteAt(from + 1) == 68 && from > start && byteAt(from - 1) == 61) emit(KIND_ENCODED, QUOTED_PRINTABLE, from - 1, end);
  if (end - from < MIN_BASE64) return;
  if (isBase64Text(from)) emit(KIND_ENCODED, BASE64, from, end);
  else if (end - from >= MIN_HEX && isHexText(from)) emit(KIND_ENCODED, HEX, from, end);
}
