// The plain twin of assembly/scan.ts: same answer, no SIMD, about a hundredth of the speed. It is what runs where WebAssembly
// SIMD is missing, and the oracle in test/kernel/same-answer.test.ts. Read this one to learn what the kernel does.

import { createAssignedValueReader } from './assigned-value.ts';
import { isAlnum, isBlank, isDigit, isToken } from './byte-classes.ts';
import { foldByte } from './fold.ts';
import type { Kernel } from './kernel.ts';
import {
  ENCODED,
  ENTRY_BYTES,
  FLAG_ASSIGNMENT,
  FLAG_URL,
  HEADER,
  hashNumber,
  LONG_NEAR,
  LONGEST_WORD,
  longHash,
  MIN_ASSIGNED,
  MIN_BASE64,
  MIN_DIGITS,
  MIN_HEX,
  MIN_RUN,
  NAME_INSIDE,
  NEAR_BEFORE,
  NEAR_INSIDE,
  PREFIX_BEFORE,
} from './table-layout.ts';

const OUTPUT_CAPACITY = 32_768;
/** Room kept for one step of the loop; the caller drains the list and goes on. */
const RESERVE = 4096;
/** Set in every byte of what is compared without case. */
const FOLD = 0x20202020;
/** Zero bytes behind the text. */
const MARGIN = 256;

/** . : ~ ! $ : what joins a prefix to its run. */
const isJoint = (c: number): boolean => c === 46 || c === 58 || c === 126 || c === 33 || c === 36;
const CANDIDATE_ENCODED = 3;
const TEXT = /^[\x20-\x7e\t\n\r]+$/;

/** True when the first 20 characters are base64 of text, or begin what gzip wrote. */
function isBase64Text(head: string): boolean {
  if (head.startsWith('H4sI')) return true;
  const first = head.slice(0, 20);
  return /^[A-Za-z0-9+/_-]{20}$/.test(first) && TEXT.test(Buffer.from(first, 'base64').toString('latin1'));
}

/** True when the 32 characters are hex of text. */
function isHexText(head: string): boolean {
  return /^[0-9a-fA-F]{32}$/.test(head) && TEXT.test(Buffer.from(head, 'hex').toString('latin1'));
}

