// The question of one secret to the vault's names: weighted words from its clues. What stands closest to the value weighs
// most; words of the path weigh little, because most folders say nothing.
import type { Clues } from './clues.ts';
import { isEnvironmentWord } from './environments.ts';
import { remember } from './remember.ts';
import { FILLER_WORDS, KIND_WORDS, SHARED_WORDS, splitWords } from './words.ts';

/** Where a word comes from; the names are shown as reasons. */
export type ClueKind =
  | 'variable'
  | 'block'
  | 'provider'
  | 'host'
  | 'database'
  | 'user'
  | 'file'
  | 'folder'
  | 'project'
  | 'engine'
  | 'beside'
  | 'kind';

export interface QueryWord {
  readonly word: string;
  readonly weight: number;
  readonly from: ClueKind;
}

export interface Query {
  /** Each word once, with its strongest source. */
  readonly words: readonly QueryWord[];
  readonly environment: string | undefined;
  readonly mentions: readonly string[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Words for what the value is for, and none for its kind: of the variable and of the block around it. */
  readonly own: readonly string[];
  /** Words of the service that the path names; empty when it names none. */
  readonly service: readonly string[];
  /** Names of variables as they are written, for descriptions that list keys. */
  readonly variables: readonly string[];
}

const WEIGHTS: Readonly<Record<ClueKind, number>> = {
  variable: 1,
  provider: 0.9,
  block: 0.75,
  database: 0.8,
  host: 0.6,
  user: 0.55,
  file: 0.5,
  folder: 0.5,
  project: 0.5,
  engine: 0.6,
  beside: 0.5,
  kind: 0.3,
};

/** Words that a kind of value is known by in names. */
const WORDS_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  'api-token': ['api', 'token', 'key'],
  'oauth-client': ['oauth', 'client', 'secret'],
  password: ['password'],
  'private-key': ['private', 'key'],
  'access-key': ['access', 'key'],
  'webhook-url': ['webhook', 'url'],
  'signing-secret': ['signing', 'secret'],
  database: ['database', 'password'],
  'connection-string': ['connection', 'string', 'database', 'url'],
  'wallet-key': ['wallet', 'key'],
  'service-account': ['service', 'account'],
  'key-pair': ['key'],
};

/** Labels of hosts that say nothing of whose host it is. */
const HOST_FILLER =
  /^(?:com|net|org|io|dev|app|co|uk|de|eu|cloud|internal|local|localhost|intranet|lan|corp|svc|cluster|amazonaws|aws|rds|cache|docdb|redshift|es|elb|compute|windows|azure|database|googleapis|www|api|db|host|\d+)$/;

const hostWords = remember((host): readonly string[] => {
  if (/^[\d.]+$/.test(host)) return [];
  const labels = host.toLowerCase().split('.');
  return (
    labels
      .slice(0, Math.max(1, labels.length - 1))
      // The second label of an AWS endpoint is made of random letters.
      .filter(
        (label, i) =>
          !HOST_FILLER.test(label) &&
          !(i > 0 && /\.amazonaws\./.test(`.${host}.`)) &&
          !/^(?=.*\d)[a-z0-9]{10,}$/.test(label),
      )
      .flatMap(splitWords)
  );
});

/** Words of code in names, which no entry would have. */
const COMMON_OWN = new Set(
  'database user name host new get read set class func function main init create make connect build load run client server http https request options params args data spec metadata annotation label stringdata environment container jdbc datasource sql engine basic auth sasl'.split(
    ' ',
  ),
);

/** Folders that hold services rather than being one. */
const HOLDER =
  /^(?:src|lib|libs|apps?|services?|packages?|modules?|cmd|internal|pkg|configs?|conf|infra|infrastructure|terraform|tf|deploy|deployments?|k8s|kubernetes|helm|charts?|docker|scripts?|bin|tools?|tooling|ops|ci|tests?|main|java|kotlin|python|resources|envs?|environments?|workflows|com|org|net|io|settings|secrets?|web|backend|frontend|server|client|etc|docs?|examples?|templates?|public|platform|shared|common|stacks?|overlays|base|live|jobs|cron|db|sql|migrations|keys|certs?|ansible|roles|group_vars|host_vars|cdk|lambda|functions|notebooks?)$/i;

