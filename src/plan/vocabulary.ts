// The words of an index, each with a number, and what is known of a word by itself: looked up once for each word, and not
// for each entry or secret that has it.
import { ENGINE_WORDS, KIND_WORDS, SECRET_WORDS, SHARED_WORDS } from './words.ts';

/** Kinds of values that are not each other. */
const EXCLUSIVE: readonly (readonly string[])[] = [
  ['webhook'],
  ['password'],
  ['token', 'api'],
  ['private', 'certificate', 'tls', 'ssh', 'pem'],
  ['signing', 'jwt', 'hmac'],
  ['encryption'],
  ['client', 'oauth'],
];

export interface WordFacts {
  readonly text: string;
  /** Stands in the list of words for kinds of values. */
  readonly isKind: boolean;
  /** Any name for a secret, such as `credential`. */
  readonly isSecret: boolean;
  readonly isEngine: boolean;
  readonly isNumber: boolean;
  readonly startsWithDigit: boolean;
  /** Of what it is worth in a name, how much is left: words that everybody has, and pieces of ids, have little. */
  readonly share: number;
  /** Which of the kinds of values that are not each other; -1: none. */
  readonly exclusive: number;
}

const SHARED_SHARE = 0.3;
/** Pieces of ids. */
const HEX = /^(?=.*\d)[0-9a-f]{4,}$/;

export function describeWord(text: string): WordFacts {
  const startsWithDigit = /^\d/.test(text);
  const share = SHARED_WORDS.has(text) ? SHARED_SHARE : HEX.test(text) ? 0.1 : /^v?\d+$/.test(text) ? 0.25 : 1;
  return {
    text,
    isKind: KIND_WORDS.has(text),
    isSecret: SECRET_WORDS.has(text),
    isEngine: ENGINE_WORDS.has(text),
    isNumber: startsWithDigit && /^\d+$/.test(text),
    startsWithDigit,
    share,
    exclusive: EXCLUSIVE.findIndex((words) => words.includes(text)),
  };
}

export class Vocabulary {
  readonly numbers = new Map<string, number>();
  readonly words: string[] = [];
  readonly facts: WordFacts[] = [];

  /** The number of a word; a new one when it is not known yet. */
  add(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length;
    this.numbers.set(word, number);
    this.words.push(word);
    this.facts.push(describeWord(word));
    return number;
  }
}
