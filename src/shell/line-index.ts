// Where the lines of a block end: found once, in one pass of four bytes at a step, and used by all who walk over lines.

export interface LineIndex {
  /** Offset behind each line: behind its line feed, or the size of the block for a last line without one. */
  readonly ends: Uint32Array;
  readonly count: number;
  /** Line feeds. */
  readonly breaks: number;
}

const NEWLINE = 10;
/** Lines are rarely shorter on the average; the table grows when they are. */
const USUAL_LINE_BYTES = 16;

export function indexLines(bytes: Uint8Array): LineIndex {
  const size = bytes.length;
  let ends = new Uint32Array(Math.ceil(size / USUAL_LINE_BYTES) + 8);
  let count = 0;
  const grow = (): void => {
    const longer = new Uint32Array(ends.length * 2);
    longer.set(ends);
    ends = longer;
  };
  const add = (end: number): void => {
    if (count === ends.length) grow();
    ends[count++] = end;
  };
  // Words must lie on a border of four.
  let at = 0;
  for (; at < size && ((bytes.byteOffset + at) & 3) !== 0; at++) if (bytes[at] === NEWLINE) add(at + 1);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (size - at) >> 2);
  const base = at + 1;
  for (let i = 0; i < words.length; i++) {
    const mark = words[i]! ^ 0x0a0a0a0a;
    const candidates = (mark - 0x01010101) & ~mark & 0x80808080;
    if (candidates === 0) continue;
    if (count + 4 > ends.length) grow();
    // A borrow may light the byte behind a line feed, so each is asked.
    if ((mark & 0xff) === 0) ends[count++] = base + (i << 2);
    if ((mark & 0xff00) === 0) ends[count++] = base + (i << 2) + 1;
    if ((mark & 0xff0000) === 0) ends[count++] = base + (i << 2) + 2;
    if ((mark & 0xff000000) === 0) ends[count++] = base + (i << 2) + 3;
  }
  for (at += words.length * 4; at < size; at++) if (bytes[at] === NEWLINE) add(at + 1);
  const breaks = count;
  if (size > 0 && (count === 0 || ends[count - 1] !== size)) add(size);
  return { ends, count, breaks };
}
