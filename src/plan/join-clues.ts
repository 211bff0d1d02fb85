// Joins the clues of all places of one secret, and decides which environment they speak of.
import type { Clues, PlaceClues } from './clues.ts';
import { findEnvironment, findHostEnvironment, findPathEnvironment, isProduction } from './environments.ts';
import { findRegions } from './words.ts';

export interface ClueSource {
  readonly ruleId: string;
  readonly provider: string | undefined;
  readonly kind: string | undefined;
  readonly jsonKeys: readonly string[];
  readonly project: string | undefined;
  readonly places: readonly { readonly path: string; readonly clues: PlaceClues }[];
}

/** Families of rules that know no provider. */
const NO_PROVIDER: ReadonlySet<string> = new Set([
  'generic',
  'http-auth',
  'service',
  'connection-string',
  'network',
  'jwt',
  'jwk',
  'private-key',
  'hash',
  'netrc',
  'url',
]);

function mostCommon(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let best: string | undefined;
  for (const [word, count] of counts) if (count > (best === undefined ? 0 : (counts.get(best) ?? 0))) best = word;
  return best;
}

/** Providers mark keys of tests: `stripe.live-secret-key`, `stripe.test-secret-key`. */
function environmentOfRule(ruleId: string): string | undefined {
  const words = ruleId.replace(/.*\./, '').split('-');
  if (words.includes('live')) return 'production';
  return words.includes('test') || words.includes('sandbox') ? 'nonproduction' : undefined;
}

/** What stands closest to the value decides: name, then blocks, then host and database, then comments, then the path. */
export function environmentOfClues(
  clues: Omit<Clues, 'environment'>,
  near: readonly (string | undefined)[],
): string | undefined {
  const rule = environmentOfRule(clues.ruleId);
  if (rule === 'production') return rule;
  const known = (found: readonly (string | undefined)[]): string | undefined =>
    mostCommon(found.flatMap((one) => one ?? []));
  const found =
    known(clues.variables.map(findEnvironment)) ??
    known(clues.keyPaths.map((path) => findEnvironment(path.join('/')))) ??
    known([...clues.hosts.map(findHostEnvironment), ...clues.databases.map(findEnvironment)]) ??
    known(near) ??
    known(clues.users.map(findEnvironment)) ??
    known(clues.paths.map(findPathEnvironment));
  // A test key in a file for production is a test key all the same.
  return rule !== undefined && (found === undefined || isProduction(found)) ? rule : found;
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];

export function joinClues(source: ClueSource): Clues {
  const { ruleId, provider, kind, jsonKeys, project, places } = source;
  const joined = {
    ruleId,
    provider: provider === undefined || NO_PROVIDER.has(provider) ? undefined : provider,
    kind,
    jsonKeys,
    variables: unique(places.flatMap(({ clues }) => clues.variable ?? [])),
    keyPaths: places.map(({ clues }) => clues.keyPath).filter((path) => path.length > 0),
    paths: unique(places.map(({ path }) => path)),
    hosts: unique(places.flatMap(({ clues }) => clues.hosts)),
    databases: unique(places.flatMap(({ clues }) => clues.databases)),
    users: unique(places.flatMap(({ clues }) => clues.users)),
    engines: unique(places.flatMap(({ clues }) => clues.engines)),
    mentions: unique(places.flatMap(({ clues }) => clues.mentions)),
    accounts: unique(places.flatMap(({ clues }) => clues.accounts)),
    beside: unique(places.map(({ clues }) => clues.beside).filter(Boolean)),
    regions: unique([
      ...places.flatMap(({ clues }) => clues.regions),
      ...places.flatMap(({ path, clues }) =>
        findRegions([path, clues.variable ?? '', ...clues.keyPath, ...clues.hosts].join(' ')),
      ),
    ]),
    project,
  };
  return {
    ...joined,
    environment: environmentOfClues(
      joined,
      places.map(({ clues }) => clues.near),
    ),
  };
}
