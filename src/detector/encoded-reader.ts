// Collects the encoded texts of one window, decoded: what the kernel marked, and short values that a name is assigned.
import { readBase64, readShortBase64 } from '../decoder/base64-text.ts';
import type { DecodedText } from '../decoder/decoded-text.ts';
import { CELL_BYTES, isTellingEscape, readEscapes } from '../decoder/escapes.ts';
import { readHex } from '../decoder/hex-text.ts';
import { readJoined } from '../decoder/joined-strings.ts';
import { ENCODED } from '../kernel/table-layout.ts';
import type { EscapeForm } from '../model/encoded-mark.ts';
import { type Chunk, NEIGHBOUR_BYTES } from './chunk.ts';

export interface EncodedReader {
  readonly texts: readonly DecodedText[];
  /** A candidate of the encoded sort. */
  readonly takeRun: (id: number, start: number, end: number) => void;
  /** A sign of escaped text; call it for all of the window, in ascending order. */
  readonly takeMark: (form: EscapeForm, position: number) => void;
  /** A value that is assigned. */
  readonly takeValue: (start: number) => void;
}

/** Printable text begins with one of C to Z and a to f in base64. */
export function mayBeBase64(bytes: Buffer, start: number): boolean {
  const first = bytes[start]!;
  return first >= 67 && first <= 102;
}

export function createEncodedReader(bytes: Buffer, { size, baseOffset, ownStart, ownEnd }: Chunk): EncodedReader {
  const texts: DecodedText[] = [];
  const values = new Set<number>();
  const cells = new Map<EscapeForm, number>();
  const isNear = (at: number, before = 0): boolean =>
    at >= ownStart - NEIGHBOUR_BYTES - before && at < ownEnd + NEIGHBOUR_BYTES;
  const add = (text: DecodedText | undefined): void => {
    if (text) texts.push(text);
  };

  function takeMark(form: EscapeForm, position: number): void {
    const cell = Math.floor((baseOffset + position) / CELL_BYTES);
    if (cells.get(form) === cell || !isTellingEscape(bytes, position, form)) return;
    cells.set(form, cell);
    if (isNear(position, 2 * CELL_BYTES)) add(readEscapes(bytes, position, size, baseOffset, form));
  }

  function takeRun(id: number, start: number, end: number): void {
    if (id === ENCODED.quotedPrintable) return takeMark('quoted-printable', start);
    if (!isNear(start)) return;
    if (id === ENCODED.base64) add(readBase64(bytes, start, end, size));
    else if (id === ENCODED.hex) add(readHex(bytes, start, size));
    else add(readJoined(bytes, start, end, size));
  }

  function takeValue(start: number): void {
    if (!isNear(start) || values.has(start)) return;
    values.add(start);
    add(readShortBase64(bytes, start, size));
  }

  return { texts, takeRun, takeMark, takeValue };
}
