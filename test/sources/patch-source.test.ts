import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { createPatchSource } from '../../src/sources/patch-source.ts';
import { makeFolder, makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';
import { collect } from './collect.ts';

afterAll(removeFolders);

const env = testEnvironment({ GIT_CEILING_DIRECTORIES: '/tmp' });
const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');

async function scan(cwd: string, patch: string, isIgnored?: (path: string) => boolean) {
  const bytes = Buffer.from(patch, 'latin1');
  const pieces = [bytes.subarray(0, 10), bytes.subarray(10)].filter((piece) => piece.length > 0);
  const { targets, problems } = await collect(createPatchSource({ cwd, env, input: Readable.from(pieces), isIgnored }));
  const shown = targets.map((target) => {
    if (target.kind !== 'blob' || target.origin.kind !== 'diff') return target;
    return [
      target.origin.path,
      target.origin.blob,
      Buffer.from(target.bytes).toString('latin1'),
      target.addedLines ?? 'all',
    ];
  });
  return { shown, problems };
}

describe('the patch source', () => {
  it('puts the shown lines at their numbers', async () => {
    const patch = lines(
      '--- a/x',
      '+++ b/x',
      '@@ -2,2 +2,3 @@',
      ' two',
      '+three',
      ' four',
      '@@ -8 +9 @@',
      '-old',
      '+nine',
      '--- a/y',
      '+++ b/y',
      '@@ -1 +0,0 @@',
      '-gone',
    );
    expect(await scan(makeFolder(), patch)).toEqual({
      shown: [
        [
          'x',
          undefined,
          '\ntwo\nthree\nfour\n\n\n\n\nnine\n',
          [
            [3, 3],
            [9, 9],
          ],
        ],
      ],
      problems: [],
    });
  });

  it('takes the whole blob when the repository has it and it fits', async () => {
    const repository = makeRepository();
    repository.write('x', '1\n2\n3\n4\n5\n');
    repository.write('bin', Buffer.from([0, 1]));
    repository.commitAll('one');
    repository.write('x', '1\n2\n3\nfour\n5\n');
    repository.write('bin', Buffer.from([0, 2]));
    repository.write('new', 'n\n');
    repository.commitAll('two');
    const patch = repository.tryGit(['diff', '-U0', 'HEAD~1', 'HEAD']).stdout;
    const id = (path: string) => repository.git('rev-parse', '--short', `HEAD:${path}`);
    const expected = [
      ['bin', id('bin'), '\0\x02', 'all'],
      ['new', id('new'), 'n\n', [[1, 1]]],
      ['x', id('x'), '1\n2\n3\nfour\n5\n', [[4, 4]]],
    ];
    expect(await scan(repository.path, patch)).toEqual({ shown: expected, problems: [] });
    repository.git('gc', '-q');
    expect(await scan(repository.path, patch)).toEqual({ shown: expected, problems: [] });
    // An id of another content: what the patch shows counts.
    const forged = patch.replace('+four', '+FOUR');
    expect((await scan(repository.path, forged)).shown[2]).toEqual(['x', undefined, '\n\n\nFOUR\n', [[4, 4]]]);
    expect(await scan(makeFolder(), patch)).toEqual({
      shown: [
        ['new', undefined, 'n\n', [[1, 1]]],
        ['x', undefined, '\n\n\nfour\n', [[4, 4]]],
      ],
      problems: ['missing-object bin: is binary and its content is not in the patch; scan the file itself'],
    });
  });

  it('reports what it cannot scan', async () => {
    const patch = lines(
      ...['diff --git a/cut b/cut', '--- a/cut', '+++ b/cut', '@@ -1,9 +1,9 @@', '+c'],
      ...['diff --git a/far b/far', '--- a/far', '+++ b/far', '@@ -1 +4000000000 @@', '-a', '+b'],
      ...['diff --git a/back b/back', '--- a/back', '+++ b/back', '@@ -1 +9 @@', '-a', '+b', '@@ -1 +2 @@', '-a', '+b'],
      ...[
        'diff --git a/mod b/mod',
        'index 1111111..2222222 160000',
        '--- a/mod',
        '+++ b/mod',
        '@@ -1 +1 @@',
        '-Subproject commit 1',
        '+Subproject commit 2',
      ],
    );
    expect(await scan(makeFolder(), patch)).toEqual({
      shown: [['cut', undefined, 'c\n', [[1, 1]]]],
      problems: [
        'cut cut: the patch ends inside a hunk; the rest was not scanned',
        'submodule mod: is a repository of its own; run unleak in it',
        'cut far: the line numbers in the patch make no sense; scan the file itself',
        'cut back: the line numbers in the patch make no sense; scan the file itself',
      ],
    });
  });

  it('more files than one batch, ignored paths, no patch, no input, a terminal', async () => {
    const many = Array.from({ length: 150 }, (_, i) =>
      lines(`--- a/f${i}`, `+++ b/f${i}`, '@@ -0,0 +1 @@', `+${i}`),
    ).join('');
    const { shown } = await scan(makeFolder(), many, (path) => path.endsWith('7'));
    expect(shown.map((item) => (Array.isArray(item) ? item[0] : ''))).toEqual(
      Array.from({ length: 150 }, (_, i) => `f${i}`).filter((path) => !path.endsWith('7')),
    );
    expect(await scan(makeFolder(), 'hello, this is not a patch\n')).toEqual({
      shown: [],
      problems: [
        'nothing-to-scan undefined: standard input holds no unified diff; give one, or use unleak stdin for other text',
      ],
    });
    expect(await scan(makeFolder(), '')).toEqual({ shown: [], problems: [] });
    const terminal = Object.assign(Readable.from([]), { isTTY: true });
    expect(() => createPatchSource({ cwd: '/', env, input: terminal })).toThrow(
      'standard input is a terminal; pipe the text in: git diff | unleak diff -',
    );
  });
});
