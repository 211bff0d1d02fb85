// Holds the WebAssembly inflate against zlib: sound streams of every kind, damaged ones, lying sizes. Memory around the
// output is watched, because the module writes in steps of 16 bytes.
import { constants, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createPlainUnpacker } from '../../src/kernel/plain-unpacker.ts';
import { SLACK, UNPACK, type Unpacker } from '../../src/kernel/unpacker.ts';
import { createWasmUnpacker } from '../../src/kernel/wasm-unpacker.ts';
import { RandomText } from '../../src/util/random-text.ts';

const fast = createWasmUnpacker();
const plain = createPlainUnpacker();
const CANARY = 0xa5;

interface Outcome {
  readonly code: number;
  readonly bytes: Uint8Array;
}

/** Inflates with hostile surroundings: garbage behind the input, a canary around the output. */
function inflate(unpacker: Unpacker, input: Uint8Array, outSize: number, garbage = 0xff): Outcome {
  const inAt = unpacker.start;
  const before = inAt + input.length + SLACK;
  const outAt = before + 64;
  const end = outAt + outSize + SLACK;
  unpacker.reserve(end + 64);
  const memory = unpacker.memory();
  memory.set(input, inAt);
  memory.fill(garbage, inAt + input.length, before);
  memory.fill(CANARY, before, end + 64);
  const code = unpacker.inflate(inAt, input.length, outAt, outSize);
  const after = unpacker.memory();
  const isUntouched =
    after.subarray(before, outAt).every((b) => b === CANARY) &&
    after.subarray(end, end + 64).every((b) => b === CANARY);
  expect(isUntouched, 'bytes outside the output were written').toBe(true);
  return { code, bytes: after.slice(outAt, outAt + Math.max(0, Math.min(code, outSize))) };
}

/** Text, noise, runs and mixtures of them, up to `limit` bytes. */
function makeContent(random: RandomText, limit: number): Buffer {
  const parts: Buffer[] = [];
  for (let size = random.integer(limit), kind = random.integer(6); size > 0; kind = random.integer(6)) {
    const length = Math.min(size, 1 + random.integer(4000));
    const previous = parts[random.integer(parts.length + 1)];
    if (kind === 0) parts.push(Buffer.from(random.bytes(length)));
    else if (kind === 1) parts.push(Buffer.alloc(length, random.integer(256)));
    else if (kind === 2 && previous) parts.push(previous);
    else if (kind === 3)
      parts.push(Buffer.from(random.text('hex', 1 + random.integer(15)).repeat(1 + random.integer(100))));
    else parts.push(Buffer.from(random.text('base64', length)));
    size -= length;
  }
  return Buffer.concat(parts);
}

/** Frequencies like Fibonacci's numbers give the longest codes there are. */
function makeSkewed(): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0, a = 1, b = 1; i < 22; i++, [a, b] = [b, a + b]) parts.push(Buffer.alloc(a, 40 + i * 3));
  const all = Buffer.concat(parts);
  const random = new RandomText(5);
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [all[i], all[j]] = [all[j] as number, all[i] as number];
  }
  return all;
}

const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
const STRATEGIES = [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_FILTERED];

function deflate(random: RandomText, content: Buffer): Buffer {
  const [level, strategy] = [random.integer(10), random.pick(STRATEGIES)];
  return deflateSync(content, { level, strategy, memLevel: 1 + random.integer(9), windowBits: 9 + random.integer(7) });
}

test('the module keeps to the low memory that the scan kernel leaves to it', () => {
  // wasm-kernel.ts puts its tables at 4,096; the static data of all files must end before. Inflate's tables take 24,512 bytes.
  expect(fast.start).toBeLessThanOrEqual(4096 + 24_576);
});

test.each([0, 1, 2, 15, 16, 17, 257, 258, 259, 5551, 5552, 5553, 65_535, 65_536])('%i bytes, all levels', (size) => {
  const random = new RandomText(size);
  for (let level = 0; level <= 9; level++) {
    for (const strategy of STRATEGIES) {
      const content = Buffer.from(random.text(level % 2 ? 'hex' : 'base64', size));
      const { code, bytes } = inflate(fast, deflateSync(content, { level, strategy }), size);
      expect(code).toBe(size);
      expect(Buffer.compare(bytes, content)).toBe(0);
    }
  }
});

test('the longest codes', () => {
  const content = makeSkewed();
  for (const strategy of [Z_HUFFMAN_ONLY, Z_DEFAULT_STRATEGY]) {
    const { code, bytes } = inflate(fast, deflateSync(content, { level: 9, strategy, memLevel: 9 }), content.length);
    expect(code).toBe(content.length);
    expect(Buffer.compare(bytes, content)).toBe(0);
  }
});

const SEED = Number(process.env.FUZZ_SEED ?? 20_260_101);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 400);

describe(`fuzz, FUZZ_SEED=${SEED}`, () => {
  test('sound streams', () => {
    const random = new RandomText(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const content = makeContent(random, random.pick([60, 3000, 60_000, 200_000]));
      const packed = deflate(random, content);
      const { code, bytes } = inflate(fast, packed, content.length, random.integer(256));
      expect(code, `round ${round}`).toBe(content.length);
      expect(Buffer.compare(bytes, content), `round ${round}`).toBe(0);
    }
  });

  test('lying sizes', () => {
    const random = new RandomText(SEED + 1);
    for (let round = 0; round < ROUNDS; round++) {
      const content = makeContent(random, 3000);
      const packed = deflate(random, content);
      const claimed = random.integer(4000);
      const { code, bytes } = inflate(fast, packed, claimed);
      expect(code, `round ${round}`).toBe(claimed < content.length ? UNPACK.full : content.length);
      if (code >= 0) expect(Buffer.compare(bytes, content)).toBe(0);
      if (code === UNPACK.full) {
        // The front is there, as a loose object's header needs it.
        const at = fast.start + packed.length + SLACK + 64;
        expect(Buffer.compare(fast.memory().subarray(at, at + claimed), content.subarray(0, claimed))).toBe(0);
      }
    }
  });

  test('damaged, cut and made-up streams: never other bytes than zlib, never more forgiving', () => {
    const random = new RandomText(SEED + 2);
    let refused = 0;
    for (let round = 0; round < ROUNDS * 10; round++) {
      const content = makeContent(random, 2000);
      let packed = deflate(random, content);
      const kind = random.integer(4);
      if (kind === 0) packed = packed.subarray(0, random.integer(packed.length));
      if (kind === 1) packed = Buffer.from(random.bytes(random.integer(200)));
      if (kind === 2) packed = Buffer.concat([Buffer.of(0x78, 0x9c), random.bytes(random.integer(300))]);
      if (kind === 3)
        for (let i = 1 + random.integer(3); i > 0; i--) packed[random.integer(packed.length)] = random.integer(256);
      const size = content.length;
      const mine = inflate(fast, packed, size, random.integer(256));
      const theirs = inflate(plain, packed, size);
      expect(mine.code >= 0, `round ${round}`).toBe(theirs.code >= 0);
      if (theirs.code < 0) refused++;
      else expect(Buffer.compare(mine.bytes, theirs.bytes), `round ${round}`).toBe(0);
    }
    expect(refused).toBeGreaterThan(ROUNDS * 5);
  });
});
