// What a history format must know: where entries end, and what an entry says. One object a format, made for one file
// because the head of a file may decide (bash with and without times). Bytes come in blocks that hold whole entries.
import type { ShellFormat } from '../model/shell-sighting.ts';
import type { MappedText } from './mapped-text.ts';

/** What an entry says. */
export interface EntryText {
  readonly command: MappedText;
  /** Seconds since 1970. */
  readonly time: number | undefined;
}

export interface HistoryFormat {
  readonly name: ShellFormat;
  /** How quotes and variables are read. */
  readonly dialect: Dialect;
  /** True when the file must be read whole before anything can be said. */
  readonly needsWhole: boolean;
  /**
   * Where the last entry that `bytes` may hold only a part of starts: what is before it can be read. 0: nothing can.
   * @param bytes from the start of an entry
   */
  readonly lastStart: (bytes: Buffer) => number;
  /** End of the entry (exclusive, its separator included) that starts at `start`; at most bytes.length. */
  readonly nextEntry: (bytes: Buffer, start: number) => number;
  /**
   * Says the same as nextEntry, for formats whose entries start where lines do: whether the line at `at`, which is not
   * the first of the entry that starts at `entry`, starts a new one.
   */
  readonly startsEntry?: (bytes: Buffer, at: number, entry: number) => boolean;
  /** Says the same as startsEntry, for formats with a mark in front of entries. */
  readonly mark?: EntryMark;
  /** Bytes before a line feed behind which startsEntry must be asked; behind others it says yes. Undefined: always ask. */
  readonly openBytes?: readonly [number, number];
  /** The whole block as text to be searched: escapes decoded. The same bytes when there are none. */
  readonly decodeBlock: (bytes: Buffer) => MappedText;
  /** @param near an offset in the entry; formats with several texts in an entry give the one around it */
  readonly readEntry: (bytes: Buffer, start: number, end: number, near: number) => EntryText;
}

/** What stands in front of an entry. */
export interface EntryMark {
  /** Its first byte. */
  readonly byte: number;
  readonly isAt: (bytes: Buffer, at: number) => boolean;
  /** True when a line behind an entry without a mark is an entry of its own. */
  readonly isOptional: boolean;
}

/** `sh` stands for all POSIX-like shells and csh; `text`: no shell at all (SQL, code). */
export type Dialect = 'sh' | 'fish' | 'powershell' | 'text';

export const NEWLINE = 10;

/** Offset behind the line break that ends the line at `start`. */
export function lineEnd(bytes: Buffer, start: number): number {
  // Lines are short: a loop is faster than a search that must be set up.
  let at = start;
  while (at < bytes.length && bytes[at] !== NEWLINE) at++;
  return at < bytes.length ? at + 1 : at;
}

/** Without the line break, and the carriage return before it. */
export function trimLineBreak(bytes: Buffer, start: number, end: number): number {
  let last = end;
  if (last > start && bytes[last - 1] === NEWLINE) last--;
  if (last > start && bytes[last - 1] === 13) last--;
  return last;
}

/** The digits from `start` on as a number of seconds; undefined without any, or when it is no time. */
export function readSeconds(bytes: Buffer, start: number, end: number): number | undefined {
  const digits = /^\d{1,12}(?!\d)/.exec(bytes.toString('latin1', start, Math.min(end, start + 14)))?.[0];
  return digits === undefined ? undefined : Number(digits);
}
