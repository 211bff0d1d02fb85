// Texts in which single characters are escaped: percent-encoding (RFC 3986), HTML entities, \u and \x escapes,
// quoted-printable (RFC 2045). A stretch is read as a whole; what is not escaped stays as it is.
import type { EscapeForm } from '../model/encoded-mark.ts';
import type { DecodedText } from './decoded-text.ts';

/** Stretches are laid on a grid of the whole text, so that each is read once and by the same bounds however it is cut. */
export const CELL_BYTES = 4096;
/** Read before the first sign of a cell, and behind the cell: names, and the rest of values. */
const MARGIN_BYTES = 512;

const LABELS: Readonly<Record<EscapeForm, string>> = {
  percent: 'percent-encoding',
  backslash: 'escapes',
  entity: 'HTML entities',
  'quoted-printable': 'quoted-printable',
};
const ENTITIES: Readonly<Record<string, number>> = {
  quot: 34,
  amp: 38,
  apos: 39,
  lt: 60,
  gt: 62,
  equals: 61,
  colon: 58,
};
const LONGEST_ENTITY = 10;
/** Encoders break lines softly at 73 to 76 characters. */
const SHORTEST_SOFT_LINE = 60;
const LAST_CODE_POINT = 0x10ffff;

/** Code point and length of an escape; -1 for one that stands for nothing (a soft line break). */
type Escape = readonly [code: number, size: number];

function hexAt(bytes: Buffer, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const c = bytes[i] ?? 0;
    const digit = c >= 48 && c <= 57 ? c - 48 : (c | 32) >= 97 && (c | 32) <= 102 ? (c | 32) - 87 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function readBackslash(bytes: Buffer, at: number): Escape | undefined {
  // JSON in a string doubles the backslash.
  const skip = bytes[at + 1] === 92 ? 1 : 0;
  const letter = bytes[at + skip + 1];
  if (letter === 120) {
    const code = hexAt(bytes, at + skip + 2, 2);
    return code < 0 ? undefined : [code, skip + 4];
  }
  if (letter !== 117) return undefined;
  const code = hexAt(bytes, at + skip + 2, 4);
  // Halves of pairs are kept as written: no secret holds them.
  return code < 0 || (code >= 0xd800 && code < 0xe000) ? undefined : [code, skip + 6];
}

function readEntity(bytes: Buffer, at: number): Escape | undefined {
  const name = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/.exec(
    bytes.toString('latin1', at, at + LONGEST_ENTITY),
  );
  if (!name) return undefined;
  const [whole, decimal, hex, word] = name;
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : (ENTITIES[word!] ?? -1);
  return code < 0 || code > LAST_CODE_POINT ? undefined : [code, whole.length];
}

function readPercent(bytes: Buffer, at: number): Escape | undefined {
  const code = hexAt(bytes, at + 1, 2);
  return code < 0 ? undefined : [code, 3];
}

function readQuotedPrintable(bytes: Buffer, at: number): Escape | undefined {
  const lineEnd = bytes[at + 1] === 10 ? 2 : bytes[at + 1] === 13 && bytes[at + 2] === 10 ? 3 : 0;
  // In a shorter line the sign is base64's padding or the like.
  if (lineEnd > 0) return at - bytes.lastIndexOf(10, at) > SHORTEST_SOFT_LINE ? [-1, lineEnd] : undefined;
  const code = hexAt(bytes, at + 1, 2);
  return code < 0 ? undefined : [code, 3];
}

const READERS: Readonly<
  Record<EscapeForm, readonly [sign: number, read: (bytes: Buffer, at: number) => Escape | undefined]>
> = {
  percent: [37, readPercent],
  backslash: [92, readBackslash],
  entity: [38, readEntity],
  'quoted-printable': [61, readQuotedPrintable],
};
/** In these an escape is a byte; in the others a code point. */
const isByte = (form: EscapeForm): boolean => form === 'percent' || form === 'quoted-printable';

/** A letter, a digit, or a sign that stands between a name and its value: the others are escaped everywhere in mark-up. */
const TELLING = /[A-Za-z0-9":=@]/;
/** An encoded colon in a URL with a user. */
const URL_AFTER = /^%3a%2f%2f[^\s"'<>]{0,300}(?:%40|@)/i;
/** An encoded colon in JSON, or in a text that is encoded as a whole. */
const COLON_AROUND = /%22%3a|%3a(?:%20)?%(?:22|[3-7])/i;

/** True when the escape at `at` is worth reading its stretch: most are letters of other languages, or mark-up. */
export function isTellingEscape(bytes: Buffer, at: number, form: EscapeForm): boolean {
  if (form === 'percent') {
    const around = bytes.toString('latin1', Math.max(0, at - 3), at + 320);
    return COLON_AROUND.test(around.slice(0, 12)) || URL_AFTER.test(around.slice(Math.min(3, at)));
  }
  const code = READERS[form][1](bytes, at)?.[0] ?? 0;
  return code > 0 && code < 127 && TELLING.test(String.fromCharCode(code));
}

/**
 * Reads the stretch around a mark: from a little before it to a little behind its cell of the grid.
 *
 * @param baseOffset where the window starts in the text
 */
export function readEscapes(
  bytes: Buffer,
  at: number,
  size: number,
  baseOffset: number,
  form: EscapeForm,
): DecodedText {
  const cellEnd = (Math.floor((baseOffset + at) / CELL_BYTES) + 1) * CELL_BYTES - baseOffset;
  const start = Math.max(0, at - MARGIN_BYTES);
  const end = Math.min(size, cellEnd + MARGIN_BYTES);
  const out = Buffer.allocUnsafe(end - start);
  const places = new Int32Array(out.length + 1);
  const [sign, read] = READERS[form];
  let count = 0;
  for (let i = start; i < end; ) {
    const found = bytes[i] === sign ? read(bytes, i) : undefined;
    if (!found || i + found[1] > end) {
      places[count] = i;
      out[count++] = bytes[i++]!;
      continue;
    }
    const [code, length] = found;
    if (code >= 0) {
      const from = count;
      // An escape of 4 bytes and more stands for at most 4 bytes of UTF-8.
      if (code < 128 || isByte(form)) out[count++] = code;
      else count += out.write(String.fromCodePoint(code), count, 'utf8');
      places.fill(i, from, count);
    }
    i += length;
  }
  places[count] = end;
  const endOf = (i: number): number => {
    const place = places[i - 1]!;
    // All bytes of one character share its place.
    let next = i;
    while (next < count && places[next] === place) next++;
    return i === 0 ? start : bytes[place] === sign ? (read(bytes, place)?.[1] ?? 1) + place : place + 1;
  };
  return {
    form: LABELS[form],
    kind: 'escapes',
    bytes: out.subarray(0, count),
    written: { start, end },
    writtenSpan: (span) => ({ start: places[span.start]!, end: endOf(span.end) }),
    isHidden: (span) => endOf(span.end) - places[span.start]! > span.end - span.start,
  };
}
