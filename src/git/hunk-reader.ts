// Counts a hunk's lines, with one parent or many, until it has as many as its header says. Foreign bytes: the counts
// are only ever counted down by lines that are really there.
import { appendLine } from './line-ranges.ts';
import type { PatchHunk } from './patch-file.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
/** Git stops at 16 parents in practice; more are not a hunk header. */
const MAX_PARENTS = 64;

/** A hunk whose lines are still coming in. */
export interface OpenHunk {
  /** Lines still to come, for each parent. */
  readonly oldLeft: number[];
  newLeft: number;
  readonly firstLine: number;
  nextLine: number;
  /** Lines of the new side; stays empty when the text is not kept. */
  readonly parts: Buffer[];
  readonly keepText: boolean;
  /** The last line seen belongs to the new side. */
  isLastNew: boolean;
}

/** Opens a hunk from `@@ -1,2 +3,4 @@` (one more @ for each further parent); undefined for anything else. */
export function openHunk(line: string, keepText: boolean): OpenHunk | undefined {
  const marks = /^@{2,}/.exec(line)?.[0] ?? '';
  const parents = marks.length - 1;
  const end = line.indexOf(` ${marks}`, marks.length);
  if (parents < 1 || parents > MAX_PARENTS || end < 0) return undefined;
  const ranges = line.slice(marks.length + 1, end).split(' ');
  if (ranges.length !== parents + 1) return undefined;
  const oldLeft: number[] = [];
  for (const range of ranges.slice(0, parents)) {
    const match = /^-\d{1,10}(?:,(\d{1,10}))?$/.exec(range);
    if (!match) return undefined;
    oldLeft.push(Number(match[1] ?? 1));
  }
  const match = /^\+(\d{1,10})(?:,(\d{1,10}))?$/.exec(ranges[parents] ?? '');
  if (!match) return undefined;
  const firstLine = Number(match[1]);
  return {
    oldLeft,
    newLeft: Number(match[2] ?? 1),
    firstLine,
    nextLine: firstLine,
    parts: [],
    keepText,
    isLastNew: false,
  };
}

/** True while the header promises more lines. */
export function wantsLines(hunk: OpenHunk): boolean {
  if (hunk.newLeft > 0) return true;
  for (const left of hunk.oldLeft) if (left > 0) return true;
  return false;
}

function dropLastNewline(hunk: OpenHunk): void {
  const last = hunk.parts[hunk.parts.length - 1];
  if (hunk.isLastNew && last) hunk.parts[hunk.parts.length - 1] = last.subarray(0, -1);
  hunk.isLastNew = false;
}

/**
 * Takes one line, with its newline.
 *
 * @param added  gets the line's number when no parent has it
 * @returns false when the line is no part of the hunk any more
 */
export function takeHunkLine(hunk: OpenHunk, line: Buffer, added: [number, number][]): boolean {
  const first = line[0];
  if (first === BACKSLASH) {
    dropLastNewline(hunk); // `\ No newline at end of file`
    return true;
  }
  if (!wantsLines(hunk)) return false;
  const { oldLeft } = hunk;
  const parents = oldLeft.length;
  // A line without anything is context whose blanks were lost on the way (mail, editors).
  const isEmpty = first === NEWLINE || (first === CARRIAGE_RETURN && line[1] === NEWLINE);
  let pluses = 0;
  let minuses = 0;
  for (let i = 0; i < parents && !isEmpty; i++) {
    if (line[i] === PLUS) pluses++;
    else if (line[i] === MINUS) minuses++;
    else if (line[i] !== SPACE) return false;
  }
  for (let i = 0; i < parents; i++) {
    const isInParent = minuses > 0 ? line[i] === MINUS : isEmpty || line[i] !== PLUS;
    if (isInParent) oldLeft[i] = (oldLeft[i] as number) - 1;
  }
  hunk.isLastNew = minuses === 0;
  if (minuses > 0) return true;
  hunk.newLeft--;
  if (pluses === parents) appendLine(added, hunk.nextLine);
  hunk.nextLine++;
  if (hunk.keepText) hunk.parts.push(isEmpty ? line : line.subarray(parents));
  return true;
}

/** The finished hunk. */
export function closeHunk(hunk: OpenHunk): PatchHunk {
  const text = hunk.keepText ? Buffer.concat(hunk.parts) : undefined;
  return { firstLine: hunk.firstLine, lineCount: hunk.nextLine - hunk.firstLine, text };
}
