// Finding and reading the user's files, and that a run without them loads neither yaml nor picomatch.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { findConfigFile, listFoldersUp } from '../../src/config/find-config-file.ts';
import { type LoadConfigOptions, loadConfig } from '../../src/config/load-config.ts';
import { createPathFilter, listPathSuppressions } from '../../src/config/path-filter.ts';

const full = fileURLToPath(new URL('../../fixtures/config/full', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'unleak-config-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const knownRuleIds = () => new Set(['generic.password', 'generic.api-key', 'slack.webhook', 'twilio.api-key']);
const load = (options: Partial<LoadConfigOptions>) =>
  loadConfig({ root: full, top: full, configFile: undefined, knownRuleIds, ...options });

test('folders from the root up to the top', () => {
  expect(listFoldersUp('/a/b/c', '/a')).toEqual(['/a/b/c', '/a/b', '/a']);
  expect(listFoldersUp('/a', '/a')).toEqual(['/a']);
  expect(listFoldersUp('/x', '/a')).toEqual(['/x']);
});

test('a scan of a folder below finds the files above, with the prefix that patterns need', async () => {
  const root = join(full, 'sub/deeper');
  const loaded = await load({ root });
  expect({
    file: loaded.file,
    minConfidence: loaded.settings.minConfidence,
    names: loaded.settings.ignores?.map((entry) => entry.name),
    ignoreFiles: loaded.ignoreFiles.map(({ file, prefix }) => ({ file, prefix })),
    prefix: loaded.prefix,
    configPrefix: loaded.configPrefix,
  }).toEqual({
    file: join(full, '.unleak.yml'),
    minConfidence: 'high',
    names: ['config ignore 1 (.unleak.yml:10)', 'config ignore 2 (.unleak.yml:12)', 'config ignore 3 (.unleak.yml:16)'],
    ignoreFiles: [
      { file: '.unleakignore', prefix: '' },
      { file: 'sub/.unleakignore', prefix: 'sub/' },
    ],
    prefix: 'sub/deeper/',
    configPrefix: 'sub/deeper/',
  });
  const sources = { ...loaded, ignores: loaded.settings.ignores ?? [], today: '2026-01-01' };
  const filter = createPathFilter(sources);
  expect(['a.snap', 'keep.snap', 'local/x', 'x/local/y', 'test/fixtures/a'].map(filter)).toEqual([
    '.unleakignore:1',
    undefined,
    'sub/.unleakignore:1',
    'sub/.unleakignore:1',
    undefined,
  ]);
  expect(listPathSuppressions(sources)).toEqual([
    'config ignore 1 (.unleak.yml:10)',
    '.unleakignore:1',
    'sub/.unleakignore:1',
  ]);
});

test('no files: empty settings', async () => {
  expect(await load({ root: temporary, top: temporary })).toEqual({
    file: undefined,
    settings: {},
    ignoreFiles: [],
    prefix: '',
    configPrefix: '',
  });
});

test('--config: the named file, patterns relative to the top, paths relative to the file', async () => {
  const file = join(temporary, 'other.yml');
  writeFileSync(file, 'version: 1\nbaseline: b\nignore: [{ paths: sub/x, reason: r }]\n');
  const loaded = await load({ root: join(full, 'sub'), configFile: file });
  expect([loaded.file, loaded.settings.baseline, loaded.configPrefix]).toEqual([file, join(temporary, 'b'), 'sub/']);
  expect(loaded.settings.ignores?.map((entry) => entry.name)).toEqual([`config ignore 1 (${file}:3)`]);
});

test('a named file that is missing, a folder, and a nearly right name are errors', async () => {
  const missing = join(temporary, 'missing.yml');
  await expect(load({ configFile: missing })).rejects.toThrow(`${missing}: there is no such file; check the name`);
  await expect(load({ configFile: temporary })).rejects.toThrow(
    `${temporary}: is a folder, not a file; make it a readable file`,
  );
  const folder = join(temporary, 'near');
  mkdirSync(folder);
  writeFileSync(join(folder, '.unleak.yaml'), '');
  expect(() => findConfigFile(folder, folder)).toThrow(
    `${join(folder, '.unleak.yaml')}: the config file must be called .unleak.yml; rename it, or name it with --config`,
  );
});

/** Modules that are loaded at once with a file of src/: static imports that are not only types, followed. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');
  for (const [, names, from] of text.matchAll(/^import (type )?[^;]*?from '([^']+)';/gms)) {
    if (names) continue;
    if (from!.startsWith('.')) loadedWith(join(path, '..', from!), seen);
    else seen.add(from!);
  }
  return seen;
}

test('without files no package is loaded: parsers are imported only when there is something to parse', () => {
  const light = ['config/load-config.ts', 'config/path-filter.ts', 'config/read-environment.ts', 'filters/judge.ts'];
  const loaded = new Set(light.flatMap((path) => [...loadedWith(path)]));
  const packages = [...loaded].filter((name) => !name.endsWith('.ts'));
  expect(packages.sort()).toEqual(['node:fs', 'node:path']);
  expect([...loaded].filter((name) => /parse-config|unleakignore|glob|yaml/.test(name))).toEqual([]);
  // The way of asking must be able to see a package.
  expect([...loadedWith('config/parse-config.ts')]).toContain('yaml');
});
