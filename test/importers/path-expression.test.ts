// Expressions over paths → globs: the same paths or fewer, on many paths; and what no glob can say.
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { pathGlobs } from '../../src/importers/path-expression.ts';
import { translateRegex } from '../../src/importers/translate-regex.ts';

const PATHS = [
  'a.md',
  'docs/a.md',
  'docs/x/a.md',
  '.md',
  'docs/.md',
  'vendor',
  'vendor/a.go',
  'src/vendor/a.go',
  'xvendor/a.go',
  'vendorx/a.go',
  'test/a.js',
  'src/test/a.js',
  'src/tests/a.js',
  'test',
  'src/test',
  'contest/a.js',
  'package-lock.json',
  'web/package-lock.json',
  'package-lock.json.txt',
  'go.mod',
  'go.sum',
  'x/go.mod',
  'go.module/a',
  'a.min.js',
  'lib/a.min.js',
  'a.min.js.map',
  'amin.js',
  'a/b/c/d.txt',
  'fixtures/keys/a.pem',
  'x/fixtures/keys/b.pem',
  'fixtures/keysx',
  'a b/c(d)/e[f].txt',
  'A.PNG',
  'img/b.png',
  'img/b.jpeg',
  'node_modules/x/y.js',
  'a/node_modules/b.js',
  'a/node_modules',
  'secret1.txt',
  'secret12.txt',
  'secretx.txt',
  'docs/adr/0001.md',
  'x+y/z.txt',
  'foo/bar',
  'foo/x/bar',
  'foobar',
  'foo/barn',
] as const;

/** Exactly the same paths. */
const EXACT = [
  '^vendor/',
  'vendor/',
  '(^|/)vendor/',
  '\\.md$',
  '(.*?)(png|jpe?g)$',
  '(?i)\\.png$',
  'package-lock\\.json$',
  'package-lock.json',
  '^test/.*\\.js$',
  'test/',
  '(?:^|/)tests?/',
  'go\\.(mod|sum)$',
  '\\.min\\.js(\\.map)?$',
  '^a/b/',
  'fixtures/keys/[^/]*\\.pem$',
  '(^|/)node_modules(/|$)',
  '^docs/.*\\.md$',
  'secret[0-9]\\.txt',
  '^secret[0-9]{1,2}\\.txt$',
  '^(a|foo)/',
  'foo.*bar',
  'foo/.*bar$',
  '^.*$',
  'c\\(d\\)',
  'x\\+y/',
  'b\\.js|a\\.go',
  '.*',
  '',
];
/** A part of the paths, because a plus or a dot cannot be said in full. */
const NARROWER = ['.+\\.md$', 'secret.\\.txt', 'foo/.+'];

async function testOf(globs: readonly string[]) {
  const paths = globs.map((glob) => JSON.stringify(glob)).join(', ');
  const text = `version: 1\nignore:\n  - { paths: [${paths}], rule: a.b, reason: x }\n`;
  const { ignores } = await parseConfig(text, { file: 'x', folder: '', knownRuleIds: () => new Set(['a.b']) });
  return ignores![0]!.matchesPath;
}

function regexOf(source: string): RegExp {
  const translation = translateRegex(source);
  if (translation.fault !== undefined) throw new Error(translation.fault);
  return new RegExp(translation.source);
}

test.each(EXACT)('%s means the same', async (source) => {
  const globs = pathGlobs(source);
  const hides = await testOf(globs as readonly string[]);
  const regex = regexOf(source);
  expect([globs, PATHS.filter(hides)]).toEqual([globs, PATHS.filter((path) => regex.test(path))]);
});

test.each(NARROWER)('%s means no more', async (source) => {
  const hides = await testOf(pathGlobs(source) as readonly string[]);
  const regex = regexOf(source);
  expect(PATHS.filter((path) => hides(path) && !regex.test(path))).toEqual([]);
  expect(PATHS.some(hides)).toBe(true);
});

test('a name at the end means a folder of that name, too', async () => {
  const hides = await testOf(pathGlobs('^vendor$') as readonly string[]);
  expect(PATHS.filter(hides)).toEqual(['vendor', 'vendor/a.go']);
});

test.each([
  ['[a-z]+\\.txt', 'repeats what a path pattern cannot repeat'],
  ['\\bvendor', 'looks around'],
  ['(?=a)b', 'looks around'],
  ['[\\w]x', 'has a class that a path pattern cannot say'],
  ['a{3,20}', 'repeats what a path pattern cannot repeat'],
  ['(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)', 'has too many choices'],
  ['a\\{b', 'has a sign that a path pattern cannot hold'],
  ['a++', 'has a possessive repeat'],
  ['a$b', 'can match nothing'],
])('%s has no globs', (source, why) => {
  expect(pathGlobs(source)).toBe(why);
});
