// Words of a vocabulary that are short or long forms of a given word: `notif` and `notification`, `pymt` and `payment`,
// `postgres` and `database`. How alike two words are is a number from 0 to 1; 1 is the same word.
import type { EntryTable } from './entry-table.ts';
import { remember } from './remember.ts';
import { DATABASE_WORDS, ENGINE_WORDS, KIND_WORDS } from './words.ts';

export interface SimilarWord {
  readonly word: number;
  readonly likeness: number;
}

/** Words that people use for the same thing; each explains all others of its group. */
const GROUPS: readonly (readonly string[])[] = [
  ['routing', 'integration'],
  ['session', 'cookie'],
  ['session', 'jwt'],
  ['signing', 'hmac', 'signature'],
  ['signing', 'jwt'],
  ['email', 'smtp', 'ses'],
  ['cache', 'redis', 'memcached', 'valkey'],
  ['queue', 'mq', 'rabbitmq', 'activemq', 'broker', 'sqs'],
  ['broker', 'kafka'],
  ['search', 'elasticsearch', 'solr'],
  ['warehouse', 'redshift', 'snowflake', 'bigquery'],
  ['ldap', 'ad', 'directory'],
  ['sso', 'saml', 'oidc', 'oauth'],
  ['captcha', 'recaptcha', 'hcaptcha'],
  ['map', 'maps', 'geocoding'],
  ['license', 'licence'],
  ['salt', 'pepper'],
  ['pem', 'certificate', 'tls', 'ssl'],
  ['private', 'pem', 'ssh'],
  ['pat', 'token'],
  ['url', 'uri', 'dsn', 'endpoint'],
  ['url', 'connection', 'string'],
  ['login', 'password', 'credential', 'user'],
  ['token', 'key', 'api'],
  ['credential', 'secret', 'token', 'key', 'access', 'value'],
  ['encryption', 'crypto', 'cipher', 'kms'],
  ['frontend', 'ui', 'website', 'site', 'portal'],
  ['push', 'apns', 'fcm'],
  ['sms', 'twilio'],
  ['chat', 'slack'],
  ['payment', 'checkout'],
  ['identity', 'idp', 'authentication'],
  ['ftp', 'sftp'],
  ['bucket', 's3', 'storage'],
  ['ci', 'build', 'pipeline'],
  ['artifact', 'artifactory', 'nexus', 'registry'],
  ['google', 'firebase', 'gcs'],
  ['git', 'github'],
  ['git', 'gitlab'],
  ['git', 'bitbucket'],
  ['atlassian', 'jira', 'confluence'],
  ['atlassian', 'bitbucket'],
  ['facebook', 'meta'],
  ['vonage', 'nexmo'],
  ['mailchimp', 'mandrill'],
  ['kafka', 'confluent'],
  ['celery', 'broker', 'queue'],
  ['elasticsearch', 'kibana', 'logstash'],
  ['storage', 'minio'],
  ['bill', 'invoice'],
  ['payment', 'bill'],
  ['cart', 'basket'],
  ['stock', 'inventory'],
  ['ship', 'delivery', 'courier'],
  ['catalog', 'product'],
  ['job', 'cron', 'schedule', 'worker'],
  ['report', 'analytics', 'bi'],
  ['hr', 'payroll', 'workday'],
  ['erp', 'sap', 'netsuite'],
  ['ai', 'llm', 'openai'],
  ['ai', 'llm', 'anthropic'],
  ['kubernetes', 'eks', 'cluster'],
  ['registry', 'ecr', 'docker'],
  ['cdn', 'cloudfront', 'fastly', 'cloudflare'],
  ['dns', 'cloudflare'],
];

/** Short forms that could stand for other words, too: enough to choose an entry by, and alone not to be sure of it. */
const SHORT_FORMS: readonly (readonly string[])[] = [
  ['gitlab', 'gl'],
  ['bitbucket', 'bb'],
  ['datadog', 'dd'],
  ['slack', 'sl'],
  ['jenkins', 'jk'],
  ['grafana', 'gf'],
  ['airflow', 'af'],
  ['opsgenie', 'og'],
  ['keycloak', 'kc'],
  ['salesforce', 'sf'],
  ['snowflake', 'sf'],
  ['clickhouse', 'ch'],
  ['couchbase', 'cb'],
  ['braintree', 'bt'],
  ['paypal', 'pp'],
  ['zendesk', 'zd'],
  ['hubspot', 'hs'],
  ['mailchimp', 'mc'],
  ['huggingface', 'hf'],
  ['facebook', 'fb'],
  ['instagram', 'ig'],
  ['telegram', 'tg'],
  ['whatsapp', 'wa'],
  ['linkedin', 'li'],
  ['twilio', 'tw'],
  ['twitter', 'tw'],
  ['sonarqube', 'sq'],
  ['microsoft', 'ms'],
  ['workflow', 'wf'],
  ['loadbalancer', 'lb'],
  ['wordpress', 'wp'],
];
const SHORT_LIKENESS = 0.8;

/** Each word → the others of its groups. */
function linkGroups(groups: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const group of groups) {
    for (const word of group) all.set(word, [...(all.get(word) ?? []), ...group.filter((other) => other !== word)]);
  }
  return all;
}

