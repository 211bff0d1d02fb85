// Base58 in the Bitcoin alphabet, and Base58Check (payload + first 4 bytes of its double SHA-256). The conversion costs
// the square of the length, so both directions refuse more than 256 characters or bytes.
import { sha256 } from './sha256.ts';

const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LIMIT = 256;

/** Moves digits from one base to another; both most significant first. Leading zeros are kept one for one. */
function convertDigits(digits: ArrayLike<number>, from: number, to: number): number[] {
  const out: number[] = [];
  let zeros = 0;
  while (zeros < digits.length && digits[zeros] === 0) zeros++;
  for (let i = zeros; i < digits.length; i++) {
    let carry = digits[i]!;
    for (let k = 0; k < out.length; k++) {
      carry += out[k]! * from;
      out[k] = carry % to;
      carry = Math.floor(carry / to);
    }
    for (; carry > 0; carry = Math.floor(carry / to)) out.push(carry % to);
  }
  for (let i = 0; i < zeros; i++) out.push(0);
  return out.reverse();
}

/** @throws RangeError for more than 256 bytes */
export function encodeBase58(bytes: Uint8Array): string {
  if (bytes.length > LIMIT) throw new RangeError('base58: more than 256 bytes');
  return convertDigits(bytes, 256, 58)
    .map((digit) => LETTERS[digit])
    .join('');
}

/** @returns undefined for a foreign character or more than 256 characters */
export function decodeBase58(text: string): Uint8Array | undefined {
  if (text.length > LIMIT) return undefined;
  const digits = Array.from(text, (letter) => LETTERS.indexOf(letter));
  return digits.includes(-1) ? undefined : Uint8Array.from(convertDigits(digits, 58, 256));
}

function checkBytes(payload: Uint8Array): Uint8Array {
  return sha256(sha256(payload)).subarray(0, 4);
}

/** Payload and its four check bytes in base58. */
export function encodeBase58Check(payload: Uint8Array): string {
  return encodeBase58(Buffer.concat([payload, checkBytes(payload)]));
}

/** @returns the payload without its check bytes; undefined when they differ or the text is not base58 */
export function decodeBase58Check(text: string): Uint8Array | undefined {
  const bytes = decodeBase58(text);
  if (!bytes || bytes.length < 4) return undefined;
  const payload = bytes.subarray(0, -4);
  return Buffer.compare(checkBytes(payload), bytes.subarray(-4)) === 0 ? payload : undefined;
}