interface PathWords {
  /** Of the file without its ending. */
  readonly file: readonly string[];
  /** Of the folders, from the top. */
  readonly folders: readonly string[];
  /** Of the first folder that is no holder of services. */
  readonly service: readonly string[];
}

const pathWords = remember((path): PathWords => {
  if (path.startsWith('(')) return { file: [], folders: [], service: [] };
  const service = path
    .split('/')
    .slice(0, -1)
    .find((part) => !part.startsWith('.') && !HOLDER.test(part) && !isEnvironmentWord(part.toLowerCase()));
  const parts = path.replace(/^\.github\/(?:workflows|actions)\//, '').split('/');
  const file = (parts.pop() ?? '').replace(/^\.+/, '').replace(/(?<=.)\.[A-Za-z0-9]{1,10}$/, '');
  return {
    file: splitWords(file),
    folders: parts.slice(-6).flatMap(splitWords),
    service: service === undefined ? [] : splitWords(service).filter((word) => !/^\d+$/.test(word)),
  };
});

/** True for words that say what a value is for. */
const isOwnWord = remember(
  (word) =>
    word.length > 2 &&
    !KIND_WORDS.has(word) &&
    !FILLER_WORDS.has(word) &&
    !SHARED_WORDS.has(word) &&
    !isEnvironmentWord(word) &&
    !COMMON_OWN.has(word) &&
    !/^\d+$/.test(word),
);

const PLACE_CLUES: ReadonlySet<ClueKind> = new Set(['file', 'folder', 'project', 'block', 'beside']);

export function createQuery(clues: Clues): Query {
  const best = new Map<string, QueryWord>();
  const services = new Map<string, QueryWord>();
  const add = (words: readonly string[], from: ClueKind): void => {
    const isPlace = PLACE_CLUES.has(from);
    // A path with "keys" or "token" in it says nothing of the value.
    const isWeak = from === 'folder' || from === 'file' || from === 'project' || from === 'host';
    for (const word of words) {
      if (isEnvironmentWord(word) && (from !== 'variable' || clues.environment !== undefined)) continue;
      if (isPlace && FILLER_WORDS.has(word)) continue;
      const isKind = KIND_WORDS.has(word);
      const isWeakKind = isWeak && isKind;
      const weight = WEIGHTS[from] * (isWeakKind ? 0.4 : 1) * (from === 'variable' && FILLER_WORDS.has(word) ? 0.3 : 1);
      const known = best.get(word);
      if (!known || known.weight < weight) best.set(word, { word, weight, from });
      // A folder called "api" may be a service of that name.
      if (isWeakKind || (isKind && from === 'block')) services.set(word, { word, weight: WEIGHTS[from], from });
    }
  };
  for (const variable of clues.variables) add(splitWords(variable), 'variable');
  if (clues.provider !== undefined) add(splitWords(clues.provider), 'provider');
  for (const path of clues.keyPaths) add(path.flatMap(splitWords), 'block');
  for (const database of clues.databases) add(splitWords(database), 'database');
  for (const engine of clues.engines) add([engine], 'engine');
  for (const host of clues.hosts) add(hostWords(host), 'host');
  for (const user of clues.users) add(splitWords(user.replace(/@.*/, '')), 'user');
  for (const path of clues.paths.slice(0, 12)) {
    const { file, folders } = pathWords(path);
    add(file, 'file');
    add(folders, 'folder');
  }
  if (clues.project !== undefined) add(splitWords(clues.project), 'project');
  for (const text of clues.beside)
    add(
      splitWords(text).filter((word) => !KIND_WORDS.has(word) && word.length > 1),
      'beside',
    );
  if (clues.kind !== undefined) add(WORDS_OF_KIND[clues.kind] ?? [], 'kind');
  const own: string[] = [];
  const addOwn = (text: string): void => {
    for (const word of splitWords(text)) if (isOwnWord(word)) own.push(word);
  };
  for (const variable of clues.variables) addOwn(variable);
  for (const path of clues.keyPaths) addOwn(path.at(-1) ?? '');
  addOwn(clues.provider ?? '');
  const words = [...best.values()];
  for (const [word, one] of services) if (best.get(word)?.from !== one.from) words.push(one);
  return {
    words,
    environment: clues.environment,
    mentions: clues.mentions,
    accounts: clues.accounts,
    regions: clues.regions,
    own,
    service: clues.paths.flatMap((path) => pathWords(path).service),
    variables: clues.variables,
  };
}
