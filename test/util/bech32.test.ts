// Bech32 against the vectors of BIP 173 and NIP-19.
import { expect, test } from 'vitest';
import { decodeBech32, encodeBech32 } from '../../src/util/bech32.ts';
import { RandomText } from '../../src/util/random-text.ts';

test('BIP 173: valid ones', () => {
  expect(decodeBech32('a12uel5l')).toEqual({ human: 'a', bytes: new Uint8Array(0) });
  const long = 'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs';
  expect(decodeBech32(long)?.bytes).toHaveLength(0);
  expect(decodeBech32('abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw')?.bytes).toHaveLength(20);
});

test.each(['x1b4n0q5v', 'li1dgmt3', '10a06t8', '1qzzfhee', 'a12uel5m', 'abc', ''])('refused: %j', (text) => {
  expect(decodeBech32(text)).toBeUndefined();
});

test('NIP-19: the public key of its example', () => {
  const hex = '7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e';
  expect(encodeBech32('npub', Buffer.from(hex, 'hex'))).toBe(
    'npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg',
  );
});

test('reading gives back what was written', () => {
  for (let seed = 0; seed < 100; seed++) {
    const bytes = new RandomText(seed).bytes(seed);
    expect(decodeBech32(encodeBech32('key-', bytes)), `seed ${seed}`).toEqual({ human: 'key-', bytes });
  }
});
