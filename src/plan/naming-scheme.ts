// The naming scheme that an index shows by itself: separators, case style, where the environment stands, what names
// begin with. From it, and from a secret's clues, a name for an entry that does not exist yet.
import type { VaultEntry } from '../model/vault.ts';
import type { Clues } from './clues.ts';
import { environmentOf, isEnvironmentWord, shortEnvironment, wordsOfEnvironment } from './environments.ts';
import { FILLER_WORDS } from './words.ts';

export type WordStyle = 'kebab' | 'snake' | 'camel' | 'pascal' | 'upper';

export interface NamingScheme {
  /** Between segments: `/`, `.`, `-` or `_`. */
  readonly separator: string;
  readonly style: WordStyle;
  /** Index of the segment with the environment; -1: it is the last one; undefined: names have none. */
  readonly environmentAt: number | undefined;
  /** How environments are written, such as production → `prd`. */
  readonly environmentWords: ReadonlyMap<string, string>;
  /** Segments that most names begin with, before or after the environment. */
  readonly head: readonly string[];
  readonly hasLeadingSlash: boolean;
  /** Usual number of segments. */
  readonly depth: number;
  /** Names that the scheme was read from. */
  readonly seen: number;
}

const DEFAULT_SCHEME: NamingScheme = {
  separator: '/',
  style: 'kebab',
  environmentAt: 0,
  environmentWords: new Map(),
  head: [],
  hasLeadingSlash: false,
  depth: 3,
  seen: 0,
};

