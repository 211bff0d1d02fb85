// Holds the WebAssembly delta code against its plain twin: sound deltas, damaged ones, lying sizes. Memory around the result
// is watched, because the module copies in steps of 16 bytes.
import { describe, expect, test } from 'vitest';
import { createPlainUnpacker } from '../../src/kernel/plain-unpacker.ts';
import { SLACK, UNPACK, type Unpacker } from '../../src/kernel/unpacker.ts';
import { createWasmUnpacker } from '../../src/kernel/wasm-unpacker.ts';
import { RandomText } from '../../src/util/random-text.ts';

const fast = createWasmUnpacker();
const plain = createPlainUnpacker();
const CANARY = 0x5a;
const LARGEST = 1 << 20;

interface Answer {
  readonly header: readonly [number, number, number];
  readonly code: number;
  readonly result: string;
}

/** Reads the header, and applies the commands to a base of `base.length` bytes whatever the header says of it. */
function apply(unpacker: Unpacker, delta: Uint8Array, base: Uint8Array, garbage: number): Answer {
  const deltaAt = unpacker.start;
  const baseAt = deltaAt + delta.length + SLACK;
  const before = baseAt + base.length + SLACK;
  const outAt = before + 64;
  unpacker.reserve(outAt + LARGEST + SLACK + 64);
  const memory = unpacker.memory();
  memory.fill(garbage, deltaAt, before);
  memory.set(delta, deltaAt);
  memory.set(base, baseAt);
  const { size, baseBytes, resultBytes } = unpacker.readDeltaHeader(deltaAt, delta.length);
  if (size < 0) return { header: [size, 0, 0], code: 0, result: '' };
  const header = [size, baseBytes, resultBytes] as const;
  if (resultBytes > LARGEST) return { header, code: 0, result: 'too large for this test' };
  const end = outAt + resultBytes + SLACK;
  memory.fill(CANARY, before, end + 64);
  const code = unpacker.applyDelta(deltaAt + size, delta.length - size, baseAt, base.length, outAt, resultBytes);
  const isUntouched =
    memory.subarray(before, outAt).every((b) => b === CANARY) &&
    memory.subarray(end, end + 64).every((b) => b === CANARY);
  expect(isUntouched, 'bytes outside the result were written').toBe(true);
  const result = code === 0 ? Buffer.from(memory.subarray(outAt, outAt + resultBytes)).toString('latin1') : '';
  return { header, code, result };
}

function sizeBytes(size: number): number[] {
  return size < 128 ? [size] : [(size & 127) | 128, ...sizeBytes(Math.floor(size / 128))];
}

function copyCommand(offset: number, size: number): number[] {
  const bytes: number[] = [];
  let command = 128;
  for (let i = 0; i < 4; i++) {
    const byte = Math.floor(offset / 256 ** i) & 255;
    if (byte === 0) continue;
    command |= 1 << i;
    bytes.push(byte);
  }
  for (let i = 0; i < 3 && size !== 0x10000; i++) {
    const byte = (size >> (i * 8)) & 255;
    if (byte === 0) continue;
    command |= 16 << i;
    bytes.push(byte);
  }
  return [command, ...bytes];
}

/** A sound delta and what it makes. */
function makeDelta(random: RandomText, base: Buffer): { delta: Buffer; result: Buffer } {
  const commands: number[] = [];
  const parts: Buffer[] = [];
  for (let i = random.integer(12); i >= 0; i--) {
    if (random.integer(2) === 0) {
      const text = Buffer.from(random.bytes(1 + random.integer(127)));
      commands.push(text.length, ...text);
      parts.push(text);
    } else {
      const size = Math.min(base.length, random.pick([1, 15, 16, 17, 300, 1025, 0x10000, 1 + random.integer(70_000)]));
      const offset = random.integer(base.length - size + 1);
      commands.push(...copyCommand(offset, size));
      parts.push(base.subarray(offset, offset + size));
    }
  }
  const result = Buffer.concat(parts);
  return { delta: Buffer.from([...sizeBytes(base.length), ...sizeBytes(result.length), ...commands]), result };
}

test('a copy without size bytes is 64 KiB; an empty delta, a reserved command and short ones are refused', () => {
  const base = Buffer.alloc(0x10000, 'x');
  const whole = Buffer.from([...sizeBytes(0x10000), ...sizeBytes(0x10000), 128]);
  for (const unpacker of [fast, plain]) {
    expect(apply(unpacker, whole, base, 0)).toEqual({ header: [6, 65_536, 65_536], code: 0, result: base.toString() });
    expect(apply(unpacker, Buffer.of(1, 1, 0, 0), base, 0).code).toBe(UNPACK.bad);
    expect(apply(unpacker, Buffer.of(1, 0, 1), base, 0).header[0]).toBe(UNPACK.bad);
    expect(apply(unpacker, Buffer.of(128, 128, 128, 128, 128), base, 0).header[0]).toBe(UNPACK.bad);
    expect(apply(unpacker, Buffer.of(255, 255, 255, 255, 8, 1, 1, 1), base, 0).header[0]).toBe(UNPACK.tooLarge);
    const endless = Buffer.concat([Buffer.alloc(200, 128), Buffer.of(1, 1, 1, 1)]);
    expect(apply(unpacker, endless, base, 0).header[0]).toBe(UNPACK.tooLarge);
  }
});

const SEED = Number(process.env.FUZZ_SEED ?? 20_260_102);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 1500);

describe(`fuzz, FUZZ_SEED=${SEED}`, () => {
  test('sound deltas', () => {
    const random = new RandomText(SEED);
    for (let round = 0; round < ROUNDS / 3; round++) {
      const base = Buffer.from(random.bytes(1 + random.integer(random.pick([40, 2000, 70_000]))));
      const { delta, result } = makeDelta(random, base);
      if (delta.length < 4) continue;
      const answer = apply(fast, delta, base, random.integer(256));
      expect(answer.code, `round ${round}`).toBe(0);
      expect(answer.result === result.toString('latin1'), `round ${round}`).toBe(true);
    }
  });

  test('damaged and made-up ones: the same as the plain twin', () => {
    const random = new RandomText(SEED + 1);
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const base = Buffer.from(random.bytes(1 + random.integer(2000)));
      let { delta } = makeDelta(random, base);
      const kind = random.integer(3);
      if (kind === 0) delta = delta.subarray(0, random.integer(delta.length));
      if (kind === 1) delta = Buffer.from(random.bytes(random.integer(60)));
      if (kind === 2) delta[random.integer(delta.length)] = random.integer(256);
      const mine = apply(fast, delta, base, random.integer(256));
      expect(mine, `round ${round}`).toEqual(apply(plain, delta, base, 0));
      if (mine.header[0] < 0 || mine.code < 0) refused++;
    }
    expect(refused).toBeGreaterThan(ROUNDS / 4);
  });
});
