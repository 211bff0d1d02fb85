// Hexadecimal of a text, in one piece or in lines.
import { type DecodedText, placeOf } from './decoded-text.ts';
import { alphabetOf, previousPiece, readPieces } from './read-pieces.ts';
import { isReadableText, isTextByte } from './text-bytes.ts';

const HEX = alphabetOf(/[0-9a-fA-F]/);
const HEAD_CHARACTERS = 32;
/** Random bytes are text in their head once in five million; a digest has 64 characters, so the rest is asked too. */
const LONGEST_ASKED = 64;

/** @returns undefined when it is no text, or the continuation of a text that starts before it */
export function readHex(bytes: Buffer, start: number, size: number): DecodedText | undefined {
  let lineEnd = start;
  while (lineEnd < size && HEX[bytes[lineEnd]!]) lineEnd++;
  const before = previousPiece(bytes, start, lineEnd, size, HEX);
  const headOf = (at: number): Buffer => Buffer.from(bytes.toString('latin1', at, at + HEAD_CHARACTERS), 'hex');
  if (before >= 0 && headOf(before).every(isTextByte)) return undefined;
  const { text, pieces, end } = readPieces(bytes, start, size, HEX);
  const raw = Buffer.from(text, 'hex');
  if (!isReadableText(raw) || !raw.subarray(0, LONGEST_ASKED).every((c) => isTextByte(c) || c >= 128)) return undefined;
  return {
    form: 'hex',
    kind: 'document',
    bytes: raw,
    written: { start, end },
    writtenSpan: (span) => ({ start: placeOf(pieces, span.start * 2), end: placeOf(pieces, span.end * 2 - 1) + 1 }),
    isHidden: () => true,
  };
}
