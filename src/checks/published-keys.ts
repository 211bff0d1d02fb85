// Private keys that everybody has: the first accounts of the development chains Hardhat, Anvil (mnemonic of eleven
// "test" and "junk") and Ganache in its deterministic mode. Kept as hashes, so that no key stands in this file.

/** First twelve hex digits of the SHA-256 of the key in lower-case hex without 0x. */
const PUBLISHED: readonly string[] = [
  'bc1a50966c9e',
  '8335c5533482',
  'b26ab6529d20',
  '64034b44c579',
  '4d3e46eec824',
  '0aedba9d586f',
  '28e543d3753f',
  'f070994a8599',
  '38e69fdd19ae',
  '967f21586cdf',
  '0b33e0132123',
  '84bc109b3d59',
  '85bde548053a',
  'f1513114f60e',
  '5330d388af89',
  'a2e06155cb1a',
  '4a67d7a0d8a1',
  'b08bdfde9930',
  'cf1fc66f8531',
  '100546a8b020',
  '578592185588',
  '30e55f5463e2',
  '70b801afae94',
  '0bc9fde2b028',
  'f51c2c795f78',
  '6dea34b66114',
  'faeb1dab5a32',
  '196fbadca8b7',
  'ecd5e9d0b08a',
  '3fd5610ee03a',
];

/** @param hash  SHA-256 of the key in lower-case hex without 0x */
export function isPublishedKey(hash: Uint8Array): boolean {
  return PUBLISHED.includes(Buffer.from(hash).toString('hex').slice(0, 12));
}
