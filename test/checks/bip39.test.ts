// Recovery phrases.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bip39 } from '../../src/checks/bip39.ts';
import { BIP39_ENGLISH } from '../../src/checks/bip39-english.ts';
import { RandomText } from '../../src/util/random-text.ts';

const WORDS = BIP39_ENGLISH.trim().split(/\s+/);

test('the word list is the published one', () => {
  expect(WORDS).toHaveLength(2048);
  expect(createHash('sha256').update(WORDS.join('\n')).digest('hex').slice(0, 16)).toBe('187db04a869dd9bc');
});

test('the worked example is recognised, and as a count', () => {
  const places = [0, 64, 1030, 64, 643, 28, 257, 266, 88, 771, 540, 251];
  const phrase = places.map((place) => WORDS[place]).join(' ');
  expect(phrase).toBe('abandon amount liar amount expire adjust cage candy arch gather drum buyer');
  expect(bip39.test(phrase)).toEqual({ result: 'fail', note: 'published test phrase' });
});

test.each([12, 15, 18, 21, 24])('%i words', (count) => {
  for (let seed = 0; seed < 50; seed++) {
    const phrase = bip39.mint!(new RandomText(seed), String(count));
    expect(bip39.test(phrase), `seed ${seed}`).toEqual({ result: 'pass', note: `${count} words` });
  }
});

test('as people write it: list, numbers, upper case, four letters', () => {
  const words = bip39.mint!(new RandomText(5), '12').split(' ');
  expect(bip39.test(JSON.stringify(words)).result).toBe('pass');
  expect(bip39.test(words.map((word, i) => `${i + 1}. ${word.toUpperCase()}`).join('\n')).result).toBe('pass');
  expect(bip39.test(words.map((word) => word.slice(0, 4)).join(', ')).result).toBe('pass');
});

test('another checksum says nothing, a foreign word fails, famous phrases fail', () => {
  const words = bip39.mint!(new RandomText(6), '24').split(' ');
  const last = words[23]!;
  const other = WORDS[WORDS.indexOf(last) ^ 1]!;
  expect(bip39.test([...words.slice(0, 23), other].join(' '))).toEqual({
    result: 'unknown',
    note: '24 list words, other checksum',
  });
  expect(bip39.test(['the', ...words.slice(1)].join(' ')).result).toBe('fail');
  for (const phrase of [`${'abandon '.repeat(11)}about`, `${'test '.repeat(11)}junk`, `${'zoo '.repeat(11)}wrong`]) {
    expect(bip39.test(phrase)).toEqual({ result: 'fail', note: 'published test phrase' });
  }
  expect(bip39.test('three short words').result).toBe('unknown');
});
