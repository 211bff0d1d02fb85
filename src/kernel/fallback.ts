// The plain twin of assembly/scan.ts: same answer, no SIMD, about a hundredth of the speed. It is what runs where WebAssembly
// SIMD is missing, and the oracle in test/kernel/same-answer.test.ts. Read this one to learn what the kernel does.

import { foldByte } from './anchor-buckets.ts';
import type { Kernel } from './kernel.ts';
import {
  ENCODED,
  ENTRY_BYTES,
  FLAG_ASSIGNMENT,
  FLAG_URL,
  HEADER,
  hashThree,
  MIN_ASSIGNED,
  MIN_BASE64,
  MIN_DIGITS,
  MIN_HEX,
  MIN_RUN,
  NEAR_BEFORE,
  NEAR_INSIDE,
  PREFIX_BEFORE,
} from './tables.ts';

const OUTPUT_CAPACITY = 32_768;
/** Room kept for one step of the loop; the caller drains the list and goes on. */
const RESERVE = 4096;
/** Zero bytes behind the text. */
const MARGIN = 256;

const isLetter = (c: number): boolean => (c | 0x20) >= 97 && (c | 0x20) <= 122;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isAlnum = (c: number): boolean => isLetter(c) || isDigit(c);
/** A-Za-z0-9+/=_- : base64 in both alphabets, and what joins words in names. */
const isToken = (c: number): boolean => isAlnum(c) || c === 43 || c === 47 || c === 61 || c === 95 || c === 45;
/** What names are made of: letters, digits, _ - . $ and everything beyond ASCII. */
const isNameByte = (c: number): boolean => isAlnum(c) || c === 95 || c === 45 || c === 46 || c === 36 || c >= 128;
const isQuote = (c: number): boolean => c === 34 || c === 39 || c === 96;
const isBlank = (c: number): boolean => c === 32 || c === 9;
/** = : > ~ as in `==`, `:=`, `=>`, `=~`. */
const isOperatorTail = (c: number): boolean => c === 61 || c === 58 || c === 62 || c === 126;
/** . : ~ ! $ : what joins a prefix to its run. */
const isJoint = (c: number): boolean => c === 46 || c === 58 || c === 126 || c === 33 || c === 36;
/** , ; ( ) [ { } < : what an unquoted value does not start with. */
const isPunctuation = (c: number): boolean => [44, 59, 40, 41, 91, 123, 125, 60].includes(c);

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
    prefixBitmap: at('prefixBitmap'),
    prefixHeads: at('prefixHeads'),
    nearBitmap: at('nearBitmap'),
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

  function hashAt(where: number, isFolded: boolean): number {
    const fold = (byte: number): number => (isFolded ? foldByte(byte) : byte);
    return hashThree(fold(byteAt(where)), fold(byteAt(where + 1)), fold(byteAt(where + 2)));
  }

  function lookUp(kind: number, where: number): void {
    const isFolded = kind === 1;
    const hash = hashAt(where, isFolded);
    const bitmap = isFolded ? place.nearBitmap : place.prefixBitmap;
    if (!(((tables[bitmap + (hash >> 3)] ?? 0) >> (hash & 7)) & 1)) return;
    const heads = isFolded ? place.nearHeads : place.prefixHeads;
    for (let entry = view.getUint16(heads + (hash & 4095) * 2, true); entry !== 0; ) {
      const e = place.entries + entry * ENTRY_BYTES;
      if (standsAt(e, where, isFolded)) emit(kind, view.getUint16(e, true), where, 0);
      entry = view.getUint16(e + 2, true);
    }
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
      if (skip !== 0 && isAlnum(byteAt(start + skip)) && isAlnum(byteAt(start + skip - 1))) lookUp(0, start + skip);
    }
    for (let i = from; i < end; i++) {
      if (isAlnum(byteAt(i)) && !(i > 0 && isAlnum(byteAt(i - 1)))) lookUp(0, i);
    }
    prefixDone = end;
    takeEncoded(start, end);
    const last = Math.min(end, start + NEAR_INSIDE);
    if (!hasDigits(start, last)) return;
    for (let i = Math.max(start - NEAR_BEFORE, nearDone); i < last; i++) lookUp(1, i);
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
    const stop = Math.min(end - MIN_ASSIGNED, start + 64);
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

  /**
   * Where the value starts that is assigned to the name whose word stands at [anchor, after): 0 when there is none. Takes
   * the forms of code, configuration, mark-up and command lines; every step is bounded, so a window of 512 bytes decides.
   */
  function findAssignedValue(anchor: number, after: number): number {
    let i = after;
    let limit = Math.min(after + 64, length);
    while (i < limit && isNameByte(byteAt(i))) i++;
    const nameEnd = i;
    let isQuoted = false;
    limit = Math.min(i + 4, length);
    while (i < limit) {
      const c = byteAt(i);
      // `<password>value`: the end of the tag is the operator.
      if (c === 62) return valueStart(i + 1, false);
      // Quotes of JSON in HTML: `&#34;password&#34;: &#34;value&#34;`.
      const entity = entityEnd(i);
      if (entity !== 0) {
        isQuoted = true;
        i = entity;
        continue;
      }
      if (isQuote(c)) isQuoted = true;
      else if (c !== 93 && c !== 41 && c !== 92) break;
      i++;
    }
    const blank = i;
    limit = Math.min(i + 24, length);
    while (i < limit && isBlank(byteAt(i))) i++;
    const c = byteAt(i);
    if (c === 61 || c === 58) {
      i++;
      limit = i + 2;
      while (i < limit && isOperatorTail(byteAt(i))) i++;
      return valueStart(i, false);
    }
    // `!=`, `!==`, `+=`
    if ((c === 33 || c === 43) && byteAt(i + 1) === 61) return valueStart(byteAt(i + 2) === 61 ? i + 3 : i + 2, true);
    if (c === 124 || c === 63) {
      // `||=`, `?=`, `?:` and `|| "default"`
      limit = i + 2;
      while (i < limit && (byteAt(i) === 124 || byteAt(i) === 63)) i++;
      if (byteAt(i) === 61 || byteAt(i) === 58) return valueStart(i + 1, false);
      return valueStart(i, true);
    }
    // `"password" -> "value"`
    if (c === 45 && byteAt(i + 1) === 62) return valueStart(i + 2, false);
    // `&oauth_token%3Dvalue` in an encoded URL
    if (c === 37 && byteAt(i + 1) === 51 && foldByte(byteAt(i + 2)) === 100) return valueStart(i + 3, false);
    // `name="password" value="value"`
    if (isQuoted && i > blank && isValueWord(i)) return valueStart(i + 6, true);
    // `the password is value`
    if (i > blank && c === 105 && byteAt(i + 1) === 115 && isBlankOrColon(byteAt(i + 2)))
      return valueStart(i + 3, false);
    // `define('PASSWORD', 'value')` and `setPassword("value")`
    if (c === 44) return isQuoted ? valueStart(i + 1, true) : 0;
    if (c === 40) return valueStart(i + 1, true);
    // `--password value` and `password "value"`
    if (blank !== nameEnd || i === blank) return 0;
    // `IDENTIFIED BY value`: the word itself holds a blank.
    return valueStart(i, byteAt(after - 3) !== 32 && !isOption(anchor));
  }

  /** `--db-password value`, and `ENV DB_PASSWORD value` of a Dockerfile. */
  function isOption(anchor: number): boolean {
    let i = anchor;
    const limit = Math.max(anchor - 64, 0);
    while (i > limit && isNameByte(byteAt(i - 1))) i--;
    if (byteAt(i) === 45) return true;
    return i >= 4 && byteAt(i - 4) === 69 && byteAt(i - 3) === 78 && byteAt(i - 2) === 86 && byteAt(i - 1) === 32;
  }

  /** Where the entity of a quote ends that stands at `i` (`&quot;` `&#34;` `&#39;` `&apos;`); 0 when there is none. */
  function entityEnd(i: number): number {
    if (byteAt(i) !== 38) return 0;
    const c = byteAt(i + 1);
    if (c === 35) return byteAt(i + 2) === 51 && [52, 57].includes(byteAt(i + 3)) && byteAt(i + 4) === 59 ? i + 5 : 0;
    return (c === 113 || c === 97) && byteAt(i + 5) === 59 && byteAt(i + 3) === 111 ? i + 6 : 0;
  }

  /** `value=` at `i`. */
  function isValueWord(i: number): boolean {
    return [118, 97, 108, 117, 101, 61].every((c, k) => byteAt(i + k) === c);
  }

  function isBlankOrColon(c: number): boolean {
    return isBlank(c) || c === 58;
  }

  /**
   * Skips blanks, one line break and opening quotes; 0 when what follows cannot be a value of four characters. Behind a line
   * break, or a bracket that opens a list, it must be quoted.
   */
  function valueStart(from: number, needsQuote: boolean): number {
    let i = from;
    let limit = i + 16;
    while (i < limit && isBlank(byteAt(i))) i++;
    let mustQuote = needsQuote;
    if (byteAt(i) === 91 || byteAt(i) === 10 || (byteAt(i) === 13 && byteAt(i + 1) === 10)) {
      mustQuote = true;
      limit = i + 48;
      while (i < limit && (isBlank(byteAt(i)) || byteAt(i) === 10 || byteAt(i) === 13 || byteAt(i) === 91)) i++;
    }
    limit = i + 6;
    let quote = 0;
    while (i < limit) {
      const c = byteAt(i);
      const entity = entityEnd(i);
      if (entity !== 0) {
        quote = 38;
        i = entity;
        break;
      }
      if (isQuote(c)) quote = c;
      // Escaped quotes, and the openers of C# (@") and Python, C++ (r", b", L").
      else if (c !== 92 && (quote !== 0 || !(c === 64 || (isLetter(c) && isQuote(byteAt(i + 1)))))) break;
      i++;
    }
    if (mustQuote && quote === 0) return 0;
    if (i + 4 > length) return 0;
    for (let k = 0; k < 4; k++) {
      const c = byteAt(i + k);
      if (
        c <= 32 ||
        c === 127 ||
        (quote === 0 ? isQuote(c) || isPunctuation(c) : c === quote && byteAt(i + k - 1) !== 92)
      )
        return 0;
    }
    return i;
  }

  /**
   * True when the URL that goes on at `from` has a user part with a colon, or a query with `password=`, `pwd=` or the like:
   * most URLs have neither, and a rule need not look at them.
   */
  function isCredentialUrl(from: number): boolean {
    const limit = Math.min(from + 320, length);
    let hasColon = false;
    for (let i = from; i < limit; i++) {
      const c = byteAt(i);
      if (c <= 32 || c === 34 || c === 60 || c === 62 || c === 96) return false;
      if (c === 58) hasColon = true;
      else if (c === 64 && hasColon) return true;
      else if (
        c === 61 &&
        i >= from + 2 &&
        foldByte(byteAt(i - 1)) === 100 &&
        [114, 119].includes(foldByte(byteAt(i - 2)))
      )
        return true;
    }
    return false;
  }

  /** Anchors whose marked bytes (MarkedAnchor) stand at `marked`. */
  function takeAnchors(marked: number): void {
    const hash = hashAt(marked, true);
    for (let entry = view.getUint16(place.anchorHeads + (hash & 4095) * 2, true); entry !== 0; ) {
      const e = place.entries + entry * ENTRY_BYTES;
      const where = marked - tables[e + 10]!;
      if (where >= 0 && standsAt(e, where, true)) takeAnchor(e, where);
      entry = view.getUint16(e + 2, true);
    }
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
      takeAnchors(position);
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
