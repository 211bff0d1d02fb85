// Words of a vocabulary that are short or long forms of a given word: `notif` and `notification`, `pymt` and `payment`,
// `postgres` and `database`. How alike two words are is a number from 0 to 1; 1 is the same word.
import type { EntryTable } from './entry-table.ts';
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
];

const SAME: ReadonlyMap<string, readonly string[]> = (() => {
  const all = new Map<string, string[]>();
  for (const group of GROUPS) {
    for (const word of group) all.set(word, [...(all.get(word) ?? []), ...group.filter((other) => other !== word)]);
  }
  return all;
})();

const VOWELS = /[aeiouy]/g;

/** Letters of `short` stand in `long` in this order, first and last letters the same. */
function isSkeleton(short: string, long: string): boolean {
  if (long.length < short.length + 2 || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}

function likenessOf(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.startsWith(short) && !/\d/.test(long.slice(short.length)))
    return short.length >= 5 || short.length / long.length > 0.6 ? 0.85 : short.length >= 4 ? 0.7 : 0.5;
  // `wday` and `workday`, `tdata` and `teradata`: the first letter, and how it ends.
  if (
    short.length >= 4 &&
    short.length <= long.length - 2 &&
    long.endsWith(short.slice(-3)) &&
    long[0] === short[0] &&
    long.length <= short.length + 4
  )
    return 0.6;
  if (
    short.length >= 3 &&
    short.length <= 6 &&
    short.replace(VOWELS, '').length === short.length &&
    (isSkeleton(short, long) || long.replace(VOWELS, '') === short)
  )
    return 0.7;
  return 0;
}

/** Remembers answers; one for each table. */
export function createSimilarWords(table: EntryTable): (word: string) => readonly SimilarWord[] {
  const byLetter = new Map<string, number[]>();
  for (const [i, word] of table.words.entries()) {
    const list = byLetter.get(word[0] ?? '') ?? [];
    list.push(i);
    byLetter.set(word[0] ?? '', list);
  }
  const answers = new Map<string, readonly SimilarWord[]>();
  const numberOf = (word: string): number | undefined => table.vocabulary.get(word);
  const look = (word: string): readonly SimilarWord[] => {
    const found = new Map<number, number>();
    const add = (number: number | undefined, likeness: number): void => {
      if (number !== undefined) found.set(number, Math.max(likeness, found.get(number) ?? 0));
    };
    add(numberOf(word), 1);
    for (const same of SAME.get(word) ?? []) add(numberOf(same), 0.5);
    if (DATABASE_WORDS.has(word)) {
      for (const other of DATABASE_WORDS)
        if (!(ENGINE_WORDS.has(word) && ENGINE_WORDS.has(other))) add(numberOf(other), 0.6);
    }
    if (word.length >= 3 && !KIND_WORDS.has(word) && !/^\d/.test(word)) {
      for (const number of byLetter.get(word[0] ?? '') ?? []) {
        const other = table.words[number] ?? '';
        if (KIND_WORDS.has(other) || /^\d/.test(other)) continue;
        const likeness = likenessOf(word, other);
        if (likeness > 0) add(number, likeness);
      }
    }
    return [...found].map(([number, likeness]) => ({ word: number, likeness }));
  };
  return (word) => {
    let answer = answers.get(word);
    if (!answer) {
      answer = look(word);
      answers.set(word, answer);
    }
    return answer;
  };
}
