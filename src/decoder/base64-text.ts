// Base64 and base64url (RFC 4648) of a text, or of what gzip packed: in one piece, in lines, in neighbouring literals.
import { type DecodedText, LONGEST_DECODED, LONGEST_WRITTEN, placeOf } from './decoded-text.ts';
import { inflateGzip } from './inflate-gzip.ts';
import { alphabetOf, previousPiece, readPieces } from './read-pieces.ts';
import { isNoise, isReadableText, isTextByte } from './text-bytes.ts';

const BASE64 = alphabetOf(/[A-Za-z0-9+/_-]/);
/** What the kernel looks at. */
const HEAD_CHARACTERS = 20;
/** Enough to know drawings and maps by, before they are decoded. */
const NOISE_CHARACTERS = 256;
const DOT = 46;
const MOST_INFLATION = 32;

function isTextHead(bytes: Buffer, start: number): boolean {
  const head = bytes.toString('latin1', start, start + HEAD_CHARACTERS);
  return head.startsWith('H4sI') || Buffer.from(head, 'base64').every(isTextByte);
}

/** A part of a JSON Web Token or the like: the token is known by its whole. */
function isTokenPart(bytes: Buffer, start: number, end: number): boolean {
  return (start > 0 && bytes[start - 1] === DOT) || (bytes[end] === DOT && BASE64[bytes[end + 1] ?? 0] === 1);
}

/** Hex digits in base64 are a key or a checksum as they are written: nobody decodes them further. */
function isDigits(bytes: Buffer): boolean {
  return /^[0-9a-f]{32,128}\s?$/i.test(bytes.toString('latin1', 0, 130));
}

/**
 * Decodes the base64 text that starts at `start`, where the kernel saw one.
 *
 * @param runEnd end of the run that the kernel saw
 * @param size bytes of the window
 * @returns undefined when it is no text, a part of a token, or the continuation of a text that starts before it
 */
export function readBase64(bytes: Buffer, start: number, runEnd: number, size: number): DecodedText | undefined {
  if (isTokenPart(bytes, start, runEnd)) return undefined;
  if (isNoise(Buffer.from(bytes.toString('latin1', start, start + NOISE_CHARACTERS), 'base64'))) return undefined;
  const ownEnd = Math.min(runEnd, size, start + LONGEST_WRITTEN);
  let bodyEnd = start;
  while (bodyEnd < ownEnd && BASE64[bytes[bodyEnd]!]) bodyEnd++;
  const before = previousPiece(bytes, start, bodyEnd, size, BASE64);
  if (before >= 0 && isTextHead(bytes, before)) return undefined;
  const { text, pieces, end } = readPieces(bytes, start, size, BASE64);
  const raw = Buffer.from(text, 'base64');
  const written = { start, end };
  if (raw[0] === 0x1f && raw[1] === 0x8b) {
    const inflated = inflateGzip(raw, Math.min(LONGEST_DECODED, raw.length * MOST_INFLATION));
    if (!inflated || !isReadableText(inflated)) return undefined;
    return {
      form: 'base64 of gzip',
      kind: 'document',
      bytes: inflated,
      written,
      writtenSpan: () => written,
      isHidden: () => true,
    };
  }
  if (!isReadableText(raw) || isDigits(raw)) return undefined;
  return {
    form: 'base64',
    kind: 'document',
    bytes: raw,
    written,
    writtenSpan: (span) => ({
      start: placeOf(pieces, Math.floor((span.start * 4) / 3)),
      end: span.end >= raw.length ? end : placeOf(pieces, Math.ceil((span.end * 4) / 3) - 1) + 1,
    }),
    isHidden: () => true,
  };
}

const SHORTEST = 8;
const SHORTEST_WITHOUT_PADDING = 12;
const LONGEST_SHORT = 24;
const VALUE_ENDS = /[\s"'`,;<\\]/;

/**
 * Decodes an assigned value that is too short for the kernel: `password:` and its base64 in a Kubernetes Secret. It must be
 * what an encoder writes, and all of it must be printable, which one random value in ten thousand is.
 */
export function readShortBase64(bytes: Buffer, start: number, size: number): DecodedText | undefined {
  const limit = Math.min(size, start + LONGEST_SHORT);
  let end = start;
  while (end < limit && BASE64[bytes[end]!]) end++;
  const bodySize = end - start;
  while (end < limit && bytes[end] === 61) end++;
  const isPadded = end - start > bodySize;
  if (end >= start + LONGEST_SHORT || (end - start) % 4 !== 0) return undefined;
  if (bodySize < (isPadded ? SHORTEST - 2 : SHORTEST_WITHOUT_PADDING)) return undefined;
  if (end < size && !VALUE_ENDS.test(String.fromCharCode(bytes[end]!))) return undefined;
  const text = bytes.toString('latin1', start, start + bodySize);
  const raw = Buffer.from(text, 'base64');
  if (!raw.every((c, i) => isTextByte(c) && (c > 32 || i === raw.length - 1))) return undefined;
  const written = { start, end };
  return {
    form: 'base64',
    kind: 'document',
    bytes: raw,
    written,
    writtenSpan: () => written,
    isHidden: () => true,
  };
}
