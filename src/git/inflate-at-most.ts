// Unpacks zlib data of a bounded size: small ones in the kernel, where a start costs next to nothing, large ones by node:zlib,
// which gives its memory back. Node's module takes 4 ms to load and to warm up, so it is loaded at first need.
import { createUnpacker } from '../kernel/create-unpacker.ts';
import { SLACK, UNPACK, type Unpacker } from '../kernel/unpacker.ts';

/** The kernel's memory never shrinks. */
const MOST_IN_KERNEL = 1024 * 1024;
/** The first try of an output of unknown size. */
const USUAL_RATIO = 6;
const LEAST_OUTPUT = 16 * 1024;

let unpacker: Unpacker | undefined;

/** Undefined when the data are damaged, or hold more than `maxBytes`, or more than the kernel should take. */
function inflateInKernel(packed: Uint8Array, maxBytes: number): Buffer | undefined {
  unpacker ??= createUnpacker();
  const inAt = unpacker.start;
  const outAt = inAt + packed.length + SLACK;
  const most = Math.min(maxBytes, MOST_IN_KERNEL);
  for (let room = Math.min(most, packed.length * USUAL_RATIO + LEAST_OUTPUT); ; room = Math.min(most, room * 4)) {
    unpacker.reserve(outAt + room + SLACK);
    unpacker.memory().set(packed, inAt);
    const size = unpacker.inflate(inAt, packed.length, outAt, room);
    if (size >= 0) return Buffer.from(unpacker.memory().subarray(outAt, outAt + size));
    if (size !== UNPACK.full || room === most) return undefined;
  }
}

function inflateByNode(packed: Uint8Array, maxBytes: number): Buffer | undefined {
  const { inflateSync } = process.getBuiltinModule('node:zlib');
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, maxBytes) });
  } catch {
    return undefined; // The only errors of an inflate in memory: bad data, or too long.
  }
}

/** @returns undefined when the data are damaged or hold more than `maxBytes`; bytes behind the stream are ignored */
export function inflateAtMost(packed: Uint8Array, maxBytes: number): Buffer | undefined {
  const small = packed.length <= MOST_IN_KERNEL ? inflateInKernel(packed, maxBytes) : undefined;
  return small ?? inflateByNode(packed, maxBytes);
}
