// Where a value goes: the entry that it belongs to, or a new one in the naming scheme of the index.
import type { VaultEntry } from '../model/vault.ts';
import type { Clues } from './clues.ts';
import { environmentOfEntry } from './entry-words.ts';
import type { MatchResult } from './match-entries.ts';
import { type NamingScheme, proposeName } from './naming-scheme.ts';
import type { PlanOptions, PlanTarget } from './plan.ts';
import { splitWords } from './words.ts';

/** The key of a JSON value that fits what leaked: by the words of its variable, else the most secret one. */
export function chooseKey(jsonKeys: readonly string[], variables: readonly string[]): string {
  const words = new Set(variables.flatMap(splitWords));
  const scored = jsonKeys.map((key, i) => {
    const own = splitWords(key);
    const shared = own.filter((word) => words.has(word)).length / Math.max(1, own.length);
    const isSecret = /pass|secret|token|seed|mnemonic|private/i.test(key) ? 0.6 : /key|url|string/i.test(key) ? 0.4 : 0;
    return { key, score: shared + isSecret - (/(?:id|name|host|port)$/i.test(key) ? 0.5 : 0) - i * 0.001 };
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.key ?? 'value';
}

/** A name for an environment variable. */
export function variableName(clues: Clues, name: string): string {
  const text = clues.variables[0]?.replace(/^.*\./, '') ?? name.replace(/^.*[/.]/, '');
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z_]/.test(words) ? words.slice(0, 64) : `SECRET_${words}`.slice(0, 64);
}

function mostCommon(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Region and account that most entries have. */
export function usualScope(entries: readonly VaultEntry[]): {
  readonly region: string | undefined;
  readonly account: string | undefined;
} {
  return {
    region: mostCommon(entries.map(({ region }) => region)),
    account: mostCommon(entries.map(({ account }) => account)),
  };
}

export interface TargetQuestion {
  readonly clues: Clues;
  readonly result: MatchResult;
  /** The entry to use; undefined: make a new one. */
  readonly chosen: VaultEntry | undefined;
  readonly scheme: NamingScheme;
  readonly taken: ReadonlySet<string>;
  readonly usual: ReturnType<typeof usualScope>;
  readonly options: PlanOptions;
}

/** Fits but for the environment: its name shows what the new one should be called. */
function findSibling({ result, clues }: TargetQuestion): string | undefined {
  const [first] = result.matches;
  if (!first || first.entry.owningService !== undefined || clues.environment === undefined) return undefined;
  const other = environmentOfEntry(first.entry);
  return other !== undefined && other !== clues.environment && first.score >= 0.4 ? first.entry.name : undefined;
}

export function chooseTarget(question: TargetQuestion): PlanTarget {
  const { clues, chosen, scheme, taken, usual, options } = question;
  const jsonKeys = clues.jsonKeys.length > 0 ? clues.jsonKeys : ['value'];
  const leakedKey = chooseKey(jsonKeys, clues.variables);
  if (chosen) {
    return {
      store: chosen.store,
      name: chosen.name,
      isNew: false,
      why: 'the entry is there',
      region: chosen.primaryRegion ?? chosen.region ?? options.region,
      account: chosen.account ?? options.account,
      arn: chosen.arn,
      kmsKey: chosen.kmsKeyId ?? options.kmsKey,
      jsonKeys,
      leakedKey,
      variable: variableName(clues, chosen.name),
    };
  }
  const { name, why } = proposeName(clues, scheme, taken, findSibling(question));
  return {
    store: 'secrets-manager',
    name,
    isNew: true,
    why: `a new entry, named ${why}`,
    region: options.region ?? usual.region,
    account: options.account ?? usual.account,
    arn: undefined,
    kmsKey: options.kmsKey,
    jsonKeys,
    leakedKey,
    variable: variableName(clues, name),
  };
}
