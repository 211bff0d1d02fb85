// Memory blocks of delta trees, taken and given back at random.
import { expect, test } from 'vitest';
import { createUnpacker } from '../../src/kernel/create-unpacker.ts';
import { SLACK } from '../../src/kernel/unpacker.ts';
import { createTextBlocks } from '../../src/packs/text-blocks.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 11);

test('blocks never overlap, are used again, and keep to the budget', () => {
  const unpacker = createUnpacker();
  const start = unpacker.start;
  const budget = 8 << 20;
  const blocks = createTextBlocks(unpacker, start, budget);
  const random = new RandomText(SEED);
  const live: { at: number; size: number }[] = [];
  let refused = 0;
  for (let round = 0; round < 5000; round++) {
    if (random.integer(3) === 0 && live.length > 0) {
      const [block] = live.splice(random.integer(live.length), 1);
      if (block) blocks.give(block.at);
      continue;
    }
    if (random.integer(200) === 0) {
      blocks.reset();
      live.length = 0;
    }
    const size = random.integer(random.pick([10, 5000, 300_000]));
    const at = blocks.take(size);
    if (at < 0) {
      refused++;
      continue;
    }
    const end = at + size + SLACK;
    expect(at >= start && end <= start + budget && end <= unpacker.memory().length).toBe(true);
    expect(live.some((other) => at < other.at + other.size + SLACK && other.at < end)).toBe(false);
    live.push({ at, size });
  }
  expect(refused).toBeGreaterThan(0);
});
