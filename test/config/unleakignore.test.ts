// .unleakignore against git itself: the same patterns in a .gitignore must hide the same paths. One difference is left
// out: `?` is a character for us and a byte for git.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPathFilter } from '../../src/config/path-filter.ts';
import { parseUnleakIgnore } from '../../src/config/unleakignore.ts';
import { RandomText } from '../../src/util/random-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'unleak-ignore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PATHS =
  `a a.js b.js .env .envrc a/b a/b.js a/c/b.js a/c/d/e.js a/.hidden/x b/a/x b/a/y.js build/x src/build/x src/build.js
src/index.ts doc/frotz/x a/doc/frotz/x foo bar/foo foo.txt/x x[1].js x1.js a+b.js (g)/page.tsx g/page.tsx {a,b}.txt a.txt b.txt
lib/!x.js !bang #hash te-st.js $x/y ^z @s/pkg/i.js`
    .split(/\s+/)
    .concat(['with blank.txt', 'blank ', 'étéétéété/über.txt']);

const isAscii = (path: string) => /^[\x20-\x7e]*$/.test(path);

let wasPrepared = false;
function askGit(text: string): string[] {
  if (!wasPrepared) {
    execFileSync('git', ['init', '-q', folder]);
    for (const path of PATHS.filter((p) => !['a', 'foo.txt', 'foo'].includes(p))) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
    writeFileSync(join(folder, 'foo'), '');
    wasPrepared = true;
  }
  writeFileSync(join(folder, '.gitignore'), text);
  const input = `${PATHS.filter((p) => p !== 'a').join('\0')}\0`;
  let output = '';
  try {
    output = execFileSync('git', ['-C', folder, 'check-ignore', '-z', '--no-index', '--stdin'], {
      input,
      encoding: 'utf8',
    });
  } catch (error) {
    // Exit 1 means that no path is ignored.
    if ((error as { status?: number }).status !== 1) throw error;
  }
  return output.split('\0').filter(Boolean);
}

function askUs(text: string): string[] {
  const ignoreFiles = [parseUnleakIgnore(text, '.unleakignore')];
  const filter = createPathFilter({ ignores: [], ignoreFiles, prefix: '', configPrefix: '', today: '2026-01-01' });
  return PATHS.filter((path) => path !== 'a' && filter(path) !== undefined);
}

describe('the same answer as git', () => {
  test.each([
    '',
    '# nothing\n\n   \n',
    'a',
    'b.js',
    '*.js',
    '*.js\n!a/b.js',
    'a/\n!a/b.js',
    'a/*\n!a/c',
    'a/*\n!a/c\na/c/*\n!a/c/b.js',
    '/b.js',
    'build/',
    '/build/',
    'doc/frotz',
    'doc/frotz/',
    '**/frotz',
    'a/**',
    'a/**/b.js',
    '**/b.js',
    'a/**/',
    'src/*.ts',
    'foo',
    'foo.txt/',
    'x[1].js',
    'x\\[1\\].js',
    'x[0-9].js',
    '[!a].js',
    '[^a].txt',
    '?.js',
    'a+b.js',
    '(g)/',
    '(g)/*.tsx',
    '{a,b}.txt',
    '\\!bang',
    '\\#hash',
    '!bang',
    'lib/!x.js',
    '.env*',
    '.*',
    '*',
    '*\n!*.js',
    '*\n!*/\n!*.js',
    'with blank.txt',
    'with blank.txt   ',
    'blank\\ ',
    'blank ',
    '$x',
    '^z',
    '@s/**/*.js',
    'a**',
    'a/c/**/e.js',
    'étéétéété',
    '*.txt\r\nfoo\r\n',
    '/*\n!/src',
    'src/build*',
    '/**/x',
    '**',
    'te-st.js',
    'b/a/[xy]*',
  ])('%j', (text) => {
    // git keeps a carriage return as part of the pattern; we do not.
    expect(askUs(text)).toEqual(askGit(text.replaceAll('\r', '')));
  });

  test('random patterns (seed 90125)', () => {
    const random = new RandomText(90125);
    const parts = ['a', 'b', '*', '**', '/', '/', '.js', 'x', '?', '[ab]', '!', 'c', 'src', 'build', '.', 'doc', '*.'];
    let compared = 0;
    for (let round = 0; round < 150; round++) {
      const lines = Array.from({ length: 1 + random.integer(4) }, () =>
        Array.from({ length: 1 + random.integer(5) }, () => random.pick(parts)).join(''),
      );
      const text = lines.join('\n');
      let ours: string[];
      try {
        ours = askUs(text);
      } catch (error) {
        expect((error as Error).name).toBe('ConfigError');
        continue;
      }
      compared++;
      expect({ text, paths: ours.filter(isAscii) }).toEqual({ text, paths: askGit(text).filter(isAscii) });
    }
    expect(compared).toBeGreaterThan(80);
  });
});

test('faults are told all at once, with file and line', () => {
  const text = ['ok', '../up', 'a//b', '/', `${'x'.repeat(501)}`, 'a\\', '*a*b*c*d*e*f*g*h*i*j*k*l*m'].join('\n');
  expect(() => parseUnleakIgnore(text, 'sub/.unleakignore')).toThrow(
    [
      'sub/.unleakignore:2: the pattern holds "." or ".." as a folder and can match nothing; write the path from the top folder on',
      'sub/.unleakignore:3: the pattern holds "//" and can match nothing; write one slash',
      'sub/.unleakignore:4: the pattern names no file or folder; remove the line',
      'sub/.unleakignore:5: the pattern is longer than 500 characters; split it',
      'sub/.unleakignore:6: the pattern ends in a single back-slash and can match nothing; remove it',
      'sub/.unleakignore:7: the pattern has more than 12 wildcards; split it',
    ].join('\n'),
  );
});

test('any bytes give patterns or a ConfigError, never another error (seed 31337)', () => {
  const random = new RandomText(31337);
  for (let round = 0; round < 3000; round++) {
    const text = Buffer.from(random.bytes(random.integer(60))).toString(round % 2 ? 'latin1' : 'utf8');
    try {
      const file = parseUnleakIgnore(text, 'f');
      for (const pattern of file.patterns) pattern.test('a/b/c.js');
    } catch (error) {
      expect(error).toMatchObject({ name: 'ConfigError' });
    }
  }
});
