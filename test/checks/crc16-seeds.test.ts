// NATS and Stellar seeds: the worked examples.
import { expect, test } from 'vitest';
import { natsNkey, stellarSeed } from '../../src/checks/crc16-seeds.ts';
import { encodeBase32 } from '../../src/util/base32.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { replaceAt } from './example-text.ts';

test('NATS user seed', () => {
  const bytes = Buffer.from('\x95\x00INVENTED-NOT-A-SEED-INVENTED-NOT\xdf\xfb', 'latin1');
  const seed = encodeBase32(bytes);
  expect([seed.length, seed.slice(0, 2), seed.slice(-4)]).toEqual([58, 'SU', 'G77M']);
  expect(natsNkey.test(seed)).toEqual({ result: 'pass', note: 'user seed' });
  expect(natsNkey.test(replaceAt(seed, 20, seed[20] === 'A' ? 'B' : 'A')).result).toBe('fail');
});

test.each(['U', 'A', 'O', 'N', 'C', 'X'])('NATS role %s is minted', (role) => {
  const seed = natsNkey.mint!(new RandomText(2), `S${role}`);
  expect(seed.slice(0, 2)).toBe(`S${role}`);
  expect(natsNkey.test(seed).result).toBe('pass');
});

test('Stellar seed of 32 bytes 0x11', () => {
  const seed = encodeBase32(Uint8Array.from([0x90, ...new Array(32).fill(0x11), 0x85, 0xb3]));
  expect([seed.length, seed.slice(0, 4), seed.slice(-4)]).toEqual([56, 'SAIR', 'DBNT']);
  expect(stellarSeed.test(seed).result).toBe('pass');
  expect(stellarSeed.test(replaceAt(seed, 20, 'A')).result).toBe('fail');
});
