// age, Nostr and Sui keys.
import { expect, test } from 'vitest';
import { ageKey, nostrKey, suiKey } from '../../src/checks/bech32-keys.ts';
import { encodeBech32 } from '../../src/util/bech32.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { replaceAt } from './example-text.ts';

test('age: the worked example', () => {
  const bytes = Buffer.from('INVENTED-NOT-A-KEY-INVENTED-NOT-', 'latin1');
  const text = encodeBech32('age-secret-key-', bytes).toUpperCase();
  expect(text.slice(-6)).toBe('EUG788');
  expect(text.split('KEY-1')[1]?.slice(0, 8)).toBe('F989V32W');
  expect(ageKey.test(text).result).toBe('pass');
  expect(ageKey.test(replaceAt(text, 30, text[30] === 'Q' ? 'P' : 'Q')).result).toBe('fail');
  expect(ageKey.test(ageKey.mint!(new RandomText(1), 'AGE-SECRET-KEY-PQ-')).result).toBe('pass');
});

test('Nostr: 32 bytes of 0x11', () => {
  const text = encodeBech32('nsec', new Uint8Array(32).fill(0x11));
  expect([text.length, text.slice(0, 8), text.slice(-6)]).toEqual([63, 'nsec1zyg', '4rm7hz']);
  expect(nostrKey.test(text).result).toBe('pass');
  expect(nostrKey.test(replaceAt(text, 62, 'q')).result).toBe('fail');
});

test('Sui: scheme byte below three; a mismatch says nothing', () => {
  const text = suiKey.mint!(new RandomText(1), '');
  expect(suiKey.test(text).result).toBe('pass');
  expect(suiKey.test(replaceAt(text, 30, text[30] === 'q' ? 'p' : 'q')).result).toBe('unknown');
  expect(suiKey.test(encodeBech32('suiprivkey', new Uint8Array(33).fill(9))).result).toBe('unknown');
});
