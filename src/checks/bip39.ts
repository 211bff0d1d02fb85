// Wallet recovery phrases (BIP-39): words of the English list, and a few checksum bits after the entropy.
// The nine other lists are not built in: a phrase in another language fails. @source bitcoin/bips bip-0039.mediawiki
import { sha256 } from '../util/sha256.ts';
import { BIP39_ENGLISH } from './bip39-english.ts';
import type { Check } from './check.ts';
import { FAIL, failWith, passWith, UNKNOWN, unknownWith } from './outcome.ts';

const COUNTS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24]);

let indexes: ReadonlyMap<string, number> | undefined;

/** Place of each word, and of its first four letters, which identify it. */
function wordIndexes(): ReadonlyMap<string, number> {
  if (indexes) return indexes;
  const words = BIP39_ENGLISH.trim().split(/\s+/);
  indexes = new Map([
    ...words.map((word, index) => [word.slice(0, 4), index] as const),
    ...words.map((word, index) => [word, index] as const),
  ]);
  return indexes;
}

/** Words of a phrase as people write it down: with commas, quotes, brackets or numbers between. */
function splitPhrase(value: string): string[] {
  return value
    .normalize('NFKD')
    .toLowerCase()
    .split(/[\s,;"'`[\]]+/)
    .filter((word) => word !== '' && !/^[0-9]+[.):]?$/.test(word));
}

/** Eleven bits a word, first bit first. */
function packWords(places: readonly number[]): { entropy: Uint8Array; checkBits: string } {
  const bits = places.map((place) => place.toString(2).padStart(11, '0')).join('');
  const size = Math.floor((bits.length * 32) / 33);
  const entropy = Uint8Array.from({ length: size / 8 }, (_, i) => Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2));
  return { entropy, checkBits: bits.slice(size) };
}

function checksumBits(entropy: Uint8Array): string {
  const bits = sha256(entropy)[0]!.toString(2).padStart(8, '0');
  return bits.slice(0, entropy.length / 4);
}

/** Entropy of one repeated byte or of a count: test vectors and documentation. */
function isInvented(entropy: Uint8Array): boolean {
  const step = (entropy[1]! - entropy[0]!) & 255;
  return step <= 1 && entropy.every((byte, i) => byte === ((entropy[0]! + step * i) & 255));
}

export const bip39: Check = {
  name: 'bip39',
  test: (value) => {
    const words = value.length <= 1000 ? splitPhrase(value) : [];
    if (!COUNTS.has(words.length)) return UNKNOWN;
    const places = words.map((word) => wordIndexes().get(word));
    if (places.some((place) => place === undefined)) return FAIL;
    const { entropy, checkBits } = packWords(places.filter((place) => place !== undefined));
    const isTestPhrase = new Set(words.slice(0, -1)).size === 1;
    if (isTestPhrase || isInvented(entropy)) return failWith('published test phrase');
    // TON and Electrum use the same words with other checks, so the list alone counts for something.
    if (checksumBits(entropy) !== checkBits) return unknownWith(`${words.length} list words, other checksum`);
    return passWith(`${words.length} words`);
  },
  mint: (random, argument) => {
    const count = COUNTS.has(Number(argument)) ? Number(argument) : 12;
    const entropy = random.bytes((count * 4) / 3);
    const bits = Array.from(entropy, (byte) => byte.toString(2).padStart(8, '0')).join('') + checksumBits(entropy);
    const words = BIP39_ENGLISH.trim().split(/\s+/);
    return Array.from({ length: count }, (_, i) => words[Number.parseInt(bits.slice(11 * i, 11 * i + 11), 2)]).join(
      ' ',
    );
  },
};
