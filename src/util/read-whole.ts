// A file that the user names, whole, but not without end: a device such as /dev/zero has none, and a text that is too long
// for V8 cannot be read at all. A FIFO (`<(command)` of a shell) is read until its writer closes it.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** V8 makes no longer string. */
export const LONGEST_TEXT = 0x1fffffe8;
/** For files of settings and lists that people write. */
export const LARGEST_SETTINGS = 64 << 20;
const PIECE_BYTES = 1 << 20;
const WAIT_MS = 5;

/** Bytes that were read into `piece`; waits where a pipe is set up not to (another program may have done that). */
function readPiece(fd: number, piece: Buffer): number {
  for (;;) {
    try {
      return readSync(fd, piece);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows says that a pipe is closed in this way.
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}

function formatMiB(bytes: number): string {
  return `${Math.ceil(bytes / (1 << 20))} MiB`;
}

function refuse(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function readAll(fd: number, most: number): Buffer {
  const { size } = fstatSync(fd);
  const pieces: Buffer[] = [];
  let total = 0;
  // One byte more than a file has: then the second piece is empty, and its end is known.
  for (let length = Math.min(size + 1, most + 1); ; length = PIECE_BYTES) {
    const piece = Buffer.allocUnsafe(Math.max(length, 1 << 12));
    const count = readPiece(fd, piece);
    if (count === 0) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    total += count;
    if (total > most) throw refuse('EFBIG', `is larger than ${formatMiB(most)}`);
    pieces.push(piece.subarray(0, count));
  }
}

/**
 * @param file  a path, or 0 for standard input
 * @param most  bytes; above LONGEST_TEXT the content cannot be made a string
 * @throws Error of the file system; with code EFBIG for more than `most` bytes. Say it with `describeUnread`
 */
export function readWhole(file: string | number, most = LONGEST_TEXT): Buffer {
  const fd = typeof file === 'number' ? file : openSync(file, 'r');
  try {
    return readAll(fd, most);
  } finally {
    if (typeof file !== 'number') closeSync(fd);
  }
}

/**
 * A file that is found by its name, not named by the user. What waits for ever, such as a link to a terminal, is refused.
 *
 * @throws as `readWhole`, and with code ENOTREG for what is no regular file
 */
export function readRegular(file: string, most = LONGEST_TEXT): Buffer {
  // Without this flag opening a FIFO waits for its writer. Windows has neither.
  const fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) throw refuse('EISDIR', 'is a folder, not a file');
    if (!stats.isFile()) throw refuse('ENOTREG', 'is no regular file');
    return readAll(fd, most);
  } finally {
    closeSync(fd);
  }
}

/** Why one of these threw, to stand behind the name of the file: `there is no such file`, `is larger than 64 MiB` … */
export function describeUnread(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EISDIR') return 'is a folder, not a file';
  return code === 'EFBIG' || code === 'ENOTREG' ? message : `cannot be read (${code ?? 'unknown error'})`;
}
