// The plain twin of the unpacker, with Node's zlib: for machines without SIMD, and the oracle in tests.
import { type ReadChanges, readPlainChanges } from './plain-changes.ts';
import { type DeltaHeader, UNPACK, type Unpacker } from './unpacker.ts';

const LARGEST = 0x7fffffff;
/** Looked up at use, so that whoever has SIMD need not load it. */
const zlib = () => process.getBuiltinModule('node:zlib');

interface Size {
  readonly value: number;
  readonly next: number;
}

function readSize(bytes: Uint8Array, start: number, end: number): Size {
  let value = 0;
  let scale = 1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    // Beyond 2^57 only zero bits may follow.
    if (scale < 2 ** 57) value += (byte & 127) * scale;
    else if ((byte & 127) !== 0) return { value: UNPACK.tooLarge, next: end };
    scale *= 128;
    if (byte < 128) return { value: value > LARGEST ? UNPACK.tooLarge : value, next: at + 1 };
  }
  return { value: UNPACK.bad, next: end };
}

function readHeader(bytes: Uint8Array, at: number, size: number): DeltaHeader {
  const broken = (code: number): DeltaHeader => ({ size: code, baseBytes: 0, resultBytes: 0 });
  if (size < 4) return broken(UNPACK.bad);
  const base = readSize(bytes, at, at + size);
  if (base.value < 0) return broken(base.value);
  const result = readSize(bytes, base.next, at + size);
  if (result.value < 0) return broken(result.value);
  return { size: result.next - at, baseBytes: base.value, resultBytes: result.value };
}

/** Little-endian number of the bytes that `flags` say are there. */
function readParts(bytes: Uint8Array, start: number, flags: number): Size {
  let at = start;
  let value = 0;
  for (let i = 0; flags >> i > 0; i++) if ((flags >> i) & 1) value += (bytes[at++] ?? 0) * 256 ** i;
  return { value, next: at };
}

function countOnes(flags: number): number {
  let count = 0;
  for (let rest = flags; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Applies commands to `base`; 0 when the result is exactly `out`. */
function runCommands(commands: Uint8Array, base: Uint8Array, out: Uint8Array): number {
  let filled = 0;
  for (let at = 0; at < commands.length; ) {
    const command = commands[at++] ?? 0;
    const room = out.length - filled;
    if (command >= 128) {
      if (at + countOnes(command & 127) > commands.length) return UNPACK.bad;
      const offset = readParts(commands, at, command & 15);
      const given = readParts(commands, offset.next, (command >> 4) & 7);
      const size = given.value === 0 ? 0x10000 : given.value;
      at = given.next;
      if (offset.value + size > base.length || size > room) return UNPACK.bad;
      out.set(base.subarray(offset.value, offset.value + size), filled);
      filled += size;
    } else {
      if (command === 0 || command > room || command > commands.length - at) return UNPACK.bad;
      out.set(commands.subarray(at, at + command), filled);
      filled += command;
      at += command;
    }
  }
  return filled === out.length ? 0 : UNPACK.bad;
}

function inflateInto(input: Uint8Array, out: Uint8Array): number {
  try {
    const inflated = zlib().inflateSync(input, { maxOutputLength: Math.max(out.length, 1) });
    if (inflated.length > out.length) return UNPACK.full;
    out.set(inflated);
    return inflated.length;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return fillFront(input, out);
    return code === 'Z_BUF_ERROR' ? UNPACK.truncated : UNPACK.bad;
  }
}

/** Fills the output with the front of a longer stream; needs no more input than that takes. */
function fillFront(input: Uint8Array, out: Uint8Array): number {
  // Deflate gains at most a factor of 1,032, so this much input makes little more than what is wanted.
  for (let taken = Math.min(input.length, 1024); ; taken = Math.min(input.length, taken * 2)) {
    try {
      const front = zlib().inflateSync(input.subarray(0, taken), { finishFlush: 2 });
      if (front.length >= out.length) {
        out.set(front.subarray(0, out.length));
        return UNPACK.full;
      }
    } catch {
      return UNPACK.bad;
    }
    if (taken === input.length) return UNPACK.bad;
  }
}

/** See Unpacker; memory is a plain buffer that is copied when it grows. */
export function createPlainUnpacker(): Unpacker {
  let memory = new Uint8Array(1 << 20);
  let read: ReadChanges | undefined;
  return {
    start: 64,
    memory: () => memory,
    reserve: (end) => {
      if (end <= memory.length) return;
      const larger = new Uint8Array(Math.max(end, memory.length * 1.5));
      larger.set(memory);
      memory = larger;
    },
    inflate: (inAt, inSize, outAt, outSize) =>
      inflateInto(memory.subarray(inAt, inAt + inSize), memory.subarray(outAt, outAt + outSize)),
    readDeltaHeader: (deltaAt, deltaSize) => readHeader(memory, deltaAt, deltaSize),
    applyDelta: (commandsAt, commandsSize, baseAt, baseSize, outAt, outSize) =>
      runCommands(
        memory.subarray(commandsAt, commandsAt + commandsSize),
        memory.subarray(baseAt, baseAt + baseSize),
        memory.subarray(outAt, outAt + outSize),
      ),
    readChanges: (commandsAt, commandsSize, baseBytes, pointCount, places) => {
      const commands = memory.subarray(commandsAt, commandsAt + commandsSize);
      read = readPlainChanges(memory, commands, baseBytes, pointCount, places);
      return read.changes;
    },
    keptCopies: () => read?.copies ?? 0,
    sparedBytes: () => read?.spared ?? 0,
  };
}
