// A source cut into shards: together they list each target and each problem once, and only problems of the whole run are in
// all of them.
import { expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import type { Target } from '../../src/model/target.ts';
import { shardFilter, shardSource } from '../../src/sources/shard-source.ts';
import type { Source } from '../../src/sources/source.ts';

const NAMES = Array.from({ length: 200 }, (_, i) => `dir-${i % 7}/file-${i}.txt`);

const SOURCE: Source = {
  mode: 'tree',
  root: '/',
  subject: '.',
  async *targets(problems) {
    problems({ kind: 'nothing-to-scan', path: undefined, message: 'of the whole run' });
    for (let start = 0; start < NAMES.length; start += 16) {
      problems({ kind: 'symlink', path: `link-${start}`, message: '' });
      yield NAMES.slice(start, start + 16).map((path): Target => ({ kind: 'file', path, sizeBytes: 1 }));
    }
    yield [{ kind: 'stream', origin: { kind: 'stdin', path: 'piped' }, chunks: (async function* () {})() }];
  },
};

async function list(source: Source): Promise<{ paths: string[]; problems: Problem[] }> {
  const problems: Problem[] = [];
  const paths: string[] = [];
  for await (const batch of source.targets((problem) => problems.push(problem))) {
    expect(batch.length).toBeGreaterThan(0);
    for (const target of batch) paths.push(target.kind === 'file' ? target.path : target.origin.path);
  }
  return { paths, problems };
}

it.each([1, 2, 5])('gives each of %i shards its part', async (count) => {
  const whole = await list(SOURCE);
  const parts = await Promise.all(
    Array.from({ length: count }, (_, i) => list(shardSource(SOURCE, { index: i + 1, count }))),
  );
  expect(parts.flatMap(({ paths }) => paths).sort()).toEqual([...whole.paths].sort());
  for (const { paths } of parts) expect(paths).toEqual(whole.paths.filter((path) => paths.includes(path)));
  const withPath = parts.flatMap(({ problems }) => problems.filter(({ path }) => path !== undefined));
  expect(withPath.map(({ path }) => path).sort()).toEqual(
    whole.problems.flatMap(({ path }) => (path === undefined ? [] : [path])).sort(),
  );
  for (const { problems } of parts) expect(problems.filter(({ path }) => path === undefined)).toHaveLength(1);
});

it('counts what is kept out in one shard only', () => {
  const counted = [1, 2, 3].map((index) => {
    const seen: string[] = [];
    const filter = shardFilter(
      { isIgnored: () => true, onIgnored: (path: string) => void seen.push(path) },
      { index, count: 3 },
    );
    for (const name of NAMES) filter.onIgnored(name);
    expect(filter.isIgnored()).toBe(true);
    return seen;
  });
  expect(counted.flat().sort()).toEqual([...NAMES].sort());
});
