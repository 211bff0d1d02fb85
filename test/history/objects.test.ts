// The small parsers of object bytes: entries of trees, messages, links; and the set of ids.
import { afterAll, expect, test } from 'vitest';
import { createGitReader } from '../../src/history/git-reader.ts';
import { IdSet } from '../../src/history/id-set.ts';
import { linksOf, messageOf } from '../../src/history/message-of.ts';
import { createOwnReader } from '../../src/history/own-reader.ts';
import { walkTree } from '../../src/history/tree-entries.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

function listTree(bytes: Uint8Array, idBytes = 20) {
  const names: string[] = [];
  const entry = { nameStart: 0, nameEnd: 0, idStart: 0, isSubmodule: false };
  const isWhole = walkTree(bytes, idBytes, entry, ({ nameStart, nameEnd, idStart, isSubmodule }) => {
    const name = Buffer.from(bytes.subarray(nameStart, nameEnd)).toString();
    const id = Buffer.from(bytes.subarray(idStart, idStart + idBytes)).toString('hex');
    names.push(`${name} ${id}${isSubmodule ? ' submodule' : ''}`);
  });
  return { isWhole, names };
}

function makeTree(entries: readonly (readonly [mode: string, name: string, id: string])[]): Buffer {
  return Buffer.concat(
    entries.flatMap(([mode, name, id]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
  );
}

const [ONE, TWO] = ['11'.repeat(20), '20'.repeat(20)];

test('entries of a tree', () => {
  const tree = makeTree([
    ['100644', 'a b', ONE],
    ['40000', 'folder', TWO],
    ['160000', 'other', ONE],
  ]);
  expect(listTree(tree)).toEqual({
    isWhole: true,
    names: [`a b ${ONE}`, `folder ${TWO}`, `other ${ONE} submodule`],
  });
  expect(listTree(Buffer.alloc(0))).toEqual({ isWhole: true, names: [] });
  for (let end = 1; end < 28; end++) expect(listTree(tree.subarray(0, end)).isWhole).toBe(end === 0);
});

test('random bytes are no tree, and end', () => {
  const random = new RandomText(8);
  for (let i = 0; i < 500; i++) {
    const bytes = Uint8Array.from({ length: random.integer(200) + 1 }, () => random.integer(256));
    const { names } = listTree(bytes);
    expect(names.length).toBeLessThan(10);
  }
});

test('the message and the links of a commit', () => {
  const text = `tree ${ONE}\nparent ${TWO}\nparent ${ONE}\nauthor A <a@b> 0 +0000\nparent ${ONE}\n\nSubject\n\nparent ${ONE}\n`;
  expect(Buffer.from(messageOf(Buffer.from(text))).toString()).toBe(`Subject\n\nparent ${ONE}\n`);
  expect(linksOf(Buffer.from(text))).toEqual([ONE, TWO, ONE]);
  expect(messageOf(Buffer.from(`tree ${ONE}\n`)).length).toBe(0);
  expect(linksOf(Buffer.from('no header'))).toEqual([]);
});

test('a set of ids answers as a set of strings does', () => {
  const random = new RandomText(4);
  const ids = Array.from({ length: 5000 }, () => random.text('hex', 40));
  const set = new IdSet(ids, ids.length);
  expect(ids.every((id) => set.has(id) && set.hasBytes(Buffer.from(`00${id}`, 'hex'), 1))).toBe(true);
  const others = Array.from({ length: 5000 }, () => random.text('hex', 40));
  expect(others.filter((id) => set.has(id) || set.hasBytes(Buffer.from(id, 'hex'), 0))).toEqual([]);
  expect(set.has('0'.repeat(40))).toBe(false);
  expect(new IdSet([], 0).has(ids[0]!)).toBe(false);
});

test('every object is listed, reachable or not', async () => {
  const repository = makeRepository();
  repository.write('a.txt', 'one\n');
  repository.commitAll('First');
  repository.git('tag', '--annotate', 'v1', '--message', 'v1');
  repository.write('b.txt', 'two\n');
  const loose = repository.git('hash-object', '-w', 'b.txt');
  const expected = {
    blobs: [repository.git('rev-parse', 'HEAD:a.txt'), loose].sort(),
    commits: [repository.git('rev-parse', 'HEAD')],
    trees: [repository.git('rev-parse', 'HEAD^{tree}')],
    tags: [repository.git('rev-parse', 'v1')],
    unreadable: [],
    hasCircles: false,
  };
  const call = { cwd: repository.path, env: testEnvironment() };
  for (const isPacked of [false, true]) {
    if (isPacked) repository.git('gc', '--quiet');
    for (const reader of [createOwnReader(call), createGitReader(call)]) {
      const list = await reader.listObjects((problem) => expect(problem).toBeUndefined());
      expect({ ...list, blobs: [...list.blobs].sort() }).toEqual(expected);
    }
  }
});
