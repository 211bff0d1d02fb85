// JSON Web Keys (RFC 7517, 7518, 8037): the fields that a private key of each type must have, with their sizes.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { type JsonObject, parseJsonObject } from '../util/json-object.ts';
import type { Check, CheckOutcome } from './check.ts';
import { FAIL, failWith, passWith, UNKNOWN } from './outcome.ts';

/** Bytes of `d` by curve. */
const CURVE_SIZES: Readonly<Record<string, number>> = {
  'P-256': 32,
  secp256k1: 32,
  'P-384': 48,
  'P-521': 66,
  Ed25519: 32,
  X25519: 32,
  Ed448: 57,
  X448: 56,
};

function fieldSize(key: JsonObject, field: string): number {
  const text = key[field];
  return typeof text === 'string' ? (decodeBase64(text, 'base64url')?.length ?? 0) : 0;
}

function testKey(key: JsonObject): CheckOutcome {
  if (key.kty === 'oct') return fieldSize(key, 'k') > 0 ? passWith('symmetric key') : FAIL;
  if (key.kty !== 'RSA' && key.kty !== 'EC' && key.kty !== 'OKP') return FAIL;
  if (key.d === undefined) return failWith('public key');
  if (key.kty === 'RSA') {
    const isWhole = fieldSize(key, 'n') >= 32 && fieldSize(key, 'e') > 0 && fieldSize(key, 'd') > 0;
    return isWhole ? passWith('RSA key') : FAIL;
  }
  const curve = typeof key.crv === 'string' ? key.crv : '';
  const size = Object.hasOwn(CURVE_SIZES, curve) ? CURVE_SIZES[curve] : undefined;
  const hasPoint = key.kty === 'OKP' || fieldSize(key, 'y') > 0;
  return size !== undefined && fieldSize(key, 'd') === size && fieldSize(key, 'x') > 0 && hasPoint
    ? passWith(`${curve} key`)
    : FAIL;
}

/** The whole JSON object; a text that is not JSON, such as a cut one, gives `unknown`. */
export const jwk: Check = {
  name: 'jwk',
  test: (value) => {
    const key = value.length <= 16_384 ? parseJsonObject(value) : undefined;
    return key && Object.hasOwn(key, 'kty') ? testKey(key) : UNKNOWN;
  },
  mint: (random, argument) => {
    const part = (size: number): string => encodeBase64(random.bytes(size), 'base64url');
    if (argument === 'oct') return JSON.stringify({ kty: 'oct', k: part(32) });
    if (argument === 'RSA') {
      const [p, q, dp, dq, qi] = [128, 128, 128, 128, 128].map(part);
      return JSON.stringify({ kty: 'RSA', n: part(256), e: 'AQAB', d: part(256), p, q, dp, dq, qi });
    }
    if (argument === 'OKP') return JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: part(32), d: part(32) });
    return JSON.stringify({ kty: 'EC', crv: 'P-256', x: part(32), y: part(32), d: part(32) });
  },
};
