// The score of a secret that has no known format: who names it, what it looks like, where it stands. Some facts
// (generic-features.ts) decide alone; the others are weighed (weigh-facts.ts), and `explain` shows each of them.
import type { Reason } from '../model/finding.ts';
import type { Confidence } from '../model/levels.ts';
import type { PathKind } from '../util/path-kind.ts';
import { findPlaceholder } from '../util/placeholder.ts';
import type { Assignment } from './assignment.ts';
import type { TextTraits } from './chunk.ts';
import { FEATURES, type Feature } from './generic-features.ts';
import { readName } from './read-name.ts';
import { readPlace } from './read-place.ts';
import { essenceOf, readValue } from './read-value.ts';
import { valueShape } from './value-shape.ts';
import { explain, levelOf, sumFacts } from './weigh-facts.ts';

export interface GenericScore {
  /** undefined: silence. */
  readonly confidence: Confidence | undefined;
  /** What the sum is made of, when there is a finding or `wantsReasons`. */
  readonly reasons: readonly Reason[];
  /** What was weighed, when there is a finding. */
  readonly features?: readonly Feature[];
}

/** Names of public things that sound like secrets: strong names of .NET assemblies, public keys. */
const PUBLIC_NAME = /pub(?:lic)?[-_]?key/i;
/** Keys that are made to be seen (also in DER: what follows is a public key), numbers, times, and versions. */
const PUBLIC_VALUE =
  /^(?:pk\.eyJ|pk_(?:live|test)_|sb_publishable_|ssh-(?:rsa|ed25519|dss) |AAAA[BCE]3Nza|M[FHIG][A-Za-z]wEwYHKoZIzj0CAQ|MII[BC]Ij?ANBgkqhkiG9w0BAQEFAA|MIG[A-Za-z]MA0GCSqGSIb3DQEBAQUAA4|MC[owq]+BQYDK2V[uwx]|30(?:59|76|819f|820122)30)|^0x[0-9a-f]{1,8}$|^AWS4-HMAC-SHA256$|^(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d[\d:.TZ+-]{0,24}$|^\d{1,6}h(?:\d{1,2}m(?:\d{1,2}s)?)?$|^v?\d{1,4}(?:\.\d{1,6}){1,3}(?:[.+-]?(?:dev|rc|alpha|beta|post|pre|a|b)\.?\d{0,4})?$/i;
/** `PBKDF2WithHMAC-SHA1AndDES-EDE3-CBC`: two and more words of cryptography, and nothing that is none. */
const ALGORITHM =
  /^(?=[^a-z]{0,4}[a-z]{2})(?=.{6})(?:(?:pbkdf\d?|pbes?\d?|hmac|sha-?\d{0,3}|md5|aes|des|ede\d?|3des|rsa|rsassa|pss|v1_5|ecdsa|ecdh|es|dsa|dh|ec|cbc|gcm|ctr|ecb|ccm|kw|oaep|pkcs\d{0,2}|x25519|ed25519|secp|k1|r1|with|and|padding|nopadding|\d{2,4})[-_/+]?){3,10}$/i;
/** `arn:aws:secretsmanager:…:secret:name` is an address; its parts are no names that assign. */
const IN_ARN = /\barn:aws[a-z-]{0,12}:[\w:/.-]{0,100}$/;
/** `badge.svg?token=…`: it shows a picture and opens nothing. */
const IN_BADGE = /\.svg\?[^\s"']{0,60}$/;
/** `postgres://auth:word@host`: what looks like a name is the user of an address, which rules of its own read. */
const IN_ADDRESS = /:\/\/$/;
/** `sign('', 'secret') => '…'`: the name is an argument, and the value what comes out. */
const CLOSES_CALL = /^\\?["'`]\s*\)/;
/** An element, a block or a statement ends between the name and the value. */
const ENDS_BETWEEN = /\}|;\s|^[^=:>([,|]*\n/;
/** A line of a long text in base64 holds `Key` and `Auth` by chance. */
const PACKED_NAME = /^[A-Za-z0-9+/]{33,}$/;
/** Files whose generic findings the filter path-kind leaves out. */
const SILENT_KINDS: ReadonlySet<PathKind> = new Set(['lock', 'locale', 'minified', 'source-map', 'vectors']);

/** True when the file holds digests, translations or packed code: no assignment in it is looked at. */
export function isSilentFile(traits: TextTraits): boolean {
  return SILENT_KINDS.has(traits.pathKind());
}

/** The one that is often left as it stands: medium at most. */
const CHANGE_ME = /change[-_ ]?(?:me|it|this)/i;
/** Files in which even that is an instruction to the reader. */
const PAPER_KINDS: ReadonlySet<PathKind> = new Set(['docs', 'example']);
/** What stands for a value in a schema. */
const TYPE_NAME =
  /^(?:string|str|text|number|integer|int|bool|boolean|true|false|null|none|nil|undefined|object|array|any|void|char|varchar)$/i;
/** Between a name and its value, once schemes, quotes in entities and functions that decode are taken out. */
const OPERATOR_WORDS =
  /bearer|basic|token|quot|apos|value|is|%3d|new|string|str|bytes?|buffer|from|de|un|base|b?64|hex|\d?to|2binary|decode|literal|utf8|secret|concat|freeze/gi;
/** Neighbours of a key in files of test vectors: `IV = 00…`, `plaintext: "…"`. */
const VECTORS =
  /(?:\b|_)(?:count|counter|hash input \d|z|k\d|iv|nonce|plain_?text|cipher_?text|msg|message|pt|ct|aad|adata?|header|tag|mac|md|klen|tlen|seed|salt|input|output|expected|data|ikm|okm|prk|info)["']?\s*[=:,]\s*(?:\w+\()?["'(]?(?:0x)?[0-9a-f]{4}/i;

/** Facts that leave room for a low confidence only: people do use such values, but mostly where none is needed. */
const CAPPING: ReadonlySet<Feature> = new Set(['value:same-as-name', 'value:password-hash']);

/**
 * True when the facts leave room for a low confidence only.
 * What `expires_in` says is of the access token beside it, never of the one that renews it.
 */
export function isCapped(features: readonly Feature[], name: string): boolean {
  if (features.some((id) => CAPPING.has(id))) return true;
  return features.includes('near:short-life') && features.includes('name:token') && !/refresh/i.test(name);
}

/** Facts beside which no other counts: of 1,371 labelled secrets four had one of them, of other values a third. */
const DECIDING: ReadonlySet<Feature> = new Set([
  'name:other',
  'name:id',
  'name:verb',
  'name:long',
  'shape:sentence',
  'shape:url',
  'shape:email',
  'shape:path',
  'shape:code',
  'shape:uuid',
  'shape:screaming',
]);
const HEX_SHAPES: ReadonlySet<Feature> = new Set(['shape:hex', 'shape:digest', 'shape:digits']);
/** A name of a thing about a secret may hold one still, when the value looks like it. */
const STRONG_SHAPES: ReadonlySet<Feature> = new Set([
  'shape:random',
  'shape:short-random',
  'shape:hex',
  'shape:digest',
  'shape:mixed',
]);

/** Shapes that say enough when the name only stands before the value; hex there is the hash of the word before it. */
const UNNAMED_SHAPES: ReadonlySet<Feature> = new Set(['shape:random', 'shape:short-random']);

/** Why there is silence without a score. */
type Proof = Pick<Reason, 'step' | 'text'>;

/** `set_password("user", …)` */
const FIRST_OF_SEVERAL: Proof = { step: 'form', text: 'is the first of several arguments' };
/** `user:pass@host` */
const SAYS_PASSWORD = /^(?:my|your|the)?[-_]?(?:pass(?:w(?:or)?d)?|pwd|pw)\d{0,3}$/i;
const STOCK_ADDRESS: Proof = { step: 'value', text: 'user and password are words that documents put into addresses' };
const ONE_TIME_CODE: Proof = { step: 'value', text: 'is a number or a code for one time' };
const LONGEST_CODE = 10;
const VARIABLE: Proof = { step: 'form', text: 'is a variable, without quotes in code' };

/** Unquoted in code, and neither in a string nor in a comment: `password = Password_5_3_1`. */
function isVariable(value: string, features: readonly Feature[]): boolean {
  return (
    /^[A-Za-z_]\w*$/.test(value) &&
    !features.includes('before:string') &&
    !features.includes('before:comment') &&
    !features.includes('before:query') &&
    !features.includes('operator:percent')
  );
}

const decide = (feature: Feature): Proof => FEATURES.get(feature)!;

/** What is read of a name or a value alone; score-memory.ts remembers it. */
export interface AssignmentReaders {
  readonly readName: typeof readName;
  readonly readValue: typeof readValue;
  readonly valueShape: typeof valueShape;
  readonly findPlaceholder: typeof findPlaceholder;
}

export const PLAIN_READERS: AssignmentReaders = { readName, readValue, valueShape, findPlaceholder };

/** All facts that hold for the assignment, or what decides against it; the cheap questions first. */
function judge(
  assignment: Assignment,
  traits: TextTraits,
  readers: AssignmentReaders = PLAIN_READERS,
): readonly Feature[] | Proof {
  const features: Feature[] = [];
  let deciding: Feature | undefined;
  const add = (feature: Feature): void => {
    features.push(feature);
    if (DECIDING.has(feature)) deciding ??= feature;
  };
  const { name, wordAt } = assignment;
  const value = essenceOf(assignment.value);
  if (IN_BADGE.test(assignment.before)) return { step: 'place', text: 'is the token of a picture, which is public' };
  if (IN_ADDRESS.test(assignment.before)) return { step: 'place', text: 'the name is the user of an address' };
  if (PACKED_NAME.test(name)) return { step: 'key-name', text: 'the name is a piece of a long text in base64' };
  if (CLOSES_CALL.test(assignment.operator)) return { step: 'form', text: 'the name is an argument of a function' };
  if (ENDS_BETWEEN.test(assignment.operator))
    return { step: 'form', text: 'something ends between the name and the value' };
  if (IN_ARN.test(assignment.before)) return { step: 'place', text: 'is a part of an ARN, which is an address' };
  if (PUBLIC_NAME.test(name)) return { step: 'key-name', text: 'the name is of something public' };
  if (PUBLIC_VALUE.test(value)) return { step: 'value', text: 'is public, a time or a number' };
  if (ALGORITHM.test(value)) return { step: 'value', text: 'is the name of an algorithm' };
  if (TYPE_NAME.test(value)) return { step: 'value', text: 'is the name of a type' };
  readers.readName(name, wordAt).forEach(add);
  if (deciding) return decide(deciding);
  const shape: Feature = `shape:${readers.valueShape(value)}`;
  add(shape);
  // An option that says token or secret takes no id.
  if (deciding && !(shape === 'shape:uuid' && name.startsWith('-'))) return decide(deciding);
  if (features.includes('name:about') && !STRONG_SHAPES.has(shape)) return decide('name:about');
  if (/[A-Za-z0-9]{2}/.test(assignment.operator.replace(OPERATOR_WORDS, ''))) {
    return { step: 'form', text: 'something else stands between the name and the value' };
  }
  if (HEX_SHAPES.has(shape) && (VECTORS.test(assignment.around) || VECTORS.test(assignment.after))) {
    return { step: 'place', text: 'stands among test vectors' };
  }
  const placeholder = readers.findPlaceholder(value);
  if (placeholder && !placeholder.isSoft) return { step: 'placeholder', text: placeholder.why };
  if (placeholder?.kind === 'made-up' && (!CHANGE_ME.test(value) || PAPER_KINDS.has(traits.pathKind()))) {
    return { step: 'placeholder', text: placeholder.why };
  }
  readers.readValue(value, name, placeholder?.kind, add);
  readPlace(assignment, traits, add);
  // A name and a value that stand in a row: arguments of a call, a table of words and their hashes.
  if (features.includes('operator:comma') && !UNNAMED_SHAPES.has(shape)) return decide('operator:comma');
  if (features.includes('operator:is') && !STRONG_SHAPES.has(shape)) return decide('operator:is');
  if (features.includes('name:paging') && !UNNAMED_SHAPES.has(shape)) return decide('name:paging');
  if (features.includes('operator:call') && features.includes('after:comma')) return FIRST_OF_SEVERAL;
  if (features.includes('operator:address') && features.includes('login:stock-user') && SAYS_PASSWORD.test(value)) {
    return STOCK_ADDRESS;
  }
  if (features.includes('value:choices')) return decide('value:choices');
  if (shape === 'shape:digits' && value.length <= LONGEST_CODE && features.includes('name:token')) return ONE_TIME_CODE;
  if (features.includes('name:member') && features.includes('operator:call')) return decide('name:member');
  if (features.includes('form:bare-code') && isVariable(value, features)) return VARIABLE;
  if (features.includes('name:key') && features.includes('name:derived')) return decide('name:derived');
  return features;
}

/** True when the score is to be asked: nothing decides against the value before. */
function isScored(judged: readonly Feature[] | Proof): judged is readonly Feature[] {
  return Array.isArray(judged);
}

/** All facts that hold for the assignment; undefined when something decides against it. For the fit. */
export function readFeatures(assignment: Assignment, traits: TextTraits): readonly Feature[] | undefined {
  const judged = judge(assignment, traits);
  return isScored(judged) ? judged : undefined;
}

/** See scoreAssignment. */
export type ScoreAssignment = (
  assignment: Assignment,
  traits: TextTraits,
  wantsReasons?: boolean,
  readers?: AssignmentReaders,
) => GenericScore;

/**
 * Scores a value that a name assigns.
 *
 * @param wantsReasons list them for silence too
 */
export function scoreAssignment(
  assignment: Assignment,
  traits: TextTraits,
  wantsReasons = false,
  readers = PLAIN_READERS,
): GenericScore {
  const features = judge(assignment, traits, readers);
  if (!isScored(features)) return { confidence: undefined, reasons: [{ step: features.step, text: features.text }] };
  const level = levelOf(sumFacts(features));
  const sure = level === 'high' && features.includes('value:made-up') ? 'medium' : level;
  const confidence = sure && isCapped(features, assignment.name) ? 'low' : sure;
  const reasons = confidence || wantsReasons ? explain(new Set(features)) : [];
  return confidence ? { confidence, reasons, features } : { confidence, reasons };
}
