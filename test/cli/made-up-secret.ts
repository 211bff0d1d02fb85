// A token that the rules find, made at test time so that none is committed.
import { CHECKS } from '../../src/checks/registry.ts';
import { RandomText } from '../../src/util/random-text.ts';

/** A classic GitHub token whose checksum holds. The same seed gives the same token. */
export function makeToken(seed = 11): string {
  const token = CHECKS.get('github-crc32')?.mint?.(new RandomText(seed), `gh${'p_'}`);
  if (token === undefined) throw new Error('the check that mints tokens is gone');
  return token;
}