/** See createKernel. */
export function createFallback(tables: Uint8Array, capacity: number): Kernel {
  const view = new DataView(tables.buffer, tables.byteOffset, tables.byteLength);
  const at = (key: keyof typeof HEADER): number => view.getUint32(HEADER[key], true);
  const place = {
    prefixHeads: at('prefixHeads'),
    nearHeads: at('nearHeads'),
    entries: at('entries'),
    anchorHeads: at('anchorHeads'),
  };
  const memory = new Uint8Array(capacity + MARGIN);
  const candidates = new Int32Array(OUTPUT_CAPACITY * 3);
  let length = 0;
  let position = 0;
  let runStart = -1;
  let prefixDone = 0;
  let nearDone = 0;
  let count = 0;
  let cut = 0;

  const byteAt = (i: number): number => memory[i] ?? 0;

  const { findAssignedValue, isCredentialUrl } = createAssignedValueReader({ byteAt, sizeBytes: () => length });

  function emit(kind: number, id: number, where: number, other: number): void {
    if (count >= OUTPUT_CAPACITY) {
      cut++;
      return;
    }
    candidates.set([(kind << 16) | id, where, other], count * 3);
    count++;
  }

  /** True when the literal of the entry at `e` stands at `where`. */
  function standsAt(e: number, where: number, isFolded: boolean): boolean {
    const literal = view.getUint32(e + 4, true);
    const size = tables[e + 8]!;
    if (where + size > length) return false;
    for (let i = 0; i < size; i++) {
      const byte = byteAt(where + i);
      if (tables[literal + i] !== (isFolded ? foldByte(byte) : byte)) return false;
    }
    return true;
  }

  /** The four bytes at `where` as one number, folded or as they are. */
  function numberAt(where: number, fold: number): number {
    return (
      (byteAt(where) | (byteAt(where + 1) << 8) | (byteAt(where + 2) << 16) | (byteAt(where + 3) << 24) | fold) >>> 0
    );
  }

  /**
   * Calls `take` for the entries of `least` to `most` bytes that a hash leads to. No bitmap is asked: it is there for speed.
   */
  function takeEntries(heads: number, hash: number, least: number, most: number, take: (e: number) => void): void {
    const head = heads + (hash & 4095) * 2;
    for (let entry = tables[head]! | (tables[head + 1]! << 8); entry !== 0; ) {
      const e = place.entries + entry * ENTRY_BYTES;
      const size = tables[e + 8]!;
      if (size >= least && size <= most) take(e);
      entry = tables[e + 2]! | (tables[e + 3]! << 8);
    }
  }

  /** Prefixes are kept by four bytes, those of three by all they have. */
  function lookUpPrefix(where: number): void {
    const four = numberAt(where, 0);
    const take = (e: number): void => {
      if (standsAt(e, where, false)) emit(0, view.getUint16(e, true), where, 0);
    };
    takeEntries(place.prefixHeads, hashNumber(four), 4, LONGEST_WORD, take);
    takeEntries(place.prefixHeads, hashNumber(four & 0xffffff), 3, 3, take);
  }

  /** Near words are kept by six bytes, shorter ones by four, those of three by all they have. */
  function lookUpNear(where: number): void {
    const four = numberAt(where, FOLD);
    const take = (e: number): void => {
      if (standsAt(e, where, true)) emit(1, view.getUint16(e, true), where, 0);
    };
    const long = longHash(four, (byteAt(where + 4) | (byteAt(where + 5) << 8) | FOLD) & 0xffff);
    takeEntries(place.nearHeads, long, LONG_NEAR, LONGEST_WORD, take);
    takeEntries(place.nearHeads, hashNumber(four), 4, LONG_NEAR - 1, take);
    takeEntries(place.nearHeads, hashNumber(four & 0xffffff), 3, 3, take);
  }

  function hasDigits(from: number, to: number): boolean {
    let digits = 0;
    for (let i = from; i < to && digits < MIN_DIGITS; i++) if (isDigit(byteAt(i))) digits++;
    return digits >= MIN_DIGITS;
  }

  /** A run [start, end) of at least MIN_RUN token characters: prefixes at word starts, then near words. */
  function takeRun(start: number, end: number): void {
    let from = start;
    if (start > 0) {
      const before = byteAt(start - 1);
      // `SG.` + run, `123456789:` + run: the prefix may stand before a joint.
      if (isJoint(before)) from = Math.max(start - PREFIX_BEFORE, prefixDone);
      // `\nghp_…`, `\u0022ghp_…` and `%20ghp_…`: the escape's own letters hide the word start.
      const skip = before === 37 ? 2 : before === 92 ? (byteAt(start) === 117 ? 5 : 1) : 0;
      if (skip !== 0 && isAlnum(byteAt(start + skip)) && isAlnum(byteAt(start + skip - 1))) lookUpPrefix(start + skip);
    }
    for (let i = from; i < end; i++) {
      if (isAlnum(byteAt(i)) && !(i > 0 && isAlnum(byteAt(i - 1)))) lookUpPrefix(i);
    }
    prefixDone = end;
    takeEncoded(start, end);
    const last = Math.min(end, start + NEAR_INSIDE);
    if (!hasDigits(start, last)) return;
    for (let i = Math.max(start - NEAR_BEFORE, nearDone); i < last; i++) lookUpNear(i);
    nearDone = last;
  }

  /** True when a string ends at `end` and goes on in another: `\` at a line's end, `" + "`, or nothing but a line between. */
  function isJoined(end: number): boolean {
    const c = byteAt(end);
    if (c === 92) return byteAt(end + 1) === 10 || (byteAt(end + 1) === 13 && byteAt(end + 2) === 10);
    if (c !== 34 && c !== 39) return false;
    let lines = 0;
    let joints = 0;
    for (let i = end + 1; i < end + 49; i++) {
      const next = byteAt(i);
      if (next === 10) lines++;
      else if (next === 43) joints++;
      else if (!isBlank(next) && next !== 13) return next === c && joints < 2 && lines + joints > 0;
    }
    return false;
  }

  /** Where a base64 or hex text would start in the run: behind `name=`, behind an escape's letters, behind `0x`. */
  function encodedStart(start: number, end: number): number {
    let from = start;
    const stop = Math.min(end - MIN_ASSIGNED, start + NAME_INSIDE);
    const equals = memory.indexOf(61, start);
    if (equals >= 0 && equals < stop) {
      from = equals + 1;
      while (byteAt(from) === 61) from++;
    }
    if (from === start && start > 0) {
      const before = byteAt(start - 1);
      if (before === 92) from += byteAt(start) === 117 ? 5 : 1;
      else if (before === 37) from += 2;
    }
    return byteAt(from) === 48 && byteAt(from + 1) === 120 ? from + 2 : from;
  }

  /** Base64 and hex whose first bytes are text: random identifiers nearly always fail at the first. */
  function takeEncoded(start: number, end: number): void {
    if (isJoined(end)) emit(CANDIDATE_ENCODED, ENCODED.joined, start, end);
    if (end - start < MIN_BASE64) return;
    const from = encodedStart(start, end);
    const head = Buffer.from(memory.subarray(from, from + 32)).toString('latin1');
    if (head.startsWith('3D') && from > start && byteAt(from - 1) === 61)
      emit(CANDIDATE_ENCODED, ENCODED.quotedPrintable, from - 1, end);
    if (end - from < MIN_BASE64) return;
    if (isBase64Text(head)) emit(CANDIDATE_ENCODED, ENCODED.base64, from, end);
    else if (end - from >= MIN_HEX && isHexText(head)) emit(CANDIDATE_ENCODED, ENCODED.hex, from, end);
  }

  function takeMarked(e: number): void {
    const where = position - tables[e + 10]!;
    if (where >= 0 && standsAt(e, where, true)) takeAnchor(e, where);
  }

  /** Anchors whose marked bytes (AnchorPlaces) stand at `position`. */
  function takeAnchors(): void {
    const four = numberAt(position, FOLD);
    takeEntries(place.anchorHeads, hashNumber(four), 4, LONGEST_WORD, takeMarked);
    takeEntries(place.anchorHeads, hashNumber(four & 0xffffff), 3, 3, takeMarked);
  }

  function takeAnchor(e: number, where: number): void {
    const id = view.getUint16(e, true);
    const after = where + tables[e + 8]!;
    const flags = tables[e + 9]!;
    if (!(flags & FLAG_ASSIGNMENT)) {
      if (!(flags & FLAG_URL) || isCredentialUrl(after)) emit(2, id, where, 0);
      return;
    }
    const value = findAssignedValue(where, after);
    if (value !== 0) emit(2, id, where, value);
  }

  function run(): number {
    count = 0;
    while (position < length) {
      if (count > OUTPUT_CAPACITY - RESERVE) return count;
      takeAnchors();
      if (isToken(byteAt(position))) {
        if (runStart < 0) runStart = position;
      } else if (runStart >= 0) {
        if (position - runStart >= MIN_RUN) takeRun(runStart, position);
        runStart = -1;
      }
      position++;
    }
    if (runStart >= 0) {
      if (length - runStart >= MIN_RUN) takeRun(runStart, length);
      runStart = -1;
    }
    return count;
  }

  return {
    input: memory.subarray(0, capacity),
    candidates,
    begin: (size) => {
      memory.fill(0, size, size + MARGIN);
      length = size;
      position = 0;
      runStart = -1;
      prefixDone = 0;
      nearDone = 0;
      cut = 0;
      return run();
    },
    next: run,
    isDone: () => position >= length && runStart < 0,
    cutCount: () => cut,
    findZero: (from, to) => memory.subarray(0, to).indexOf(0, from),
    countNewlines: (from, to) => {
      let lines = 0;
      for (let i = from; i < to; i++) if (memory[i] === 10) lines++;
      return lines;
    },
    countUnits: (from, to) => {
      let units = 0;
      for (let i = from; i < to; i++) if ((byteAt(i) & 0xc0) !== 0x80) units += byteAt(i) >= 0xf0 ? 2 : 1;
      return units;
    },
  };
}
