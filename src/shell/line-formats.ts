// Formats whose bytes are the text: lines, and lines with time lines between them (bash, tcsh, psql).

import type { ShellFormat } from '../model/shell-sighting.ts';
import { type Dialect, type HistoryFormat, lineEnd, NEWLINE, readSeconds, trimLineBreak } from './history-format.ts';
import { identicalText } from './mapped-text.ts';

const HASH = 0x23;
const PLUS = 0x2b;

/** One entry a line. */
export function createLineFormat(name: ShellFormat, dialect: Dialect): HistoryFormat {
  return {
    name,
    dialect,
    needsWhole: false,
    lastStart: (bytes) => bytes.lastIndexOf(NEWLINE) + 1,
    nextEntry: lineEnd,
    startsEntry: () => true,
    decodeBlock: (bytes) => identicalText(bytes, 0),
    readEntry: (bytes, start, end) => ({
      command: identicalText(bytes.subarray(start, trimLineBreak(bytes, start, end)), start),
      time: undefined,
    }),
  };
}

/** True when a time line (`#123` or, for tcsh, `#+123`) starts here. */
function isTimeLine(bytes: Buffer, at: number, skip: number): boolean {
  if (bytes[at] !== HASH || (skip === 2 && bytes[at + 1] !== PLUS)) return false;
  let i = at + skip;
  while (i < bytes.length && bytes[i]! >= 0x30 && bytes[i]! <= 0x39) i++;
  if (i === at + skip) return false;
  return i === bytes.length || bytes[i] === NEWLINE || (bytes[i] === 13 && bytes[i + 1] === NEWLINE);
}

/**
 * Time lines between entries.
 *
 * @param isJoined text between two time lines is one entry, as bash reads a file that starts with a time line; otherwise
 *   a time line belongs to the one line behind it
 */
export function createTimedFormat(name: 'bash' | 'tcsh', isJoined: boolean): HistoryFormat {
  const skip = name === 'tcsh' ? 2 : 1;
  const mark = Buffer.from(name === 'tcsh' ? '\n#+' : '\n#');

  function nextEntry(bytes: Buffer, start: number): number {
    const isTimed = isTimeLine(bytes, start, skip);
    if (!isTimed) return lineEnd(bytes, start);
    if (!isJoined) {
      const command = lineEnd(bytes, start);
      return command < bytes.length && !isTimeLine(bytes, command, skip) ? lineEnd(bytes, command) : command;
    }
    for (let at = lineEnd(bytes, start); at < bytes.length; at = lineEnd(bytes, at)) {
      if (bytes[at] === HASH && isTimeLine(bytes, at, skip)) return at;
    }
    return bytes.length;
  }

  function startsEntry(bytes: Buffer, at: number, entry: number): boolean {
    if (bytes[at] === HASH && isTimeLine(bytes, at, skip)) return true;
    if (bytes[entry] !== HASH || !isTimeLine(bytes, entry, skip)) return true;
    return !isJoined && lineEnd(bytes, entry) !== at;
  }

  function lastStart(bytes: Buffer): number {
    for (let at = bytes.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(mark, at - 1)) {
      if (isTimeLine(bytes, at + 1, skip)) {
        // Lines behind a time line that does not own them are entries themselves.
        return isJoined ? at + 1 : Math.max(at + 1, lastLineBehind(bytes, at + 1));
      }
    }
    // A file that starts with a time line may hold one long entry; without any, every line is an entry.
    return isTimeLine(bytes, 0, skip) && isJoined ? 0 : bytes.lastIndexOf(NEWLINE) + 1;
  }

  /** Start of the last line when the entry of the time line has ended before it. */
  function lastLineBehind(bytes: Buffer, timeLine: number): number {
    const entryEnd = nextEntry(bytes, timeLine);
    return bytes[entryEnd - 1] === NEWLINE && entryEnd > lineEnd(bytes, timeLine) ? bytes.lastIndexOf(NEWLINE) + 1 : 0;
  }

  return {
    name,
    dialect: 'sh',
    needsWhole: false,
    lastStart,
    nextEntry,
    startsEntry,
    ...(isJoined && { mark: { byte: HASH, isAt: (bytes, at) => isTimeLine(bytes, at, skip), isOptional: true } }),
    decodeBlock: (bytes) => identicalText(bytes, 0),
    readEntry: (bytes, start, end) => {
      const isTimed = isTimeLine(bytes, start, skip);
      const from = isTimed ? Math.min(end, lineEnd(bytes, start)) : start;
      return {
        command: identicalText(bytes.subarray(from, trimLineBreak(bytes, from, end)), from),
        time: isTimed ? readSeconds(bytes, start + skip, end) : undefined,
      };
    },
  };
}

/** Bash reads text between time lines as one entry only when the file starts with one. */
export function createBashFormat(head: Buffer): HistoryFormat {
  return createTimedFormat('bash', isTimeLine(head, 0, 1));
}

export function createTcshFormat(): HistoryFormat {
  return createTimedFormat('tcsh', true);
}

/** psql writes byte 1 for a line break inside a statement: one byte for one byte. */
export function createPsqlFormat(): HistoryFormat {
  const lines = createLineFormat('psql', 'text');
  const open = (bytes: Buffer): Buffer => {
    if (bytes.indexOf(1) < 0) return bytes;
    const copy = Buffer.from(bytes);
    for (let at = copy.indexOf(1); at >= 0; at = copy.indexOf(1, at + 1)) copy[at] = NEWLINE;
    return copy;
  };
  return {
    ...lines,
    decodeBlock: (bytes) => identicalText(open(bytes), 0),
    readEntry: (bytes, start, end) => ({
      command: identicalText(open(bytes.subarray(start, trimLineBreak(bytes, start, end))), start),
      time: undefined,
    }),
  };
}
