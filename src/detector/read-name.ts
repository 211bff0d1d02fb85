// What the name of an assigned value says: which word for secrets it holds, and what stands beside that word. Gives ids
// of generic-features.ts; no judgement.
import type { Feature } from './generic-features.ts';
import {
  ABOUT_WORDS,
  CSRF_WORDS,
  DERIVED_WORDS,
  FORM_WORDS,
  ID_WORDS,
  OTHER_WORDS,
  OWNER_WORDS,
  PUBLIC_WORDS,
  splitName,
  TEST_WORDS,
  VERB_WORDS,
} from './name-words.ts';

/** Which word a name holds; the first that fits, so the longer forms come first. */
const WORDS: readonly (readonly [RegExp, Feature])[] = [
  [/identified by/i, 'name:statement'],
  [/securestring/i, 'name:statement'],
  [/pass[-_]?phrase/i, 'name:passphrase'],
  [/passw(?:or|d)|pass[-_]?(?:code|key)|passwrd/i, 'name:password'],
  [/passwort|kennwort|senha|contrase|mot[-_]?de[-_]?pass|parola/i, 'name:foreign'],
  [/pwd|_pw/i, 'name:pwd'],
  [/secret/i, 'name:secret'],
  [/api[-_]?key|access[-_]?key/i, 'name:api-key'],
  [/token/i, 'name:token'],
  [/credential/i, 'name:credential'],
  [/pass/i, 'name:pass'],
  [/key/i, 'name:key'],
  [/auth/i, 'name:auth'],
];
const WORD_AT_END =
  /(?:pass(?:w(?:or)?d|phrase|code|wort)?|pwd|pw|secret|token|api[-_]?key|key|credentials?|auth|authori[sz]ation|senha|kennwort|contrase[^ ]{1,3}a)s?\d{0,2}$/i;
/** A thing about a credential, written as one word with it. */
const ABOUT_AT_END =
  /(?:passw(?:or)?d|secret|token|credential)(?:file|path|dir|name|type|hash|length|len|size|field|label|policy|prompt|url|uri|less|header|param|format|expiry|expiration)s?$/i;
/** What a text for people is called after. */
const TEXT_ABOUT = /^(?:label|lbl|placeholder|title|hint|msg|message|error|err|help|tooltip|caption|i18n)(?=[A-Z_.-])/;
/** How a value is written down; the word before says what it is. */
const ENCODING_AT_END = /[-_]?(?:hex|b64|base64|base58|bytes|str|string)$/i;
/** Passes of pictures, filters and compilers; and a product that is called so. */
const OTHER_PASS =
  /(?:render|band|one|low|high|all|sub|by|shader|post|shadow|depth|stencil|blur|bloom|effect|copy|com|tres|sur|first|second|multi|single)_?pass(?!w|p|c|k)|(?:^|[^a-z0-9])(?:1|one)password$|^no_?passw(?:or)?d$/i;
/** Keys of tables, caches, lists and texts. */
const OTHER_KEY =
  /(?:primary|foreign|sort|partition|range|group|cache|row|lookup|object|map|index|unique|composite|natural|bucket|registry|i18n|translation|message|event|route|query|dict|column|field|parent|item)[-_]?keys?$/i;
/** Where a list goes on, and what makes a request unique. `request_token` is a credential of OAuth 1. */
const PAGING =
  /(?:next|continuation|page|paging|cursor|sync|resume|change|client_?request|idempotency|lifecycle\w*|client|creation|activation|upload)[-_]?token$/i;
const WORD_PARTS = new Set(
  `pass password passwd passphrase passcode passwort pwd pw secret secrets token tokens apikey key keys auth oauth oauth2
  credential credentials authorization authorisation authentication senha kennwort passwords passwds`.split(/\s+/),
);

/** Letters and digits alone, in small letters: names and values that differ in style alone become the same. */
export function plainText(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function judgeName(name: string, woken: string): readonly Feature[] {
  const features: Feature[] = [];
  const add = (feature: Feature): void => {
    features.push(feature);
  };
  const segment = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1) || name;
  const spoken =
    WORDS.find(([word]) => word.test(segment)) ?? WORDS.find(([word]) => word.test(woken) || word.test(name));
  add(spoken?.[1] ?? 'name:key');
  if (/\.\w+$/.test(name) && !WORDS.some(([word]) => word.test(segment))) add('name:member');
  const words = splitName(segment);
  const plainWords = ENCODING_AT_END.test(segment) ? splitName(segment.replace(ENCODING_AT_END, '')) : words;
  let lastAt = words.length - 1;
  while (lastAt > 0 && /^\d+$/.test(words[lastAt]!)) lastAt--;
  const last = words[lastAt] ?? '';
  const has = (set: ReadonlySet<string>): boolean => words.some((w) => set.has(w));
  if (WORD_AT_END.test(segment)) {
    add('name:last');
    if (words.length <= 1 && WORD_PARTS.has(last)) add('name:alone');
    if (last === 'key') add('name:key-last');
  } else if (ABOUT_WORDS.has(last) || ABOUT_AT_END.test(last)) add('name:about');
  if (TEXT_ABOUT.test(segment)) add('name:about');
  if (!words.some((w) => WORD_PARTS.has(w.replace(/\d+$/, '')))) add('name:word-inside');
  if (has(OTHER_WORDS) || OTHER_PASS.test(segment) || OTHER_KEY.test(segment)) add('name:other');
  if (PAGING.test(segment)) add('name:paging');
  if (has(CSRF_WORDS)) add('name:csrf');
  if (has(PUBLIC_WORDS)) add('name:public');
  if (has(DERIVED_WORDS)) add('name:derived');
  if (ID_WORDS.has(last) || ID_WORDS.has(plainWords.at(-1) ?? '')) add('name:id');
  if (words.includes('default')) add('name:default');
  if (has(TEST_WORDS)) add('name:test');
  if (has(OWNER_WORDS)) add('name:owner');
  if (has(FORM_WORDS)) add('name:form');
  if (words.length > 1 && VERB_WORDS.has(words[0]!)) add('name:verb');
  if (/s\d*$/i.test(segment) && /(?:tokens|secrets|passwords|keys|credentials)\d*$/i.test(segment)) add('name:plural');
  if (/^[A-Z0-9_]+$/.test(segment) && segment.length > 3) add('name:screaming');
  if (segment.length < name.length && name.length - segment.length > 1) add('name:dotted');
  if (words.length > 5 || segment.length > 40) add('name:long');
  return features;
}

/** The same few names assign nearly everything; full, it starts anew. */
const MOST_KEPT = 2048;
const known = new Map<string, readonly Feature[]>();

/**
 * What the name says.
 *
 * @param wordAt where the woken word starts in the name
 */
export function readName(name: string, wordAt: number): readonly Feature[] {
  const key = wordAt === 0 ? name : `${wordAt} ${name}`;
  let features = known.get(key);
  if (!features) {
    if (known.size === MOST_KEPT) known.clear();
    features = judgeName(name, name.slice(wordAt));
    known.set(key, features);
  }
  return features;
}
