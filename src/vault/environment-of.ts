// Which environment a name or path speaks of: production, staging, test … by the words people use. Pure.
import { ENVIRONMENT_WORDS } from '../util/environment-words.ts';

/** What else people have words for (`beta`, `dr`, `training`) means other things in names more often. */
const KNOWN = [
  'production',
  'staging',
  'preproduction',
  'acceptance',
  'quality',
  'test',
  'development',
  'integration',
  'sandbox',
  'demo',
  'local',
];

const BY_WORD: ReadonlyMap<string, string> = new Map(
  KNOWN.flatMap((name) => (ENVIRONMENT_WORDS[name] ?? '').split(' ').map((word) => [word, name] as const)),
);

/** Words of a name in any case style: `myApp-prodDb` has my, app, prod, db. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/pre-?prod(?:uction)?/gi, ' preprod ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** @returns the one environment that the text speaks of; undefined when it is none, or more than one */
export function environmentOf(text: string): string | undefined {
  const found = new Set(
    wordsOf(text).flatMap((word) => BY_WORD.get(word.replace(/\d+$/, '')) ?? BY_WORD.get(word) ?? []),
  );
  return found.size === 1 ? [...found][0] : undefined;
}

/** The name without its words of environment, for "the same entry elsewhere": `prod/app/db` and `app-db-staging` agree. */
export function nameWithoutEnvironment(name: string): string {
  return wordsOf(name)
    .filter((word) => !BY_WORD.has(word))
    .join(' ');
}
