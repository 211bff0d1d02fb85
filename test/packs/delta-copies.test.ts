// What a delta copies, against the texts themselves: every stretch is the same in both, and all else was inserted.
import { expect, test } from 'vitest';
import { createCopyList, readCopies } from '../../src/packs/delta-copies.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 23);

interface Made {
  readonly delta: Buffer;
  readonly text: Buffer;
  /** Bytes of the text that were copied: 1. */
  readonly copied: Uint8Array;
}

function copyCommand(offset: number, size: number): number[] {
  const bytes = [0x80];
  for (let i = 0; i < 4; i++) {
    const byte = Math.floor(offset / 256 ** i) % 256;
    if (byte === 0) continue;
    bytes[0]! |= 1 << i;
    bytes.push(byte);
  }
  const written = size === 0x10000 ? 0 : size;
  for (let i = 0; i < 3; i++) {
    const byte = (written >> (8 * i)) & 255;
    if (byte === 0) continue;
    bytes[0]! |= 16 << i;
    bytes.push(byte);
  }
  return bytes;
}

function makeDelta(base: Buffer, random: RandomText): Made {
  const commands: number[] = [];
  const parts: Buffer[] = [];
  const copied: number[] = [];
  let next = 0;
  for (let i = 0; i < 40; i++) {
    if (random.integer(3) === 0) {
      const inserted = random.bytes(1 + random.integer(127));
      commands.push(inserted.length, ...inserted);
      parts.push(Buffer.from(inserted));
      for (const _ of inserted) copied.push(0);
      continue;
    }
    const size = Math.min(random.integer(20) === 0 ? 0x10000 : 1 + random.integer(3000), base.length);
    const isNext = random.integer(3) > 0 && next + size <= base.length;
    const offset = isNext ? next : random.integer(base.length - size + 1);
    commands.push(...copyCommand(offset, size));
    parts.push(base.subarray(offset, offset + size));
    for (let k = 0; k < size; k++) copied.push(1);
    next = offset + size;
  }
  return { delta: Buffer.from(commands), text: Buffer.concat(parts), copied: Uint8Array.from(copied) };
}

test(`fuzz, FUZZ_SEED=${SEED}: stretches are the same in both texts, and nothing is missed`, () => {
  const random = new RandomText(SEED);
  const list = createCopyList();
  for (let round = 0; round < 200; round++) {
    const base = Buffer.from(random.bytes(70_000));
    const { delta, text, copied } = makeDelta(base, random);
    readCopies(delta, 0, delta.length, base.length, list);
    expect(list.baseBytes).toBe(base.length);
    const seen = new Uint8Array(text.length);
    let lastEnd = 0;
    for (let i = 0; i < list.count * 3; i += 3) {
      const [at, from, size] = [list.data[i]!, list.data[i + 1]!, list.data[i + 2]!];
      expect(at).toBeGreaterThanOrEqual(lastEnd);
      expect(text.compare(base, from, from + size, at, at + size)).toBe(0);
      seen.fill(1, at, at + size);
      lastEnd = at + size;
    }
    expect(Buffer.compare(seen, copied)).toBe(0);
  }
});

test('contiguous copies are one stretch, also where git cuts them at 64 KiB', () => {
  const list = createCopyList();
  const delta = Buffer.from([...copyCommand(10, 0x10000), ...copyCommand(10 + 0x10000, 500), ...copyCommand(0, 10)]);
  readCopies(delta, 0, delta.length, 200_000, list);
  expect([...list.data.subarray(0, list.count * 3)]).toEqual([0, 10, 0x10000 + 500, 0x10000 + 500, 0, 10]);
});
