// Tokens that end in the CRC-32 of what stands before, in eight hex digits: Cloudflare, Zuplo, Grafana (byte order
// reversed) and Atlassian (prefix hashed too, upper case).
import { crc32 } from '../util/crc32.ts';
import type { Check } from './check.ts';
import { FAIL, PASS, UNKNOWN } from './outcome.ts';
import { buildTailCheck } from './tail-check.ts';

function hexCrc(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** cfut_ cfat_ cfk_. That a checksum exists is documented, its method is a peer's guess. @source Cloudflare docs; secretlint */
export const cloudflareCrc32: Check = buildTailCheck({
  name: 'cloudflare-crc32',
  maxLength: 64,
  split: (value) => {
    const parts = /^cf(?:ut|at|k)_([A-Za-z0-9]{40})([0-9a-f]{8})$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: hexCrc,
  mismatch: 'unknown',
  mintBody: (random, argument) => ({ before: argument || 'cfut_', hashed: random.text('base62', 40) }),
});

/** zpka_. @source zuplo/docs api-key-best-practices; two vectors */
export const zuploCrc32: Check = {
  name: 'zuplo-crc32',
  test: (value) => {
    const parts = /^zpka_([0-9a-z]{32})_([0-9a-f]{8})$/.exec(value);
    if (!parts) return UNKNOWN;
    return hexCrc(parts[1]!) === parts[2] ? PASS : FAIL;
  },
  mint: (random) => {
    const body = random.text('hex', 32);
    return `zpka_${body}_${hexCrc(body)}`;
  },
};

/** Least significant byte first. */
function reversedHexCrc(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(text));
  return bytes.toString('hex');
}

/** glsa_ and every later gl??_ of the same generator. @source grafana/grafana pkg/components/satokengen */
export const grafanaCrc32: Check = {
  name: 'grafana-crc32',
  test: (value) => {
    const parts = /^(gl[a-z]{2}_[0-9A-Za-z]{32})_([0-9a-f]{8})$/.exec(value);
    if (!parts) return UNKNOWN;
    return reversedHexCrc(parts[1]!) === parts[2] ? PASS : FAIL;
  },
  mint: (random, argument) => {
    const hashed = (argument || 'glsa_') + random.text('base62', 32);
    return `${hashed}_${reversedHexCrc(hashed)}`;
  },
};

/**
 * ATBB (36 characters), ATATT3 and ATCTT3 (192, `=` before the checksum). `\=` and `%3D` are undone first.
 *
 * @source Samsung/CredSweeper value_atlassian_token_check.py; three vectors
 */
export const atlassianCrc32: Check = buildTailCheck({
  name: 'atlassian-crc32',
  maxLength: 400,
  split: (value) => {
    const plain = value.replaceAll(/\\=|%3[Dd]/g, '=');
    const parts = /^(ATBB[A-Za-z0-9]{16,60}|AT[AC]TT3[A-Za-z0-9_=-]{40,300}=)([0-9A-F]{8})$/.exec(plain);
    if (!parts) return undefined;
    const isUnusual = plain.length !== (plain.startsWith('ATBB') ? 36 : 192);
    return { hashed: parts[1]!, tail: parts[2]!, isUnusual };
  },
  checksum: (text) => hexCrc(text).toUpperCase(),
  mismatch: 'fail',
  mintBody: (random, argument) => {
    const prefix = argument || 'ATATT3';
    if (prefix === 'ATBB') return { before: '', hashed: prefix + random.text('base62', 24) };
    return { before: '', hashed: `${prefix}${random.text('base64url', 183 - prefix.length)}=` };
  },
});
