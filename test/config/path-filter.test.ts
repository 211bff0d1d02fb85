// What the path filter hides and by whose name, and what it costs.
import { expect, test } from 'vitest';
import { compileGlob } from '../../src/config/glob.ts';
import type { IgnoreEntry } from '../../src/config/ignore-entry.ts';
import { createPathFilter, hidesEveryPath, listPathSuppressions } from '../../src/config/path-filter.ts';
import { parseUnleakIgnore } from '../../src/config/unleakignore.ts';
import { RandomText } from '../../src/util/random-text.ts';

const base = { rule: undefined, value: undefined, fingerprint: undefined, reason: 'r', until: undefined };
const entry = (name: string, glob: string, rest: Partial<IgnoreEntry> = {}): IgnoreEntry => ({
  ...base,
  name,
  paths: [glob],
  matchesPath: compileGlob(glob, 'config'),
  ...rest,
});
const empty = { ignores: [], ignoreFiles: [], prefix: '', configPrefix: '', today: '2026-08-01' };

test('entries of the config file: only those of paths alone, and only until their day', () => {
  const ignores = [
    entry('with rule', '**', { rule: 'a.b' }),
    entry('over', '**', { until: '2026-07-31' }),
    entry('today', 'a/*', { until: '2026-08-01' }),
    entry('later', '**/*.md'),
  ];
  const filter = createPathFilter({ ...empty, ignores });
  expect(['a/x', 'a/b/x', 'a/x.md', 'x.md', 'b'].map(filter)).toEqual([
    'today',
    undefined,
    'today',
    'later',
    undefined,
  ]);
  expect(listPathSuppressions({ ...empty, ignores })).toEqual(['today', 'later']);
});

test('ignore files: last pattern wins, deeper files win, and nothing in a hidden folder comes back', () => {
  const top = parseUnleakIgnore('*.log\n!keep.log\nout/\n!out/a\n', '.unleakignore');
  const deep = parseUnleakIgnore('!*.log\nown\n', 'sub/.unleakignore', 'sub/');
  const sources = { ...empty, ignoreFiles: [top, deep] };
  const filter = createPathFilter(sources);
  expect(
    ['a.log', 'keep.log', 'x/a.log', 'sub/a.log', 'sub/own/x', 'own', 'out/a', 'x/out/y/z', 'out'].map(filter),
  ).toEqual([
    '.unleakignore:1',
    undefined,
    '.unleakignore:1',
    undefined,
    'sub/.unleakignore:2',
    undefined,
    '.unleakignore:3',
    '.unleakignore:3',
    undefined,
  ]);
  expect(listPathSuppressions(sources)).toEqual(['.unleakignore:1', '.unleakignore:3', 'sub/.unleakignore:2']);
});

test('prefixes put the paths of a scan of a folder where the patterns are', () => {
  const ignoreFiles = [parseUnleakIgnore('/lib/a/x\n', '.unleakignore')];
  const filter = createPathFilter({
    ...empty,
    ignoreFiles,
    ignores: [entry('config', 'a/y')],
    prefix: 'lib/a/',
    configPrefix: 'a/',
  });
  expect(['x', 'y', 'z'].map(filter)).toEqual(['.unleakignore:1', 'config', undefined]);
});

test('a hidden scan root hides everything in it', () => {
  const filter = createPathFilter({ ...empty, ignoreFiles: [parseUnleakIgnore('lib/\n', 'i')], prefix: 'lib/a/' });
  expect(filter('x')).toBe('i:1');
});

test('patterns that hide everything', () => {
  const tests = ['**', '**/*', '{**,a}', '*', '**/*.ts', 'src/**', '**/.*'].map((glob) => [
    glob,
    hidesEveryPath(compileGlob(glob, 'config')),
  ]);
  expect(tests).toEqual([
    ['**', true],
    ['**/*', true],
    ['{**,a}', true],
    ['*', false],
    ['**/*.ts', false],
    ['src/**', false],
    ['**/.*', false],
  ]);
});

test('60,000 paths with 20 patterns: 45 ms measured, and never five times the budget of 50 ms (seed 60000)', () => {
  const random = new RandomText(60_000);
  const folders = Array.from({ length: 4000 }, () =>
    Array.from({ length: 2 + random.integer(5) }, () => random.text('lower', 7)).join('/'),
  );
  const endings = ['ts', 'js', 'json', 'md', 'py', 'go', 'snap'];
  let paths = Array.from(
    { length: 60_000 },
    () => `${random.pick(folders)}/${random.text('lower', 8)}.${random.pick(endings)}`,
  );
  const globs = [
    'test/fixtures/**',
    '**/*.snap',
    'docs/**/*.md',
    '{a,b}/**',
    '**/vendor/**',
    'src/*/gen/*.ts',
    '*.lock',
    'x/y/z',
    '**/fixtures/*',
    'q*/**/w',
  ];
  const lines = [
    '*.min.js',
    'node_modules/',
    '/dist',
    'build',
    '*.log',
    'a/**/b',
    '!keep.log',
    'te?t',
    '[xy]z/',
    '**/out/*.map',
  ];
  const sources = {
    ...empty,
    ignores: globs.map((glob) => entry(glob, glob)),
    ignoreFiles: [parseUnleakIgnore(lines.join('\n'), 'i')],
  };
  // As from a listing: sorted, and one text after the other in memory.
  paths = JSON.parse(JSON.stringify(paths.sort()));
  let best = Number.POSITIVE_INFINITY;
  let hidden = 0;
  for (let run = 0; run < 5; run++) {
    const filter = createPathFilter(sources);
    const start = performance.now();
    hidden = paths.filter((path) => filter(path) !== undefined).length;
    best = Math.min(best, performance.now() - start);
  }
  expect(hidden).toBe(paths.filter((path) => path.endsWith('.snap')).length);
  // Test machines are shared, so only a change of kind fails here.
  expect(best).toBeLessThan(250);
});
