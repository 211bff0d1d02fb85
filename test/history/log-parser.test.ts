// The parser of `git log --raw -z` against real output of git, whole and cut at every place, and against hostile bytes.
import { afterAll, expect, test } from 'vitest';
import { type LoggedCommit, LogParser } from '../../src/history/log-parser.ts';
import { readCommits, readSelection } from '../../src/history/read-log.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

const ZERO = '0'.repeat(40);
const A = 'a'.repeat(40);
const B = `ab${'c'.repeat(38)}`;
const C = `${'d'.repeat(39)}e`;

const TEXT = [
  `\x01${A}\x02${B} ${C}\x021700000000\x02Ada <ada@example.org>`,
  `:100644 100644 ${A} ${B} M`,
  'src/with space\n.ts',
  `:000000 100755 ${ZERO} ${C} A`,
  'new.ts',
  `\x01${B}\x02\x021600000000\x02日本 <j@example.org>`,
  `::100644 100644 100644 ${A} ${B} ${C} MM`,
  'merged.ts',
  `\x01${C}\x02${B}\x02-5\x02`,
  '',
].join('\0');

function parse(pieces: readonly Buffer[], ids?: readonly string[], isPathWanted?: (path: string) => boolean) {
  const commits: LoggedCommit[] = [];
  const interest = ids && { ids: new Set(ids), ...(isPathWanted && { isPathWanted }) };
  const parser = new LogParser((commit) => commits.push(commit), interest);
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return commits;
}

const WHOLE: readonly LoggedCommit[] = [
  {
    id: A,
    parents: [B, C],
    time: 1700000000,
    author: 'Ada <ada@example.org>',
    changes: [
      { path: 'src/with space\n.ts', oldId: A, newId: B },
      { path: 'new.ts', oldId: ZERO, newId: C },
    ],
  },
  {
    id: B,
    parents: [],
    time: 1600000000,
    author: '日本 <j@example.org>',
    changes: [{ path: 'merged.ts', oldId: A, newId: C }],
  },
  { id: C, parents: [B], time: -5, author: '', changes: [] },
];

test('commits, changes, merges', () => {
  expect(parse([Buffer.from(TEXT)])).toEqual(WHOLE);
});

test('cut in two at any byte, it says the same', () => {
  const bytes = Buffer.from(TEXT);
  for (let at = 0; at <= bytes.length; at++) {
    expect(parse([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(WHOLE);
  }
});

test('only changes of interest are kept', () => {
  const changes = (...wanted: Parameters<typeof parse>) =>
    parse(...wanted).map((commit) => commit.changes.map((c) => c.path));
  const bytes = [Buffer.from(TEXT)];
  expect(changes(bytes, [])).toEqual([[], [], []]);
  expect(changes(bytes, [B])).toEqual([['src/with space\n.ts'], [], []]);
  expect(changes(bytes, [C])).toEqual([['new.ts'], ['merged.ts'], []]);
  // The same first digits, another id.
  expect(changes(bytes, [`${'d'.repeat(40)}`])).toEqual([[], [], []]);
  expect(changes(bytes, [], (path) => path.startsWith('new'))).toEqual([['new.ts'], [], []]);
});

test('hostile bytes: an error or an answer, never a hang', () => {
  const seed = Number(process.env.UNLEAK_SEED ?? 5);
  const random = new RandomText(seed);
  const bytes = Buffer.from(TEXT);
  for (let round = 0; round < 2000; round++) {
    const broken = Buffer.from(bytes);
    for (let n = random.integer(4) + 1; n > 0; n--) broken[random.integer(broken.length)] = random.integer(256);
    const piece = broken.subarray(random.integer(40));
    try {
      for (const ids of [undefined, [A, B]]) parse([piece], ids);
    } catch (error) {
      expect(String(error), `seed ${seed}, round ${round}`).toBe(
        'TypeError: git log printed a record that cannot be read',
      );
    }
  }
});

test('what git prints, against the first parent and combined', async () => {
  const repository = makeRepository();
  const commit = (path: string, text: string): string => {
    repository.write(path, text);
    return repository.commitAll(path);
  };
  const first = commit('a.txt', 'one\n');
  repository.git('switch', '--quiet', '--create', 'side');
  const side = commit('b.txt', 'two\n');
  repository.git('switch', '--quiet', 'main');
  const main = commit('a.txt', 'three\n');
  repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
  const merge = commit('c.txt', 'four\n');
  const idOf = (place: string): string => repository.git('rev-parse', place);
  const call = { cwd: repository.path, env: testEnvironment() };

  const byParent = new Map<string, LoggedCommit>();
  const ids = new Set(['main:a.txt', 'main:b.txt', 'main:c.txt'].map(idOf));
  await readCommits(call, [first, side, main, merge], { ids }, (one) => byParent.set(one.id, one));
  expect(byParent.get(first)?.changes).toEqual([]);
  expect(byParent.get(merge)).toEqual({
    id: merge,
    parents: [main, side],
    time: 1704164645,
    author: 'Ada Example <ada@example.org>',
    changes: [
      { path: 'b.txt', oldId: ZERO, newId: idOf('main:b.txt') },
      { path: 'c.txt', oldId: ZERO, newId: idOf('main:c.txt') },
    ],
  });

  const selected = new Map<string, readonly string[]>();
  const selection = { options: [], revisions: ['main'], paths: [] };
  await readSelection(call, selection, ({ id, changes }) =>
    selected.set(
      id,
      changes.map(({ path }) => path),
    ),
  );
  expect(selected).toEqual(
    new Map([
      [merge, ['c.txt']],
      [main, ['a.txt']],
      [side, ['b.txt']],
      [first, ['a.txt']],
    ]),
  );
});
