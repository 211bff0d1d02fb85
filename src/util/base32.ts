// Base32 of RFC 4648 without padding, strict: foreign characters and set unused bits are refused.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Upper-case base32 without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) out += LETTERS[(buffer >>> (bits - 5)) & 31];
  }
  return bits > 0 ? out + LETTERS[(buffer << (5 - bits)) & 31] : out;
}

/** @returns undefined when `text` is not upper-case base32 without padding, or its unused bits are not zero */
export function decodeBase32(text: string): Uint8Array | undefined {
  const out = new Uint8Array(Math.floor((text.length * 5) / 8));
  let size = 0;
  let buffer = 0;
  let bits = 0;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return undefined;
    buffer = ((buffer << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out[size++] = (buffer >>> bits) & 255;
  }
  const isClean = bits < 5 && (buffer & ((1 << bits) - 1)) === 0;
  return isClean ? out : undefined;
}