const SAME = linkGroups(GROUPS);
const SHORT = linkGroups(SHORT_FORMS);

const VOWELS = /[aeiouy]/g;

/** A word as it is compared; made once for each. */
export interface Spelled {
  readonly text: string;
  /** Without its vowels. */
  readonly bare: string;
  readonly number: number;
}

export const spell = (text: string, number: number): Spelled => ({ text, bare: text.replace(VOWELS, ''), number });

/** Letters of `short` stand in `long` in this order, first and last letters the same. */
function isSkeleton(short: string, long: string): boolean {
  if (long.length < short.length + 2 || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (let i = 0; i < long.length; i++) if (long.charCodeAt(i) === short.charCodeAt(at)) at++;
  return at === short.length;
}

/** How alike two words with the same first letter are; 0: not at all. */
export function likenessOf(a: Spelled, b: Spelled): number {
  const [short, long] = a.text.length <= b.text.length ? [a, b] : [b, a];
  const size = short.text.length;
  const longSize = long.text.length;
  if (size < 3) return 0;
  // Nearly all words differ so early that nothing else needs to be looked at.
  if (short.text[1] === long.text[1] && long.text.startsWith(short.text) && !/\d/.test(long.text.slice(size)))
    return size >= 5 || size / longSize > 0.6 ? 0.85 : size >= 4 ? 0.7 : 0.5;
  // `wday` and `workday`, `tdata` and `teradata`: the first letter, and how it ends.
  if (size >= 4 && size <= longSize - 2 && longSize <= size + 4 && long.text.endsWith(short.text.slice(-3))) return 0.6;
  if (size <= 6 && short.bare.length === size && (long.bare === short.text || isSkeleton(short.text, long.text)))
    return 0.7;
  return 0;
}

/** Lists of words by something that all alike ones share: most words are never compared with each other. */
class WordLists {
  private readonly lists = new Map<string, Spelled[]>();

  add(key: string, word: Spelled): void {
    const list = this.lists.get(key);
    if (list) list.push(word);
    else this.lists.set(key, [word]);
  }
  get(key: string): readonly Spelled[] {
    return this.lists.get(key) ?? [];
  }
}

/** A short form made by leaving the vowels out. */
const isBareForm = ({ text, bare }: Spelled): boolean => text.length <= 6 && bare.length === text.length;
const startOf = (text: string): string => text.slice(0, 3);
const endsOf = (text: string): string => `${text[0]} ${text.slice(-3)}`;
const outerOf = (text: string): string => `${text[0]}${text.at(-1)}`;

/** Finds the words of a vocabulary that likenessOf could say something of: a few, and not all with the same first letter. */
function createWordFinder(table: EntryTable): (word: Spelled) => Iterable<Spelled> {
  const byStart = new WordLists();
  const byEnds = new WordLists();
  const byOuter = new WordLists();
  const byBare = new WordLists();
  const bareForms = new WordLists();
  for (const [number, { text, isKind, startsWithDigit }] of table.facts.entries()) {
    if (isKind || startsWithDigit || text.length < 3) continue;
    const word = spell(text, number);
    byStart.add(startOf(text), word);
    byEnds.add(endsOf(text), word);
    byOuter.add(outerOf(text), word);
    byBare.add(word.bare, word);
    if (isBareForm(word)) bareForms.add(text[0] ?? '', word);
  }
  return (word) => {
    const { text } = word;
    const found = new Set([
      ...byStart.get(startOf(text)),
      ...byEnds.get(endsOf(text)),
      ...bareForms.get(text[0] ?? ''),
    ]);
    if (isBareForm(word)) {
      for (const other of byOuter.get(outerOf(text))) found.add(other);
      // Words that start with a vowel have another first letter.
      for (const other of byBare.get(text)) if (other.text[0] === text[0]) found.add(other);
    }
    return found;
  };
}

/** Remembers answers; one for each table. */
export function createSimilarWords(table: EntryTable): (word: string) => readonly SimilarWord[] {
  const findWords = createWordFinder(table);
  const numberOf = (word: string): number | undefined => table.vocabulary.get(word);
  return remember((word): readonly SimilarWord[] => {
    const found = new Map<number, number>();
    const add = (number: number | undefined, likeness: number): void => {
      if (number !== undefined) found.set(number, Math.max(likeness, found.get(number) ?? 0));
    };
    add(numberOf(word), 1);
    for (const same of SAME.get(word) ?? []) add(numberOf(same), 0.5);
    for (const other of SHORT.get(word) ?? []) add(numberOf(other), SHORT_LIKENESS);
    if (DATABASE_WORDS.has(word)) {
      for (const other of DATABASE_WORDS)
        if (!(ENGINE_WORDS.has(word) && ENGINE_WORDS.has(other))) add(numberOf(other), 0.6);
    }
    if (word.length >= 3 && !KIND_WORDS.has(word) && !/^\d/.test(word)) {
      const spelled = spell(word, -1);
      for (const other of findWords(spelled)) {
        const likeness = likenessOf(spelled, other);
        if (likeness > 0) add(other.number, likeness);
      }
    }
    return [...found].map(([number, likeness]) => ({ word: number, likeness }));
  });
}
