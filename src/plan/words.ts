// Names cut into words that can be compared: case styles, separators, plurals and usual abbreviations are levelled. Pure
// tables and functions; what the words are worth is decided in entry-table.ts and score-entry.ts.
import { remember } from './remember.ts';

/** Different spellings of one word. The right side is the spelling that is compared. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    password: 'pass passwd passwrd pwd pw passphrase passcode passwort',
    credential: 'cred creds',
    token: 'tok tkn',
    apikey: 'apikeys',
    certificate: 'cert crt pfx p12 pkcs12',
    database: 'db dbs',
    postgres: 'pg psql postgresql pgsql postgre postgresdb pgdb',
    oracle: 'ora oradb',
    sqlserver: 'mssql sqlsrv mssqlserver',
    kafka: 'kfk msk',
    artifactory: 'jfrog',
    newrelic: 'nr',
    databricks: 'dbx',
    dynatrace: 'dt',
    workday: 'wday',
    teradata: 'tdata',
    cassandra: 'cass',
    bloomberg: 'bbg',
    salesforce: 'sfdc',
    servicenow: 'snow',
    sonarqube: 'sonar',
    cloudflare: 'cf',
    sendgrid: 'sg',
    pagerduty: 'pd',
    launchdarkly: 'ld',
    mastercard: 'mc',
    session: 'sess',
    google: 'gcp gcloud goog',
    azure: 'az',
    previous: 'prev',
    backup: 'bak bkp',
    mysql: 'mysqldb mysqli',
    mongodb: 'mongo mongoose',
    redis: 'elasticache redisdb',
    rabbitmq: 'rabbit rmq amqp',
    elasticsearch: 'elastic es opensearch elk',
    kubernetes: 'k8s kube',
    github: 'gh gha ghcr',
    documentdb: 'docdb',
    dynamodb: 'ddb dynamo',
    bigquery: 'bq',
    cockroachdb: 'crdb cockroach',
    mariadb: 'maria',
    memcached: 'memcache',
    influxdb: 'influx',
    zookeeper: 'zk',
    openai: 'oai',
    prometheus: 'prom',
    terraform: 'tf tfc',
    datadog: 'ddog',
    service: 'svc srvc microservice microsvc',
    server: 'srv',
    application: 'app apps',
    user: 'usr username',
    account: 'acct acc',
    config: 'cfg conf configuration',
    message: 'msg messaging',
    management: 'mgmt mgt',
    manager: 'mgr',
    payment: 'pay pmt pymt paymt',
    notification: 'notif notifs notify notifier',
    authentication: 'auth authn authentification',
    authorization: 'authz',
    transaction: 'txn tx',
    customer: 'cust',
    inventory: 'inv',
    report: 'rpt reporting',
    analytics: 'analytic anl',
    warehouse: 'dwh wh dw whse',
    administrator: 'admin adm',
    encryption: 'encrypt enc encrypting',
    signing: 'sign signature signer sig',
    private: 'priv',
    public: 'pub',
    frontend: 'fe web',
    backend: 'be',
    gateway: 'gw',
    repository: 'repo',
    organization: 'org organisation',
    infrastructure: 'infra',
    platform: 'plat',
    subscription: 'sub',
    schedule: 'sched scheduler scheduling',
    integration: 'integ',
    email: 'mail mailer mailing',
    image: 'img',
    document: 'doc',
    registry: 'reg',
    monitor: 'monitoring mon',
    webhook: 'hook webhooks',
    queue: 'que',
    event: 'evt',
    command: 'cmd',
    processor: 'proc',
    recommendation: 'reco recs recommender',
    reconciliation: 'recon',
    transfer: 'xfer',
    statement: 'stmt',
    currency: 'ccy',
    accounting: 'acctg',
    marketing: 'mktg',
    worker: 'wrk',
    bill: 'billing',
    order: 'ordering',
    invoice: 'invoicing',
    ship: 'shipping shipment',
    search: 'searching',
    log: 'logging logger logs',
    job: 'jobs batch',
    readonly: 'ro reader read',
    readwrite: 'rw writer',
  }).flatMap(([word, others]) => others.split(' ').map((other) => [other, word] as const)),
);

/** Words that name what a value is, not whose it is. They match, and decide little. */
export const KIND_WORDS: ReadonlySet<string> = new Set(
  `password secret secrets credential token api key apikey access auth authentication value string url uri endpoint
  connection dsn login private public certificate client id webhook signing encryption oauth bearer default master
  config setting env variable data`.split(/\s+/),
);

