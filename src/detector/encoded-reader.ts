// Collects the encoded texts of one window, decoded: what the kernel marked, and short values that a name is assigned.
import { readBase64, readShortBase64 } from '../decoder/base64-text.ts';
import type { DecodedText } from '../decoder/decoded-text.ts';
import { CELL_BYTES, isAsciiEscape, readEscapes } from '../decoder/escapes.ts';
import { readHex } from '../decoder/hex-text.ts';
import { readJoined } from '../decoder/joined-strings.ts';
import { ENCODED } from '../kernel/tables.ts';
import type { EscapeForm } from '../model/encoded-mark.ts';
import type { Chunk } from './chunk.ts';

/** Texts that a neighbour owns are read so far beyond the own range: they take the place of values that a name here has. */
const NEIGHBOUR_BYTES = 1024;

export interface EncodedText {
  readonly text: DecodedText;
  /** False: its findings are the neighbour's. */
  readonly isOwn: boolean;
}

export interface EncodedReader {
  readonly texts: readonly EncodedText[];
  /** A candidate of the encoded sort. */
  readonly takeRun: (id: number, start: number, end: number) => void;
  /** A sign of escaped text; call it for those outside the own range too, in ascending order. */
  readonly takeMark: (form: EscapeForm, position: number) => void;
  /** A value that is assigned. */
  readonly takeValue: (start: number) => void;
}

export function createEncodedReader(bytes: Buffer, chunk: Chunk): EncodedReader {
  const { size, baseOffset, ownStart, ownEnd } = chunk;
  const texts: EncodedText[] = [];
  const starts = new Set<number>();
  const cells = new Map<EscapeForm, number>();
  const isNear = (at: number): boolean => at >= ownStart - NEIGHBOUR_BYTES && at < ownEnd + NEIGHBOUR_BYTES;
  const add = (at: number, text: DecodedText | undefined): void => {
    if (text) texts.push({ text, isOwn: at >= ownStart && at < ownEnd });
  };

  function takeMark(form: EscapeForm, position: number): void {
    const cell = Math.floor((baseOffset + position) / CELL_BYTES);
    if (cells.get(form) === cell || !isAsciiEscape(bytes, position, form)) return;
    cells.set(form, cell);
    if (isNear(position)) add(position, readEscapes(bytes, position, size, baseOffset, form));
  }

  function takeRun(id: number, start: number, end: number): void {
    if (id === ENCODED.quotedPrintable) return takeMark('quoted-printable', start);
    if (!isNear(start)) return;
    if (id === ENCODED.base64) add(start, readBase64(bytes, start, end, size));
    else if (id === ENCODED.hex) add(start, readHex(bytes, start, size));
    else add(start, readJoined(bytes, start, end, size));
  }

  function takeValue(start: number): void {
    const first = bytes[start]!;
    // Printable text begins with one of C to Z and a to f in base64.
    if (first < 67 || first > 102 || !isNear(start) || starts.has(start)) return;
    starts.add(start);
    add(start, readShortBase64(bytes, start, size));
  }

  return { texts, takeRun, takeMark, takeValue };
}
