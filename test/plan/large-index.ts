// A large made-up organisation: 10,000 entries in a scheme, and clues of secrets of which most have an entry.
import type { VaultEntry } from '../../src/model/vault.ts';
import type { Clues } from '../../src/plan/clues.ts';
import { createMatcher } from '../../src/plan/match-entries.ts';
import { RandomText } from '../../src/util/random-text.ts';

const WORDS =
  'order payment invoice billing search catalog cart checkout shipping courier loyalty pricing tax fraud ledger account profile session token mail sms push report export import audit archive media image video render queue worker scheduler gateway proxy edge cache feature flag consent partner affiliate vendor supplier warehouse stock picking returns refund wallet card bank transfer payout currency quote tariff policy claim risk score model training dataset label vector index suggest ranking review rating comment forum chat support ticket knowledge survey campaign coupon voucher gift subscription renewal trial license device sensor meter firmware update map route traffic weather geo address parcel label customs'.split(
    ' ',
  );
const PROVIDERS = [
  'stripe',
  'sendgrid',
  'twilio',
  'datadog',
  'slack',
  'github',
  'okta',
  'auth0',
  'mailgun',
  'algolia',
  'segment',
  'pagerduty',
];
const KINDS = ['api-key', 'db-password', 'webhook-secret', 'signing-key', 'oauth-client', 'token'];
const ENVIRONMENTS = ['prod', 'staging', 'dev', 'test'];

export function makeEntry(name: string, more: Partial<VaultEntry> = {}): VaultEntry {
  return {
    store: 'secrets-manager',
    name,
    arn: undefined,
    region: 'eu-west-1',
    account: '111122223333',
    profile: undefined,
    description: undefined,
    tags: [],
    kmsKeyId: undefined,
    type: undefined,
    rotation: {
      isEnabled: false,
      lambdaArn: undefined,
      everyDays: undefined,
      schedule: undefined,
      lastDate: undefined,
      nextDate: undefined,
    },
    createdDate: undefined,
    changedDate: undefined,
    accessedDate: undefined,
    deletedDate: undefined,
    versions: [],
    owningService: undefined,
    primaryRegion: undefined,
    replicaRegions: [],
    ...more,
  };
}

export function makeLargeIndex(
  entries: number,
  secrets: number,
): { readonly entries: readonly VaultEntry[]; readonly clues: readonly Clues[] } {
  const random = new RandomText(77);
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)] as T;
  const names = new Set<string>();
  while (names.size < entries) {
    const service = `${pick(WORDS)}-${pick(WORDS)}`;
    const what = random.integer(2) === 0 ? `${pick(PROVIDERS)}-${pick(KINDS)}` : pick(KINDS);
    names.add(`${pick(ENVIRONMENTS)}/${service}/${what}`);
  }
  const list = [...names];
  const clues = Array.from({ length: secrets }, (_, i): Clues => {
    const [environment = '', service = '', what = ''] = (
      random.integer(5) === 0 ? `prod/${pick(WORDS)}-${i}/unknown-key` : pick(list)
    ).split('/');
    return {
      ruleId: 'generic.secret',
      provider: PROVIDERS.find((name) => what.startsWith(name)),
      kind: 'other',
      jsonKeys: [],
      variables: [what.toUpperCase().replaceAll('-', '_')],
      keyPaths: [[service, 'settings']],
      paths: [`services/${service}/config/${environment}.yml`],
      hosts: [`${service}.${environment}.example.net`],
      databases: [],
      users: [service],
      engines: [],
      accounts: [],
      beside: [],
      regions: [],
      mentions: ['eu-west-1', `${service}/x`, 'utf-8'],
      environment: { prod: 'production', staging: 'staging', dev: 'development', test: 'test' }[environment],
      project: 'shop',
    };
  });
  return {
    entries: list.map((name) =>
      makeEntry(name, {
        tags: [{ key: 'env', value: name.split('/')[0] ?? '' }],
        description: `Of ${name.split('/')[1]}`,
      }),
    ),
    clues,
  };
}

/** Time of index and matching together. */
export function measureMatching(entries: number, secrets: number) {
  const made = makeLargeIndex(entries, secrets);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const matcher = createMatcher(made);
  const results = made.clues.map((clues) => matcher.match(clues));
  const milliseconds = performance.now() - start;
  const used = process.cpuUsage(cpu);
  return {
    milliseconds,
    /** Of all threads of the process: what it costs on a machine that others use, too. */
    cpuMilliseconds: (used.user + used.system) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    sure: results.filter(({ level }) => level === 'sure').length,
    matched: results.filter(({ level }) => level !== 'none').length,
  };
}
