// A file that the user names, whole, but not without end: a device such as /dev/zero has none.
import { closeSync, openSync, readSync } from 'node:fs';

const MOST_BYTES = 512 << 20;
const PIECE_BYTES = 1 << 20;

/** @throws Error of the file system; with code EFBIG for more than `most` bytes */
export function readWhole(file: string, most = MOST_BYTES): Buffer {
  const fd = openSync(file, 'r');
  try {
    const pieces: Buffer[] = [];
    let total = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const count = readSync(fd, piece);
      if (count === 0) return Buffer.concat(pieces);
      total += count;
      if (total > most) throw Object.assign(new Error(`EFBIG: more than ${most} bytes`), { code: 'EFBIG' });
      pieces.push(piece.subarray(0, count));
    }
  } finally {
    closeSync(fd);
  }
}
