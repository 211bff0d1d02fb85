// OpenPGP private key blocks: the body decodes to a secret-key packet, and the CRC-24 line, where there is one, holds.
// The line became optional with RFC 9580. @source RFC 4880 sections 4.2 and 6
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { crc24 } from '../util/crc24.ts';
import { readPemBlock } from '../util/pem.ts';
import type { Check, CheckOutcome } from './check.ts';
import { FAIL, PASS, UNKNOWN } from './outcome.ts';

const LABEL = 'PGP PRIVATE KEY BLOCK';
const SECRET_KEY_PACKET = 5;
const LIMIT = 65_536;

/** Packet type of the first byte; undefined when bit 7 is not set. */
function packetTag(first: number | undefined): number | undefined {
  if (first === undefined || (first & 0x80) === 0) return undefined;
  return first & 0x40 ? first & 0x3f : (first >>> 2) & 15;
}

function checksumText(bytes: Uint8Array): string {
  const buffer = Buffer.alloc(3);
  buffer.writeUIntBE(crc24(bytes), 0, 3);
  return encodeBase64(buffer, 'base64');
}

/** Also answers private-key, which hands its PGP blocks over. */
export function testPgpBlock(value: string): CheckOutcome {
  const block = value.length <= LIMIT ? readPemBlock(value) : undefined;
  if (block?.label !== LABEL) return UNKNOWN;
  const bytes = decodeBase64(block.body, 'base64');
  if (!bytes || bytes.length < 16) return block.isClosed || block.body.length < 64 ? FAIL : UNKNOWN;
  if (block.checksum !== undefined && block.checksum !== checksumText(bytes)) return FAIL;
  if (packetTag(bytes[0]) !== SECRET_KEY_PACKET) return FAIL;
  return block.isClosed ? PASS : UNKNOWN;
}

/** A block in armour around a packet that is only framed right; `argument` `escaped` puts it on one line. */
export const pgpArmour: Check = {
  name: 'pgp-armour',
  test: testPgpBlock,
  mint: (random, argument) => {
    const content = random.bytes(400);
    content[0] = 4;
    const packet = Buffer.concat([Uint8Array.from([0x95, content.length >>> 8, content.length & 255]), content]);
    const lines = encodeBase64(packet, 'base64').match(/.{1,64}/g) ?? [];
    const all = [`-----BEGIN ${LABEL}-----`, '', ...lines, `=${checksumText(packet)}`, `-----END ${LABEL}-----`];
    return all.join(argument === 'escaped' ? '\\n' : '\n');
  },
};
