// CRC-32 as in zlib and IEEE 802.3 (reflected polynomial 0xEDB88320, initial and final XOR 0xFFFFFFFF).
// An own table, because zlib.crc32 came late in the Node 20 line and importing node:zlib costs start-up time.

let table: Uint32Array | undefined;

function buildTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}

/**
 * The checksum of bytes, or of a latin1 text (of each character only the low byte counts).
 *
 * @returns unsigned 32-bit integer; "123456789" gives 0xcbf43926
 * @cost one pass; the table of 256 entries is made on the first call
 */
export function crc32(data: string | Uint8Array): number {
  table ??= buildTable();
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255]!;
  return (crc ^ 0xffffffff) >>> 0;
}
