// Tells values that are no secrets: template syntax, masked text, one repeated piece, counting rows, and words such as
// CHANGEME. It looks at the value alone and must never drop a random token that holds such letters by chance, nor a
// weak password that somebody really uses (Summer2024!). Words are data in placeholder-words.ts.
import { FILLER_WORDS, LONG_WORDS, ROWS, SOFT_WORDS, WEAK_WORDS } from './placeholder-words.ts';

/** syntax: template or variable · masked · repeat: one piece again and again · walk: a row to count or of keys ·
 *  made-up: says so itself · stand-in: a word that people write for a value · label: names a credential. */
export type PlaceholderKind = 'syntax' | 'masked' | 'repeat' | 'walk' | 'made-up' | 'stand-in' | 'label' | 'empty';

export interface Placeholder {
  readonly kind: PlaceholderKind;
  /** One short clause for people; never holds the value. */
  readonly why: string;
  /** True for words that a real value may hold too: no proof against a rule whose checksum passes. */
  readonly isSoft: boolean;
}

/** Longer values (keys, JSON documents) have names and comments in them; only their shape is looked at. */
const LONGEST_WORDED_VALUE = 200;
/** Built when a value holds the letters of such a word: compiling them takes longer than most scans spend on values. */
let longWordForms: readonly RegExp[] | undefined;

/** In one case as it stands, or as a word of its own with joints between its letters. */
function buildLongWordForms(): readonly RegExp[] {
  const plain = LONG_WORDS.flatMap((w) => [w, w.toUpperCase(), w[0]!.toUpperCase() + w.slice(1)]);
  const inParts = LONG_WORDS.map((w) => [...w].join('[-_ .]?'));
  return [new RegExp(plain.join('|')), new RegExp(`(?:^|[^a-z])(?:${inParts.join('|')})(?:[^a-z]|$)`)];
}

function holdsLongWord(value: string): boolean {
  const lower = value.toLowerCase();
  const letters = lower.replace(/[-_ .]/g, '');
  if (!LONG_WORDS.some((word) => letters.includes(word))) return false;
  longWordForms ??= buildLongWordForms();
  const [plain, inParts] = longWordForms;
  return plain!.test(value) || inParts!.test(lower);
}

const PEM = /^-----BEGIN [A-Z0-9 ]+-----(.*?)(?:-----END|$)/s;
const KNOWN_PREFIX = /^(?:[A-Za-z]{2,10}[-_]){1,3}|^[A-Z]{4}(?=[^A-Z])/;

const SYNTAX: readonly (readonly [RegExp, string])[] = [
  [
    /[$#]\{\s*[A-Za-z_][\w\s.:()'"[\]?-]{1,200}\}|\{\{[^}]{0,200}\}\}|<%.{0,200}%>|\$\([A-Za-z_][^)]{1,200}\)/,
    'is filled in from a template',
  ],
  [/<[A-Za-z][a-z_ -]{4,80}>|<[A-Z][A-Z_ -]{4,80}>|^<[\w .:-]+>$/, 'is a name in brackets'],
  [/^\[[A-Za-z][\w .:-]{1,80}\]$|^\{[A-Za-z_][\w.]{0,80}\}$/, 'is a name in brackets'],
  [
    /^(?:%[A-Z_][A-Z0-9_]*%[^\w%]?)+$|^#{2,}[A-Z_][A-Z0-9_]*#{2,}$|^\$[A-Z_][A-Z0-9_]+$|^__[A-Z0-9_]+__$|^@@?[A-Z_a-z.]+@@?$/,
    'is the name of a variable',
  ],
  [/^%[sdvq]$|%\(\w{1,80}\)s|(?:^|[:@=_-])%[sd](?:[:@=_-]|$)/, 'is a format string'],
  [/\*{3,}|[\u2022\u25cf]{3,}|\u2026|\.{3}$|^\.{3,}|\[\.{3}\]|\w\.{3}\w/, 'is masked or cut'],
  [/[xX]{5,}|(?:^|[^A-Za-z0-9])[xX]{3,}(?:[^A-Za-z0-9]|$)/, 'is crossed out with x'],
];

/** The value without the start of a format; '' when little is left, for `blue-green-1111` is a password. */
function withoutPrefix(value: string): string {
  const rest = value.replace(KNOWN_PREFIX, '');
  return rest.length >= 8 ? rest : '';
}

/** One character or a piece of up to 8 repeated over the whole value, but for the start of a format such as `ghp_`. */
function isRepetition(value: string): boolean {
  const bare = value.replace(/[^A-Za-z0-9]/g, '');
  for (const text of [value, withoutPrefix(value), bare.length >= 16 ? bare : '']) {
    for (let period = 1; period <= 8 && text.length >= Math.max(4, period * 3); period++) {
      if (text.slice(period) === text.slice(0, -period)) return true;
    }
  }
  return false;
}

/** All but two characters are the same one: `00000000-…-000000000001`. */
function isOneCharacter(value: string): boolean {
  const bare = value.replace(/[^A-Za-z0-9]/g, '');
  if (bare.length < 16) return false;
  const most = bare[bare.length >> 1]!;
  return bare.split(most).length - 1 >= bare.length - 2;
}

/** Bytes in hex that count up or down: `000102030405…`, `ffeeddccbbaa…`. */
function isByteRow(value: string): boolean {
  if (value.length < 16 || !/^(?:[0-9a-f]{2}){8,}$/i.test(value)) return false;
  const bytes = Buffer.from(value, 'hex');
  const step = bytes[1]! - bytes[0]!;
  if (step === 0) return false;
  let rowed = 0;
  for (let i = 1; i < bytes.length; i++) if (((bytes[i]! - bytes[i - 1]! - step) & 255) === 0) rowed++;
  return rowed >= (bytes.length - 1) * 0.8;
}

/** Neighbours in a row, both ways: nearly every start of random text is ruled out by one look-up. */
const NEIGHBOURS: ReadonlySet<string> = new Set(
  ROWS.flatMap((row) => [...row].flatMap((a, i) => [a + row[(i + 1) % row.length]!, row[(i + 1) % row.length]! + a])),
);

/** Length of the walk along `row` from `start` in one direction; rows that end go on at their beginning. */
function walkLength(text: string, start: number, row: string, step: 1 | -1): number {
  let place = row.indexOf(text[start]!);
  if (place < 0) return 0;
  let length = 1;
  for (let i = start + 1; i < text.length; i++, length++) {
    place = (place + step + row.length) % row.length;
    if (text[i] !== row[place]) break;
  }
  return length;
}

/** Share of the value that lies in counting rows or keyboard walks of at least four characters. */
function walkShare(value: string): number {
  const text = value.toLowerCase().replace(/[-_ .]/g, '');
  let covered = 0;
  for (let i = 0; i < text.length; ) {
    let longest = 0;
    if (!NEIGHBOURS.has(text.slice(i, i + 2))) {
      i++;
      continue;
    }
    for (const row of ROWS) longest = Math.max(longest, walkLength(text, i, row, 1), walkLength(text, i, row, -1));
    if (longest >= 4) covered += longest;
    i += Math.max(1, longest >= 4 ? longest : 1);
  }
  return text.length === 0 ? 0 : covered / text.length;
}

/** Words of a value: split at signs and where the case changes from small to capital. */
function splitWords(value: string): string[] {
  const spaced = value.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])/g, ' ');
  return spaced
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** Letters and digits mixed over 8 and more, or 14 and more letters without a break: may be a random part. */
function looksRandom(value: string): boolean {
  return value.split(/[^A-Za-z0-9]+/).some((part) => {
    if (walkShare(part) >= 0.7 || isRepetition(part)) return false;
    const words = splitWords(part);
    const isMixed = /[A-Za-z]/.test(part) && /\d/.test(part) && words.length > 2;
    return part.length >= 8 && (isMixed || words.some((word) => word.length >= 14));
  });
}

