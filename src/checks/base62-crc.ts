// Tokens that end in six base62 characters holding the CRC-32 of the random part, "as GitHub does it": Vercel, Polar,
// Chief Tools, Datadog. GitHub's own are in github.ts.
import { BASE62, encodeInteger } from '../util/base-n.ts';
import { crc32 } from '../util/crc32.ts';
import type { Check } from './check.ts';
import { PASS, UNKNOWN } from './outcome.ts';
import { buildTailCheck } from './tail-check.ts';

/** CRC-32 in base62 (digits, upper, lower), padded with 0 to six characters. */
export function base62Crc(body: string): string {
  return encodeInteger(crc32(body), BASE62, 6);
}

/** Vercel tokens vcp_ vci_ vca_ vcr_ vck_. @source vectors: four bodies in peers' rules, re-computed */
export const vercelCrc32: Check = buildTailCheck({
  name: 'vercel-crc32',
  maxLength: 60,
  split: (value) => {
    const parts = /^vc[piark]_([A-Za-z0-9_-]{50})([0-9A-Za-z]{6})$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: base62Crc,
  mismatch: 'fail',
  mintBody: (random, argument) => ({ before: argument || 'vcp_', hashed: random.text('base62', 50) }),
});

/** Every polar_…_ token. @source polarsource/polar server/polar/kit/crypto.py */
export const polarCrc32: Check = buildTailCheck({
  name: 'polar-crc32',
  maxLength: 64,
  split: (value) => {
    const parts = /^polar_(?:[a-z]{1,4}_){1,3}([0-9A-Za-z]{37})([0-9A-Za-z]{6})$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: base62Crc,
  mismatch: 'fail',
  mintBody: (random, argument) => ({ before: argument || 'polar_oat_', hashed: random.text('base62', 37) }),
});

/** Chief Tools tokens. The docs name the method, not the span: a mismatch says nothing. @source chieftools/docs tokens.mdx */
export const chiefCrc32: Check = buildTailCheck({
  name: 'chief-crc32',
  maxLength: 256,
  split: (value) => {
    const parts = /^ct[ptor]_([0-9A-Za-z]{30,242})([0-9A-Za-z]{6})$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: base62Crc,
  mismatch: 'unknown',
  mintBody: (random, argument) => ({ before: argument || 'ctp_', hashed: random.text('base62', 30) }),
});

/**
 * Datadog ddpat_ and ddsat_. The docs do not say whether the alias is hashed, so both readings are tried and a mismatch
 * says nothing. @source DataDog/documentation personal-access-tokens.md
 */
export const datadogPat: Check = {
  name: 'datadog-pat',
  test: (value) => {
    const parts = /^dd[ps]at_([0-9A-Za-z]{1,40}_([0-9A-Za-z]{20,60}))([0-9A-Za-z]{6})$/.exec(value);
    if (!parts) return UNKNOWN;
    return base62Crc(parts[2]!) === parts[3] || base62Crc(parts[1]!) === parts[3] ? PASS : UNKNOWN;
  },
  mint: (random, argument) => {
    const secret = random.text('base62', 43);
    return `${argument || 'ddpat_'}${random.text('base62', 22)}_${secret}${base62Crc(secret)}`;
  },
};
