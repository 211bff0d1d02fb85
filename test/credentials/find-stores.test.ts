import { chmodSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findStores } from '../../src/credentials/find-stores.ts';
import { createValueKey } from '../../src/credentials/same-value.ts';
import { Secret } from '../../src/model/secret.ts';
import { RandomText } from '../../src/util/random-text.ts';

const V = new RandomText(505).text('base62', 40);
const NOW = Date.parse('2026-06-30T00:00:00Z');

function makeHome(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'unleak-stores-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text, { mode: 0o600 });
  }
  return home;
}

test('what is there, its age by its date, its mode, its values masked', () => {
  const home = makeHome({
    '.aws/credentials': `[default]\naws_secret_access_key = ${V}\n`,
    '.npmrc': 'registry=https://registry.npmjs.org/\n',
    '.aws/cli/cache/b.json': JSON.stringify({ Credentials: { SessionToken: V } }),
    '.aws/cli/cache/a.json': JSON.stringify({ Credentials: { SessionToken: `${V}2` } }),
  });
  const old = (NOW - 100.5 * 86_400_000) / 1000;
  utimesSync(join(home, '.aws/credentials'), old, old);
  chmodSync(join(home, '.aws/credentials'), 0o640);
  const { stores, problems } = findStores(home, NOW);
  expect(problems).toEqual([]);
  expect(stores.map(({ path }) => path)).toEqual([
    '.aws/credentials',
    '.aws/cli/cache/a.json',
    '.aws/cli/cache/b.json',
  ]);
  expect(stores[0]).toMatchObject({ name: 'AWS keys', ageDays: 100, state: undefined });
  if (process.platform !== 'win32') expect(stores[0]?.mode).toBe(0o640);
  expect(JSON.parse(JSON.stringify(stores[0]?.values))).toEqual([
    { name: 'default: aws_secret_access_key', secret: `${V.slice(0, 4)}********${V.slice(-2)}`, isTemporary: false },
  ]);
  expect(stores[1]?.values[0]?.isTemporary).toBe(true);
});

test('an empty home has nothing', () => {
  expect(findStores(makeHome({}), NOW)).toEqual({ stores: [], problems: [] });
});

const isRoot = process.getuid?.() === 0;
test.skipIf(isRoot)(`what cannot be read is a problem${isRoot ? ' (left out: root can read everything)' : ''}`, () => {
  const home = makeHome({ '.netrc': `machine a password ${V}\n` });
  chmodSync(join(home, '.netrc'), 0);
  expect(findStores(home, NOW)).toEqual({
    stores: [],
    problems: [{ kind: 'unreadable', path: '.netrc', message: 'cannot be read (EACCES)' }],
  });
});

test('the same value is the same, whatever found it; other runs have other keys', () => {
  const keyOf = createValueKey();
  expect(keyOf(new Secret(V, 'token'))).toBe(keyOf(new Secret(` ${V}\n`, 'password')));
  expect(keyOf(new Secret(V, 'token'))).not.toBe(keyOf(new Secret(`${V}x`, 'token')));
  expect(createValueKey()(new Secret(V, 'token'))).not.toBe(keyOf(new Secret(V, 'token')));
});