function count<K>(keys: Iterable<K>): readonly (readonly [K, number])[] {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function styleOf(segment: string): WordStyle | undefined {
  if (/^[A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(segment)) return 'upper';
  if (segment.includes('_')) return 'snake';
  if (segment.includes('-')) return 'kebab';
  if (/^[A-Z][a-z]+(?:[A-Z][a-z0-9]*)+$/.test(segment)) return 'pascal';
  return /^[a-z]+(?:[A-Z][a-z0-9]*)+$/.test(segment) ? 'camel' : undefined;
}

/** Reads the scheme of the index. Entries of services and of Parameter Store trees of AWS are no example. */
export function readNamingScheme(entries: readonly VaultEntry[]): NamingScheme {
  const names = entries
    .filter(({ owningService, name }) => owningService === undefined && !name.includes('!'))
    .map(({ name }) => name);
  if (names.length === 0) return DEFAULT_SCHEME;
  const separatorOf = (name: string): string =>
    name.includes('/')
      ? '/'
      : name.includes('.')
        ? '.'
        : name.includes('_') && !name.includes('-')
          ? '_'
          : name.includes('-')
            ? '-'
            : '/';
  const separator = count(names.map(separatorOf))[0]?.[0] ?? '/';
  const fitting = names.filter((name) => separatorOf(name) === separator);
  const rows = fitting.map((name) => name.replace(/^\//, '').split(separator));
  const places = count(
    rows.flatMap((row) => {
      const at = row.findIndex((segment) => environmentOf(segment) !== undefined);
      if (at === -1) return [];
      return [at > 0 && at === row.length - 1 && row.length > 2 ? -1 : at];
    }),
  );
  const hasEnvironment = places.reduce((sum, [, n]) => sum + n, 0) >= rows.length * 0.3;
  const environmentWords = new Map<string, string>();
  for (const [word] of count(rows.flat().filter((segment) => environmentOf(segment) !== undefined))) {
    const environment = environmentOf(word);
    if (environment !== undefined && !environmentWords.has(environment)) environmentWords.set(environment, word);
  }
  const subjects = rows.map((row) => row.filter((segment) => environmentOf(segment) === undefined));
  const head: string[] = [];
  for (let i = 0; i < 2; i++) {
    const [top] = count(subjects.filter((row) => row.length > i + 1).flatMap((row) => row[i] ?? []));
    if (!top || rows.length < 4 || top[1] < rows.length * 0.6) break;
    head.push(top[0]);
  }
  const styles =
    separator === '/' || separator === '.' ? count(rows.flat().flatMap((segment) => styleOf(segment) ?? [])) : [];
  const [shared] = styles;
  const flat: WordStyle =
    separator === '_' ? (fitting.every((name) => name === name.toUpperCase()) ? 'upper' : 'snake') : 'kebab';
  return {
    separator,
    style: shared?.[0] ?? flat,
    environmentAt: hasEnvironment ? places[0]?.[0] : undefined,
    environmentWords,
    head,
    hasLeadingSlash: fitting.filter((name) => name.startsWith('/')).length > fitting.length / 2,
    depth: count(rows.map((row) => row.length))[0]?.[0] ?? 3,
    seen: names.length,
  };
}

function writeWords(words: readonly string[], style: WordStyle): string {
  const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  if (style === 'upper') return words.join('_').toUpperCase();
  if (style === 'snake') return words.join('_');
  if (style === 'pascal') return words.map(capital).join('');
  if (style === 'camel') return words.map((word, i) => (i === 0 ? word : capital(word))).join('');
  return words.join('-');
}

/** Words as people wrote them, in small letters; levelled words are for comparing only. */
function plainWords(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
    .filter(Boolean);
}

/** Folders that hold services rather than being one. */
const HOLDERS =
  /^(?:src|lib|app|apps|services?|packages?|modules?|cmd|internal|pkg|config|configs?|conf|infra|infrastructure|terraform|deploy|deployments?|k8s|helm|charts?|docker|scripts?|bin|test|tests|main|java|kotlin|python|resources|env|envs|environments|\.github|workflows|\.circleci|com|org|net|io|settings|secrets?|api|web|backend|frontend|server|client|etc|docs?|examples?|templates?)$/i;

function serviceOf(clues: Clues): string | undefined {
  for (const path of clues.paths) {
    if (path.startsWith('(')) continue;
    const folders = path.split('/').slice(0, -1);
    const named = folders.find(
      (folder) => !HOLDERS.test(folder) && environmentOf(folder) === undefined && /^[\w.-]{2,40}$/.test(folder),
    );
    if (named !== undefined) return named;
  }
  return clues.project;
}

/** Makes a name that may be used: no odd letters, no tail that looks like that of an ARN. */
function makeValid(name: string): string {
  const valid = name.replace(/[^\w/+=.@-]/g, '-').slice(0, 256);
  return /-[A-Za-z0-9]{6}$/.test(valid) ? `${valid}-value` : valid;
}

export interface ProposedName {
  readonly name: string;
  /** One clause: where the scheme comes from. */
  readonly why: string;
}

/**
 * A name for a new entry, in the scheme of the index.
 *
 * @param sibling  entry of another environment that fits otherwise: its name is taken with the environment changed
 * @param taken  names that exist
 */
export function proposeName(
  clues: Clues,
  scheme: NamingScheme,
  taken: ReadonlySet<string>,
  sibling?: string,
): ProposedName {
  const environment = clues.environment ?? 'production';
  if (sibling !== undefined && clues.environment !== undefined) {
    const word = scheme.environmentWords.get(environment) ?? shortEnvironment(environment);
    const own = sibling
      .split(/([/._-])/)
      .map((part) => (isEnvironmentWord(part.toLowerCase()) && environmentOf(part) !== undefined ? word : part));
    const name = makeValid(own.join(''));
    if (name !== sibling && !taken.has(name)) return { name, why: `as ${sibling}, for ${word}` };
  }
  const service = serviceOf(clues);
  const serviceWords = service === undefined ? [] : plainWords(service);
  const [variable] = clues.variables;
  const environmentWords = new Set(wordsOfEnvironment(environment));
  const ownWords: readonly string[] =
    variable === undefined
      ? []
      : plainWords(variable.replace(/^.*\./, '')).filter((word) => !environmentWords.has(word));
  const what: string[] = ownWords.length > 0 ? [...ownWords] : [...plainWords(clues.ruleId)];
  const isBare = what.every((word) =>
    /^(?:api|key|token|secret|password|pass|pwd|value|access|client|default|auth|credentials?|user|username|login|url|uri|dsn|connection|string|db|database)$/.test(
      word,
    ),
  );
  if (isBare) {
    const subject =
      clues.provider ??
      clues.databases[0] ??
      clues.keyPaths[0]
        ?.filter((name) => !FILLER_WORDS.has(name.toLowerCase()) && environmentOf(name) === undefined)
        .at(-1);
    if (subject !== undefined) what.unshift(...plainWords(subject).filter((word) => !what.includes(word)));
  }
  // `loyalty/loyalty-api-key` says the same twice.
  const own = what.filter((word) => !serviceWords.includes(word));
  if (own.length > 0 && serviceWords.length > 0) what.splice(0, what.length, ...own);
  const segments = [...scheme.head];
  if (serviceWords.length > 0 && !scheme.head.includes(service ?? ''))
    segments.push(writeWords(serviceWords, scheme.style));
  segments.push(writeWords(what.slice(0, 6), scheme.style));
  const word =
    scheme.environmentWords.get(environment) ??
    (scheme.style === 'upper' ? shortEnvironment(environment).toUpperCase() : shortEnvironment(environment));
  if (scheme.environmentAt !== undefined) {
    const at = scheme.environmentAt === -1 ? segments.length : Math.min(scheme.environmentAt, segments.length - 1);
    segments.splice(at, 0, word);
  }
  const base = makeValid(`${scheme.hasLeadingSlash ? '/' : ''}${segments.join(scheme.separator)}`);
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}${scheme.separator === '/' ? '-' : scheme.separator}${n}`;
  const why =
    scheme.seen === 0
      ? 'by environment, service and what it is: there are no names to learn from'
      : scheme.seen === 1
        ? 'in the way the name in the index is made'
        : `in the way ${scheme.seen} names of the index are made`;
  return { name, why };
}
