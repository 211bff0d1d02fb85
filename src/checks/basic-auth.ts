// The value of an `Authorization: Basic` header or of Docker's `auth` field: base64 of `user:password` (RFC 7617).
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { FAIL, failWith, PASS, UNKNOWN } from './outcome.ts';

/** Pairs that documentation uses. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'user:pass',
  'user:password',
  'username:password',
  'user:passwd',
  'foo:bar',
]);

/** The example of RFC 7617, in all its spellings. */
const RFC_EXAMPLE = /^aladdin:open ?sesame$/i;

/** By RFC 7617 there is a colon and no control character; a side may be empty, both may not. */
export const basicAuth: Check = {
  name: 'basic-auth',
  test: (value) => {
    if (value.length < 4 || value.length > 4096) return UNKNOWN;
    const text = decodeBase64(value, 'base64')?.toString('latin1');
    const colon = text?.indexOf(':') ?? -1;
    if (text === undefined || colon < 0 || text.length < 2 || /[\x00-\x1f\x7f]/.test(text)) return FAIL;
    return PLACEHOLDERS.has(text) || RFC_EXAMPLE.test(text) ? failWith('placeholder user and password') : PASS;
  },
  mint: (random) => {
    const pair = `${random.text('lower', 6)}:${random.text('base62', 14)}`;
    return encodeBase64(Buffer.from(pair, 'latin1'), 'base64');
  },
};
