// What a value looks like, as one word: a UUID, a plain word, a name, random text. The first shape in the order of
// `valueShape` that fits wins. It looks at the value alone.
import { pairSurpriseBits } from './randomness.ts';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DASHED_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;
const HEX = /^[0-9a-f]+$/i;
const DIGEST_LENGTHS = new Set([32, 40, 56, 64, 96, 128]);
const URL = /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.|mailto:|arn:|urn:|data:)/i;
const PATH =
  /^(?:\.{1,2}[/\\]|~?\/[\w.@-]|[A-Za-z]:\\)|^[\w.@-]+(?:\/[\w.@-]+){2,}$|\.(?:json|ya?ml|js|ts|py|pem|key|crt|cer|der|p12|pfx|jks|asc|gpg|txt|md|html?|php|xml|properties|conf|cfg|ini|toml)$/;
/** Random names lie in such folders too. */
const SYSTEM_PATH =
  /^\/(?:tmp|usr|etc|var|home|opt|run|dev|proc|sys|root|mnt|srv|lib|bin|app|data|Users|Library)\/[\w.@/-]*$/;
const EMAIL = /^[\w.+-]+@[\w-]+\.[\w.-]+$/;
const CALL =
  /^[A-Za-z_$][\w$.:>-]*[([]|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|::|->|=>|&&|\|\||<\/|\/>|\?\.|;\s|[{}]|\)$/;
const WORD_DIGITS = /^[A-Za-z]{2,14}[-_.@#]?\d{1,6}[!@#$%^&*.?_-]{0,2}$/;
const LOWER_NAME = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+$/;
const SCREAMING = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const MIXED_NAME = /^[A-Za-z][A-Za-z0-9]*(?:[-_.:/][A-Za-z0-9]+)+$/;
const CAMEL = /^[a-z]+\d?(?:[A-Z][a-z]+\d{0,2})+$|^(?:[A-Z][a-z]+\d{0,2}){2,}$/;

export const SHAPES = {
  sentence: 'is a sentence',
  blanked: 'holds a blank',
  url: 'is an address',
  path: 'is a path or a file name',
  email: 'is an e-mail address',
  code: 'is code',
  uuid: 'is a UUID',
  digest: 'has the length of a digest in hex',
  hex: 'is hex',
  digits: 'is a number',
  random: 'looks random',
  'short-random': 'looks random, but is short',
  'lower-word': 'is a plain word in small letters',
  'capital-word': 'is a plain word with a capital',
  'upper-word': 'is a plain word in capitals',
  'word-digits': 'is a word with digits behind',
  camel: 'is a name in camel case',
  'lower-name': 'is a name with dashes or underscores',
  screaming: 'is the name of a constant',
  'mixed-name': 'is a name of several words',
  foreign: 'has letters beyond ASCII',
  signs: 'mixes letters and signs',
  mixed: 'mixes kinds of letters',
} as const;
export type Shape = keyof typeof SHAPES;

/** Pair surprise from which a value of this length is taken for random; see pairSurpriseBits. */
function isRandom(value: string, bits: number): boolean {
  const needed = value.length >= 20 ? 5.6 : value.length >= 14 ? 5.9 : 6.3;
  return bits > needed && (/\d/.test(value) || bits > needed + 0.5);
}

export function valueShape(value: string): Shape {
  const { length } = value;
  if (/\s/.test(value)) return /\s\S+\s/.test(value) ? 'sentence' : 'blanked';
  if (URL.test(value)) return 'url';
  if (EMAIL.test(value)) return 'email';
  if (SYSTEM_PATH.test(value)) return 'path';
  if (/^(?:\d+|0x[0-9a-f]{1,8}|[\d.:/-]+)$/i.test(value)) return 'digits';
  if (length >= 32 && UUID.test(value) && DASHED_UUID.test(value)) return 'uuid';
  if (length >= 8 && HEX.test(value) && /\d/.test(value) && /[a-f]/i.test(value)) {
    return DIGEST_LENGTHS.has(length) ? 'digest' : 'hex';
  }
  if (/[^\x21-\x7e]/.test(value)) return 'foreign';
  const bits = pairSurpriseBits(value);
  const looksRandom = length >= 8 && isRandom(value, bits);
  if (/^[A-Za-z]+$/.test(value) && !(looksRandom && length >= 12)) {
    if (/^[a-z]+$/.test(value)) return 'lower-word';
    if (/^[A-Z]+$/.test(value)) return 'upper-word';
    if (/^[A-Z][a-z]+$/.test(value)) return 'capital-word';
    if (CAMEL.test(value)) return 'camel';
  }
  if (looksRandom && length >= 16 && /^[A-Za-z0-9+/=_.~-]+$/.test(value)) return 'random';
  if (PATH.test(value)) return 'path';
  if (CALL.test(value)) return 'code';
  if (WORD_DIGITS.test(value)) return 'word-digits';
  if (LOWER_NAME.test(value)) return looksRandom ? 'short-random' : 'lower-name';
  if (SCREAMING.test(value)) return 'screaming';
  if (CAMEL.test(value)) return 'camel';
  if (looksRandom) return length >= 16 ? 'random' : 'short-random';
  if (MIXED_NAME.test(value)) return 'mixed-name';
  return /[^A-Za-z0-9]/.test(value) ? 'signs' : 'mixed';
}
