// Where the lines of a text end, found four bytes at a step: the plain twin of what the WebAssembly module says.
import type { LineIndex } from '../kernel/line-walker.ts';

const NEWLINE = 10;
/** Lines are rarely shorter on the average; the table grows when they are. */
const USUAL_LINE_BYTES = 16;
/** Ends that one step may add. */
const STEP = 4;

function longer(ends: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(ends.length * 2);
  next.set(ends);
  return next;
}

export function indexLines(bytes: Uint8Array): LineIndex {
  const size = bytes.length;
  let ends = new Uint32Array(Math.ceil(size / USUAL_LINE_BYTES) + 2 * STEP);
  let count = 0;
  let at = 0;
  // Words must lie on a border of four.
  for (; at < size && ((bytes.byteOffset + at) & 3) !== 0; at++) if (bytes[at] === NEWLINE) ends[count++] = at + 1;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (size - at) >> 2);
  let room = ends.length - STEP;
  for (let i = 0; i < words.length; i++, at += 4) {
    const mark = words[i]! ^ 0x0a0a0a0a;
    if (((mark - 0x01010101) & ~mark & 0x80808080) === 0) continue;
    if (count > room) {
      ends = longer(ends);
      room = ends.length - STEP;
    }
    // A borrow may light the byte behind a line feed, so each is asked.
    if ((mark & 0xff) === 0) ends[count++] = at + 1;
    if ((mark & 0xff00) === 0) ends[count++] = at + 2;
    if ((mark & 0xff0000) === 0) ends[count++] = at + 3;
    if ((mark & 0xff000000) === 0) ends[count++] = at + 4;
  }
  if (count > room) ends = longer(ends);
  for (; at < size; at++) if (bytes[at] === NEWLINE) ends[count++] = at + 1;
  const breaks = count;
  if (size > 0 && (count === 0 || ends[count - 1] !== size)) ends[count++] = size;
  return { ends, count, breaks };
}
