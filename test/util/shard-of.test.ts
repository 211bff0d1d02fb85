// Shards are the same for ever: another partition in the next version would break shards of two machines. And they are even.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { shardOfId, shardOfText } from '../../src/util/shard-of.ts';

it('keeps its answers', () => {
  const paths = ['', 'a', 'b', 'src/a.ts', 'src/日本語.ts', '\ud800'];
  expect(paths.map((path) => shardOfText(path, 1000))).toEqual([924, 716, 275, 696, 809, 855]);
  expect(shardOfId('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', 7)).toBe((0xe69de29b % 7) + 1);
});

it.each([1, 2, 3, 7, 64])('is even for %i shards', (count) => {
  const sizes = new Map<number, number>();
  const total = 20_000;
  for (let i = 0; i < total; i++) {
    const shard = shardOfText(`packages/part-${i % 40}/src/file-${i}.ts`, count);
    expect(shard).toBeGreaterThanOrEqual(1);
    sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
  }
  expect(sizes.size).toBe(count);
  // Six standard deviations of a fair draw.
  const slack = 6 * Math.sqrt(total / count);
  for (const size of sizes.values())
    expect(Math.abs(size - total / count)).toBeLessThanOrEqual(count === 1 ? 0 : slack);
});

it('is even for ids', () => {
  const ids = Array.from({ length: 4000 }, (_, i) => createHash('sha1').update(String(i)).digest('hex'));
  const sizes = [0, 0, 0, 0];
  for (const id of ids) sizes[shardOfId(id, 4) - 1]!++;
  for (const size of sizes) expect(Math.abs(size - 1000)).toBeLessThan(200);
});
