// Walks over the entries of a block from front to back, counting entries and lines. Formats whose entries start where lines
// do are walked by the index of lines; the others entry by entry.
import type { HistoryFormat } from './history-format.ts';
import type { LineIndex } from './line-index.ts';

/** Stands on one entry. */
export interface EntryCursor {
  readonly start: number;
  readonly end: number;
  /** From 0; -1 in a block without bytes. */
  readonly index: number;
  /** Line breaks before the entry. */
  readonly lines: number;
  /** To the entry that holds the byte at `offset`; never back. */
  readonly moveTo: (offset: number) => void;
}

/** @param bytes whole entries. @param lines of these bytes */
export function createEntryCursor(format: HistoryFormat, bytes: Buffer, lines: LineIndex): EntryCursor {
  const { nextEntry, startsEntry } = format;
  const { ends, count } = lines;
  const cursor = { start: 0, end: 0, index: -1, lines: 0, moveTo };
  /** Lines that end before the end of the entry. */
  let line = 0;

  function moveTo(offset: number): void {
    const { length } = bytes;
    let { start, end, index } = cursor;
    let first = cursor.lines;
    while (end <= offset && end < length) {
      start = end;
      first = line;
      index++;
      if (startsEntry) {
        do end = ends[line++]!;
        while (line < count && !startsEntry(bytes, end, start));
      } else {
        end = Math.max(start + 1, nextEntry(bytes, start));
        while (line < lines.breaks && ends[line]! <= end) line++;
      }
    }
    cursor.start = start;
    cursor.end = end;
    cursor.index = index;
    cursor.lines = first;
  }

  moveTo(0);
  return cursor;
}
