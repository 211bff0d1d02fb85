// One stretch of a text that is written in an encoding, decoded, with the way back: which written bytes stand for which
// decoded ones. Positions are in the window that the stretch was read from.
import type { Span } from '../model/span.ts';

export interface DecodedText {
  /** How it is written, for people: `base64`, `hex`, `percent-encoding`. */
  readonly form: string;
  /** A text of its own; the outer text without its escapes; or its strings put together. */
  readonly kind: 'document' | 'escapes' | 'pieces';
  readonly bytes: Buffer;
  /** All that is written. */
  readonly written: Span;
  /** The written bytes that stand for the decoded [start, end). */
  readonly writtenSpan: (span: Span) => Span;
  /**
   * True when the encoding hides something in the decoded [start, end): what is written there reads as it stands otherwise,
   * and the text was looked at already.
   */
  readonly isHidden: (span: Span) => boolean;
}

/** What is hidden so far before a value may have been its name or operator. */
export const NAME_BYTES = 64;

/** A text that was decoded from another decoded one, seen from the outermost. */
export function nest(inner: DecodedText, outer: DecodedText): DecodedText {
  return {
    form: `${inner.form} in ${outer.form}`,
    kind: inner.kind,
    bytes: inner.bytes,
    written: outer.writtenSpan(inner.written),
    writtenSpan: (span) => outer.writtenSpan(inner.writtenSpan(span)),
    isHidden: (span) => {
      // Without what the outer encoding hides, the inner text is found where the outer one is read as it stands.
      const { start, end } = inner.writtenSpan(span);
      const from = Math.max(0, start - NAME_BYTES);
      return inner.isHidden(span) && (inner.kind === 'document' || outer.isHidden({ start: from, end }));
    },
  };
}

/** Longest stretch that is decoded, in written bytes; what goes on behind it is left out. */
export const LONGEST_WRITTEN = 12_288;
/** Most bytes that are made of one stretch, whatever it packs. */
export const LONGEST_DECODED = 1 << 18;

/** Written places of pieces that were joined: piece `i` starts at decoded offset `at[i]` and is written at `from[i]`. */
export interface Pieces {
  readonly at: readonly number[];
  readonly from: readonly number[];
}

/** Where the unit (character, byte) of a joined text is written. */
export function placeOf(pieces: Pieces, unit: number): number {
  let i = pieces.at.length - 1;
  while (i > 0 && pieces.at[i]! > unit) i--;
  return pieces.from[i]! + unit - pieces.at[i]!;
}