function isKnownWord(word: string): boolean {
  return FILLER_WORDS.has(word) || WEAK_WORDS.has(word) || SOFT_WORDS.has(word) || /^\d+$/.test(word);
}

/** A run of small letters that is two known words written together, such as `testpassword`. */
function splitsIntoKnown(word: string): boolean {
  for (let i = 1; i < word.length; i++) if (isKnownWord(word.slice(0, i)) && isKnownWord(word.slice(i))) return true;
  return false;
}

function findWords(value: string): Placeholder | undefined {
  if (holdsLongWord(value)) {
    // EXAMPLE in capitals is how vendors mark their documented values; it stands inside 20 and 40 character keys.
    return { kind: 'made-up', why: 'says itself that it is made up', isSoft: !value.includes('EXAMPLE') };
  }
  const words = splitWords(value);
  const digits = words.filter((word) => /^\d+$/.test(word)).join('').length;
  if (words.some((word) => SOFT_WORDS.has(word)) && !looksRandom(value))
    return { kind: 'stand-in', why: 'is a word that stands for a value', isSoft: true };
  const isAllKnown =
    words.length > 0 && digits <= 4 && words.every((word) => isKnownWord(word) || splitsIntoKnown(word));
  if (isAllKnown && (digits === 0 || words.some((word) => WEAK_WORDS.has(word)))) {
    return { kind: 'label', why: 'names a credential and is none', isSoft: true };
  }
  return undefined;
}

/** A key block in documents: the body is cut, crossed out, or words. */
function findPemPlaceholder(body: string): Placeholder | undefined {
  const text = body.replace(/\\[nrt]|\s/g, '');
  if (/\.{3}|\u2026|\*{3}/.test(text)) return { kind: 'masked', why: 'is masked or cut', isSoft: false };
  return text === '' ? { kind: 'empty', why: 'is empty', isSoft: false } : findPlaceholder(text);
}

/**
 * Why the value is no secret, or undefined.
 *
 * @param value the whole value, without quotes
 * @cost microseconds; values over 200 characters are only tested for repetition
 */
export function findPlaceholder(value: string): Placeholder | undefined {
  const text = value.trim();
  if (text === '') return { kind: 'empty', why: 'is empty', isSoft: false };
  const pemBody = PEM.exec(text)?.[1];
  if (pemBody !== undefined) return findPemPlaceholder(pemBody);
  if (isRepetition(text) || isOneCharacter(text)) return { kind: 'repeat', why: 'repeats one piece', isSoft: false };
  if (isByteRow(text)) return { kind: 'walk', why: 'is a counting row or a walk over the keyboard', isSoft: false };
  if (text.length > LONGEST_WORDED_VALUE) return undefined;
  for (const [pattern, why] of SYNTAX) {
    if (pattern.test(text)) return { kind: /masked|crossed/.test(why) ? 'masked' : 'syntax', why, isSoft: false };
  }
  if (walkShare(text) >= 0.7 || walkShare(withoutPrefix(text)) >= 0.7) {
    // People do use short ones (qwerty12), so under a name for passwords they count.
    const isSoft = text.length < 16;
    return { kind: 'walk', why: 'is a counting row or a walk over the keyboard', isSoft };
  }
  return findWords(text);
}

/** As findPlaceholder, the reason alone. */
export function placeholderReason(value: string): string | undefined {
  return findPlaceholder(value)?.why;
}
