// Walks over the entries of a block from front to back, counting entries and lines. Formats whose entries start where lines
// do are walked by the index of lines; the others entry by entry.
import type { LineIndex } from '../kernel/line-walker.ts';
import type { HistoryFormat } from './history-format.ts';

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

/** Goes over lines, from the one that an entry starts with to the one behind its last. */
type PassEntry = (line: number, start: number) => number;

/**
 * By the index. Most lines are told by one byte: to ask the format for each of them costs more than all else here.
 * @returns undefined for formats whose entries start elsewhere than lines do
 */
function createPass(format: HistoryFormat, bytes: Buffer, { ends, count }: LineIndex): PassEntry | undefined {
  const { startsEntry, mark, openBytes } = format;
  if (mark) {
    const { byte, isAt, isOptional } = mark;
    /** Of the entry that is next. */
    let isMarked = isAt(bytes, 0);
    return (from) => {
      const needsMark = isMarked || !isOptional;
      let line = from + 1;
      let at = ends[from]!;
      for (; line < count; at = ends[line++]!) {
        isMarked = bytes[at] === byte && isAt(bytes, at);
        if (isMarked || !needsMark) break;
      }
      return line;
    };
  }
  if (!startsEntry) return undefined;
  const [open, alsoOpen] = openBytes ?? [-1, -1];
  return (from, start) => {
    let line = from + 1;
    for (; line < count; line++) {
      const at = ends[line - 1]!;
      const last = bytes[at - 2];
      if (open >= 0 && last !== open && last !== alsoOpen) break;
      if (startsEntry(bytes, at, start)) break;
    }
    return line;
  };
}

/** @param bytes whole entries. @param lines of these bytes */
export function createEntryCursor(format: HistoryFormat, bytes: Buffer, lines: LineIndex): EntryCursor {
  const { ends, breaks } = lines;
  const pass = createPass(format, bytes, lines);
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
      if (pass) {
        line = pass(line, start);
        end = ends[line - 1]!;
      } else {
        end = Math.max(start + 1, format.nextEntry(bytes, start));
        while (line < breaks && ends[line]! <= end) line++;
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
