// CRC-16/XMODEM (polynomial 0x1021, initial 0, not reflected), as used by NATS NKEYs and Stellar keys (SEP-23).
// Values are short, so there is no table.

/** @returns unsigned 16-bit integer; the bytes of "123456789" give 0x31c3 */
export function crc16Xmodem(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
