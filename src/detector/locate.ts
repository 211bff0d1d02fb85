// Byte spans → lines and columns. The only place where columns are made: 1-based, in UTF-16 units of the decoded text.
// A cursor moves forward over the bytes once, so that many findings on one huge line stay linear.
import type { Kernel } from '../kernel/kernel.ts';
import type { Location } from '../model/finding.ts';
import type { Span } from '../model/span.ts';

const NEWLINE = 10;

/** A place in a text: its line, and the UTF-16 units of that line before it. */
export interface Cursor {
  /** Byte offset in the window. */
  readonly at: number;
  /** From 1. */
  readonly line: number;
  readonly units: number;
}

export const TEXT_START: Cursor = { at: 0, line: 1, units: 0 };

/** The kernel's counters over the window. */
export type Counters = Pick<Kernel, 'countNewlines' | 'countUnits'>;

/** The cursor at `to`, which is not before `cursor.at`. */
export function moveCursor(bytes: Buffer, cursor: Cursor, to: number, kernel: Counters): Cursor {
  const newlines = kernel.countNewlines(cursor.at, to);
  if (newlines === 0) return { at: to, line: cursor.line, units: cursor.units + kernel.countUnits(cursor.at, to) };
  const lineStart = bytes.lastIndexOf(NEWLINE, to - 1) + 1;
  return { at: to, line: cursor.line + newlines, units: kernel.countUnits(lineStart, to) };
}

/** @param start cursor at the first byte of the span */
export function locateSpan(bytes: Buffer, start: Cursor, span: Span, kernel: Counters): Location {
  const end = moveCursor(bytes, start, span.end, kernel);
  return { line: start.line, column: start.units + 1, endLine: end.line, endColumn: end.units + 1 };
}
