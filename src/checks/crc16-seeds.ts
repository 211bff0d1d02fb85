// Seeds in base32 with a CRC-16 at the end, low byte first: NATS NKEYs and Stellar secret seeds.
import { decodeBase32, encodeBase32 } from '../util/base32.ts';
import { crc16Xmodem } from '../util/crc16.ts';
import type { Check } from './check.ts';
import { FAIL, PASS, passWith, UNKNOWN } from './outcome.ts';

/** True when the last two bytes are the checksum of the rest. */
function isSealed(bytes: Uint8Array): boolean {
  const crc = crc16Xmodem(bytes.subarray(0, -2));
  return bytes.at(-2) === (crc & 255) && bytes.at(-1) === crc >>> 8;
}

function seal(bytes: readonly number[]): string {
  const crc = crc16Xmodem(Uint8Array.from(bytes));
  return encodeBase32(Uint8Array.from([...bytes, crc & 255, crc >>> 8]));
}

const NKEY_ROLES: Readonly<Record<string, string>> = {
  U: 'user',
  A: 'account',
  O: 'operator',
  N: 'server',
  C: 'cluster',
  X: 'curve',
};

/** 58 characters: two prefix bytes, 32 seed bytes, checksum. @source nats-server test seeds, 19 of 20 */
export const natsNkey: Check = {
  name: 'nats-nkey',
  test: (value) => {
    if (!/^S[UAONCX][A-Z2-7]{56}$/.test(value)) return UNKNOWN;
    const bytes = decodeBase32(value);
    if (!bytes || (bytes[0]! & 0xf8) !== 0x90 || !isSealed(bytes)) return FAIL;
    return passWith(`${NKEY_ROLES[value[1]!]} seed`);
  },
  mint: (random, argument) => {
    const role = NKEY_ROLES[argument.slice(-1)] ? argument.slice(-1) : 'U';
    // Five bits S, five bits role, the last of the role's in the second byte; the rest of that byte is zero.
    const roleBits = role.charCodeAt(0) - 65;
    return seal([0x90 | (roleBits >>> 2), (roleBits & 3) << 6, ...random.bytes(32)]);
  },
};

/** 56 characters: version byte 0x90, 32 seed bytes, checksum. @source stellar/stellar-protocol SEP-23, four vectors */
export const stellarSeed: Check = {
  name: 'stellar-seed',
  test: (value) => {
    if (!/^S[A-Z2-7]{55}$/.test(value)) return UNKNOWN;
    const bytes = decodeBase32(value);
    return bytes && bytes[0] === 0x90 && isSealed(bytes) ? PASS : FAIL;
  },
  mint: (random) => seal([0x90, ...random.bytes(32)]),
};
