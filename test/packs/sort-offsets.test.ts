// The radix sort against the sort of arrays.
import { expect, test } from 'vitest';
import { sortOffsets } from '../../src/packs/sort-offsets.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 11);

test('sortOffsets, below and above 4 GiB', () => {
  const random = new RandomText(SEED);
  for (const limit of [10, 70_000, 2 ** 31, 2 ** 33, 2 ** 45]) {
    const offsets = Float64Array.from({ length: 5000 }, () => Math.floor((random.integer(2 ** 31) / 2 ** 31) * limit));
    const sorted = Array.from(sortOffsets(offsets), (place) => offsets[place]);
    expect(sorted).toEqual(Array.from(offsets).sort((a, b) => a - b));
  }
  expect([...sortOffsets(Float64Array.of(Number.NaN, 5, 3))].sort()).toEqual([0, 1, 2]);
});
