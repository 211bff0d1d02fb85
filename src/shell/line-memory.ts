// Histories repeat: three lines of four have been seen before, but for their digits (times, ports, counters). This walks
// over lines and shows only those that are not remembered as dull. Four bytes at a step; equality is exact, never a hash.
import type { LineIndex } from './line-index.ts';

/** Slots of the memory, each for one line; a newer line takes the place of an older one. */
const SLOTS = 1 << 15;
/** Longest line that is remembered, in steps of four bytes. */
const SLOT_WORDS = 64;

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
  const lengths = new Uint16Array(SLOTS);
  // Pages that are never written cost nothing.
  const slots = new Int32Array(SLOTS * SLOT_WORDS);
  const words = new Int32Array(SLOT_WORDS);

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
      } else if (length >= 4 && length <= SLOT_WORDS * 4) {
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
        words[size] = withoutDigits(view.getInt32(final, true));
        hash = Math.imul(hash ^ words[size]!, 0x9e3779b1);
        const place = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        const slot = place * SLOT_WORDS;
        let same = lengths[place] === length ? 0 : size + 1;
        while (same <= size && slots[slot + same] === words[same]) same++;
        if ((same <= size || lengths[place] !== length) && look(bytes, start, end)) {
          lengths[place] = length;
          for (let i = 0; i <= size; i++) slots[slot + i] = words[i]!;
        }
      } else if (length > 0) look(bytes, start, end);
      start = end + 1;
    }
  };
}
