// Text of one alphabet that is broken into lines or into neighbouring string literals: reads the pieces and joins them.
// Everything is decided by two neighbouring pieces, so that a window of a few hundred bytes gives the same answer.
import { LONGEST_WRITTEN, type Pieces } from './decoded-text.ts';

/** A line's end with an indentation (and a backslash before it), an escaped line's end, or the seam of two literals. */
const SEAM = String.raw`(?:\\r)?\\n|\\?\r?\n[ \t]{0,32}|(["'])[ \t]{0,8}(?:\r?\n[ \t]{0,32})?\+?[ \t]{0,8}(?:\r?\n[ \t]{0,32})?["']`;
const SEAM_AHEAD = new RegExp(SEAM, 'y');
const SEAM_BEHIND = new RegExp(`(?:${SEAM})$`);
const LONGEST_SEAM = 96;
/** Encoders break lines at 60 to 80 characters; a shorter piece is a text of its own. */
const SHORTEST_LINE = 40;
const LONGEST_LINE = 512;
/** LF, CR, quotes, a backslash, `<`. */
const LINE_END: ReadonlySet<number> = new Set([10, 13, 34, 39, 96, 92, 60]);

export interface JoinedText {
  readonly text: string;
  readonly pieces: Pieces;
  /** End of the last piece, padding included. */
  readonly end: number;
}

/** `isMember` of a Latin1 text's bytes, tabulated. */
export type Alphabet = Uint8Array;

export function alphabetOf(letters: RegExp): Alphabet {
  return Uint8Array.from({ length: 256 }, (_, c) => (letters.test(String.fromCharCode(c)) ? 1 : 0));
}

function endOfRun(bytes: Buffer, start: number, limit: number, alphabet: Alphabet): number {
  let i = start;
  while (i < limit && alphabet[bytes[i]!]) i++;
  return i;
}

function isBroken(size: number): boolean {
  return size >= SHORTEST_LINE && size <= LONGEST_LINE && size % 4 === 0;
}

/** True when a line of encoded text may end at `end`: behind a name a colon or a blank would stand. */
function isEnd(bytes: Buffer, end: number, size: number): boolean {
  let i = end;
  while (i < size && i < end + 2 && bytes[i] === 61) i++;
  return i >= size || LINE_END.has(bytes[i]!);
}

/** Where the next piece starts when the one that ends at `end` goes on; 0 when it does not. */
function nextPiece(bytes: Buffer, end: number, limit: number): number {
  SEAM_AHEAD.lastIndex = 0;
  const seam = SEAM_AHEAD.exec(bytes.toString('latin1', end, Math.min(limit, end + LONGEST_SEAM)));
  return seam ? end + seam[0].length : 0;
}

/**
 * Reads the text that starts at `start`, over as many pieces as there are.
 *
 * @param size bytes of the window
 */
export function readPieces(bytes: Buffer, start: number, size: number, alphabet: Alphabet): JoinedText {
  const limit = Math.min(size, start + LONGEST_WRITTEN);
  let end = endOfRun(bytes, start, limit, alphabet);
  const lineSize = end - start;
  const at = [0];
  const from = [start];
  let text = bytes.toString('latin1', start, end);
  for (let last = lineSize; isBroken(lineSize) && last === lineSize && bytes[end] !== 61; ) {
    const next = nextPiece(bytes, end, limit);
    if (next === 0) break;
    const nextEnd = endOfRun(bytes, next, limit, alphabet);
    last = nextEnd - next;
    if (last === 0 || last > lineSize || !isEnd(bytes, nextEnd, size)) break;
    at.push(text.length);
    from.push(next);
    text += bytes.toString('latin1', next, nextEnd);
    end = nextEnd;
  }
  while (end < limit && bytes[end] === 61) end++;
  return { text, pieces: { at, from }, end };
}

/**
 * Where the piece before the one at `start` begins when readPieces would have joined them; -1 otherwise.
 *
 * @param end end of the piece at `start`
 */
export function previousPiece(bytes: Buffer, start: number, end: number, size: number, alphabet: Alphabet): number {
  if (start === 0) return -1;
  const seam = SEAM_BEHIND.exec(bytes.toString('latin1', Math.max(0, start - LONGEST_SEAM), start));
  if (!seam) return -1;
  const lineEnd = start - seam[0].length;
  let lineStart = lineEnd;
  const limit = Math.max(0, lineEnd - LONGEST_LINE - 1);
  while (lineStart > limit && alphabet[bytes[lineStart - 1]!]) lineStart--;
  const lineSize = lineEnd - lineStart;
  return isBroken(lineSize) && end - start <= lineSize && isEnd(bytes, end, size) ? lineStart : -1;
}
