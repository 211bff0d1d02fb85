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
  /** Ascending; raw bytes between two pieces were dropped (a continuation). Made when asked for. */
  readonly pieces: readonly Piece[];
  /** The same, four numbers a piece (a block has many): text, textLength, raw, rawLength. */
  readonly table: Int32Array;
}

/** Numbers of a piece in the table. */
const PIECE = 4;

function createMappedText(bytes: Buffer, table: Int32Array): MappedText {
  let pieces: readonly Piece[] | undefined;
  return {
    bytes,
    table,
    get pieces() {
      pieces ??= Array.from({ length: table.length / PIECE }, (_, i): Piece => {
        const [text, textLength, raw, rawLength] = table.subarray(i * PIECE, (i + 1) * PIECE);
        return { text: text!, textLength: textLength!, raw: raw!, rawLength: rawLength! };
      });
      return pieces;
    },
  };
}

/** The text is the raw bytes as they are. @param raw where they start in the file */
export function identicalText(bytes: Buffer, raw: number): MappedText {
  return createMappedText(bytes, Int32Array.of(0, bytes.length, raw, bytes.length));
}

const SHORT_BYTES = 48;

/** Puts a mapped text together from raw bytes, from front to back. */
export class MappedTextBuilder {
  readonly #raw: Buffer;
  readonly #out: Buffer;
  #table = new Int32Array(16 * PIECE);
  #used = 0;
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
    if (this.#used === this.#table.length) {
      const longer = new Int32Array(this.#used * 2);
      longer.set(this.#table);
      this.#table = longer;
    }
    const table = this.#table;
    const at = this.#used;
    table[at] = this.#size;
    table[at + 1] = textLength;
    table[at + 2] = raw;
    table[at + 3] = rawLength;
    this.#used = at + PIECE;
    this.#size += textLength;
  }

  build(): MappedText {
    return createMappedText(this.#out.subarray(0, this.#size), this.#table.subarray(0, this.#used));
  }
}

/** Index in the table of the piece with this byte of the text. */
function pieceAt(table: Int32Array, text: number): number {
  let low = 0;
  let high = table.length / PIECE - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (table[middle * PIECE]! <= text) low = middle;
    else high = middle - 1;
  }
  return low * PIECE;
}

/** The raw offset of a byte of the text; of the start of the escape when it comes from one. */
export function rawOffset({ table }: MappedText, offset: number): number {
  if (table.length === 0) return 0;
  const at = pieceAt(table, offset);
  const raw = table[at + 2]!;
  return table[at + 1] === table[at + 3] ? raw + offset - table[at]! : raw;
}

/** Raw bytes that hold a stretch of text: ascending, joined where they touch, escapes whole. */
export function rawSpans({ table }: MappedText, span: Span): readonly Span[] {
  const spans: { start: number; end: number }[] = [];
  for (let at = pieceAt(table, span.start); at < table.length; at += PIECE) {
    const [text, textLength, raw, rawLength] = [table[at]!, table[at + 1]!, table[at + 2]!, table[at + 3]!];
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
