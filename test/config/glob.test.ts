// The config dialect of path patterns; the gitignore dialect is tested against git in unleakignore.test.ts.
import { expect, test } from 'vitest';
import { compileGlob } from '../../src/config/glob.ts';
import { RandomText } from '../../src/util/random-text.ts';

const PATHS = [
  'a',
  '.a',
  'a/b',
  'a/.b/c',
  'b/a',
  'a.ts',
  'a.js',
  'app/(g)/[id]/p.tsx',
  'app/g/i/p.tsx',
  'a+b',
  '!a',
  '@a',
  'x y',
  'ab',
];
const matches = (glob: string) => PATHS.filter(compileGlob(glob, 'config'));

test.each([
  ['a', ['a']],
  ['*', ['a', '.a', 'a.ts', 'a.js', 'a+b', '!a', '@a', 'x y', 'ab']],
  ['**', PATHS],
  ['a/**', ['a/b', 'a/.b/c']],
  ['**/a', ['a', 'b/a']],
  ['**/*.{ts,js}', ['a.ts', 'a.js']],
  ['app/(g)/[id]/*.tsx', ['app/(g)/[id]/p.tsx']],
  ['app/*/[id]/p.tsx', ['app/(g)/[id]/p.tsx', 'app/g/i/p.tsx']],
  ['{a/**,*.ts}', ['a/b', 'a/.b/c', 'a.ts']],
  ['a+b', ['a+b']],
  ['@a', ['@a']],
  ['a**', ['a', 'a.ts', 'a.js', 'a+b', 'ab']],
  ['[!a]b', []],
  ['[!x]b', ['ab']],
  ['a|b', []],
  ['+(a)', []],
  ['x y', ['x y']],
] as const)('%s', (glob, expected) => {
  expect(matches(glob)).toEqual(expected);
});

test('the two comparisons in front never change the answer (seed 808)', () => {
  const random = new RandomText(808);
  const parts = ['a', 'b', '/', '*', '**', '?', '{a,b}', '.ts', '[ab]', '/**/', '**/', '/**'];
  const names = ['a', 'b', 'ab', '.ts', 'a.ts', 'b/', 'a/'];
  for (let round = 0; round < 500; round++) {
    const glob = Array.from({ length: 1 + random.integer(4) }, () => random.pick(parts)).join('');
    const whole = compileGlob(glob, 'config');
    // With a class around the first and last character nothing literal is left to compare.
    const bare = compileGlob(glob.replace(/[ab](?![^[]*\])(?![^{]*\})/g, '[$&]'), 'config');
    for (let n = 0; n < 20; n++) {
      const path = Array.from({ length: 1 + random.integer(4) }, () => random.pick(names)).join('');
      expect({ glob, path, isMatch: whole(path) }).toEqual({ glob, path, isMatch: bare(path) });
    }
  }
});
