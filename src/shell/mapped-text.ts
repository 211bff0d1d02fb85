// A decoded text and where each of its bytes stands in the raw bytes it was decoded from. A value is masked in the raw
// bytes, so the map must be exact: an escape is one piece that is never split.
import type { Span } from '../model/span.ts';

/** A run of text: copied byte by byte when both lengths are equal, else one escape. */
interface Piece {
  readonly text: number;
  readonly textLength: number;
  readonly raw: number;
  readonly rawLength: number;
}

export interface MappedText {
  readonly bytes: Buffer;
  /** Ascending; raw bytes between two pieces were dropped (a continuation). */
  readonly pieces: readonly Piece[];
}

/** The text is the raw bytes as they are. @param raw where they start in the file */
export function identicalText(bytes: Buffer, raw: number): MappedText {
  return { bytes, pieces: [{ text: 0, textLength: bytes.length, raw, rawLength: bytes.length }] };
}

const SHORT_BYTES = 48;

/** Puts a mapped text together from raw bytes, from front to back. */
export class MappedTextBuilder {
  readonly #raw: Buffer;
  readonly #out: Buffer;
  readonly #pieces: Piece[] = [];
  #size = 0;

  /** @param raw the bytes that offsets mean. @param most decoded bytes at most */
  constructor(raw: Buffer, most: number) {
    this.#raw = raw;
    this.#out = Buffer.allocUnsafe(most);
  }

  /** Copies raw bytes. */
  copy(start: number, end: number): void {
    const length = end - start;
    if (length <= 0) return;
    // Text between two escapes is short: calling out costs more than a loop.
    if (length > SHORT_BYTES) this.#raw.copy(this.#out, this.#size, start, end);
    else for (let i = 0; i < length; i++) this.#out[this.#size + i] = this.#raw[start + i]!;
    this.#add(length, start, length);
  }

  /** Adds what an escape stands for; never more bytes than the escape has. */
  escape(start: number, end: number, ...bytes: readonly number[]): void {
    for (let i = 0; i < bytes.length; i++) this.#out[this.#size + i] = bytes[i]!;
    this.#add(bytes.length, start, end - start);
  }

  /** Adds the one byte that an escape stands for. */
  escapeByte(start: number, end: number, byte: number): void {
    this.#out[this.#size] = byte;
    this.#add(1, start, end - start);
  }

  #add(textLength: number, raw: number, rawLength: number): void {
    this.#pieces.push({ text: this.#size, textLength, raw, rawLength });
    this.#size += textLength;
  }

  /** @param base added to raw offsets */
  build(base = 0): MappedText {
    const pieces = base === 0 ? this.#pieces : this.#pieces.map((piece) => ({ ...piece, raw: piece.raw + base }));
    return { bytes: this.#out.subarray(0, this.#size), pieces };
  }
}

function pieceAt(pieces: readonly Piece[], text: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.text <= text) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The raw offset of a byte of the text; of the start of the escape when it comes from one. */
export function rawOffset({ pieces }: MappedText, text: number): number {
  const piece = pieces[pieceAt(pieces, text)];
  if (!piece) return 0;
  return piece.textLength === piece.rawLength ? piece.raw + text - piece.text : piece.raw;
}

/** Raw bytes that hold a stretch of text: ascending, joined where they touch, escapes whole. */
export function rawSpans({ pieces }: MappedText, span: Span): readonly Span[] {
  const spans: { start: number; end: number }[] = [];
  for (let i = pieceAt(pieces, span.start); i < pieces.length; i++) {
    const { text, textLength, raw, rawLength } = pieces[i]!;
    if (text >= span.end) break;
    const from = Math.max(0, span.start - text);
    const to = Math.min(textLength, span.end - text);
    if (to <= from) continue;
    const isCopy = textLength === rawLength;
    const start = isCopy ? raw + from : raw;
    const end = isCopy ? raw + to : raw + rawLength;
    const last = spans.at(-1);
    if (last && last.end === start) last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}
