// Keys whose number can be tested: Ed25519 pairs (Solana, Coinbase CDP, NEAR), where the second half follows from the
// first, and secp256k1 keys (Ethereum), which must lie in a range and not be one of the famous ones.
import { decodeBase58, encodeBase58 } from '../util/base58.ts';
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { parseJson } from '../util/json-object.ts';
import { loadCrypto, sha256 } from '../util/sha256.ts';
import type { Check } from './check.ts';
import { FAIL, failWith, PASS, UNKNOWN } from './outcome.ts';
import { isPublishedKey } from './published-keys.ts';

/** PKCS#8 frame of an Ed25519 seed (RFC 8410). */
const PKCS8_HEAD = '302e020100300506032b657004220420';

function derivePublic(seed: Uint8Array): Buffer {
  const { createPrivateKey, createPublicKey } = loadCrypto();
  const der = Buffer.concat([Buffer.from(PKCS8_HEAD, 'hex'), seed]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return key.export({ format: 'der', type: 'spki' }).subarray(-32);
}

/** 64 bytes from a JSON array of numbers, base58 (NEAR with its `ed25519:`) or base64. */
function readPair(value: string): Uint8Array | undefined {
  if (/^\[[0-9,\s]{127,600}\]$/.test(value)) {
    const numbers = parseJson(value);
    const isBytes = Array.isArray(numbers) && numbers.every((n) => Number.isInteger(n) && n >= 0 && n < 256);
    return isBytes ? Uint8Array.from(numbers) : undefined;
  }
  if (value.length === 88 && value.endsWith('==')) return decodeBase64(value, 'base64');
  const text = value.replace(/^ed25519:/, '');
  return text.length >= 80 && text.length <= 90 ? decodeBase58(text) : undefined;
}

/** The form is not proved on vectors, so a pair that does not hold says nothing. */
export const ed25519Pair: Check = {
  name: 'ed25519-pair',
  test: (value) => {
    const bytes = value.length <= 700 ? readPair(value) : undefined;
    if (bytes?.length !== 64) return UNKNOWN;
    return derivePublic(bytes.subarray(0, 32)).equals(bytes.subarray(32)) ? PASS : UNKNOWN;
  },
  mint: (random, argument) => {
    const seed = random.bytes(32);
    const pair = Buffer.concat([seed, derivePublic(seed)]);
    if (argument === 'json') return JSON.stringify([...pair]);
    if (argument === 'base64') return encodeBase64(pair, 'base64');
    return (argument === 'near' ? 'ed25519:' : '') + encodeBase58(pair);
  },
};

const ORDER = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;

/** A text that repeats itself, or bytes that count up: nobody's key. */
function isPattern(hex: string): boolean {
  if ([2, 4, 8, 16, 32].some((period) => hex === hex.slice(0, period).repeat(64 / period))) return true;
  const bytes = Buffer.from(hex, 'hex');
  return bytes.every((byte, i) => byte === ((bytes[0]! + i) & 255));
}

/** Nearly every 64 hex digits pass (see WEAK_CHECKS). Development keys and patterns fail. @source SEC 2 */
export const secp256k1Key: Check = {
  name: 'secp256k1-key',
  test: (value) => {
    const hex = /^(?:0[xX])?([0-9A-Fa-f]{64})$/.exec(value)?.[1]?.toLowerCase();
    if (hex === undefined) return UNKNOWN;
    const number = BigInt(`0x${hex}`);
    if (number < 2n ** 64n || number >= ORDER || isPattern(hex)) return FAIL;
    return isPublishedKey(sha256(hex)) ? failWith('published development key') : PASS;
  },
  mint: (random, argument) => `${argument}7${random.text('hex', 63)}`,
};