/** Names of anything secret: each explains each other. */
export const SECRET_WORDS: ReadonlySet<string> = new Set(['secret', 'credential', 'value', 'config', 'setting']);

/** Words that say how a thing is built or where the file lies, and nothing about whose value it is. */
export const FILLER_WORDS: ReadonlySet<string> = new Set(
  `src lib main java kotlin python scala resource internal cmd pkg package module index setting settings common
  default value the of for and to in my our js ts py go rb php cs json yml yaml properties toml ini conf tf env
  file final static string const var let new public this self spring datasource hikari terraform tfvars dotenv
  docker compose deploy deployment chart helm template templates manifest manifests
  appsettings web com org net io home root local opt etc usr application config test spec fixture`.split(/\s+/),
);

/** Kinds of databases: a database by any name. */
export const DATABASE_WORDS: ReadonlySet<string> = new Set(
  'database rds aurora postgres mysql mariadb sql mssql sqlserver oracle mongodb documentdb redshift'.split(' '),
);
/** Of these, the ones that exclude each other. */
export const ENGINE_WORDS: ReadonlySet<string> = new Set(
  'postgres mysql mariadb mssql sqlserver oracle mongodb documentdb redshift redis'.split(' '),
);

/** Letters and digits that belong together. */
const WHOLE =
  /^(?:oauth2|auth0|s3|ec2|k8s|h2|p12|x509|r2|b2|log4j|n8n|web3|ipv[46]|sha\d+|neo4j|base64|ai21|gpt4|route53|i18n|o365|m365|e2e|db2)$/;
/** `euw1`, `use1`: regions in short. */
const SHORT_REGION = /(?<![a-z0-9])(eu|us|ap|sa|ca|me|af)-?(ne|nw|se|sw|n|s|e|w|c)(\d)(?![a-z0-9])/gi;
const SIDES: Readonly<Record<string, string>> = {
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  c: 'central',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
};

const REGION =
  /(?<![a-z0-9])(?:us|eu|ap|sa|ca|me|af|il|cn|mx)[-_](?:gov[-_])?(?:north|south|east|west|central){1,2}[-_]?\d(?![a-z0-9])/gi;
/** Endings of words that were written as one, longest first. */
const TAILS =
  'connectionstring accesstoken clientsecret accesskey secretkey privatekey signingkey credentials credential password passwd apikey secret webhook token creds pass pwd key url dsn db'.split(
    ' ',
  );

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
}

/** One word in the spelling that is compared. */
export function levelWord(word: string): string {
  const known = SPELLINGS.get(word);
  if (known !== undefined) return known;
  const one = singular(word);
  return SPELLINGS.get(one) ?? one;
}

/** `dbpassword` → `db`, `password`; undefined when nothing is known to be glued to it. */
function unglue(word: string): readonly string[] | undefined {
  for (const tail of TAILS) {
    if (word.length - tail.length < 2 || !word.endsWith(tail)) continue;
    const head = word.slice(0, -tail.length);
    // `monkey`, `turkey`, `compass`, `bypass`: short tails need a long or known head.
    if (tail.length <= 4 && head.length < 5 && !SPELLINGS.has(head)) continue;
    return [head, tail];
  }
  return undefined;
}

const GLUED: ReadonlyMap<string, readonly string[]> = new Map([
  ['apikey', ['api', 'key']],
  ['apitoken', ['api', 'token']],
  ['accesskey', ['access', 'key']],
  ['accesstoken', ['access', 'token']],
  ['clientsecret', ['client', 'secret']],
  ['secretkey', ['secret', 'key']],
  ['privatekey', ['private', 'key']],
  ['signingkey', ['signing', 'key']],
  ['connectionstring', ['connection', 'string']],
  ['authtoken', ['auth', 'token']],
]);

