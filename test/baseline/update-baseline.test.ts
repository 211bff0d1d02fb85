// create, update and prune, and the key from outside.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BaselineEntry } from '../../src/baseline/baseline.ts';
import { externalKeyFrom } from '../../src/baseline/external-key.ts';
import { createBaseline, pruneBaseline, updateBaseline } from '../../src/baseline/update-baseline.ts';
import type { Finding } from '../../src/model/finding.ts';
import { Secret } from '../../src/model/secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'unleak-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configError = (message: string) => expect.objectContaining({ name: 'ConfigError', message });
const KEY = new Uint8Array(32).fill(7);
const finding = (digit: string, path: string, ruleId = 'generic.password'): Finding => ({
  ruleId,
  severity: 'high',
  confidence: 'high',
  secret: new Secret('made up', 'password'),
  span: { start: 0, end: 7 },
  reasons: [],
  parts: [],
  origin: { kind: 'file', path },
  location: { line: 1, column: 1, endLine: 1, endColumn: 8 },
  fingerprint: digit.repeat(32),
});
const show = (entries: readonly BaselineEntry[]) =>
  entries.map((one) =>
    [one.fingerprint[0], one.ruleId, one.path, one.reason, one.owner, one.until].filter(Boolean).join(' '),
  );

test('create: one entry for each secret and file, sorted, with the notes', () => {
  const findings = [
    finding('b', 'x'),
    finding('a', 'y'),
    finding('a', 'x', 'slack.webhook'),
    finding('a', 'x'),
    finding('b', 'x'),
  ];
  const made = createBaseline('f', KEY, true, findings, 'sub/', { reason: 'start', until: '2027-01-01' });
  expect({ ...made, entries: show(made.entries) }).toEqual({
    file: 'f',
    key: KEY,
    isKeyExternal: true,
    entries: [
      'a generic.password sub/x start 2027-01-01',
      'a generic.password sub/y start 2027-01-01',
      'b generic.password sub/x start 2027-01-01',
    ],
  });
});

test('update: adds what is new, keeps what is there with its notes, even under another rule', () => {
  const old = createBaseline('f', KEY, false, [finding('a', 'x'), finding('c', 'gone')], '', {
    reason: 'old',
    owner: 'me',
  });
  const change = updateBaseline(old, [finding('a', 'x', 'slack.webhook'), finding('a', 'new'), finding('b', 'x')], '', {
    reason: 'now',
  });
  expect(show(change.baseline.entries)).toEqual([
    'a generic.password new now',
    'a generic.password x old me',
    'b generic.password x now',
    'c generic.password gone old me',
  ]);
  expect([show(change.added), change.removed]).toEqual([
    ['a generic.password new now', 'b generic.password x now'],
    [],
  ]);
});

test('prune: drops what was not seen in the scanned folder, and nothing after an incomplete scan', () => {
  const old = createBaseline(
    'f',
    KEY,
    false,
    [finding('a', 'sub/x'), finding('b', 'sub/x'), finding('c', 'other/x')],
    '',
    { owner: 'me' },
  );
  const change = pruneBaseline(old, [finding('a', 'x')], 'sub/', true);
  expect([show(change.baseline.entries), show(change.removed), change.added]).toEqual([
    ['a generic.password sub/x me', 'c generic.password other/x me'],
    ['b generic.password sub/x me'],
    [],
  ]);
  expect(() => pruneBaseline(old, [], '', false)).toThrow(
    'baseline prune: the scan was not complete, so nothing was removed; mend the problems listed above and run it again',
  );
});

test('the key from outside: variable, file, and what is wrong without the key in the message', () => {
  const hex = '07'.repeat(32);
  const file = join(folder, 'key');
  writeFileSync(file, `${hex}\n`);
  expect(externalKeyFrom({ UNLEAK_BASELINE_KEY: ` ${hex} ` })()).toEqual(KEY);
  expect(externalKeyFrom({ UNLEAK_BASELINE_KEY_FILE: file })()).toEqual(KEY);
  expect(externalKeyFrom({ UNLEAK_BASELINE_KEY: hex, UNLEAK_BASELINE_KEY_FILE: '/none' })()).toEqual(KEY);
  expect(externalKeyFrom({})).toThrow(
    'the baseline keeps its key outside of the file; set UNLEAK_BASELINE_KEY or UNLEAK_BASELINE_KEY_FILE',
  );
  expect(externalKeyFrom({ UNLEAK_BASELINE_KEY: 'short' })).toThrow(
    configError('UNLEAK_BASELINE_KEY: the key must be 64 hexadecimal digits, such as "openssl rand -hex 32" prints'),
  );
  expect(externalKeyFrom({ UNLEAK_BASELINE_KEY_FILE: join(folder, 'none') })).toThrow(
    configError(`${join(folder, 'none')}: the key file: there is no such file; check UNLEAK_BASELINE_KEY_FILE`),
  );
});
