// Encrypted values in Jenkins' XML files: `{` base64 `}` of a version byte, the sizes of IV and data, and both.
// @source jenkinsci/jenkins hudson/util/Secret.java
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { FAIL, PASS, UNKNOWN } from './outcome.ts';

const HEADER_SIZE = 9;
const IV_SIZE = 16;

/** The braces may be left out. */
export const jenkinsSecret: Check = {
  name: 'jenkins-secret',
  test: (value) => {
    if (value.length > 16_384) return UNKNOWN;
    const text = value.replace(/^\{/, '').replace(/\}$/, '');
    if (!text.startsWith('AQAAABAAAAA')) return UNKNOWN;
    const bytes = decodeBase64(text, 'base64');
    if (!bytes || bytes.length < HEADER_SIZE || bytes[0] !== 1 || bytes.readUInt32BE(1) !== IV_SIZE) return FAIL;
    const dataSize = bytes.readUInt32BE(5);
    return dataSize > 0 && bytes.length === HEADER_SIZE + IV_SIZE + dataSize ? PASS : FAIL;
  },
  mint: (random) => {
    const dataSize = 16 * (1 + random.integer(3));
    const bytes = Buffer.concat([
      Uint8Array.from([1, 0, 0, 0, IV_SIZE, 0, 0, 0, dataSize]),
      random.bytes(IV_SIZE + dataSize),
    ]);
    return `{${encodeBase64(bytes, 'base64')}}`;
  },
};
