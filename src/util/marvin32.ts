// Marvin32, the keyed checksum in Microsoft's identifiable keys. Written from its description: two 32-bit halves of a
// 64-bit seed, each little-endian word added to the first half and mixed in. Not a cryptographic hash.

/** A 64-bit number as two unsigned 32-bit halves. */
export interface Halves {
  readonly high: number;
  readonly low: number;
}

function rotateLeft(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count));
}

/** @returns the 64-bit hash; vectors stand in test/util/marvin32.test.ts */
export function marvin64(bytes: Uint8Array, seed: Halves): Halves {
  let p0 = seed.low | 0;
  let p1 = seed.high | 0;
  const mix = (): void => {
    p1 ^= p0;
    p0 = rotateLeft(p0, 20);
    p0 = (p0 + p1) | 0;
    p1 = rotateLeft(p1, 9);
    p1 ^= p0;
    p0 = rotateLeft(p0, 27);
    p0 = (p0 + p1) | 0;
    p1 = rotateLeft(p1, 19);
  };
  const whole = bytes.length - (bytes.length % 4);
  for (let i = 0; i < whole; i += 4) {
    p0 = (p0 + (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))) | 0;
    mix();
  }
  let last = 0x80;
  for (let i = bytes.length - 1; i >= whole; i--) last = (last << 8) | bytes[i]!;
  p0 = (p0 + last) | 0;
  mix();
  mix();
  return { high: p1 >>> 0, low: p0 >>> 0 };
}

/** The 32-bit form: both halves of the hash combined by XOR. Unsigned. */
export function marvin32(bytes: Uint8Array, seed: Halves): number {
  const { high, low } = marvin64(bytes, seed);
  return (high ^ low) >>> 0;
}

/** Reads a named seed such as `Default0`: eight ASCII characters as one big-endian number. */
export function seedFromName(name: string): Halves {
  const bytes = Buffer.from(name.padEnd(8, '\0').slice(0, 8), 'latin1');
  return { high: bytes.readUInt32BE(0), low: bytes.readUInt32BE(4) };
}
