// Makes values for bench-cases.mjs: from the examples of our rules, and from a list of formats that knows nothing of them.
import { CHECKS } from '../../src/checks/registry.ts';
import type { Rule } from '../../src/model/rule.ts';
import { fillPlaceholders } from '../../src/rules/placeholders.ts';
import { readRuleFolder } from '../../src/rules/rule-files.ts';
import { type AlphabetName, RandomText } from '../../src/util/random-text.ts';

/** The stream that all values of one run come from. */
export const makeRandomText = (seed: number): RandomText => new RandomText(seed);

interface Seed {
  readonly id: string;
  readonly kind: 'prefix' | 'near' | 'whole' | 'format-prefix' | 'format-near';
  readonly hasPrefix: boolean;
  readonly make: (random: RandomText) => { words?: string[]; text?: string; value: string };
}

const KIND_WORD = /key|token|secret|passw|pwd|auth|pat$|cred/i;
const SUFFIXES = [
  ['api', 'key'],
  ['token'],
  ['secret'],
  ['access', 'token'],
  ['key'],
  ['api', 'token'],
  ['secret', 'key'],
];

/** `DD_API_KEY`, `dd-api`, `datadogKey` → words in lower case. */
function splitName(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function nameWords(base: string, hint: string, random: RandomText): string[] {
  const words = splitName(base);
  if (words.length === 0) words.push('service');
  if (KIND_WORD.test(words.at(-1)!) && words.length > 1) return words;
  const kind = /webhook/i.test(hint) ? ['webhook'] : /passw/i.test(hint) ? ['password'] : undefined;
  return [...words, ...(kind ?? random.pick(SUFFIXES))];
}

/** A maker of values for each rule but the generic ones, from its examples. @param folder of the rule files */
export function ruleSeeds(folder: string): Seed[] {
  return readRuleFolder(folder)
    .filter((rule) => !/^generic\.|^known\./.test(rule.matcher.id))
    .map((rule) => ruleSeed(rule));
}

function ruleSeed({ matcher, info, examples }: Rule): Seed {
  const { id, wakeUp } = matcher;
  const parsed = examples.map((example) => /^([^«»]*)«([^«»]+)»([^«»]*)$/.exec(example)!);
  const isWhole =
    wakeUp.kind === 'anchor' ||
    wakeUp.kind === 'assignment' ||
    matcher.kind === 'password' ||
    matcher.parts.some((part) => part.isRequired);
  const whole = (random: RandomText) => {
    const parts = random
      .pick(parsed)
      .slice(1)
      .map((part) => fillPlaceholders(part, random, CHECKS));
    return { text: parts.join(''), value: parts[1]! };
  };
  if (isWhole) return { id, kind: 'whole', hasPrefix: false, make: whole };
  return {
    id,
    kind: wakeUp.kind === 'near' ? 'near' : 'prefix',
    hasPrefix: wakeUp.kind === 'prefix',
    make: (random) => {
      const value = fillPlaceholders(random.pick(parsed)[2]!, random, CHECKS);
      const base = wakeUp.kind === 'near' ? random.pick(wakeUp.words) : id.split('.')[0]!;
      return { words: nameWords(base, info.name, random), value };
    },
  };
}

interface FormatRow {
  readonly id: string;
  readonly provider: string;
  readonly kind: string;
  readonly prefix: readonly string[];
  readonly charset: string;
  readonly length: number | readonly [number, number] | null;
  readonly structure: string | null;
  readonly keywords: readonly string[];
  readonly public: boolean;
}

/** The alphabet that a list's own words name; undefined for structured formats. */
function alphabetOf(charset: string): AlphabetName | 'uuid' | undefined {
  const text = charset.toLowerCase();
  if (/uuid|hex lower with dashes/.test(text)) return 'uuid';
  if (/^hex lower$|^hex$/.test(text)) return 'hex';
  if (/^hex upper$/.test(text)) return 'HEX';
  if (/^base62$|^a-za-z0-9$|^alnum$|^base62 \(/i.test(text)) return 'base62';
  if (/^base64url$|^a-za-z0-9_-$/.test(text)) return 'base64url';
  if (/^base64$/.test(text)) return 'base64';
  if (charset === 'A-Z0-9') return 'BASE36';
  if (charset === 'a-z0-9' || /^base36/.test(text)) return 'base36';
  if (/^base58$/.test(text)) return 'base58';
  if (/^a-z2-7/.test(charset)) return 'base32lower';
  if (/^A-Z2-7$/.test(charset)) return 'base32';
  return undefined;
}

/** A maker of values for each format that the list describes well enough: an alphabet and a length. */
export function formatSeeds(rows: readonly FormatRow[]): Seed[] {
  return rows.flatMap((row): Seed[] => {
    const alphabet = alphabetOf(row.charset);
    if (row.public || alphabet === undefined || (row.length === null && alphabet !== 'uuid')) return [];
    const hasPrefix = row.prefix.length > 0;
    return [
      {
        id: `format:${row.id}`,
        kind: hasPrefix ? 'format-prefix' : 'format-near',
        hasPrefix,
        make: (random) => {
          const prefix = hasPrefix ? random.pick(row.prefix) : '';
          const [low, high] = typeof row.length === 'number' ? [row.length, row.length] : (row.length ?? [0, 0]);
          const size = low + random.integer(Math.min(high, low + 60) - low + 1);
          const body = alphabet === 'uuid' ? fillPlaceholders('{{uuid}}', random, CHECKS) : random.text(alphabet, size);
          const named = row.keywords.filter((word) => /^[A-Za-z][A-Za-z0-9_.-]{2,30}$/.test(word));
          const provider = row.provider
            .toLowerCase()
            .replace(/\(.*\)/, '')
            .replace(/[^a-z0-9]+/g, ' ')
            .trim()
            .replace(/ /g, '');
          return {
            words: nameWords(named.length > 0 && random.integer(2) ? random.pick(named) : provider, row.kind, random),
            value: prefix + body,
          };
        },
      },
    ];
  });
}
