// Three more values with a checksum at the end, each with a code of its own: crates.io trusted publishing (XOR),
// Confluent Cloud (base64 of a CRC-32) and Elastic Cloud (a CRC-32 inside base64).
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { crc32 } from '../util/crc32.ts';
import type { Check } from './check.ts';
import { PASS, UNKNOWN } from './outcome.ts';
import { buildTailCheck } from './tail-check.ts';

const CRATES_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** cio_tp_: all bytes combined by XOR, modulo 62. One in 62 random texts passes. @source crates_io_trustpub access_token.rs */
export const cratesTrustpub: Check = buildTailCheck({
  name: 'crates-trustpub',
  maxLength: 64,
  split: (value) => {
    const parts = /^cio_tp_([A-Za-z0-9]{31})([A-Za-z0-9])$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: (body) => CRATES_LETTERS[Buffer.from(body, 'latin1').reduce((sum, byte) => sum ^ byte, 0) % 62]!,
  mismatch: 'fail',
  mintBody: (random) => ({ before: 'cio_tp_', hashed: random.text('base62', 31) }),
});

/** cflt: a peer's claim, so a mismatch says nothing. @source Confluent docs (prefix); kingfisher (method) */
export const confluentCrc32: Check = buildTailCheck({
  name: 'confluent-crc32',
  maxLength: 64,
  split: (value) => {
    const parts = /^cflt([A-Za-z0-9+/]{54})([A-Za-z0-9+/]{6})$/.exec(value);
    return parts ? { hashed: parts[1]!, tail: parts[2]! } : undefined;
  },
  checksum: (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(crc32(body));
    return encodeBase64(bytes, 'base64').slice(0, 6);
  },
  mismatch: 'unknown',
  mintBody: (random) => ({ before: 'cflt', hashed: random.text('base64', 54) }),
});

/** The eight bytes after the 60 characters: zeros and their CRC-32. */
function elasticTail(inner: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(crc32(inner), 4);
  return bytes;
}

/** essu_: undocumented, read from one sample, so a mismatch says nothing. @source osv-scalibr elasticcloudapikey */
export const elasticCloud: Check = {
  name: 'elastic-cloud',
  test: (value) => {
    const text = /^essu_([A-Za-z0-9+/]{91}=)$/.exec(value)?.[1];
    const bytes = text === undefined ? undefined : decodeBase64(text, 'base64');
    if (bytes?.length !== 68) return UNKNOWN;
    const inner = bytes.subarray(0, 60).toString('latin1');
    const pair = decodeBase64(inner, 'base64')?.toString('latin1') ?? '';
    const isPair = /^[A-Za-z0-9_-]{20}:[A-Za-z0-9_-]{22}$/.test(pair);
    return isPair && bytes.subarray(60).equals(elasticTail(inner)) ? PASS : UNKNOWN;
  },
  mint: (random) => {
    const pair = `${random.text('base64url', 20)}:${random.text('base64url', 22)}`;
    const inner = encodeBase64(Buffer.from(pair, 'latin1'), 'base64');
    return `essu_${encodeBase64(Buffer.concat([Buffer.from(inner, 'latin1'), elasticTail(inner)]), 'base64')}`;
  },
};