/** `orders2` is orders and 2; `f5`, `hl7`, `v2` are one word. */
function cutDigits(part: string): readonly string[] {
  const short = /^([A-Za-z]{1,3})\d{1,2}$/.exec(part)?.[1];
  if (
    short !== undefined &&
    !KIND_WORDS.has(levelWord(short.toLowerCase())) &&
    !DATABASE_WORDS.has(levelWord(short.toLowerCase()))
  )
    return [part];
  return part.split(/(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z]{2})/);
}

const PLAIN_RUN = /^(?:[a-z]+|[A-Z]+)$/;

const cutRun = remember((run): readonly string[] => {
  const lower = run.toLowerCase();
  // Most runs are one word without digits or a change of case.
  const parts = PLAIN_RUN.test(run) ? [lower] : WHOLE.test(lower) ? undefined : cutCases(run);
  if (!parts) return [levelWord(lower)];
  return parts
    .flatMap((part) => GLUED.get(part) ?? unglue(part)?.flatMap((one) => GLUED.get(one) ?? [one]) ?? [part])
    .map(levelWord);
});

function cutCases(run: string): readonly string[] {
  return run
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .flatMap((part) => (WHOLE.test(part.toLowerCase()) ? [part] : cutDigits(part)))
    .map((part) => part.toLowerCase());
}

/** Names of several words that are one. */
const COMPOUND = /(new|pager|launch|send)[-_ ]?(relic|duty|darkly|grid)|git(hub|lab)|oauth(?!\d)/gi;

/** For the code of an ASCII letter or digit. */
function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/**
 * Cuts a name, a path or a sentence into levelled words, in order, repeats kept.
 *
 * @param text  such as `prod/payments-api/stripeApiKey`; regions such as `eu-west-1` and account ids are left out
 */
export const splitWords: (text: string) => readonly string[] = remember((text) => {
  // Most texts need none of it: looking first is much quicker than replacing.
  let plain = text;
  if (/\d/.test(plain)) plain = plain.replace(REGION, ' ').replace(SHORT_REGION, ' ');
  if (/relic|duty|darkly|grid|git|oauth/i.test(plain))
    plain = plain.replace(COMPOUND, (name) => ` ${name.replace(/[-_ ]/g, '').toLowerCase()} `);
  const words: string[] = [];
  for (let at = 0; at < plain.length; at++) {
    const start = at;
    while (at < plain.length && isAlphanumeric(plain.charCodeAt(at))) at++;
    if (at === start) continue;
    const run = plain.slice(start, at);
    if (run.length === 12 && /^\d{12}$/.test(run)) continue;
    for (const word of cutRun(run)) words.push(word);
  }
  return words;
});

/** Entries that are beside the one in use. */
export const COPY_WORDS: ReadonlySet<string> = new Set(
  'old backup copy previous deprecated archive archived tmp temp obsolete unused legacy'.split(' '),
);

/** Services that belong to everybody: their names say nothing that code would say. */
export const SHARED_WORDS: ReadonlySet<string> = new Set(
  'shared common global platform default general core company corp infrastructure organization service app application secret secrets kv terraform tf cdk stack generated managed credentials vault team generic'.split(
    ' ',
  ),
);

const CDK_TAIL = /(?<=[a-z0-9])[0-9A-F]{8}(?:-[A-Za-z0-9]{10,14})?$/;
const CLOUDFORMATION_TAIL = /-(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{12}$/;
const TERRAFORM_TAIL = /[-_/]?20\d{12,26}$/;

/** Takes off what tools put at the end of names to make them unique. */
export function dropRandomTail(name: string): string {
  if (!/[0-9A-F]/.test(name)) return name;
  return name.replace(TERRAFORM_TAIL, '').replace(CDK_TAIL, '').replace(CLOUDFORMATION_TAIL, '');
}

/** Regions that a text names, in full or in short. */
export function findRegions(text: string): readonly string[] {
  if (!/\d/.test(text)) return [];
  const full = (text.match(REGION) ?? []).map((region) =>
    region
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/([a-z])(\d)$/, '$1-$2'),
  );
  const short = [...text.matchAll(SHORT_REGION)].map(
    ([, area = '', side = '', number = '']) => `${area.toLowerCase()}-${SIDES[side.toLowerCase()]}-${number}`,
  );
  return [...new Set([...full, ...short])];
}
