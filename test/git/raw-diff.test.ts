import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { ChangeCollector } from '../../src/git/raw-diff.ts';
import { CHANGE_OPTIONS, type Change, PATCH_OPTIONS } from '../../src/git/raw-records.ts';
import { makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

function collect(bytes: Buffer, pieceBytes: number): Change[] {
  const collector = new ChangeCollector();
  for (let at = 0; at < bytes.length; at += pieceBytes) collector.push(bytes.subarray(at, at + pieceBytes));
  return collector.end();
}

describe('ChangeCollector', () => {
  const repository = makeRepository();
  repository.write('edited', '1\n2\n3\n');
  repository.write('shrunk', '1\n2\n');
  repository.write('gone', 'g\n');
  repository.write('mode', 'm\n');
  const first = repository.commitAll('one');
  repository.write('edited', '1\nB\n3\n4\n');
  repository.write('shrunk', '1\n');
  repository.write('new "\n', 'n\n');
  repository.write('mode', 'm\n', 0o755);
  repository.git('rm', '-q', 'gone');
  const second = repository.commitAll('two');
  const run = (...options: readonly string[]) =>
    execFileSync('git', ['diff-tree', '-r', ...options, first, second], {
      cwd: repository.path,
      env: testEnvironment(),
    });
  const id = (name: string) => repository.git('rev-parse', name);
  const none = '0'.repeat(40);
  const change = (
    path: string,
    status: string,
    oldId: string,
    newId: string,
    addedLines: Change['addedLines'],
  ): Change => ({
    path,
    isPathExact: true,
    oldMode: oldId === none ? 0 : 0o100644,
    newMode: newId === none ? 0 : path === 'mode' ? 0o100755 : 0o100644,
    oldId,
    newId,
    status,
    addedLines,
  });
  const expected = [
    change('edited', 'M', id(`${first}:edited`), id(`${second}:edited`), [
      [2, 2],
      [4, 4],
    ]),
    change('gone', 'D', id(`${first}:gone`), none, undefined),
    change('mode', 'M', id(`${first}:mode`), id(`${second}:mode`), []),
    change('new "\n', 'A', none, id(`${second}:new "\n`), undefined),
    change('shrunk', 'M', id(`${first}:shrunk`), id(`${second}:shrunk`), []),
  ];

  it('joins the list and the patch, however the bytes arrive', () => {
    const bytes = run(...CHANGE_OPTIONS, ...PATCH_OPTIONS);
    for (let pieceBytes = 1; pieceBytes < 200; pieceBytes++)
      expect(collect(bytes, pieceBytes), `pieces of ${pieceBytes}`).toEqual(expected);
    expect(collect(bytes, bytes.length)).toEqual(expected);
  });

  it('without a patch every line of an edited file counts', () => {
    const changes = collect(run(...CHANGE_OPTIONS), 7);
    expect(changes).toEqual(
      expected.map((item) => (item.status === 'M' && item.path !== 'mode' ? { ...item, addedLines: undefined } : item)),
    );
  });

  it('nothing changed', () => {
    expect(collect(Buffer.alloc(0), 1)).toEqual([]);
  });

  it('throws on a list that is no list', () => {
    expect(() => collect(Buffer.from('garbage\0x\0'), 100)).toThrow(
      'git printed a raw diff record that cannot be read, at byte 0',
    );
  });
});
