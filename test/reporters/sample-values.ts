// The values planted in the sample report, from a seed, so that no file holds a credential and the expected files stay
// the same. The order of the calls below is part of the expected files.
import { RandomText } from '../../src/util/random-text.ts';

const random = new RandomText(20_26);

/** Everything that was planted; no format may print any of these. */
export const VALUES = {
  github: `gh${'p_'}${random.text('base62', 36)}`,
  awsKeyId: `AK${'IA'}${random.text('base32', 16)}`,
  awsSecret: `${random.text('base64', 18)}/+${random.text('base64', 20)}`,
  password: `${random.text('lower', 6)}!${random.text('digits', 4)} "ü&`,
  slack: `xo${'xb'}-${random.text('digits', 12)}-${random.text('base62', 24)}`,
  generic: random.text('hex', 40),
  pem: ['-----BEGIN PRIVATE KEY-----', random.text('base64', 64), random.text('base64', 64), '-----END-----'].join(
    '\n',
  ),
  suppressed: random.text('base62', 32),
  baselined: random.text('base62', 30),
} as const;
/** A made-up fingerprint for each value. */
export const FINGERPRINTS = new Map<string, string>(
  Object.values(VALUES).map((value) => [value, random.text('hex', 32)]),
);

export const COMMIT = random.text('hex', 40);
export const BLOB = random.text('hex', 40);
