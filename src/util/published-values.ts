// Values that standards and vendors print in their documents and everybody copies: they open nothing, or what they open
// is empty. Kept as hashes, so that no value stands in this file. Knows no rule.
import { sha256 } from './sha256.ts';

/** Long values stand in documents in pieces, so their start counts. */
const COUNTED_CHARACTERS = 32;
const SHORTEST = 16;

/** First twelve hex digits of the SHA-256 of the counted characters in small letters. */
const PUBLISHED: ReadonlySet<string> = new Set([
  // Emulators of Azure: storage, database.
  '0975ff62ed1d',
  '2a07db01c48f',
  // Seeds of one-time passwords: the description of the URI, RFC 6238.
  'a64ed54f0b45',
  '3d14a015c7fb',
  // Keys of RFC 7515 and RFC 7520.
  '92e1b91d0f51',
  '29cc5b58d928',
  '6006d1702bd8',
  'd2ec559c7e07',
  '00205ec739f6',
  'becbe975160a',
  '2bf523d80c19',
  'a004a016a395',
  '488e8e31040b',
  'b1020b433538',
  '6291d00c7fc4',
  '8d774a443994',
  '916b0b411ee1',
  // Keys of FIPS 197 and SP 800-38A.
  '2ef2503d964e',
  '38699c75acf8',
  '4aca47a3062d',
  // Test keys of Stripe and of reCAPTCHA.
  '414b0f60b0b3',
  '2a860960261e',
]);

/** True for a value that a standard or a vendor has published, in any case of its letters. */
export function isPublishedValue(value: string): boolean {
  if (value.length < SHORTEST) return false;
  const start = value.slice(0, COUNTED_CHARACTERS).toLowerCase();
  return PUBLISHED.has(Buffer.from(sha256(start)).toString('hex').slice(0, 12));
}
