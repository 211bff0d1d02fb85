// Microsoft's common annotated security keys: the legacy form with `JQQJ9` and a short Marvin32 checksum, and the open
// standard with `QJJQ`, which has no checksum but fixed and ranged positions.
import { BASE62, encodeInteger } from '../util/base-n.ts';
import { encodeBase64 } from '../util/base64.ts';
import { marvin32, seedFromName } from '../util/marvin32.ts';
import { ALPHABETS } from '../util/random-text.ts';
import type { Check } from './check.ts';
import { FAIL, passWith, UNKNOWN } from './outcome.ts';

const LEGACY =
  /^[A-Za-z0-9]{52}JQQJ9[9DH]([A-Z])([A-L])[A-Za-z0-9]{16}([A-Za-z0-9]{4})([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{6}==)$/;

/** The two ways in which the checksum of the first 80 characters is written, each at its full length. */
function legacyTails(first80: string): readonly string[] {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(marvin32(Buffer.from(first80, 'base64'), seedFromName('Default0')));
  return [encodeInteger(bytes.readUInt32BE(0), BASE62, 1).padEnd(6, '0'), encodeBase64(bytes, 'base64').slice(0, 6)];
}

function letterMonth(year: string, month: string, firstYear: number): string {
  return `${firstYear + ALPHABETS.base64url.indexOf(year)}-${String(1 + ALPHABETS.base64url.indexOf(month)).padStart(2, '0')}`;
}

/**
 * 84 characters, or 88 with `==`. Some genuine-looking samples do not hold, so a mismatch says nothing.
 *
 * @source microsoft/security-utilities LegacyCommonAnnotatedSecurityKey.cs
 */
export const azureCaskLegacy: Check = {
  name: 'azure-cask-legacy',
  test: (value) => {
    const parts = value.length <= 88 ? LEGACY.exec(value) : null;
    if (!parts) return UNKNOWN;
    const tail = parts[4]!.replace('==', '');
    if (!legacyTails(value.slice(0, 80)).some((whole) => whole.startsWith(tail))) return UNKNOWN;
    return passWith(`provider ${parts[3]}`, `made ${letterMonth(parts[1]!, parts[2]!, 2024)}`);
  },
  mint: (random, argument) => {
    const provider = /^[A-Za-z0-9]{4}$/.test(argument) ? argument : 'TEST';
    const first80 = `${random.text('base62', 52)}JQQJ99BA${'A'.repeat(16)}${provider}`;
    return first80 + legacyTails(first80)[0]!.slice(0, 4);
  },
};

/** 256-bit or 512-bit secret, marker, size, group count, kind, provider, groups, date, time of day. */
const STANDARD =
  /^(?:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]A|[A-Za-z0-9_-]{85}[AQgw]AA)QJJQA[BC]([A-K])[A-Za-z0-9_-]([A-Za-z0-9_-]{4})((?:[A-Za-z0-9_-]{4}){0,10})AA([A-Za-z0-9_-])([A-L])[A-Za-e][A-X][A-Za-z0-7]{2}$/;

/**
 * Every position of the open standard; there is no checksum.
 *
 * @source microsoft/cask docs
 */
export const azureCask: Check = {
  name: 'azure-cask',
  test: (value) => {
    if (value.length > 160 || (value.slice(44, 48) !== 'QJJQ' && value.slice(88, 92) !== 'QJJQ')) return UNKNOWN;
    const parts = STANDARD.exec(value);
    if (!parts || parts[3]!.length !== 4 * ALPHABETS.base64url.indexOf(parts[1]!)) return FAIL;
    return passWith(`provider ${parts[2]}`, `made ${letterMonth(parts[4]!, parts[5]!, 2025)}`);
  },
  mint: (random, argument) => {
    const provider = /^[A-Za-z0-9_-]{4}$/.test(argument) ? argument : 'TEST';
    return `${encodeBase64(random.bytes(32), 'base64url')}AQJJQABAA${provider}AABCDEFG`;
  },
};
