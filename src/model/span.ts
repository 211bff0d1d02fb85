// A half-open range of bytes. Every position inside the detector is one of these; lines and columns are made only in
// detector/locate.ts.

/** Byte offsets from 0, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when the two ranges share at least one byte. */
export function hasOverlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
