// What a value is overwritten with: as many bytes as it had, and nothing that a history format reads as structure.
// Knows bytes only; opens no file.
import type { ShellFormat } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';

/** Safe in every format: never part of an escape, a time line, a continuation or a multi-byte character. */
const MASK = 0x2a;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BACKSLASH = 0x5c;
const BACKTICK = 0x60;

/** Bytes that end a line with one of these go on in the next one; such a byte must stay or the entry falls apart. */
const CONTINUATIONS: Partial<Record<ShellFormat, number>> = {
  zsh: BACKSLASH,
  bash: BACKSLASH,
  tcsh: BACKSLASH,
  powershell: BACKTICK,
};

/** Zero bytes and everything that separates lines, in any format. Byte 01 is psql's line break. */
function isStructure(byte: number, format: ShellFormat): boolean {
  return byte === LINE_FEED || byte === RETURN || byte === 0 || (byte === 1 && format === 'psql');
}

/**
 * The bytes that take the place of a span.
 *
 * @param bytes  the span's content
 * @param next  the byte after the span; undefined at the end of the file
 * @returns as many bytes; line breaks and the continuation marks before them stay
 */
export function maskBytes(bytes: Uint8Array, format: ShellFormat, next: number | undefined): Buffer {
  const masked = Buffer.alloc(bytes.length, MASK);
  const continuation = CONTINUATIONS[format];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    const following = i + 1 < bytes.length ? bytes[i + 1] : next;
    const goesOn = byte === continuation && (following === LINE_FEED || following === RETURN);
    if (isStructure(byte, format) || goesOn) masked[i] = byte;
  }
  return masked;
}

/** Sorted, joined where they overlap or touch, without empty ones. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (span.end <= span.start) continue;
    if (last && span.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

/** Formats in which a backslash and what follows are one character of the text. */
const ESCAPING: ReadonlySet<ShellFormat> = new Set(['fish', 'json', 'jsonl', 'libedit']);

/** Backslashes just before `at`. */
function countBackslashes(bytes: Uint8Array, at: number): number {
  let from = at;
  while (from > 0 && bytes[from - 1] === BACKSLASH) from--;
  return at - from;
}

/**
 * Why a span must not be overwritten, or undefined. A guard against spans that do not fit the file: a mask that splits
 * an escape would spoil the entry.
 */
export function findSpanFault(bytes: Uint8Array, span: Span, format: ShellFormat): string | undefined {
  if (span.start < 0 || span.end > bytes.length) return 'the place is outside of the file';
  if (!ESCAPING.has(format)) return undefined;
  const startsInside = countBackslashes(bytes, span.start) % 2 === 1;
  const inside = bytes.subarray(span.start, span.end);
  const endsInside = countBackslashes(inside, inside.length) % 2 === 1;
  return startsInside || endsInside ? 'the value begins or ends inside of an escape' : undefined;
}
