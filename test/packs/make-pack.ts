// Writes packs that git would never write, with an index to match. The id of entry i (from 0) is the byte pattern of i + 1:
// readers do not hash contents, so ids need not be true.
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const BLOB = 3;
const OFFSET_DELTA = 6;
const ID_DELTA = 7;

function head(kind: number, size: number): Buffer {
  const bytes = [(kind << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1]! |= 128;
    bytes.push(rest & 127);
  }
  return Buffer.from(bytes);
}

export function blobEntry(content: Buffer): Buffer {
  return Buffer.concat([head(BLOB, content.length), deflateSync(content)]);
}

/** A distance as offset deltas have it. */
function distanceBytes(distance: number): Buffer {
  const bytes = [distance & 127];
  for (let rest = Math.floor(distance / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest--;
    bytes.unshift((rest & 127) | 128);
  }
  return Buffer.from(bytes);
}

/** Stands in an entry for "the distance to the entry before this one". */
const PREVIOUS = Symbol('previous');
interface LinkedEntry extends Buffer {
  [PREVIOUS]?: Buffer;
}

/** @param base  an id; or a number: then the base is the entry before */
export function deltaEntry(base: Buffer | number, delta: Buffer): Buffer {
  if (typeof base !== 'number') return Buffer.concat([head(ID_DELTA, delta.length), base, deflateSync(delta)]);
  const entry: LinkedEntry = Buffer.concat([head(OFFSET_DELTA, delta.length)]);
  entry[PREVIOUS] = deflateSync(delta);
  return entry;
}

export function idOf(entry: number): Buffer {
  const number = entry + 1;
  if (number < 256) return Buffer.alloc(20, number);
  const id = Buffer.alloc(20, 0xff);
  id.writeUInt32BE(number, 1);
  return id;
}

/** Writes `pack-made.pack` and `pack-made.idx` (version 2). */
export function writePack(folder: string, entries: readonly Buffer[]): void {
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(entries.length, 8);
  const offsets: number[] = [];
  const parts: Buffer[] = [header];
  let at = header.length;
  for (const entry of entries as readonly LinkedEntry[]) {
    const stream = entry[PREVIOUS];
    const whole = stream ? Buffer.concat([entry, distanceBytes(at - (offsets.at(-1) ?? 0)), stream]) : entry;
    offsets.push(at);
    parts.push(whole);
    at += whole.length;
  }
  const body = Buffer.concat(parts);
  const checksum = createHash('sha1').update(body).digest();
  writeFileSync(join(folder, 'pack-made.pack'), Buffer.concat([body, checksum]));
  writeFileSync(join(folder, 'pack-made.idx'), makeIndex(offsets, checksum));
}

/**
 * Writes a pack with a hole in it: the first entry, nothing up to `farAt`, then a delta whose base is the first entry. The file
 * is sparse, so it takes no room. Nobody hashes it, so its checksum is made up.
 */
export function writeSparsePack(folder: string, content: Buffer, delta: Buffer, farAt: number): void {
  const checksum = Buffer.alloc(20, 7);
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\x02', 'latin1');
  const far = Buffer.concat([
    head(OFFSET_DELTA, delta.length),
    distanceBytes(farAt - header.length),
    deflateSync(delta),
  ]);
  const fd = openSync(join(folder, 'pack-made.pack'), 'w');
  writeSync(fd, Buffer.concat([header, blobEntry(content)]), 0, undefined, 0);
  writeSync(fd, Buffer.concat([far, checksum]), 0, undefined, farAt);
  closeSync(fd);
  writeFileSync(join(folder, 'pack-made.idx'), makeIndex([header.length, farAt], checksum));
}

function makeIndex(offsets: readonly number[], checksum: Buffer): Buffer {
  const order = offsets.map((offset, i) => ({ id: idOf(i), offset })).sort((a, b) => Buffer.compare(a.id, b.id));
  const fanout = Buffer.alloc(1024);
  for (let i = 0; i < 256; i++) fanout.writeUInt32BE(order.filter(({ id }) => (id[0] ?? 0) <= i).length, i * 4);
  const table = Buffer.alloc(order.length * 4);
  const long: Buffer[] = [];
  for (const [i, { offset }] of order.entries()) {
    if (offset < 2 ** 31) {
      table.writeUInt32BE(offset, i * 4);
      continue;
    }
    table.writeUInt32BE(2 ** 31 + long.length, i * 4);
    const far = Buffer.alloc(8);
    far.writeBigUInt64BE(BigInt(offset));
    long.push(far);
  }
  const index = Buffer.concat([
    Buffer.of(0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2),
    fanout,
    ...order.map(({ id }) => id),
    Buffer.alloc(order.length * 4),
    table,
    ...long,
    checksum,
  ]);
  return Buffer.concat([index, createHash('sha1').update(index).digest()]);
}
