// Histories repeat: three lines of four have been seen before, but for their digits (times, ports, counters). This walks
// over lines and shows only those that are not remembered as dull. Four bytes at a step; equality is exact.
// The plain twin of the WebAssembly module, which knows lines by a keyed hash; neither shows in what is found.
import type { LineIndex } from '../kernel/line-walker.ts';

/** Lines that can be found again; a newer line takes the place of an older one with the same hash. */
const PLACES = 1 << 16;
/** Their bytes, four a word, densely: nearness in memory is most of the speed. When it is full, all is forgotten. */
const MEMORY_WORDS = 1 << 20;
/** Longest line that is remembered. */
const LONGEST_WORDS = 64;

const BACKSLASH = 0x5c;
const BACKTICK = 0x60;

/** Four bytes with `0` for every digit. */
const withoutDigits = (four: number): number => {
  const high = (four & 0xf0f0f0f0) ^ 0x30303030;
  const isHigh = (high - 0x01010101) & ~high & 0x80808080;
  const isTooMuch = ((four & 0x0f0f0f0f) + 0x06060606) << 3;
  return four & ~Math.imul((isHigh & ~isTooMuch) >>> 7, 15);
};

/**
 * Looks at one line; a line that goes on comes with what it goes on with.
 * @returns true when it is dull, and so is every line that differs in digits only
 */
export type LookAtLine = (bytes: Buffer, start: number, end: number) => boolean;

/** @returns walks over the lines of a text and looks at those that are not known to be dull */
export function createLineMemory(look: LookAtLine): (bytes: Buffer, lines: LineIndex) => void {
  const lengths = new Uint16Array(PLACES);
  const starts = new Int32Array(PLACES);
  // Pages that are never written cost nothing.
  const memory = new Int32Array(MEMORY_WORDS);
  const words = new Int32Array(LONGEST_WORDS);
  let filled = 0;

  function remember(place: number, length: number, size: number): void {
    if (filled + size > MEMORY_WORDS) {
      lengths.fill(0);
      filled = 0;
    }
    lengths[place] = length;
    starts[place] = filled;
    for (let i = 0; i < size; i++) memory[filled++] = words[i]!;
  }

  return (bytes, { ends, count, breaks }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let start = 0;
    for (let line = 0; line < count; line++) {
      let end = line < breaks ? ends[line]! - 1 : ends[line]!;
      const length = end - start;
      const last = length === 0 ? 0 : bytes[end - 1];
      if ((last === BACKSLASH || last === BACKTICK) && line < breaks) {
        do {
          line++;
          end = line < breaks ? ends[line]! - 1 : bytes.length;
        } while (line < breaks && (bytes[end - 1] === BACKSLASH || bytes[end - 1] === BACKTICK));
        look(bytes, start, end);
      } else if (length >= 4 && length <= LONGEST_WORDS * 4) {
        // The last four bytes stand for what is left of them.
        const final = end - 4;
        let size = 0;
        let hash = length;
        for (let at = start; at < final; at += 4) {
          const four = withoutDigits(view.getInt32(at, true));
          words[size++] = four;
          hash = Math.imul(hash ^ four, 0x9e3779b1);
          hash ^= hash >>> 15;
        }
        const four = withoutDigits(view.getInt32(final, true));
        words[size++] = four;
        hash = Math.imul(hash ^ four, 0x9e3779b1);
        const place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        let same = 0;
        if (lengths[place] === length) {
          const known = starts[place]!;
          while (same < size && memory[known + same] === words[same]) same++;
        }
        if (same < size && look(bytes, start, end)) remember(place, length, size);
      } else if (length > 0) look(bytes, start, end);
      start = end + 1;
    }
  };
}
