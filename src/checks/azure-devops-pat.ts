// Azure DevOps personal access tokens of 52 base32 characters: 28 of the 32 bytes are hashed, four hold the checksum.
// @source microsoft/security-utilities SEC101_102_AdoPat.cs; one vector
import { decodeBase32, encodeBase32 } from '../util/base32.ts';
import { crc32 } from '../util/crc32.ts';
import type { Check } from './check.ts';
import { FAIL, passWith, UNKNOWN } from './outcome.ts';

const CHECK_BYTES = [2, 7, 8, 22] as const;
const MASKS = { user: 0xe0b9692d, application: 0x1019f92e } as const;

function dataChecksum(bytes: Uint8Array): number {
  return crc32(bytes.filter((_, index) => !(CHECK_BYTES as readonly number[]).includes(index)));
}

export const azureDevopsPat: Check = {
  name: 'azure-devops-pat',
  test: (value) => {
    const bytes = /^[a-z2-7]{52}$/.test(value) ? decodeBase32(value.toUpperCase()) : undefined;
    if (!bytes) return value.length === 52 && /^[a-z2-7]+$/.test(value) ? FAIL : UNKNOWN;
    const stored = CHECK_BYTES.reduce((sum, index) => sum * 256 + bytes[index]!, 0);
    const mask = (dataChecksum(bytes) ^ stored) >>> 0;
    if (mask === MASKS.user) return passWith('user token');
    return mask === MASKS.application ? passWith('application token') : FAIL;
  },
  mint: (random) => {
    const bytes = random.bytes(32);
    const stored = (dataChecksum(bytes) ^ MASKS.user) >>> 0;
    CHECK_BYTES.forEach((index, place) => {
      bytes[index] = (stored >>> (24 - 8 * place)) & 255;
    });
    return encodeBase32(bytes).toLowerCase();
  },
};
