// Walks over the lines of a history and stops at those that deserve a look: not seen before, but for their digits, and with
// a word in them that means something. The plain twin is src/shell/line-memory.ts with the pass over words of
// src/shell/prefilter.ts (test/shell/line-walk.test.ts). The text is untrusted: a line is known by a hash of 64 bits under keys that
// nobody else knows.

/** Lines that can be found again; a newer line takes the place of an older one with the same lower bits. */
const PLACES: usize = 1 << 16;
/** Longest line that is remembered. */
const LONGEST: i32 = 256;
const SLOTS: usize = 1 << 16;
const MAYBE: usize = 1 << 14;
const TRIGGER: u32 = 65535;
/** Different tools in one line; with more it is odd. */
const MOST_TOOLS: i32 = 32;

/** What a line is, see LINE of src/kernel/line-walker.ts. */
const WANTED: i32 = 1;
const TOOLS: i32 = 2;
const ODD: i32 = 3;

const LOWER: u32 = 1;
const UPPER: u32 = 2;
const AT_SIGN: u32 = 4;
const COLON: u32 = 5;

/** 16 ones, then 16 zeros: a load at 16 - n keeps the first n bytes. */
const keep: usize = memory.data(32);
const classes: usize = memory.data(256);

let places: usize = 0;
let meanings: usize = 0;
let hashes: usize = 0;
let maybe: usize = 0;
let answer: usize = 0;
/** Odd, and drawn anew in each process: nobody can make lines that are taken for one another. */
let key0: u64 = 0;
let key1: u64 = 0;
let key2: u64 = 0;
let key3: u64 = 0;

let text: usize = 0;
let size: i32 = 0;
let ends: usize = 0;
let breaks: i32 = 0;
let count: i32 = 0;

/** The line that the walk has stopped at last. */
let lastPlace: usize = 0;
let lastHash: u64 = 0;

/** Bytes that configureLines needs. */
export function linesScratch(): usize {
  return PLACES * 8 + SLOTS * 2 + SLOTS * 4 + MAYBE + 256;
}

/**
 * Lays out the scratch: [places | meanings u16 | hashes i32 | maybe u8 | answer].
 * The caller fills the three tables, see linesTablesAt(), and reads the answer, see nextLine().
 *
 * @param seed random
 */
export function configureLines(scratchAt: usize, seed: u64): void {
  places = scratchAt;
  meanings = places + PLACES * 8;
  hashes = meanings + SLOTS * 2;
  maybe = hashes + SLOTS * 4;
  answer = maybe + MAYBE;
  memory.fill(places, 0, PLACES * 8);
  key0 = nextKey(seed);
  key1 = nextKey(key0);
  key2 = nextKey(key1);
  key3 = nextKey(key2);
  memory.fill(keep, 255, 16);
  for (let c = 97; c <= 122; c++) store<u8>(classes + c, LOWER);
  for (let c = 65; c <= 90; c++) store<u8>(classes + c, UPPER);
  store<u8>(classes + 64, AT_SIGN);
  store<u8>(classes + 58, COLON);
}

/** A step of splitmix64, made odd. */
function nextKey(from: u64): u64 {
  let key = from + 0x9e3779b97f4a7c15;
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9;
  key = (key ^ (key >> 27)) * 0x94d049bb133111eb;
  return (key ^ (key >> 31)) | 1;
}

export function linesTablesAt(): usize {
  return meanings;
}

export function linesAnswerAt(): usize {
  return answer;
}

/**
 * Takes a text and writes the offset behind each of its lines as u32.
 *
 * @param textAt 64 bytes behind the text may be read
 * @param endsAt room for one number more than the text has bytes
 * @returns lines; the last one may have no line feed
 */
export function openLines(textAt: usize, bytes: i32, endsAt: usize): i32 {
  text = textAt;
  size = bytes;
  ends = endsAt;
  let out = endsAt;
  const newline = i8x16.splat(10);
  for (let base = 0; base < bytes; base += 64) {
    const at = textAt + <usize>base;
    let mask =
      <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at), newline))) |
      (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 16), newline))) << 16) |
      (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 32), newline))) << 32) |
      (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 48), newline))) << 48);
    const rest = bytes - base;
    if (rest < 64) mask &= (<u64>1 << <u64>rest) - 1;
    while (mask != 0) {
      store<u32>(out, base + <i32>ctz(mask) + 1);
      out += 4;
      mask &= mask - 1;
    }
  }
  breaks = <i32>((out - endsAt) >> 2);
  count = breaks;
  if (bytes > 0 && (breaks == 0 || load<i32>(out - 4) != bytes)) {
    store<u32>(out, bytes);
    count++;
  }
  return count;
}

/** Line feeds of the text. */
export function lineBreaks(): i32 {
  return breaks;
}

// @ts-ignore: decorator
@inline
function withoutDigits(v: v128): v128 {
  const digit = i8x16.sub(v, i8x16.splat(48));
  return i8x16.sub(v, v128.and(digit, i8x16.lt_u(digit, i8x16.splat(10))));
}

