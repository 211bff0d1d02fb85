// What the kernel and the builder of its tables agree on: limits of the search, the layout of the tables, the hash. The
// WebAssembly module has the same numbers (assembly/scan.ts, assembly/words.ts).

/** A run of token characters shorter than this is no value. */
export const MIN_RUN = 20;
/** A near word is looked for this many bytes before a run, and in the first NEAR_INSIDE bytes of the run. */
export const NEAR_BEFORE = 96;
export const NEAR_INSIDE = 128;
/** A prefix may start this many bytes before its run when `.`, `:`, `~`, `!` or `$` joins them, as in `SG.` + run. */
export const PREFIX_BEFORE = 24;
/** A run needs this many digits to be looked at for near words. */
export const MIN_DIGITS = 2;

/** Shorter runs are not looked at as base64 and as hex of text. */
export const MIN_BASE64 = 24;
export const MIN_HEX = 40;
/** `name=` is cut off in front of an encoded text when this much follows. */
export const MIN_ASSIGNED = 8;
/** … and its `=` stands so far inside the run. */
export const NAME_INSIDE = 48;
/** What a candidate of the encoded sort is: its id. A joined one is a string that goes on in another. */
export const ENCODED = { base64: 0, hex: 1, joined: 2, quotedPrintable: 3 } as const;

/** Header: ten u32, all offsets from the start of the tables. */
export const HEADER = {
  prefixBitmap: 0,
  prefixHeads: 4,
  nearBitmap: 8,
  nearHeads: 12,
  entries: 16,
  literals: 20,
  teddy: 24,
  anchorHeads: 28,
  anchorBitmap: 32,
  nearKeyBitmap: 36,
} as const;

/** Bits of the hash that prefixes and anchors are kept by. */
export const BITMAP_BITS = 16;
/**
 * Entry: u16 id, u16 next entry (0 = end), u32 literal offset, u8 length, u8 flags, u8 where in the literal the four
 * bytes stand that the nibble tables look for (anchors), u8 unused, the literal's last four bytes (of one of three: zeros).
 */
export const ENTRY_BYTES = 16;
export const FLAG_ASSIGNMENT = 1;
export const FLAG_URL = 2;
/** Hash of the first four bytes of a word as one number, or of its three. The same formula stands in assembly/words.ts. */
export function hashNumber(start: number, bits = BITMAP_BITS): number {
  return Math.imul(start, 0x9e3779b1) >>> (32 - bits);
}

/** The first four bytes of a word as one number, or its three when it has no more. */
export function startNumber(bytes: ArrayLike<number>): number {
  const fourth = bytes.length > 3 ? bytes[3]! << 24 : 0;
  return bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | fourth;
}

/** Near words of so many bytes and more are kept by their first six bytes: most of those that start alike differ there. */
export const LONG_NEAR = 6;
export const LONGEST_WORD = 64;

/** Hash of six bytes: the first four as one number, the other two as another. The same formula stands in assembly/words.ts. */
export function longHash(four: number, two: number): number {
  return (Math.imul(four, 0x9e3779b1) + Math.imul(two, 0x85ebca6b)) >>> 16;
}

/** Hash that a near word is kept by: of its first six bytes, of four, or of all three. */
export function nearHash(word: ArrayLike<number>): number {
  const four = startNumber(word);
  return word.length < LONG_NEAR ? hashNumber(four) : longHash(four, word[4]! | (word[5]! << 8));
}
