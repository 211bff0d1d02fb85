// Histories repeat: three lines of four have been seen before, but for their digits (times, ports, counters). This walks
// over lines and shows only those that are not remembered as dull. Four bytes at a step; equality is exact, never a hash.
import type { LineIndex } from './line-index.ts';

/** Slots of the memory, each for one line; a newer line takes the place of an older one. */
const SLOTS = 1 << 15;
/** Longest line that is remembered: bytes of a slot. */
const SLOT_BYTES = 256;

const BACKSLASH = 0x5c;
const BACKTICK = 0x60;

/** The bytes without what tells a digit from another. */
const withoutDigits = (four: number): number => {
  const high = (four & 0xf0f0f0f0) ^ 0x30303030;
  const digits = (high - 0x01010101) & ~high & 0x80808080;
  return four & ~Math.imul(digits >>> 7, 15);
};

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const mix = (hash: number, four: number): number => Math.imul(hash ^ withoutDigits(four), 0x9e3779b1);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * Looks at one line; a line that goes on comes with what it goes on with.
 * @returns true when it is dull, and so is every line that differs in digits only
 */
export type LookAtLine = (bytes: Buffer, start: number, end: number) => boolean;

/** A line of at least 8 bytes, by some of its bytes: most differ where they start, end, or in the middle. */
function hashOf(view: DataView, start: number, length: number): number {
  const last = start + length - 4;
  let hash = mix(length, view.getInt32(start, true));
  hash = mix(hash, view.getInt32(start + 4, true));
  hash ^= hash >>> 15;
  hash = mix(hash, view.getInt32(start + (length >> 2), true));
  hash = mix(hash, view.getInt32(start + (length >> 1), true));
  hash ^= hash >>> 15;
  hash = mix(hash, view.getInt32(Math.min(last, start + length - (length >> 2)), true));
  hash = mix(hash, view.getInt32(last - 4, true));
  hash ^= hash >>> 15;
  hash = mix(hash, view.getInt32(last, true));
  return hash ^ (hash >>> 16);
}

/** @returns walks over the lines of a text and looks at those that are not known to be dull */
export function createLineMemory(look: LookAtLine): (bytes: Buffer, lines: LineIndex) => void {
  const lengths = new Uint16Array(SLOTS);
  // Pages that are never written cost nothing.
  const slots = new Uint8Array(SLOTS * SLOT_BYTES);
  const slotView = viewOf(slots);

  function isSame(view: DataView, at: number, slot: number): boolean {
    const one = view.getUint8(at);
    const other = slots[slot]!;
    return one === other || (isDigit(one) && isDigit(other));
  }

  /** Equal but for digits. */
  function isKnown(view: DataView, start: number, length: number, slot: number): boolean {
    let i = 0;
    for (; i < length - 3; i += 4) {
      const difference = view.getInt32(start + i, true) ^ slotView.getInt32(slot + i, true);
      if (difference === 0) continue;
      if ((difference & 0xf0f0f0f0) !== 0) return false;
      for (let k = i; k < i + 4; k++) if (!isSame(view, start + k, slot + k)) return false;
    }
    for (; i < length; i++) if (!isSame(view, start + i, slot + i)) return false;
    return true;
  }

  return (bytes, { ends, count, breaks }) => {
    const view = viewOf(bytes);
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
      } else if (length >= 8 && length <= SLOT_BYTES) {
        const place = hashOf(view, start, length) & (SLOTS - 1);
        const slot = place * SLOT_BYTES;
        if ((lengths[place] !== length || !isKnown(view, start, length, slot)) && look(bytes, start, end)) {
          lengths[place] = length;
          for (let i = 0; i < length; i++) slots[slot + i] = bytes[start + i]!;
        }
      } else if (length > 0) look(bytes, start, end);
      start = end + 1;
    }
  };
}
