// Which environment a name speaks of: production, staging and so on, in the words that people use for it.
import { ENVIRONMENT_WORDS } from '../util/environment-words.ts';
import { remember } from './remember.ts';
import { levelWord } from './words.ts';

const BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(ENVIRONMENT_WORDS).flatMap(([environment, words]) =>
    words.split(' ').map((word) => [word, environment] as const),
  ),
);
/** Words that mean other things more often; they count only as a whole segment of a name. */
const UNSURE: ReadonlySet<string> = new Set([
  'live',
  'int',
  'integration',
  'local',
  'np',
  'dr',
  'pro',
  'quality',
  'performance',
  'test',
  'tests',
  'testing',
  'integ',
  'preview',
  'demo',
  'alpha',
  'beta',
  'gamma',
  'canary',
  'sys',
  'training',
  'np',
  'perf',
  'stage',
]);

/** The environment a single word means, or undefined. @param isWhole the word is a whole segment between `/`, `.` or `_` */
export function environmentOf(word: string, isWhole = true): string | undefined {
  let lower = word.toLowerCase();
  if (/\d$/.test(lower)) lower = lower.replace(/(?<=[a-z]{2})\d{1,2}$/, '');
  if (!isWhole && UNSURE.has(lower)) return undefined;
  return BY_WORD.get(lower);
}

/** True for a levelled word that names an environment. */
export const isEnvironmentWord: (word: string) => boolean = remember(
  (word) => environmentOf(word) !== undefined || BY_WORD.has(levelWord(word)),
);

/** `pre-prod` and `non_prod` as one word. */
const JOINED: readonly (readonly [RegExp, string])[] = [
  [/\bpre[-_. ]prod(?:uction)?\b/gi, 'preprod'],
  [/\bnon[-_. ]prod(?:uction)?\b/gi, 'nonprod'],
];

/** What a whole environment name says: none is production but production itself. */
export function isProduction(environment: string): boolean {
  return environment === 'production' || environment === 'recovery';
}

export function joinEnvironmentWords(text: string): string {
  if (!/[-_. ]prod/i.test(text)) return text;
  return JOINED.reduce((now, [pattern, word]) => now.replace(pattern, word), text);
}

/** The same for one segment; empty: it speaks of none. */
const findInSegment = remember((segment): string => {
  let found = '';
  const parts = segment
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  for (const [i, part] of parts.entries()) {
    const isWhole = parts.length === 1 || i === 0 || i === parts.length - 1;
    found = environmentOf(part, isWhole) ?? found;
  }
  return found;
});

/**
 * The environment that a name or path speaks of; the last one named wins, because paths go from wide to narrow.
 *
 * @param text  a name, a path or a host
 */
export function findEnvironment(text: string): string | undefined {
  const segments = joinEnvironmentWords(text).split(/[/\s:.,;()]+/);
  for (let i = segments.length - 1; i >= 0; i--) {
    const found = findInSegment(segments[i] ?? '');
    if (found !== '') return found;
  }
  return undefined;
}

/** Short and usual word for an environment, for names that we propose. */
export function shortEnvironment(environment: string): string {
  return ENVIRONMENT_WORDS[environment]?.split(' ')[0] ?? environment;
}

/** Every word for an environment. */
export function wordsOfEnvironment(environment: string): readonly string[] {
  return ENVIRONMENT_WORDS[environment]?.split(' ') ?? [environment];
}

const HOST_ENDS =
  /\.(?:cluster\.local|svc\.cluster\.local|local|localdomain|internal|example|test|invalid|dev|demo|pro|live)$/i;

/** The same for the name of a host: its last labels are a domain, and no environment. */
export function findHostEnvironment(host: string): string | undefined {
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|host\.docker\.internal|::1)$/i.test(host)) return 'local';
  return findEnvironment(host.replace(HOST_ENDS, ''));
}

const TEST_FOLDER = /^(?:tests?|testing|specs?|__tests__|e2e|integration|it|unit)$/i;
const DEPLOY_FOLDER =
  /^(?:envs?|environments?|deploy(?:ments?)?|k8s|kubernetes|config|configs|conf|infra|infrastructure|terraform|overlays|live|stages?|clusters?|helm|values)$/i;

/** Transforms of .NET settings are called by what is built: `Web.Release.config`. */
const BUILD_TRANSFORM = /^(?:web|app)\.(release|debug)\.config$/i;

/** The same for a path: folders of tests are no environment, unless they lie among others that are. */
export function findPathEnvironment(path: string): string | undefined {
  if (path.startsWith('(')) return undefined;
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const build = BUILD_TRANSFORM.exec(file)?.[1];
  if (build !== undefined) return build.toLowerCase() === 'release' ? 'production' : 'development';
  const isTestFile =
    /(?:^|[._-])(?:test|spec)s?\.[A-Za-z]+$|Tests?\.[A-Za-z]+$|^test_/.test(file) &&
    !/\.(?:ya?ml|json|properties|toml|ini|env|php|config|conf|tfvars|pem|key)$/i.test(file);
  const ofFile = isTestFile
    ? undefined
    : findEnvironment(
        file
          .replace(/\.(?:java|kt|ts|js|py|rb|go|cs|php|sh|yml|yaml|json|properties|toml|conf|config|pem|key)$/i, '')
          .replace(/^\.env\.?/, ''),
      );
  if (ofFile !== undefined) return ofFile;
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] ?? '';
    if (TEST_FOLDER.test(part) && !DEPLOY_FOLDER.test(parts[i - 1] ?? '')) continue;
    const found = findEnvironment(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Environments named in text near a value: in a comment, or given to a name that speaks of environments. */
export function findNearEnvironment(lines: readonly string[]): string | undefined {
  const found = new Set<string>();
  for (const line of lines) {
    const comment = /(?:^|\s)(?:#|\/\/|--|;|\/\*|\*|<!--|REM\b|%)\s*(.*)$/.exec(line)?.[1];
    const named =
      /(?:env(?:ironment)?|stage|tier|profile|target|namespace|workspace|mode)\w*["'\])}]*\s*(?:==?=?|:|=>|,|is)\s*["']?([A-Za-z-]{2,14})/i.exec(
        line,
      )?.[1];
    for (const text of [comment, named]) {
      if (text === undefined) continue;
      for (const word of joinEnvironmentWords(text).split(/[^A-Za-z]+/)) {
        const environment = environmentOf(word, text === named);
        if (environment !== undefined) found.add(environment);
      }
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}
