// GitHub's and npm's own tokens: six base62 check characters, the undocumented field in fine-grained tokens, and the
// stateless installation token, which is a JWT behind a prefix.
import { encodeBase32 } from '../util/base32.ts';
import { sha256 } from '../util/sha256.ts';
import { base62Crc } from './base62-crc.ts';
import type { Check, CheckOutcome } from './check.ts';
import { jwt } from './jwt.ts';
import { FAIL, PASS, UNKNOWN } from './outcome.ts';

const OPAQUE = /^(gh[pousr]_|npm_)([A-Za-z0-9]{24,248})([A-Za-z0-9]{6})$/;
const STATELESS = /^ghs_[0-9]{1,20}_(eyJ[A-Za-z0-9_.-]{20,2000})$/;
const FINE_GRAINED = /^(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{43})([A-Za-z0-9]{8})([A-Za-z0-9]{8})$/;

function bodyLength(prefix: string): number {
  return prefix === 'ghr_' ? 70 : 30;
}

function testOpaque(prefix: string, body: string, tail: string): CheckOutcome {
  if (base62Crc(body) === tail) return PASS;
  return body.length === bodyLength(prefix) ? FAIL : UNKNOWN;
}

/**
 * ghp_ gho_ ghu_ ghs_ ghr_ npm_: CRC-32 of the body alone. Other lengths than today's can pass but not fail.
 *
 * @source GitHub blog, "Behind GitHub's new authentication token formats"; span found on 23 public samples
 */
export const githubCrc32: Check = {
  name: 'github-crc32',
  test: (value) => {
    if (value.length > 2048) return UNKNOWN;
    const opaque = OPAQUE.exec(value);
    if (opaque) return testOpaque(opaque[1]!, opaque[2]!, opaque[3]!);
    const token = STATELESS.exec(value)?.[1];
    const outcome = token === undefined ? UNKNOWN : jwt.test(token);
    return outcome.result === 'pass' ? outcome : UNKNOWN;
  },
  mint: (random, argument) => {
    const prefix = argument || 'ghp_';
    const body = random.text('base62', bodyLength(prefix));
    return prefix + body + base62Crc(body);
  },
};

function fineGrainedField(before: string): string {
  return encodeBase32(sha256(before).subarray(0, 5));
}

/** github_pat_: a field of base32 SHA-256. Found on samples, documented nowhere, so it can only speak in favour. */
export const githubFineGrained: Check = {
  name: 'github-fine-grained',
  test: (value) => {
    const parts = value.length <= 128 ? FINE_GRAINED.exec(value) : null;
    return parts && fineGrainedField(parts[1]!) === parts[2] ? PASS : UNKNOWN;
  },
  mint: (random) => {
    const before = `github_pat_1${random.text('base62', 21)}_${random.text('base62', 43)}`;
    return before + fineGrainedField(before) + random.text('base62', 8);
  },
};
