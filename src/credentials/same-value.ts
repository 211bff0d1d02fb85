// Tells whether two found values are the same, whatever rule or reader found them: a key that is random for each run, so
// that it says nothing to anybody who sees it. Calls reveal().
import { createHmac, randomBytes } from 'node:crypto';
import { normaliseValue } from '../baseline/fingerprint.ts';
import type { Secret } from '../model/secret.ts';

/** @returns a function: the same text for the same value, only in this run */
export function createValueKey(): (secret: Secret) => string {
  const key = randomBytes(32);
  return (secret) => createHmac('sha256', key).update(normaliseValue(secret.reveal())).digest('hex');
}
