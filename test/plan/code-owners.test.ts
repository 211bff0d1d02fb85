// CODEOWNERS: the last pattern that fits names the owners.
import { expect, it } from 'vitest';
import { parseCodeOwners } from '../../src/plan/code-owners.ts';

const find = parseCodeOwners(
  [
    '# Comment',
    '*  @all',
    '*.js @js # why',
    '/docs/ @docs',
    'apps/ @apps',
    '/build/logs/*.log @logs',
    'a\\ b/ @spaced',
    '[Section] @default',
    '/free/',
    '',
  ].join('\n'),
);

it.each([
  ['README.md', ['@all']],
  ['src/a.js', ['@js']],
  ['docs/a/b.md', ['@docs']],
  ['x/docs/a.md', ['@all']],
  ['x/apps/y/z.go', ['@apps']],
  ['build/logs/a.log', ['@logs']],
  ['build/logs/x/a.log', ['@all']],
  ['a b/c', ['@spaced']],
  ['free/x', []],
])('%s is of %j', (path, owners) => {
  expect(find(path)).toEqual(owners);
});