/** Two products by secret numbers: what goes in can be chosen, what comes out cannot. */
// @ts-ignore: decorator
@inline
function mix(hash: u64, word: u64, first: u64, second: u64): u64 {
  const product = (hash ^ word) * first;
  return (product ^ (product >> 32)) * second;
}

/** True when a line with this hash is remembered; else it is the line for rememberLine(). */
function isRemembered(start: i32, length: i32): bool {
  let from = text + <usize>start;
  let one: u64 = <u64>length;
  let two: u64 = key0;
  let left = length;
  for (; left >= 16; left -= 16) {
    const v = withoutDigits(v128.load(from));
    one = mix(one, i64x2.extract_lane(v, 0), key0, key1);
    two = mix(two, i64x2.extract_lane(v, 1), key2, key3);
    from += 16;
  }
  if (left > 0) {
    const v = v128.and(withoutDigits(v128.load(from)), v128.load(keep + 16 - <usize>left));
    one = mix(one, i64x2.extract_lane(v, 0), key0, key1);
    two = mix(two, i64x2.extract_lane(v, 1), key2, key3);
  }
  const hash = mix(one, rotl(two, 32), key2, key1);
  lastHash = hash | 1;
  lastPlace = places + (<usize>(hash >> 40) & (PLACES - 1)) * 8;
  return load<u64>(lastPlace) == lastHash;
}

/** The line that the walk has stopped at last is dull, and so is every line that differs in digits only. */
export function rememberLine(): void {
  if (lastHash != 0) store<u64>(lastPlace, lastHash);
}

/** What the words of [start, end) mean; 0 when they mean nothing. Writes tools as i32 behind the answer's four numbers. */
function judgeWords(start: i32, end: i32): i32 {
  let hash: u32 = 0;
  let isLower = false;
  let hasScheme = false;
  let tools = 0;
  const last = text + <usize>end;
  const tables = classes;
  for (let at = text + <usize>start; at <= last; at++) {
    const c = at < last ? <u32>load<u8>(at) : 10;
    const kind = <u32>load<u8>(tables + c);
    if (kind == LOWER) {
      hash = hash * 31 + c;
      isLower = true;
      continue;
    }
    if (hash != 0 && (kind != UPPER || isLower)) {
      const slot = (hash ^ (hash >> 15)) & (<u32>SLOTS - 1);
      if (load<u8>(maybe + (slot & (<u32>MAYBE - 1))) != 0) {
        const owner = load<u32>(hashes + slot * 4);
        if (owner == hash || owner == 0) {
          const meaning = <u32>load<u16>(meanings + slot * 2);
          if (meaning == TRIGGER) return WANTED;
          if (meaning != 0) {
            let known = 0;
            while (known < tools && load<u32>(answer + 16 + <usize>known * 4) != meaning) known++;
            if (known == tools) {
              if (tools == MOST_TOOLS) return ODD;
              store<u32>(answer + 16 + <usize>tools * 4, meaning);
              tools++;
            }
          }
        }
      }
      hash = 0;
    }
    isLower = false;
    if (kind == UPPER) hash = hash * 31 + (c | 32);
    else if (kind == COLON) {
      if (at + 2 < last && load<u8>(at, 1) == 47 && load<u8>(at, 2) == 47) hasScheme = true;
    } else if (kind == AT_SIGN) {
      if (hasScheme) return WANTED;
    }
  }
  store<u32>(answer + 12, tools);
  return tools > 0 ? TOOLS : 0;
}

function hasZero(start: i32, end: i32): bool {
  for (let i = start; i < end; i += 16) {
    let zeros = i8x16.bitmask(i8x16.eq(v128.load(text + <usize>i), i64x2.splat(0)));
    if (end - i < 16) zeros &= (1 << (end - i)) - 1;
    if (zeros != 0) return true;
  }
  return false;
}

function endsOpen(start: i32, end: i32): bool {
  if (start == end) return false;
  const last = load<u8>(text + <usize>end - 1);
  return last == 92 || last == 96;
}

/**
 * Walks from a line to the next one that deserves a look. A line that goes on comes with what it goes on with.
 *
 * @returns what it is, 0 at the end. The answer: start, end, the line behind it, number of tools, tools
 */
export function nextLine(from: i32): i32 {
  let start = from == 0 ? 0 : load<i32>(ends + <usize>(from - 1) * 4);
  for (let line = from; line < count; line++) {
    let end = load<i32>(ends + <usize>line * 4) - i32(line < breaks);
    const length = end - start;
    lastHash = 0;
    let isNew = length > 0;
    if (endsOpen(start, end) && line < breaks) {
      do {
        line++;
        end = line < breaks ? load<i32>(ends + <usize>line * 4) - 1 : size;
      } while (line < breaks && endsOpen(0, end));
    } else if (isNew && length <= LONGEST) isNew = !isRemembered(start, length);
    if (isNew) {
      const kind = hasZero(start, end) ? ODD : judgeWords(start, end);
      if (kind != 0) {
        store<i32>(answer, start);
        store<i32>(answer + 4, end);
        store<i32>(answer + 8, line + 1);
        return kind;
      }
      rememberLine();
    }
    start = end + 1;
  }
  return 0;
}
