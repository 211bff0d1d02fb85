// Verdicts from dates: each kind, the borders between them, and what is said to be proven.
import { expect, test } from 'vitest';
import { DATE_VERDICTS, type VaultEntry } from '../../src/model/vault.ts';
import { isUnused, verdictOf } from '../../src/vault/date-verdict.ts';
import { readParameterEntry, readSecretEntry } from '../../src/vault/read-entry.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const LEAK = { firstDate: '2026-06-15T10:00:00Z', pushed: 'yes' } as const;
const ONE_VALUE = { SecretVersionsToStages: { a: ['AWSCURRENT'] } };
const TWO_VALUES = { SecretVersionsToStages: { a: ['AWSPREVIOUS'], b: ['AWSCURRENT'] } };
/** Read lately, so that nothing is unused. */
const READ = { LastAccessedDate: '2026-11-20T00:00:00Z' };

function entry(fields: object): VaultEntry {
  const made = readSecretEntry(
    { Name: 'prod/db', ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf', ...fields },
    { profile: undefined, region: undefined },
  );
  if (!made) throw new Error('no entry');
  return made;
}

const judge = (fields: object, leak: Parameters<typeof verdictOf>[1] = LEAK) => verdictOf(entry(fields), leak, NOW);

test('rotated after the leak, in whole', () => {
  expect(
    judge({
      ...READ,
      ...TWO_VALUES,
      CreatedDate: '2025-01-01T00:00:00Z',
      LastChangedDate: '2026-07-01T00:00:00Z',
      LastRotatedDate: '2026-07-01T00:00:00Z',
      RotationEnabled: true,
      NextRotationDate: '2026-12-01T00:00:00Z',
    }),
  ).toEqual({
    kind: 'rotated-after-leak',
    also: [],
    text: 'rotated after the leak: rotated on 2026-07-01, leaked on 2026-06-15',
    proves:
      'that Secrets Manager finished a rotation after the value was committed, so the entry holds another value now',
    doesNotProve:
      'that the old value is dead: with two users in turns it lives until the next rotation, and a provider may keep old keys; nor that the leaked value was of this entry',
    notes: ['last read on 2026-11-20 in eu-west-1, not before the day of the leak: still in use'],
  });
});

test.each([
  [
    '2026-06-14T00:00:00Z',
    'live-after-rotation',
    'leaked after the last rotation: live (rotated on 2026-06-14, leaked on 2026-06-15)',
  ],
  [
    '2026-06-16T09:59:59Z',
    'live-after-rotation',
    'rotated and leaked within a day (rotated on 2026-06-16, leaked on 2026-06-15): take it as live',
  ],
  ['2026-06-16T10:00:01Z', 'rotated-after-leak', 'rotated after the leak: rotated on 2026-06-16, leaked on 2026-06-15'],
])('rotated at %s: %s', (date, kind, text) => {
  expect(judge({ ...READ, ...TWO_VALUES, CreatedDate: '2025-01-01T00:00:00Z', LastRotatedDate: date })).toMatchObject({
    kind,
    text,
  });
});

test.each([
  // created, last changed, versions → kind, text
  [
    '2025-01-01',
    '2025-02-01',
    TWO_VALUES,
    'entry-older-than-leak',
    'vault entry older than the leak: last changed on 2025-02-01, leaked on 2026-06-15, never rotated: live',
  ],
  [
    '2025-01-01',
    undefined,
    {},
    'entry-older-than-leak',
    'vault entry older than the leak: last changed on 2025-01-01, leaked on 2026-06-15, never rotated: live',
  ],
  [
    '2025-01-01',
    '2026-08-01',
    ONE_VALUE,
    'never-rotated',
    'never rotated: one value since 2025-01-01, leaked on 2026-06-15',
  ],
  [
    '2026-08-01',
    '2026-08-01',
    ONE_VALUE,
    'never-rotated',
    'never rotated: one value since 2026-08-01, leaked on 2026-06-15',
  ],
  [
    '2026-08-01',
    '2026-09-01',
    TWO_VALUES,
    'entry-younger-than-leak',
    'vault entry younger than the leak: made on 2026-08-01, leaked on 2026-06-15',
  ],
  [
    '2025-01-01',
    '2026-08-01',
    TWO_VALUES,
    'changed-after-leak',
    'changed by hand on 2026-08-01 after the leak (leaked on 2026-06-15), never rotated by Secrets Manager',
  ],
  [
    '2025-01-01',
    '2026-08-01',
    {},
    'changed-after-leak',
    'changed by hand on 2026-08-01 after the leak (leaked on 2026-06-15), never rotated by Secrets Manager',
  ],
] as const)('never rotated; made %s, changed %s', (created, changed, versions, kind, text) => {
  const fields = {
    ...READ,
    ...versions,
    CreatedDate: `${created}T00:00:00Z`,
    ...(changed && { LastChangedDate: `${changed}T00:00:00Z` }),
  };
  expect(judge(fields)).toMatchObject({ kind, text, also: [] });
});

test('scheduled for deletion comes first, and keeps what the dates say beside it', () => {
  expect(judge({ DeletedDate: '2026-11-01T00:00:00Z', CreatedDate: '2025-01-01T00:00:00Z' })).toMatchObject({
    kind: 'scheduled-for-deletion',
    also: ['entry-older-than-leak', 'unused-entry'],
    text: 'scheduled for deletion since 2026-11-01: nobody can read it, and its name is taken until it is gone',
    notes: [
      'vault entry older than the leak: last changed on 2025-01-01, leaked on 2026-06-15, never rotated: live',
      'never read in eu-west-1, as far as the listing tells',
    ],
  });
});

test('unused: beside another verdict, or alone when no commit has the value', () => {
  const fields = { CreatedDate: '2025-01-01T00:00:00Z', LastAccessedDate: '2026-01-01T00:00:00Z' };
  expect(judge(fields)).toMatchObject({ kind: 'entry-older-than-leak', also: ['unused-entry'] });
  expect(judge(fields, { firstDate: undefined, pushed: 'unknown' })).toMatchObject({
    kind: 'unused-entry',
    also: [],
    text: 'unused entry: last read on 2026-01-01 in eu-west-1',
    notes: ['last read on 2026-01-01 in eu-west-1'],
  });
});

test('unknown: no date on one of the sides', () => {
  expect(judge(READ, { firstDate: undefined, pushed: 'no' })).toMatchObject({
    kind: 'unknown',
    text: 'no commit has the value, so there is no day to compare with',
    notes: [
      'last read on 2026-11-20 in eu-west-1',
      'no remote has the commit yet: the value has not left the machine through git',
    ],
  });
  expect(judge({})).toMatchObject({ kind: 'unknown', text: 'the listing has no dates of the entry to compare with' });
  expect(judge({}, { firstDate: 'not a date', pushed: 'yes' })).toMatchObject({ kind: 'unknown' });
});

test('notes: overdue and pending rotations, replicas, and a read on the day of the leak', () => {
  const replicated = {
    ...entry({
      RotationEnabled: true,
      NextRotationDate: '2026-11-01T00:00:00Z',
      SecretVersionsToStages: { a: ['AWSCURRENT'], b: ['AWSPENDING'] },
      LastAccessedDate: '2026-06-15T00:00:00Z',
    }),
    replicaRegions: ['us-east-1'],
  };
  expect(verdictOf(replicated, LEAK, NOW).notes).toEqual([
    'last read on 2026-06-15 in eu-west-1, not before the day of the leak: still in use',
    "a rotation was due on 2026-11-01 and has not come: look at the rotation's function",
    'a version waits as AWSPENDING: a rotation is under way, or has failed',
    'rotation is on, but none has finished yet',
    'also in us-east-1: rotate in eu-west-1',
  ]);
  const dayBefore = entry({ LastAccessedDate: '2026-06-14T00:00:00Z' });
  expect(verdictOf(dayBefore, LEAK, NOW).notes).toEqual(['last read on 2026-06-14 in eu-west-1']);
});

test('parameters: each version is a value', () => {
  const parameter = (fields: object): VaultEntry => {
    const made = readParameterEntry({ Name: '/db', ...fields }, { profile: undefined, region: 'eu-west-1' });
    if (!made) throw new Error('no entry');
    return made;
  };
  const kindOf = (fields: object) => verdictOf(parameter(fields), LEAK, NOW).kind;
  expect(kindOf({ LastModifiedDate: 1700000000, Version: 4 })).toBe('entry-older-than-leak');
  expect(kindOf({ LastModifiedDate: 1790000000, Version: 1 })).toBe('never-rotated');
  expect(kindOf({ LastModifiedDate: 1790000000, Version: 2 })).toBe('changed-after-leak');
  expect(kindOf({})).toBe('unknown');
});

test('90 days without a read make an entry unused, not one less', () => {
  const readOn = (date: string) =>
    isUnused(entry({ CreatedDate: '2020-01-01T00:00:00Z', LastAccessedDate: date }), NOW);
  expect(readOn('2026-08-26T12:00:00Z')).toBe(false);
  expect(readOn('2026-08-26T11:59:59Z')).toBe(true);
  expect(isUnused(entry({ CreatedDate: '2026-11-01T00:00:00Z' }), NOW)).toBe(false);
  expect(isUnused(entry({}), NOW)).toBe(false);
});

test('every kind there is has been seen above, and no verdict says that a value is dead', () => {
  // The table of kinds is what others switch over; a new one needs a test here.
  expect(DATE_VERDICTS).toEqual([
    'live-after-rotation',
    'entry-older-than-leak',
    'never-rotated',
    'entry-younger-than-leak',
    'changed-after-leak',
    'rotated-after-leak',
    'scheduled-for-deletion',
    'unused-entry',
    'unknown',
  ]);
});
