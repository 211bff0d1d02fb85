// What a delta changes, against what is known byte by byte of where a text comes from; by the kernel and by its plain twin.
import { describe, expect, test } from 'vitest';
import { createPlainUnpacker } from '../../src/kernel/plain-unpacker.ts';
import { SLACK, type Unpacker } from '../../src/kernel/unpacker.ts';
import { createWasmUnpacker } from '../../src/kernel/wasm-unpacker.ts';
import { CHANGES_ROOM, createChangeReader } from '../../src/packs/delta-changes.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 23);
const JOIN_BYTES = 700;
const REACH_BYTES = 90;
const INSERTED = -1;

interface Made {
  readonly commands: Buffer;
  /** For each byte of the text its place in the base, or INSERTED. */
  readonly origin: readonly number[];
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

function makeDelta(baseBytes: number, random: RandomText): Made {
  const commands: number[] = [];
  const origin: number[] = [];
  let next = 0;
  for (let i = random.integer(40); i >= 0; i--) {
    if (random.integer(3) === 0) {
      const inserted = random.bytes(1 + random.integer(127));
      commands.push(inserted.length, ...inserted);
      for (const _ of inserted) origin.push(INSERTED);
      continue;
    }
    const size = Math.min(random.integer(20) === 0 ? 0x10000 : 1 + random.integer(3000), baseBytes);
    const isNext = random.integer(3) > 0 && next + size <= baseBytes;
    const offset = isNext ? next : random.integer(baseBytes - size + 1);
    commands.push(...copyCommand(offset, size));
    for (let k = 0; k < size; k++) origin.push(offset + k);
    next = offset + size;
  }
  return { commands: Buffer.from(commands), origin };
}

interface Told {
  readonly changes: readonly number[];
  readonly copies: readonly number[];
  readonly sparedBytes: number;
}

function expected(origin: readonly number[], baseBytes: number, points: readonly number[]): Told {
  const changes: number[] = [];
  const addChange = (start: number, end: number): void => {
    if (changes.length > 0 && start - changes.at(-1)! <= JOIN_BYTES) changes[changes.length - 1] = end;
    else changes.push(start, end);
  };
  const copies: number[] = [];
  let sparedBytes = 0;
  let lastEnd = 0;
  let wanted = 0;
  for (let start = 0; start < origin.length; ) {
    const from = origin[start]!;
    let end = start + 1;
    while (end < origin.length && from !== INSERTED && origin[end] === from + (end - start)) end++;
    if (from !== INSERTED) {
      if (start !== lastEnd || from !== wanted) addChange(lastEnd, start);
      const size = end - start;
      if (points.some((point) => point >= from && point < from + size)) copies.push(start, from, size);
      sparedBytes += Math.max(0, size - 2 * REACH_BYTES);
      [lastEnd, wanted] = [end, from + size];
    }
    start = end;
  }
  if (lastEnd !== origin.length || wanted !== baseBytes) addChange(lastEnd, origin.length);
  return { changes, copies, sparedBytes };
}

function createReader(unpacker: Unpacker) {
  const listsAt = Math.ceil(unpacker.start / 64) * 64;
  const commandsAt = listsAt + CHANGES_ROOM;
  unpacker.reserve(commandsAt + SLACK);
  const read = createChangeReader(unpacker, listsAt, { joinBytes: JOIN_BYTES, reachBytes: REACH_BYTES });
  return (commands: Buffer, baseBytes: number, points: readonly number[]): Told | undefined => {
    unpacker.reserve(commandsAt + commands.length + SLACK);
    unpacker.memory().set(commands, commandsAt);
    const told = read(commandsAt, commands.length, baseBytes, Int32Array.from(points));
    if (!told) return undefined;
    expect(told.baseBytes).toBe(baseBytes);
    const changes = [...told.changes.subarray(0, told.changeCount * 2)];
    const copies = [...told.copies.subarray(0, told.copyCount * 3)];
    return { changes, copies, sparedBytes: told.sparedBytes };
  };
}

describe.each([
  ['kernel', createWasmUnpacker],
  ['plain twin', createPlainUnpacker],
])('%s', (_name, createUnpacker) => {
  const read = createReader(createUnpacker());

  test(`fuzz, FUZZ_SEED=${SEED}: changes, stretches with a point, bytes that are spared`, () => {
    const random = new RandomText(SEED);
    for (let round = 0; round < 200; round++) {
      const baseBytes = 70_000 + random.integer(3);
      const { commands, origin } = makeDelta(baseBytes, random);
      const points = Array.from({ length: random.integer(12) }, () => random.integer(baseBytes)).sort((a, b) => a - b);
      expect(read(commands, baseBytes, points)).toEqual(expected(origin, baseBytes, points));
    }
  });

  test('a copy of all of the base changes nothing, also where git cuts it at 64 KiB', () => {
    const commands = Buffer.from([...copyCommand(0, 0x10000), ...copyCommand(0x10000, 500)]);
    expect(read(commands, 0x10000 + 500, [7])).toEqual({
      changes: [],
      copies: [0, 0, 0x10000 + 500],
      sparedBytes: 0x10000 + 500 - 2 * REACH_BYTES,
    });
  });

  test('what was cut off at the start or at the end is a change of no bytes', () => {
    expect(read(Buffer.from(copyCommand(10, 5000)), 5010, [])?.changes).toEqual([0, 0]);
    expect(read(Buffer.from(copyCommand(0, 5000)), 5010, [])?.changes).toEqual([5000, 5000]);
  });

  test('with more changes, stretches or points than there is room for nothing is told', () => {
    const far = Array.from({ length: 20_000 }, (_, i) => copyCommand((i % 2) * 3000, 1000));
    expect(read(Buffer.from(far.flat()), 5000, [])).toBeUndefined();
    const near = Array.from({ length: 20_000 }, (_, i) => copyCommand((i % 2) * 3000, 100));
    expect(read(Buffer.from(near.flat()), 5000, [])?.changes).toEqual([100, 2_000_000]);
    expect(read(Buffer.from(near.flat()), 5000, [3050])?.copies).toHaveLength(30_000);
    expect(read(Buffer.from([...near, ...near].flat()), 5000, [3050])).toBeUndefined();
    const points = Array.from({ length: 20_000 }, (_, i) => i);
    expect(read(Buffer.from(copyCommand(0, 100)), 100, points)).toBeUndefined();
  });
});
