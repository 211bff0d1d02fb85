// The new side of a patched file as a text whose line numbers are right, and the check that a stored blob is that file.
import type { PatchHunk } from '../git/patch-file.ts';

/** A patch can name any line number; this many unknown lines before and between its hunks are made up as empty. */
const MAX_UNKNOWN_LINES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Text of the new side as far as the patch shows it; unknown lines are empty.
 *
 * @returns undefined when the hunks are not in order or leave too many lines unknown
 */
export function rebuildNewSide(hunks: readonly PatchHunk[]): Buffer | undefined {
  const parts: Buffer[] = [];
  let nextLine = 1;
  let unknown = 0;
  let isOpenLine = false;
  for (const hunk of hunks) {
    if (!hunk.text || hunk.lineCount === 0) continue;
    const gap = hunk.firstLine - nextLine;
    unknown += gap;
    if (gap < 0 || unknown > MAX_UNKNOWN_LINES || isOpenLine) return undefined;
    parts.push(Buffer.alloc(gap, NEWLINE), hunk.text);
    isOpenLine = hunk.text.at(-1) !== NEWLINE;
    nextLine = hunk.firstLine + hunk.lineCount;
  }
  return Buffer.concat(parts);
}

/** True when every line that the patch shows is in the blob at its place. */
export function holdsHunks(blob: Buffer, hunks: readonly PatchHunk[]): boolean {
  let line = 1;
  let at = 0;
  for (const hunk of hunks) {
    if (!hunk.text || hunk.lineCount === 0) continue;
    if (hunk.firstLine < line) return false;
    for (; line < hunk.firstLine; line++) {
      const newline = blob.indexOf(NEWLINE, at);
      if (newline < 0) return false;
      at = newline + 1;
    }
    const end = at + hunk.text.length;
    if (end > blob.length || blob.compare(hunk.text, 0, hunk.text.length, at, end) !== 0) return false;
    at = end;
    line += hunk.lineCount;
  }
  return true;
}
