// Entra ID (Azure AD) client secrets with `8Q~`: the last three characters are the head of a Marvin32 checksum.
// @source microsoft/security-utilities IdentifiableMetadata.cs; two vectors
import { encodeInteger } from '../util/base-n.ts';
import { marvin32, seedFromName } from '../util/marvin32.ts';
import type { Check } from './check.ts';
import { buildTailCheck } from './tail-check.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~';

/** Secrets with `7Q~` carry no checksum and give `unknown`. One in 2^14 random texts passes. */
export const entraSecret: Check = buildTailCheck({
  name: 'entra-secret',
  maxLength: 40,
  split: (value) => {
    const parts = /^([A-Za-z0-9._~-]{3}8Q~[A-Za-z0-9._~-]{31})([A-Za-z0-9._~-]{3})$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: (text) =>
    encodeInteger(marvin32(Buffer.from(text, 'latin1'), seedFromName('AadPwd00')), LETTERS, 6).slice(0, 3),
  mismatch: 'fail',
  mintBody: (random) => ({ before: '', hashed: `${random.text('base62', 3)}8Q~${random.text('base62', 31)}` }),
});
