// Tells UTF-16 text, with and without a byte order mark, from binary data, and turns it into UTF-8 piece by piece.

export type Utf16 = 'utf-16le' | 'utf-16be';

const PROBE_BYTES = 512;

/** @param head first bytes of the text, 512 are enough */
export function detectUtf16(head: Buffer): Utf16 | undefined {
  if (head.length < 4) return undefined;
  if (head[0] === 0xff && head[1] === 0xfe) return head[2] === 0 && head[3] === 0 ? undefined : 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (!head.subarray(0, PROBE_BYTES).includes(0)) return undefined;
  // Without a mark: mostly Latin text has a zero in every other byte, and nearly none in the bytes between.
  const pairs = Math.min(head.length, PROBE_BYTES) >> 1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) evenZeros++;
    if (head[2 * i + 1] === 0) oddZeros++;
  }
  if (oddZeros > pairs * 0.7 && evenZeros === 0) return 'utf-16le';
  if (evenZeros > pairs * 0.7 && oddZeros === 0) return 'utf-16be';
  return undefined;
}

/** A decoder from pieces of UTF-16 bytes to UTF-8 bytes; call once more without bytes at the end. */
export function createUtf16Decoder(encoding: Utf16): (bytes?: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder(encoding);
  return (bytes) => Buffer.from(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
}
