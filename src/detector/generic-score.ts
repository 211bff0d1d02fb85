// The score of a secret that has no known format: who names it, what it looks like, where it stands. Each part is shown
// by `explain`. Weights are plain numbers in one table; the thresholds turn their sum into a confidence.
import type { Reason } from '../model/finding.ts';
import type { Confidence } from '../model/levels.ts';
import type { SecretKind } from '../model/secret.ts';
import type { PathKind } from '../util/path-kind.ts';
import { findPlaceholder } from '../util/placeholder.ts';
import type { Assignment } from './assignment.ts';
import type { TextTraits } from './chunk.ts';
import { ABOUT_WORDS, OTHER_WORDS, STRONG_NAME, splitName } from './name-words.ts';
import { pairSurpriseBits } from './randomness.ts';

export interface GenericScore {
  /** undefined: silence. */
  readonly confidence: Confidence | undefined;
  readonly reasons: readonly Reason[];
}

const THRESHOLD = { high: 5.5, medium: 4, low: 1.5 } as const;

const PATH_WEIGHT: Readonly<Record<PathKind, number>> = {
  config: 1,
  source: 0,
  other: 0,
  data: -1,
  generated: -1,
  vendor: -1,
  docs: -2.5,
  example: -2.5,
  test: -2.5,
  minified: -3,
  locale: -6,
  lock: -6,
  'source-map': -6,
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX_DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
/** Words joined by signs, each of letters with at most two digits behind: an identifier, a path, a host, a version. */
const IDENTIFIER =
  /^[./@#:$]{0,3}[A-Za-z]{1,24}\d{0,2}(?:[-_.:/\\ ,@#?&=+|]{1,3}(?:[A-Za-z]{1,24}\d{0,2}|\d{1,3})){0,12}[-_.:/*]{0,2}$/;
const CAMEL = /^[a-z]{1,16}(?:[A-Z][a-z]{1,15}){1,8}\d{0,2}$|^(?:[A-Z][a-z]{1,15}){2,8}\d{0,2}$/;
const CODE_SIGNS = /[(){}[\];]|=>|->|::|&&|\|\||<\/|\/>|\\[wdsbnrtu]|\$\{|^\$|^process\.|^os\.|^self\.|^this\./;
const URL_OR_PATH = /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/|\.{0,2}\/|~\/|[A-Za-z]:\\|www\.)/i;

/** Pair surprise from which a value of this length is taken for random; see pairSurpriseBits. */
function isRandomLooking(value: string): boolean {
  const bits = pairSurpriseBits(value);
  if (/^[0-9a-f]+$/i.test(value))
    return value.length >= 16 && /[a-f]/i.test(value) && /\d.*\d.*\d/.test(value) && bits > 4.6;
  if (value.length < 8) return false;
  const needed = value.length >= 20 ? 5.7 : value.length >= 14 ? 6 : 6.4;
  return bits > needed && (/\d/.test(value) || bits > needed + 0.6);
}

function scoreValue(value: string, kind: SecretKind, add: (weight: number, step: string, text: string) => void): void {
  if (UUID.test(value)) return add(-1, 'value', 'is a UUID');
  if (URL_OR_PATH.test(value)) return add(-5, 'value', 'is an address or a path');
  if (/\s/.test(value)) return add(kind === 'password' && !/\s.*\s/.test(value) ? -2.5 : -5, 'value', 'is a sentence');
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((c) => c.test(value)).length;
  const isRandom = isRandomLooking(value);
  if (isRandom && value.length >= 16) add(4, 'value', 'looks random');
  else if (isRandom) add(kind === 'password' ? 3 : 2, 'value', 'looks random, but is short');
  if (!isRandom && (IDENTIFIER.test(value) || CAMEL.test(value))) {
    const isPlainWord = /^[A-Za-z]+$/.test(value);
    if (kind !== 'password' || classes < 2 || /[./:\\]/.test(value)) {
      add(kind === 'password' ? (isPlainWord ? -0.5 : -2) : -4, 'value', isPlainWord ? 'is a plain word' : 'is a name');
    } else if (classes >= 3) add(1.5, 'value', 'mixes letters, digits and signs');
    else add(/\d/.test(value) ? 0.5 : -0.5, 'value', 'is a word with little added');
  } else if (!isRandom && kind === 'token') add(-3, 'value', 'does not look random');
  else if (!isRandom) add(classes >= 3 ? 1.5 : classes === 2 ? 0.5 : -1, 'value', `has ${classes} kinds of characters`);
  if (HEX_DIGEST.test(value) && kind === 'token') add(-1, 'value', 'has the length of a digest');
  if (kind === 'token' && value.length < 12) add(-2, 'value', 'is short for a token');
  if (kind === 'password' && value.length < 6) add(-1, 'value', 'is very short');
}

function scoreName(assignment: Assignment, add: (weight: number, step: string, text: string) => void): void {
  const words = splitName(assignment.name);
  const last = words[words.length - 1] ?? '';
  if (STRONG_NAME.test(assignment.name.replace(/\d+$/, ''))) add(3, 'key-name', 'the name says it is a secret');
  else add(2, 'key-name', 'the name holds a word for secrets');
  if (words.some((word) => OTHER_WORDS.has(word))) add(-4, 'key-name', 'the name speaks of something else');
  if (ABOUT_WORDS.has(last) && words.length > 1) add(-4, 'key-name', 'the name is of a thing about a secret');
  if (words.length > 6 || assignment.name.length > 60) add(-2, 'key-name', 'the name is very long');
}

/** True when the value repeats the name or is repeated by it: `password: "password"`, `token = "auth_token"`. */
function repeatsName(name: string, value: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const [a, b] = [plain(name), plain(value)];
  return b.length > 0 && (a.includes(b) || (b.includes(a) && b.length <= a.length + 3));
}

/** Scores a value that a name assigns. @param kind of the rule that woke up */
export function scoreAssignment(assignment: Assignment, kind: SecretKind, traits: TextTraits): GenericScore {
  const reasons: Reason[] = [];
  let score = 0;
  const add = (weight: number, step: string, text: string): void => {
    score += weight;
    reasons.push({ step, text, weight });
  };
  const { value, quote, operator } = assignment;
  const placeholder = findPlaceholder(value);
  if (placeholder) {
    add(-10, 'placeholder', placeholder.why);
    return { confidence: undefined, reasons };
  }
  scoreName(assignment, add);
  scoreValue(value, kind, add);
  if (repeatsName(assignment.name, value)) add(-5, 'value', 'repeats its name');
  if (CODE_SIGNS.test(value)) add(quote ? -2 : -5, 'value', 'is code');
  if (/[=!]==?/.test(operator) && operator.includes('==')) add(-3, 'operator', 'is compared, not assigned');
  if (quote === '' && traits.isCode()) add(-4, 'operator', 'has no quotes in code');
  if (/^\s*[+.(]\s*\w|^\s*(?:\+|\|\||\?)/.test(assignment.after)) add(-1.5, 'operator', 'is part of an expression');
  const kindOfPath = traits.pathKind();
  add(PATH_WEIGHT[kindOfPath], 'path', `the file is of the kind ${kindOfPath}`);
  const confidence =
    score >= THRESHOLD.high
      ? 'high'
      : score >= THRESHOLD.medium
        ? 'medium'
        : score >= THRESHOLD.low
          ? 'low'
          : undefined;
  return { confidence, reasons };
}
