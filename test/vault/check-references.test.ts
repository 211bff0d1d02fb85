// Code against index: what is missing, deleted, of another environment or named nowhere; and what the index cannot tell.
import { expect, test } from 'vitest';
import type { VaultIndex, VaultSource } from '../../src/model/vault.ts';
import { checkReferences } from '../../src/vault/check-references.ts';
import { findReferences } from '../../src/vault/find-references.ts';
import { mergeIndex } from '../../src/vault/merge-index.ts';
import { readParameterEntry, readSecretEntry } from '../../src/vault/read-entry.ts';

const ACCOUNT = '111122223333';
const HERE = { profile: undefined, region: 'eu-west-1' };

const SOURCE: VaultSource = {
  kind: 'aws',
  store: 'secrets-manager',
  label: 'x',
  profile: undefined,
  region: 'eu-west-1',
  state: 'checked',
  problem: undefined,
  entries: 0,
  takenAt: undefined,
};

const arnOf = (name: string, region = 'eu-west-1', account = ACCOUNT) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-a1B2c3`;

function indexOf(
  names: readonly (string | object)[],
  {
    prefixes = [],
    sources = [SOURCE],
    parameters = [],
  }: { prefixes?: string[]; sources?: VaultSource[]; parameters?: string[] } = {},
): VaultIndex {
  const entries = names.flatMap((one) => {
    const raw = typeof one === 'string' ? { Name: one } : one;
    return readSecretEntry({ ARN: arnOf((raw as { Name: string }).Name), ...raw }, HERE) ?? [];
  });
  const more = parameters.flatMap((name) => readParameterEntry({ Name: name, Version: 1 }, HERE) ?? []);
  const listings = sources.map((source, i) => ({ source, entries: i === 0 ? [...entries, ...more] : [] }));
  return mergeIndex(listings, prefixes, '2026-11-24T00:00:00.000Z');
}

/** Checks one line of shell, or any text, as the file `path`. */
function check(index: VaultIndex, text: string, path = 'src/app.sh') {
  const code = /\s/.test(text) ? text : `aws secretsmanager get-secret-value --secret-id ${text}`;
  const { faults, untold, found } = checkReferences(index, findReferences(code, path));
  return {
    faults: faults.filter(({ kind }) => kind !== 'unnamed').map(({ kind, text }) => `${kind}: ${text}`),
    untold: untold.length,
    found,
  };
}

test('a name that is there, by name, ARN, ARN without its tail, ARN of a policy, and pattern', () => {
  const index = indexOf(['prod/db', 'other']);
  for (const text of [
    'prod/db',
    arnOf('prod/db'),
    `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:prod/db`,
    `"arn:aws:secretsmanager:*:*:secret:prod/db-??????"`,
    `"arn:aws:secretsmanager:*:*:secret:prod/db-*"`,
    `"arn:aws:secretsmanager:*:*:secret:prod/*"`,
    'aws secretsmanager get-secret-value --secret-id "$STAGE/db"',
  ])
    expect(check(index, text), text).toEqual({ faults: [], untold: 0, found: 1 });
});

test('a bare name keeps its last six characters, an ARN does not', () => {
  const index = indexOf(['my-secret', 'my']);
  expect(check(index, 'my-secret').found).toBe(1);
  expect(check(index, 'my-sEcret').faults).toEqual([
    'missing: Secrets Manager has no entry my-sEcret; make it, or mend the name. Did you mean "my-secret"?',
  ]);
});

test('missing, whole', () => {
  const { faults } = checkReferences(
    indexOf(['prod/db']),
    findReferences('\naws secretsmanager get-secret-value --secret-id prod/dv\n', 'src/app.sh'),
  );
  expect(faults).toEqual([
    {
      kind: 'missing',
      name: 'prod/dv',
      region: undefined,
      place: { path: 'src/app.sh', line: 2 },
      text: 'Secrets Manager has no entry prod/dv; make it, or mend the name. Did you mean "prod/db"?',
    },
    {
      kind: 'unnamed',
      name: 'prod/db',
      region: 'eu-west-1',
      place: undefined,
      text: 'no code that was read names prod/db; another repository may: ask its owner before it is retired',
    },
  ]);
});

test('missing here and there elsewhere: another environment', () => {
  const index = indexOf(['staging/orders/db', 'dev/orders/db', 'unrelated']);
  expect(check(index, 'prod/orders/db').faults).toEqual([
    'other-environment: Secrets Manager has no entry prod/orders/db; there is dev/orders/db, staging/orders/db: make it, or mend the name',
  ]);
});

test('no entry fits a pattern', () => {
  expect(check(indexOf(['a/b']), 'aws secretsmanager get-secret-value --secret-id "$STAGE/orders"').faults).toEqual([
    'missing: no entry of Secrets Manager fits */orders; make it, or mend the name',
  ]);
});

test('scheduled for deletion', () => {
  const index = indexOf([{ Name: 'prod/db', DeletedDate: '2026-11-01T00:00:00Z' }]);
  expect(check(index, 'prod/db').faults).toEqual([
    'deleted: prod/db is scheduled for deletion since 2026-11-01: reads fail; restore it (aws secretsmanager restore-secret) or name another',
  ]);
});

test('the environment of the file and of the entry, by name or tag', () => {
  const index = indexOf(['prod/db', { Name: 'orders', Tags: [{ Key: 'Environment', Value: 'Production' }] }, 'plain']);
  expect(check(index, 'prod/db', 'deploy/staging/run.sh').faults).toEqual([
    'other-environment: deploy/staging/run.sh is for staging, and prod/db is an entry of production; is that meant?',
  ]);
  expect(check(index, 'orders', 'deploy/dev.sh').faults).toEqual([
    'other-environment: deploy/dev.sh is for development, and orders is an entry of production; is that meant?',
  ]);
  expect(check(index, 'prod/db', 'deploy/production/run.sh').faults).toEqual([]);
  expect(check(index, 'prod/db', 'deploy/prod-and-dev.sh').faults).toEqual([]);
  expect(check(index, 'plain', 'deploy/dev.sh').faults).toEqual([]);
});

test('tests and manuals may name what they like, and what makes an entry need not find it', () => {
  const index = indexOf(['a']);
  expect(check(index, 'no/such', 'test/unit/app.test.sh').faults).toEqual([]);
  expect(check(index, 'no/such', 'docs/manual.md').faults).toEqual([]);
  expect(check(index, 'aws secretsmanager create-secret --name no/such --secret-string file://x').faults).toEqual([]);
  expect(check(index, 'kind: ExternalSecret\nremoteRef:\n  key: no/such').faults).toEqual([]);
});

test('what the index cannot tell is counted, not called missing', () => {
  const untold = { faults: [], untold: 1, found: 0 };
  const failed: VaultSource = { ...SOURCE, region: 'us-east-1', state: 'not-checked', problem: 'x' };
  expect(check(indexOf(['a'], { sources: [SOURCE, failed] }), 'no/such')).toEqual(untold);
  expect(check(indexOf(['team/a'], { prefixes: ['team/'] }), 'other/such')).toEqual(untold);
  expect(check(indexOf(['a']), arnOf('no/such', 'us-east-1'))).toEqual(untold);
  expect(check(indexOf(['a']), arnOf('no/such', 'eu-west-1', '999900001111'))).toEqual(untold);
  expect(check(indexOf(['a']), 'aws ssm get-parameter --name /no/such')).toEqual(untold);
  expect(check(indexOf(['team/a'], { prefixes: ['team/'] }), 'team/such').faults).toHaveLength(1);
});

test('parameters with and without the slash in front', () => {
  const sources = [{ ...SOURCE, store: 'parameter-store' as const }];
  const index = indexOf([], { sources, parameters: ['/prod/url', 'plain'] });
  expect(check(index, `"arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/prod/url"`).found).toBe(1);
  expect(check(index, `"arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/plain"`).found).toBe(1);
  expect(check(index, 'aws ssm get-parameter --name /prod/url').found).toBe(1);
  expect(check(index, 'aws ssm get-parameter --name /prod/uri').faults).toEqual([
    'missing: Parameter Store has no entry /prod/uri; make it, or mend the name. Did you mean "/prod/url"?',
  ]);
});

test('a replica answers for its region', () => {
  const index: VaultIndex = { ...indexOf(['db']), sources: [SOURCE, { ...SOURCE, region: 'us-east-1' }] };
  const replicated = { ...index, entries: index.entries.map((entry) => ({ ...entry, replicaRegions: ['us-east-1'] })) };
  expect(check(replicated, arnOf('db', 'us-east-1')).found).toBe(1);
  expect(check(index, arnOf('db', 'us-east-1')).faults).toEqual([
    'missing: Secrets Manager has no entry db in us-east-1; there is one in eu-west-1: replicate it, or mend the ARN',
  ]);
});

test('entries of services and deleted ones are not called unnamed', () => {
  const index = indexOf([
    { Name: 'rds!db', OwningService: 'rds' },
    { Name: 'gone', DeletedDate: '2026-11-01T00:00:00Z' },
    'mine',
  ]);
  expect(checkReferences(index, []).faults.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['unnamed mine']);
});

test('10,000 entries and 5,000 references: 0.3 s alone, some more beside other work', () => {
  const index = indexOf(
    Array.from({ length: 10_000 }, (_, i) => `${['prod', 'dev', 'staging'][i % 3]}/team${i % 40}/service${i}`),
  );
  const lines = Array.from(
    { length: 5_000 },
    (_, i) => `aws secretsmanager get-secret-value --secret-id prod/team${(i * 3) % 40}/service${i * 3}`,
  );
  const references = findReferences(lines.join('\n'), 'src/all.sh');
  expect(references).toHaveLength(5_000);
  const before = performance.now();
  const { found } = checkReferences(index, references);
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(found).toBe(3_334);
});
