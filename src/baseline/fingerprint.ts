// Identity of a secret (design section 4): HMAC-SHA-256 of kind and value under the repository's key. No rule, path, line,
// commit or date goes in, so a better rule next year does not reopen what was triaged. Crypto is loaded at the first use.
import type { Secret, SecretKind } from '../model/secret.ts';

const KEY_BYTES = 32;

/** 32 bytes. Never printed. */
export type FingerprintKey = Uint8Array;

/** Used when there is no baseline: fingerprints are then the same everywhere, and guesses can be tested against them. */
export const PUBLIC_KEY: FingerprintKey = new TextEncoder().encode('unleak public fingerprint key, 1');

function crypto() {
  return process.getBuiltinModule('node:crypto');
}

/** A fresh random key for `baseline create`. */
export function createKey(): FingerprintKey {
  return new Uint8Array(crypto().randomBytes(KEY_BYTES));
}

export function keyToHex(key: FingerprintKey): string {
  return Buffer.from(key).toString('hex');
}

/** @returns undefined for anything but 64 hexadecimal digits */
export function keyFromHex(text: string): FingerprintKey | undefined {
  return /^[0-9a-f]{64}$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined;
}

/**
 * The form of a value that is hashed: white space around it removed, line ends as LF. In PEM blocks all white space of
 * the body goes, written-out line ends (`\n` in JSON or .env) too, so that one key in two files is one secret.
 */
export function normaliseValue(value: string): string {
  const text = value.replace(/\r\n?/g, '\n').trim();
  const pem = /^-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----$/s.exec(text);
  return pem ? `${pem[1]}\n${pem[2]!.replace(/\\[nrt]|\s/g, '')}` : text;
}

function hmac(key: FingerprintKey, text: string): string {
  return crypto().createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/**
 * Fingerprint of one value.
 *
 * @returns 32 hexadecimal digits, the first 128 bits
 */
export function fingerprintValue(key: FingerprintKey, kind: SecretKind, value: string): string {
  return hmac(key, `${kind}\0${normaliseValue(value)}`).slice(0, 32);
}

/** As fingerprintValue, for the carrier of a found value. */
export function fingerprintSecret(key: FingerprintKey, secret: Secret): string {
  return fingerprintValue(key, secret.kind, secret.reveal());
}

/** 16 hexadecimal digits that tell a wrong or damaged key; written to the header of the baseline. */
export function keyCheckValue(key: FingerprintKey): string {
  return hmac(key, 'unleak baseline key check').slice(0, 16);
}
