// Fills the {{placeholders}} of examples with seeded random text and finds the secret between « and »: nothing that
// looks like a live credential is ever stored. The same rule id and position give the same text on every machine.
import type { Check } from '../checks/check.ts';
import { ConfigError } from '../model/errors.ts';
import type { Rule } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { ALPHABETS, type AlphabetName, RandomText } from '../util/random-text.ts';

/** An example with its placeholders filled. */
export interface FilledExample {
  /** Without the marks « and ». */
  readonly text: string;
  /** The text as UTF-8. */
  readonly bytes: Uint8Array;
  /** Bytes of the secret in `bytes`. */
  readonly secret: Span;
}

/** Checks by name, for placeholders such as `{{github-crc32:ghp_}}`. */
export type ChecksByName = ReadonlyMap<string, Check>;

const MAX_COUNT = 20_000;
const MAX_FILLED_LENGTH = 65_536;
const WORDS = (
  'amber anchor apple autumn bamboo basket beacon bridge candle canyon carbon castle cedar circle copper coral cotton ' +
  'desert dragon eagle ember falcon fabric forest galaxy garden ginger harbor hazel island ivory jacket jungle kettle ' +
  'ladder lemon lotus maple marble meadow mirror nectar ocean olive orange pepper pillow planet quartz rabbit river ' +
  'saddle silver spider summer tiger timber tunnel velvet violet walnut window winter'
).split(' ');
/** Signs that need no escape in a shell, in quotes, in a URL or in YAML. */
const SIGNS = '!_-.+*'.split('');

/** A password as people make them: a capital, letters, digits, a sign; then anything of these. */
function makePassword(random: RandomText, length: number): string {
  const start = random.text('upper', 1) + random.text('lower', 1) + random.text('digits', 1) + random.pick(SIGNS);
  let password = start.slice(0, length);
  while (password.length < length) password += random.integer(8) === 0 ? random.pick(SIGNS) : random.text('base62', 1);
  return password;
}

/** Joined with hyphens, so that they are one value in every language. */
function makeWords(random: RandomText, count: number): string {
  return Array.from({ length: count }, () => random.pick(WORDS)).join('-');
}

function makeUuid(random: RandomText): string {
  const hex = random.text('hex', 30);
  const variant = random.pick(['8', '9', 'a', 'b']);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
}

type Maker = (random: RandomText, count: number) => string;
const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ...Object.keys(ALPHABETS).map((name): [string, Maker] => [name, (r, n) => r.text(name as AlphabetName, n)]),
  ['alnum', (random, count) => random.text('base62', count)],
  ['words', makeWords],
  ['password', makePassword],
]);

function fillOne(name: string, argument: string | undefined, random: RandomText, checks: ChecksByName): string {
  const shown = `{{${name}${argument === undefined ? '' : `:${argument}`}}}`;
  if (name === 'uuid') {
    if (argument !== undefined) throw new ConfigError(`${shown} takes no argument; write {{uuid}}`);
    return makeUuid(random);
  }
  const make = MAKERS.get(name);
  if (make) {
    const count = /^[1-9]\d{0,4}$/.test(argument ?? '') ? Number(argument) : MAX_COUNT + 1;
    if (count > MAX_COUNT)
      throw new ConfigError(`${shown} needs a count from 1 to ${MAX_COUNT}, such as {{${name}:24}}`);
    return make(random, count);
  }
  const check = checks.get(name);
  if (check?.mint) return check.mint(random, argument ?? '');
  if (check)
    throw new ConfigError(`${shown} cannot be filled: the check "${name}" makes no values; use another placeholder`);
  const known = ['uuid', ...MAKERS.keys(), ...checks.keys()];
  throw new ConfigError(`unknown placeholder ${shown}.${didYouMean(name, known) || ' rules/README.md lists them.'}`);
}

/**
 * Replaces every placeholder. `{{}}` becomes nothing. Braces with anything but `name` or `name:argument` in them, such
 * as a template's `{{ .Values.key }}`, stay as they are; write `{{{}}{name}}` for a literal `{{name}}`.
 *
 * @throws ConfigError without a place: unknown name, bad count, text that gets too long
 */
export function fillPlaceholders(template: string, random: RandomText, checks: ChecksByName): string {
  let length = template.length;
  return template.replace(/\{\{(?:([A-Za-z0-9-]+)(?::([^{}]*))?)?\}\}/g, (_, name?: string, argument?: string) => {
    const value = name === undefined ? '' : fillOne(name, argument, random, checks);
    length += value.length;
    if (length > MAX_FILLED_LENGTH)
      throw new ConfigError(`the filled text is longer than ${MAX_FILLED_LENGTH} characters; make it shorter`);
    return value;
  });
}

/** FNV-1a, so that a seed depends on nothing but the words it is made of. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The part of `list` at `index`, or a bug of the caller's. */
function itemAt(list: readonly string[], index: number): string {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no example ${index}`);
  return item;
}

/**
 * Fills one example of a rule.
 *
 * @param index position from 0
 * @throws ConfigError without a place: marks missing or wrong, see fillPlaceholders
 */
export function fillExample(rule: Rule, index: number, checks: ChecksByName): FilledExample {
  const template = itemAt(rule.examples, index);
  const marks = /^([^«»]*)«([^«»]+)»([^«»]*)$/.exec(template);
  if (!marks) throw new ConfigError('the secret must stand between one « and one »; mark it exactly once');
  const random = new RandomText(seedOf(`${rule.matcher.id} example ${index}`));
  const [before = '', secret = '', after = ''] = marks.slice(1).map((part) => fillPlaceholders(part, random, checks));
  const text = before + secret + after;
  const start = Buffer.byteLength(before);
  return { text, bytes: new TextEncoder().encode(text), secret: { start, end: start + Buffer.byteLength(secret) } };
}

/**
 * Fills one counter-example of a rule.
 *
 * @param index position from 0
 * @throws ConfigError without a place: marks where none may be, see fillPlaceholders
 */
export function fillCounterExample(rule: Rule, index: number, checks: ChecksByName): string {
  const template = itemAt(rule.counterExamples, index);
  if (/[«»]/.test(template)) throw new ConfigError('a counter-example has no secret; delete « and »');
  return fillPlaceholders(template, new RandomText(seedOf(`${rule.matcher.id} counter-example ${index}`)), checks);
}
