// Whole numbers written with any alphabet, most significant digit first: base36, base62, base66.

/** Alphabet of GitHub-style checksums. */
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * @param value  whole number from 0 to 2^53 - 1
 * @param width  smallest length; padded on the left with the digit for zero
 */
export function encodeInteger(value: number, alphabet: string, width: number): string {
  let rest = value;
  let out = '';
  while (rest > 0) {
    out = alphabet[rest % alphabet.length] + out;
    rest = Math.floor(rest / alphabet.length);
  }
  return out.padStart(width, alphabet[0]);
}

/**
 * Reads a number of any size.
 *
 * @param text  at most 64 characters: the cost grows with the square of the length
 * @returns undefined for an empty text, a longer one, or a foreign character
 */
export function decodeInteger(text: string, alphabet: string): bigint | undefined {
  if (text === '' || text.length > 64) return undefined;
  const base = BigInt(alphabet.length);
  let value = 0n;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return undefined;
    value = value * base + BigInt(digit);
  }
  return value;
}
