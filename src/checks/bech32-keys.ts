// Private keys in bech32: age identities, Nostr nsec, Sui. The checksum passes by chance once in 2^30.
import { decodeBech32, encodeBech32 } from '../util/bech32.ts';
import type { Check } from './check.ts';
import { FAIL, PASS, UNKNOWN } from './outcome.ts';

/** AGE-SECRET-KEY-1… and AGE-SECRET-KEY-PQ-1…, upper case. @source C2SP age.md, and its vectors */
export const ageKey: Check = {
  name: 'age-key',
  test: (value) => {
    if (!/^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{40,1000}$/.test(value)) return UNKNOWN;
    return decodeBech32(value.toLowerCase()) ? PASS : FAIL;
  },
  mint: (random, argument) => {
    const human = argument.toLowerCase().includes('-pq-') ? 'age-secret-key-pq-' : 'age-secret-key-';
    return encodeBech32(human, random.bytes(32)).toUpperCase();
  },
};

/** nsec1 and 58 symbols: 32 bytes. @source nostr-protocol/nips 19.md; the npub vector there */
export const nostrKey: Check = {
  name: 'nostr-key',
  test: (value) => {
    if (!/^nsec1[0-9a-z]{58}$/.test(value)) return UNKNOWN;
    return decodeBech32(value)?.bytes.length === 32 ? PASS : FAIL;
  },
  mint: (random) => encodeBech32('nsec', random.bytes(32)),
};

/** ed25519, secp256k1 and secp256r1. */
const SUI_SCHEMES = 3;

/** suiprivkey1: a scheme byte and 32 bytes. Not proved on vectors, so a mismatch says nothing. @source general knowledge */
export const suiKey: Check = {
  name: 'sui-key',
  test: (value) => {
    const bytes = /^suiprivkey1[0-9a-z]{59}$/.test(value) ? decodeBech32(value)?.bytes : undefined;
    return bytes?.length === 33 && bytes[0]! < SUI_SCHEMES ? PASS : UNKNOWN;
  },
  mint: (random) => encodeBech32('suiprivkey', Uint8Array.from([0, ...random.bytes(32)])),
};
