// Bytes of words that are compared without case, as the kernel compares them.

/** Folds a byte so that letters compare without case; other bytes keep a one-to-few image, exact enough for a filter. */
export function foldByte(byte: number): number {
  return byte | 0x20;
}

export function bytesOf(literal: string, isFolded: boolean): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(literal, 'latin1'));
  return isFolded ? bytes.map(foldByte) : bytes;
}
