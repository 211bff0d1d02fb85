// HashiCorp Vault service tokens of the long kind: a protobuf message with version 1, a 32-byte HMAC and the token.
// The short kind (24 random characters) has nothing to test, and there are no vectors, so nothing ever fails here.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { PASS, UNKNOWN } from './outcome.ts';

/** Field 1 = 1, field 2 of 32 bytes. */
const HEAD = [0x08, 0x01, 0x12, 0x20];
const TOKEN_TAG = 0x1a;
const TOKEN_AT = HEAD.length + 32;

export const vaultHvs: Check = {
  name: 'vault-hvs',
  test: (value) => {
    if (!value.startsWith('hvs.CAES') || value.length > 512) return UNKNOWN;
    const bytes = decodeBase64(value.slice(4), 'base64url');
    if (!bytes || HEAD.some((byte, index) => bytes[index] !== byte)) return UNKNOWN;
    const isWhole = bytes[TOKEN_AT] === TOKEN_TAG && bytes[TOKEN_AT + 1] === bytes.length - TOKEN_AT - 2;
    return isWhole ? PASS : UNKNOWN;
  },
  mint: (random) => {
    const token = Buffer.from(`\x0a\x1c${random.text('base62', 28)}`, 'latin1');
    const message = Buffer.concat([
      Uint8Array.from(HEAD),
      random.bytes(32),
      Uint8Array.from([TOKEN_TAG, token.length]),
      token,
    ]);
    return `hvs.${encodeBase64(message, 'base64url')}`;
  },
};
