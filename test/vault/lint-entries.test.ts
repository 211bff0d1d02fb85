// Entries by themselves: texts with secrets are told and hidden; rotation, use and names.
import { expect, test } from 'vitest';
import { formatIndex } from '../../src/vault/index-file.ts';
import { cleanTexts, lintEntries, type RedactText } from '../../src/vault/lint-entries.ts';
import { mergeIndex } from '../../src/vault/merge-index.ts';
import { readSecretEntry } from '../../src/vault/read-entry.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

function indexOf(raws: readonly object[]) {
  const entries = raws.flatMap((raw) => readSecretEntry(raw, { profile: undefined, region: 'eu-west-1' }) ?? []);
  const source = {
    kind: 'file',
    store: undefined,
    label: 'f',
    profile: undefined,
    region: undefined,
    state: 'checked',
    problem: undefined,
    entries: 0,
    takenAt: undefined,
  } as const;
  return mergeIndex([{ source, entries }], [], NOW.toISOString());
}

const MADE_UP = 'made-up-value';
/** A detector that knows one value. */
const redact: RedactText = (text) => ({
  text: text.replaceAll(MADE_UP, '********'),
  ruleIds: text.includes(MADE_UP) ? ['generic.password', 'generic.password'] : [],
});

test('a secret in a description or a tag is told and is in nothing that is made afterwards', () => {
  const index = indexOf([
    { Name: 'a', Description: `old one was ${MADE_UP}` },
    {
      Name: 'b',
      Tags: [
        { Key: 'password', Value: MADE_UP },
        { Key: 'team', Value: 'x' },
      ],
    },
    { Name: 'c', Tags: [{ Key: MADE_UP, Value: 'x' }], Description: 'fine' },
    { Name: 'd', Description: 'fine' },
  ]);
  const { index: clean, faults } = cleanTexts(index, redact);
  expect(faults.map(({ kind, name, text }) => [kind, name, text])).toEqual([
    [
      'secret-in-text',
      'a',
      'a: a secret stands in its description (generic.password), which is not encrypted; rotate it, then clear the text',
    ],
    [
      'secret-in-text',
      'b',
      'b: a secret stands in its tags (generic.password), which is not encrypted; rotate it, then clear the text',
    ],
    [
      'secret-in-text',
      'c',
      'c: a secret stands in its tags (generic.password), which is not encrypted; rotate it, then clear the text',
    ],
  ]);
  expect(clean.entries.map(({ description, tags }) => [description, tags])).toEqual([
    ['old one was ********', []],
    [
      undefined,
      [
        { key: 'password', value: '********' },
        { key: 'team', value: 'x' },
      ],
    ],
    ['fine', [{ key: '…', value: '…' }]],
    ['fine', []],
  ]);
  expect(formatIndex(clean)).not.toContain(MADE_UP);
  expect(formatIndex(index)).toContain(MADE_UP);
});

test('rotation off, unused, and names like ARNs', () => {
  const used = { LastAccessedDate: '2026-11-20T00:00:00Z', CreatedDate: '2020-01-01T00:00:00Z' };
  const index = indexOf([
    { Name: 'rotated', ...used, RotationEnabled: true },
    { Name: 'manual', ...used, LastRotatedDate: '2024-05-01T00:00:00Z' },
    { Name: 'idle', RotationEnabled: true, LastAccessedDate: '2026-01-01T00:00:00Z' },
    { Name: 'forgotten', RotationEnabled: true, CreatedDate: '2020-01-01T00:00:00Z' },
    { Name: 'young', RotationEnabled: true, CreatedDate: '2026-11-01T00:00:00Z' },
    { Name: 'my-secret', RotationEnabled: true, ...used },
    { Name: 'rds!db-abcdef', OwningService: 'rds', CreatedDate: '2020-01-01T00:00:00Z' },
    { Name: 'gone-abcdef', DeletedDate: '2026-11-01T00:00:00Z' },
  ]);
  expect(lintEntries(index, NOW).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'unused: forgotten: unused for more than 90 days (never read); revoke its value, then delete it',
    'unused: idle: unused for more than 90 days (last read on 2026-01-01); revoke its value, then delete it',
    'no-rotation: manual: rotation is off (last on 2024-05-01); turn it on: aws secretsmanager rotate-secret',
    'hyphen-six: my-secret: ends in a hyphen and six characters, as ARNs do; reads by part of the ARN may fail',
  ]);
});
