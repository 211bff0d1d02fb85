// A string that goes on in another: `"abc" + "def"`, neighbouring literals, and a backslash at a line's end. The pieces
// are joined and read with the rest of their line, so that a name before them counts.
import { type DecodedText, placeOf } from './decoded-text.ts';

const LONGEST = 2048;
const MOST_BEFORE = 128;
const MOST_AFTER = 64;
const MOST_PIECES = 64;
/** What may stand in a broken token. */
const PIECE = /[A-Za-z0-9+/=_.:~!@#$%^&*-]*/y;
const CONTINUATION = /\\\r?\n[ \t]{0,64}/y;
const CONTINUED_BEFORE = /[A-Za-z0-9+/=_-]{20}\\\r?\n[ \t]{0,64}$/;

const seamOf = (quote: string): string =>
  `${quote}[ \\t]{0,16}(?:\\r?\\n[ \\t]{0,40})?\\+?[ \\t]{0,16}(?:\\r?\\n[ \\t]{0,40})?${quote}`;
const SEAMS: Readonly<Record<string, readonly [ahead: RegExp, behind: RegExp]>> = Object.fromEntries(
  ['"', "'"].map((quote) => [
    quote,
    [new RegExp(seamOf(quote), 'y'), new RegExp(`[A-Za-z0-9+/=_-]{20}${seamOf(quote)}$`)] as const,
  ]),
);

/**
 * @param runStart start of the run of token characters that the seam ends; its string may start before it
 * @param runEnd where the seam is
 * @returns undefined when there is nothing to join, or the string is itself the continuation of one
 */
export function readJoined(bytes: Buffer, runStart: number, runEnd: number, size: number): DecodedText | undefined {
  const quote = String.fromCharCode(bytes[runEnd] ?? 0);
  const [ahead, behind] = SEAMS[quote] ?? [CONTINUATION, CONTINUED_BEFORE];
  const before = bytes.toString('latin1', Math.max(0, runStart - MOST_BEFORE), runStart);
  if (behind.test(before)) return undefined;
  const limit = Math.min(size, runStart + LONGEST);
  const text = bytes.toString('latin1', runStart, limit);
  const at: number[] = [];
  const from: number[] = [];
  const seams: number[] = [];
  const lineStart = before.lastIndexOf('\n') + 1;
  let joined = before.slice(lineStart);
  const take = (start: number, end: number): void => {
    at.push(joined.length);
    from.push(runStart + start);
    joined += text.slice(start, end);
  };
  at.push(0);
  from.push(runStart - joined.length);
  take(0, runEnd - runStart);
  let end = runEnd - runStart;
  while (seams.length < MOST_PIECES) {
    ahead.lastIndex = end;
    if (!ahead.test(text)) break;
    PIECE.lastIndex = ahead.lastIndex;
    PIECE.test(text);
    if (PIECE.lastIndex === ahead.lastIndex) break;
    seams.push(joined.length);
    take(ahead.lastIndex, PIECE.lastIndex);
    end = PIECE.lastIndex;
  }
  if (seams.length === 0) return undefined;
  const rest = text.slice(end, end + MOST_AFTER).split('\n', 1)[0]!;
  take(end, end + rest.length);
  const pieces = { at, from };
  return {
    form: 'strings in pieces',
    kind: 'pieces',
    bytes: Buffer.from(joined, 'latin1'),
    written: { start: runStart, end: runStart + end },
    writtenSpan: (span) => ({ start: placeOf(pieces, span.start), end: placeOf(pieces, span.end - 1) + 1 }),
    isHidden: (span) => seams.some((seam) => span.start < seam && seam < span.end),
  };
}
