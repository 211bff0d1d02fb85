// Plans of trees of any shape: bases before what builds on them, slots never used twice at a time, few of them at once.
import { describe, expect, test } from 'vitest';
import { ENTRY } from '../../src/git/entry-header.ts';
import type { DeltaForest } from '../../src/packs/delta-forest.ts';
import type { ObjectStores } from '../../src/packs/object-stores.ts';
import type { PackIndex } from '../../src/packs/pack-index.ts';
import { makeReadPlan, NO_SLOT, type ReadPlan, STEP } from '../../src/packs/read-plan.ts';
import { RandomText } from '../../src/util/random-text.ts';

/** Stores with one pack whose entries build on `parents`; every parent comes before its children. */
function makeStores(parents: readonly number[]): ObjectStores {
  const count = parents.length;
  const ids = new Uint8Array(new SharedArrayBuffer(count * 20));
  for (let i = 0; i < count; i++) new DataView(ids.buffer).setUint32(i * 20, i);
  const index: PackIndex = {
    count,
    idBytes: 20,
    bytes: ids,
    idStart: 0,
    idStride: 20,
    offsetOf: (i) => i,
    packChecksum: new Uint8Array(20),
    find: () => -1,
  };
  const forest: DeltaForest = {
    count,
    offsets: Float64Array.from({ length: count + 1 }, (_, i) => i),
    idNumbers: Uint32Array.from({ length: count }, (_, i) => i),
    types: new Uint8Array(count).fill(ENTRY.blob),
    parents: Int32Array.from(parents),
    headerBytes: new Uint8Array(count),
    sizes: new Uint32Array(count).fill(1000),
    order: Uint32Array.from({ length: count }, (_, i) => i),
    circular: [],
  };
  const sound = new Uint8Array(count).fill(1);
  const pack = { file: 'made-up', content: undefined, index, forest, sound, repeated: undefined };
  return { packs: [pack], loose: [], packBytes: 1, unusual: undefined };
}

/** Works through the steps with names in place of texts. @returns the most slots in use at once */
function walk(plan: ReadPlan, parents: readonly number[], isWanted: (node: number) => boolean): number {
  const [pack] = plan.packs;
  if (!pack) throw new Error('no pack');
  const slots = new Map<number, number>();
  const handed: number[] = [];
  let most = 0;
  for (let unit = 0; unit < plan.units.length; unit += 3) {
    expect(slots.size).toBe(0);
    for (let step = plan.units[unit + 1] ?? 0; step < (plan.units[unit + 2] ?? 0); step++) {
      const node = pack.steps[step] ?? -1;
      const [from = 0, own = 0, flags = 0] = pack.places.subarray(step * 3, step * 3 + 3);
      expect(from === NO_SLOT ? -1 : slots.get(from)).toBe(parents[node]);
      if (own !== NO_SLOT) {
        expect(slots.has(own)).toBe(false);
        slots.set(own, node);
        most = Math.max(most, slots.size);
      }
      if (flags & STEP.endsParent) slots.delete(from);
      if (flags & STEP.wanted) handed.push(node);
    }
  }
  expect(handed.sort((a, b) => a - b)).toEqual(parents.map((_, i) => i).filter(isWanted));
  return most;
}

const SHAPES: readonly (readonly [string, (i: number, random: RandomText) => number])[] = [
  ['whole objects', () => -1],
  ['one chain', (i) => i - 1],
  ['one base for all', (i) => (i === 0 ? -1 : 0)],
  ['a binary tree', (i) => (i === 0 ? -1 : (i - 1) >> 1)],
  ['chains with side branches', (i, random) => (i === 0 ? -1 : i - 1 - random.integer(Math.min(i, 3)))],
  ['random', (i, random) => random.integer(i + 1) - 1],
];

describe.each(SHAPES)('%s', (_name, parentOf) => {
  const random = new RandomText(17);
  const parents = Array.from({ length: 3000 }, (_, i) => parentOf(i, random));
  const stores = makeStores(parents);
  const numberOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16);

  test.each([
    ['all', () => true],
    ['every seventh', (node: number) => node % 7 === 0],
    ['the last', (node: number) => node === parents.length - 1],
    ['none', () => false],
  ])('%s', (_which, isWanted) => {
    const plan = makeReadPlan(stores, 20, { isWanted: (id) => isWanted(numberOf(id)), types: ['blob'] });
    expect(walk(plan, parents, isWanted)).toBeLessThanOrEqual(14);
    expect(plan.doubtful).toEqual([]);
  });
});
