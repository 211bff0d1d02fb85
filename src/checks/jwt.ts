// JSON Web Tokens (RFC 7519): three base64url parts, a header with an algorithm, and a signature of the size that this
// algorithm gives. Says who issued the token and until when; whether that is past is not asked here.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { type JsonObject, parseJsonObject } from '../util/json-object.ts';
import type { Check } from './check.ts';
import { dateFact, FAIL, failWith, nameFact, passWith, UNKNOWN } from './outcome.ts';

/** Signature sizes in bytes that are fixed by the algorithm. */
const SIGNATURE_SIZES: Readonly<Record<string, readonly number[]>> = {
  none: [0],
  HS256: [32],
  HS384: [48],
  HS512: [64],
  ES256: [64],
  ES256K: [64],
  ES384: [96],
  ES512: [132],
  EdDSA: [64, 114],
};
/** RSA signatures are as long as the key: 1024, 2048, 3072, 4096, 8192 bits. */
const RSA_SIZES = [128, 256, 384, 512, 1024];

function isSignatureSize(alg: string, size: number): boolean {
  if (/^[RP]S(?:256|384|512)$/.test(alg)) return RSA_SIZES.includes(size);
  // Algorithms that are not listed, such as post-quantum ones, cannot be judged.
  return Object.hasOwn(SIGNATURE_SIZES, alg) ? SIGNATURE_SIZES[alg]!.includes(size) : true;
}

function readPart(part: string): JsonObject | undefined {
  const bytes = decodeBase64(part, 'base64url');
  return bytes && parseJsonObject(bytes.toString('utf8'));
}

/** The token that documentation shows everywhere. */
function isPublishedExample(payload: JsonObject): boolean {
  return payload.sub === '1234567890' && payload.name === 'John Doe';
}

function expiryFact(payload: JsonObject): string {
  return dateFact('expires', payload.exp) ?? 'no expiry';
}

const DAY_SECONDS = 86_400;

/**
 * Why the token was of use for a day at most: it proves to one client who has signed in (OpenID Connect Core, section 2),
 * or it ended within a day of its making. Whoever finds it in a file comes too late, nearly always.
 */
function shortLifeFact({ exp, iat, nbf, aud, nonce, at_hash, c_hash }: JsonObject): string | undefined {
  if (typeof exp !== 'number') return undefined;
  if (aud !== undefined && [nonce, at_hash, c_hash].some((claim) => typeof claim === 'string')) {
    return 'short-lived: tells who signed in';
  }
  const start = typeof iat === 'number' ? iat : nbf;
  if (typeof start !== 'number' || exp <= start || exp - start > DAY_SECONDS) return undefined;
  const minutes = Math.round((exp - start) / 60);
  return `short-lived: valid for ${minutes} minute${minutes === 1 ? '' : 's'}`;
}

export const jwt: Check = {
  name: 'jwt',
  test: (value) => {
    const parts = value.length <= 16_384 ? value.split('.', 6) : [];
    // Five parts are an encrypted token (RFC 7516): nothing to read.
    if (parts.length !== 3) return UNKNOWN;
    const header = readPart(parts[0]!);
    const payload = readPart(parts[1]!);
    const signature = decodeBase64(parts[2]!, 'base64url');
    if (!header || !payload || !signature || typeof header.alg !== 'string') return FAIL;
    if (!isSignatureSize(header.alg, signature.length)) return failWith('signature has the wrong size');
    if (isPublishedExample(payload)) return failWith('published example');
    return passWith(
      shortLifeFact(payload),
      nameFact('issuer', payload.iss),
      nameFact('role', payload.role),
      expiryFact(payload),
    );
  },
  mint: (random, argument) => {
    const alg = argument || 'HS256';
    const size = SIGNATURE_SIZES[alg]?.[0] ?? 256;
    const part = (content: JsonObject): string => encodeBase64(Buffer.from(JSON.stringify(content)), 'base64url');
    const payload = {
      sub: random.text('lower', 8),
      iat: 1_700_000_000,
      exp: 1_900_000_000,
      jti: random.text('hex', 16),
    };
    return `${part({ alg, typ: 'JWT' })}.${part(payload)}.${encodeBase64(random.bytes(size), 'base64url')}`;
  },
};
