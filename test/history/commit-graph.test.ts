// What each commit holds, has seen, brought and removed; against a slow way that keeps every commit's whole tree.
import { expect, test } from 'vitest';
import { buildGraph, sortParentsFirst } from '../../src/history/commit-graph.ts';
import type { LoggedCommit } from '../../src/history/log-parser.ts';
import { RandomText } from '../../src/util/random-text.ts';

const ZERO = '0'.repeat(40);

function commit(
  id: string,
  parents: readonly string[],
  ...changes: readonly (readonly [string, string])[]
): LoggedCommit {
  return {
    id,
    parents,
    time: 0,
    author: '',
    changes: changes.map(([path, newId]) => ({ path, oldId: ZERO, newId })),
  };
}

function build(commits: readonly LoggedCommit[], own: Readonly<Record<string, readonly number[]>> = {}) {
  const byId = new Map(commits.map((one) => [one.id, one]));
  // A blob `s1,2` holds the secrets 1 and 2.
  const secretsAt = (_: string, blob: string) => (blob.startsWith('s') ? blob.slice(1).split(',').map(Number) : []);
  return buildGraph(byId, secretsAt, (id) => own[id] ?? []);
}

test('added, changed, removed, merged', () => {
  const graph = build(
    [
      commit('merge', ['gone', 'side'], ['b', 's2'], ['c', 's3']),
      commit('gone', ['add'], ['a', ZERO]),
      commit('add', [], ['a', 's1']),
      commit('side', ['add'], ['b', 's2']),
      commit('after', ['merge'], ['c', 'clean']),
    ],
    { gone: [7] },
  );
  const rows = [...graph].map(([id, { held, seen, brought, removed }]) => [id, held, seen, brought, removed]);
  expect(Object.fromEntries(rows.map(([id, ...rest]) => [id as string, rest]))).toEqual({
    add: [[1], [1], [1], []],
    gone: [[], [1, 7], [], [1]],
    side: [[1, 2], [1, 2], [2], []],
    // 2 came with the side branch; 3 is the merge's own.
    merge: [[2, 3], [1, 2, 3, 7], [3], []],
    after: [[2], [1, 2, 3, 7], [], [3]],
  });
});

test('a parent that is not there counts as nothing', () => {
  const graph = build([commit('edge', ['cut off'], ['a', 's1'])]);
  expect(graph.get('edge')).toMatchObject({ held: [1], seen: [1], brought: [1] });
});

test('a history deeper than the stack', () => {
  const commits = Array.from({ length: 200_000 }, (_, i) => commit(`c${i}`, i === 0 ? [] : [`c${i - 1}`]));
  const byId = new Map(commits.reverse().map((one) => [one.id, one]));
  const sorted = sortParentsFirst(byId);
  expect([sorted.length, sorted[0], sorted.at(-1)]).toEqual([200_000, 'c0', 'c199999']);
});

test('random histories: the same as with whole trees', () => {
  const seed = Number(process.env.UNLEAK_SEED ?? 3);
  const random = new RandomText(seed);
  for (let round = 0; round < 60; round++) {
    const trees = new Map<string, Map<string, string>>();
    const commits: LoggedCommit[] = [];
    for (let i = 0; i < 40; i++) {
      const parents = [
        ...new Set([0, 1].slice(0, i === 0 ? 0 : 1 + random.integer(2)).map(() => `c${random.integer(i)}`)),
      ];
      const before = trees.get(parents[0] ?? '') ?? new Map<string, string>();
      const changes: (readonly [string, string])[] = [];
      for (let n = random.integer(3); n > 0; n--) {
        const path = `p${random.integer(4)}`;
        changes.push([path, random.integer(3) === 0 ? ZERO : `s${random.integer(5)},${random.integer(5)}`]);
      }
      const tree = new Map(before);
      for (const [path, blob] of changes) blob === ZERO ? tree.delete(path) : tree.set(path, blob);
      trees.set(`c${i}`, tree);
      commits.push(commit(`c${i}`, parents, ...changes));
    }
    const graph = build(commits.toReversed());
    const heldBy = (id: string) =>
      [...new Set([...trees.get(id)!.values()].flatMap((blob) => blob.slice(1).split(',').map(Number)))].sort();
    const seenBy = (id: string): number[] => {
      const parents = commits[Number(id.slice(1))]!.parents;
      return [...new Set([...heldBy(id), ...parents.flatMap(seenBy)])].sort();
    };
    for (const { id } of commits.slice(-12)) {
      const got = graph.get(id)!;
      expect([got.held, got.seen], `seed ${seed}, round ${round}, ${id}`).toEqual([heldBy(id), seenBy(id)]);
    }
  }
});
