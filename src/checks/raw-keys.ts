// Keys that are 32 raw bytes in base64: WireGuard, and anything in 43 characters of base64url whose last character can
// only be one of sixteen. Both pass easily (see WEAK_CHECKS in weak-checks.ts).
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { FAIL, PASS, passWith, UNKNOWN, unknownWith } from './outcome.ts';

/** Keys made by `wg genkey` are clamped (1 in 32 of random text); preshared keys are not, so those give `unknown`. */
export const wireguardKey: Check = {
  name: 'wireguard-key',
  test: (value) => {
    const bytes = /^[A-Za-z0-9+/]{43}=$/.test(value) ? decodeBase64(value, 'base64') : undefined;
    if (!bytes) return value.length === 44 ? FAIL : UNKNOWN;
    const isClamped = (bytes[0]! & 7) === 0 && (bytes[31]! & 0xc0) === 0x40;
    return isClamped ? passWith('private key') : unknownWith('not clamped: a preshared key, or none');
  },
  mint: (random) => {
    const bytes = random.bytes(32);
    bytes[0] = bytes[0]! & 0xf8;
    bytes[31] = (bytes[31]! & 0x3f) | 0x40;
    return encodeBase64(bytes, 'base64');
  },
};

/** The last 43 characters, with or without `=`, as 32 bytes. For formats whose source shows raw bytes, and no others. */
export const base64url32: Check = {
  name: 'base64url-32',
  test: (value) => {
    if (value.length < 43 || value.length > 128) return UNKNOWN;
    const tail = value.replace(/=$/, '').slice(-43);
    const alphabet = /[-_]/.test(tail) ? 'base64url' : 'base64';
    return decodeBase64(tail, alphabet)?.length === 32 ? PASS : FAIL;
  },
  mint: (random, argument) => argument + encodeBase64(random.bytes(32), 'base64url'),
};
