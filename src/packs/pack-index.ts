// Reads the index of a pack, versions 1 and 2 (git's gitformat-pack). Hostile bytes: sizes and fan-out are checked before
// anything is used; an offset is only a number here, whoever follows it checks it. Lies in shared memory for the threads.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the ids and offsets of a pack are read from. All positions are bytes in `bytes`. */
export interface PackIndex {
  readonly count: number;
  readonly idBytes: number;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Where id `i` stands: idStart + i × idStride. Ascending. */
  readonly idStart: number;
  readonly idStride: number;
  /** Offset of object `i` in the pack, in the order of ids; NaN when the index contradicts itself. */
  readonly offsetOf: (i: number) => number;
  /** The pack's own checksum, as the index has it. */
  readonly packChecksum: Uint8Array;
  /** Number of an id; -1 when it is not there. `at` is its place in `wanted`. */
  readonly find: (wanted: Uint8Array, at: number) => number;
}

/** `unknown`: a version that only git may know. `damaged`: git refuses it too. */
export type IndexFault = { readonly fault: 'unknown' | 'damaged' | 'vanished'; readonly why: string };

const MAGIC = 0xff744f63;
const FANOUT_BYTES = 1024;

/** A whole file in shared memory. @throws NodeJS.ErrnoException */
export function readShared(file: string): Uint8Array<SharedArrayBuffer> {
  const fd = openSync(file, 'r');
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(fd).size));
    for (let at = 0; at < bytes.length; ) {
      const got = readSync(fd, bytes, at, Math.min(bytes.length - at, 1 << 30), at);
      if (got === 0) return bytes.subarray(0, at);
      at += got;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

/** Looks an id up between two numbers by halving. */
export function findId(
  bytes: Uint8Array,
  idStart: number,
  idStride: number,
  idBytes: number,
  range: readonly [number, number],
  wanted: Uint8Array,
  at: number,
): number {
  let [low, high] = range;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = idStart + middle * idStride;
    let i = 0;
    while (i < idBytes && bytes[place + i] === wanted[at + i]) i++;
    if (i === idBytes) return middle;
    if ((bytes[place + i] ?? 0) < (wanted[at + i] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** The 256 numbers of a fan-out table; undefined when they descend. */
export function readFanout(view: DataView, at: number): Uint32Array | undefined {
  const fanout = new Uint32Array(257);
  for (let i = 0; i < 256; i++) {
    fanout[i + 1] = view.getUint32(at + i * 4);
    if ((fanout[i + 1] ?? 0) < (fanout[i] ?? 0)) return undefined;
  }
  return fanout;
}

interface Layout {
  readonly fanoutAt: number;
  readonly smallest: number;
  readonly largest: number;
}

function layoutOf(version: number, count: number, idBytes: number): Layout {
  if (version === 1) {
    const size = FANOUT_BYTES + count * (idBytes + 4) + 2 * idBytes;
    return { fanoutAt: 0, smallest: size, largest: size };
  }
  const smallest = 8 + FANOUT_BYTES + count * (idBytes + 8) + 2 * idBytes;
  return { fanoutAt: 8, smallest, largest: smallest + Math.max(count - 1, 0) * 8 };
}

/**
 * Takes an index apart.
 *
 * @param bytes  the whole file
 * @param idBytes  20 or 32
 */
export function parsePackIndex(bytes: Uint8Array<SharedArrayBuffer>, idBytes: number): PackIndex | IndexFault {
  const damaged = (why: string): IndexFault => ({ fault: 'damaged', why });
  if (bytes.length < FANOUT_BYTES + 2 * idBytes) return damaged('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(0) === MAGIC ? view.getUint32(4) : 1;
  if (version > 2 || version < 1 || (version === 1 && view.getUint32(0) === MAGIC))
    return { fault: 'unknown', why: `version ${version}` };
  const fanoutAt = version === 1 ? 0 : 8;
  if (bytes.length < fanoutAt + FANOUT_BYTES) return damaged('too short');
  const fanout = readFanout(view, fanoutAt);
  if (!fanout) return damaged('its fan-out table descends');
  const count = fanout[256] ?? 0;
  const { smallest, largest } = layoutOf(version, count, idBytes);
  if (bytes.length < smallest || bytes.length > largest) return damaged(`${bytes.length} bytes for ${count} objects`);

  const idStart = version === 1 ? FANOUT_BYTES + 4 : 8 + FANOUT_BYTES;
  const idStride = version === 1 ? idBytes + 4 : idBytes;
  const offsetsAt = 8 + FANOUT_BYTES + count * (idBytes + 4);
  const longAt = offsetsAt + count * 4;
  const longCount = (bytes.length - 2 * idBytes - longAt) / 8;
  const offsetOf = (i: number): number => {
    if (version === 1) return view.getUint32(FANOUT_BYTES + i * idStride);
    const short = view.getUint32(offsetsAt + i * 4);
    if (short < 0x80000000) return short;
    const long = short - 0x80000000;
    if (long >= longCount) return Number.NaN;
    return view.getUint32(longAt + long * 8) * 2 ** 32 + view.getUint32(longAt + long * 8 + 4);
  };
  return {
    count,
    idBytes,
    bytes,
    idStart,
    idStride,
    offsetOf,
    packChecksum: bytes.subarray(bytes.length - 2 * idBytes, bytes.length - idBytes),
    find: (wanted, at) => {
      const first = wanted[at] ?? 0;
      const range = [fanout[first] ?? 0, fanout[first + 1] ?? 0] as const;
      return findId(bytes, idStart, idStride, idBytes, range, wanted, at);
    },
  };
}
