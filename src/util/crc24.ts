// CRC-24 of OpenPGP armour (RFC 4880 section 6.1: initial 0xB704CE, polynomial 0x1864CFB).

/** @returns unsigned 24-bit integer; the bytes of "123456789" give 0x21cf02 */
export function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}
