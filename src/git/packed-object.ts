// Reads one small object out of the packs by ranged reads: the hook wants a few trees, for which neither git need be started
// nor a whole index of a pack be read. Understands index version 2; anything else, and anything odd, is "not found", and
// the caller asks git. All of many objects: src/packs. Source: git's gitformat-pack.
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { createEntryHeader, ENTRY, MAX_ENTRY_HEADER_BYTES, readEntryHeader } from './entry-header.ts';
import { inflateAtMost } from './inflate-at-most.ts';

const IDX_MAGIC = 0xff744f63;
const FANOUT_AT = 8;
const IDS_AT = FANOUT_AT + 1024;
/** Git makes chains of 50; a longer one than this is left to git. */
const MOST_DELTAS = 500;

export interface PackedObject {
  /** One of ENTRY. */
  readonly kind: number;
  readonly bytes: Buffer;
}

function readRange(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let have = 0;
  while (have < length) {
    const got = readSync(fd, bytes, have, length - have, at + have);
    if (got === 0) break;
    have += got;
  }
  return bytes.subarray(0, have);
}

/** Runs `use` with the open file; undefined when the system refuses any of it. */
function withFile<T>(file: string, use: (fd: number) => T): T | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(file, 'r');
    return use(fd);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined; // Repacked since, or unreadable: git says which.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Offset in the pack of an id; -1 when this index does not name it or cannot be read so. */
function findOffset(idx: number, id: Buffer): number {
  const idBytes = id.length;
  const head = readRange(idx, 0, IDS_AT);
  if (head.length < IDS_AT || head.readUInt32BE(0) !== IDX_MAGIC || head.readUInt32BE(4) !== 2) return -1;
  const fanout = (byte: number): number => (byte < 0 ? 0 : head.readUInt32BE(FANOUT_AT + 4 * byte));
  const first = id[0] as number;
  const count = fanout(255);
  let low = fanout(first - 1);
  let high = fanout(first);
  const isPlausible = low <= high && high <= count && IDS_AT + count * (idBytes + 8) <= fstatSync(idx).size;
  if (!isPlausible) return -1;
  const ids = readRange(idx, IDS_AT + low * idBytes, (high - low) * idBytes);
  if (ids.length < (high - low) * idBytes) return -1;
  const base = low;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = (middle - base) * idBytes;
    const order = ids.compare(id, 0, idBytes, at, at + idBytes);
    if (order === 0) return readOffset(idx, count, idBytes, middle);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function readOffset(idx: number, count: number, idBytes: number, number: number): number {
  const smallAt = IDS_AT + count * (idBytes + 4);
  const small = readRange(idx, smallAt + number * 4, 4);
  if (small.length < 4) return -1;
  const value = small.readUInt32BE(0);
  if (value < 0x80000000) return value;
  const large = readRange(idx, smallAt + count * 4 + (value - 0x80000000) * 8, 8);
  return large.length < 8 ? -1 : large.readUInt32BE(0) * 2 ** 32 + large.readUInt32BE(4);
}

/** A number of git's deltas: seven bits a byte, the lowest first. Moves `place.at`. */
function readSize(delta: Buffer, place: { at: number }): number {
  let size = 0;
  for (let scale = 1; scale < 2 ** 49; scale *= 128) {
    const byte = delta[place.at++] ?? 0;
    size += (byte & 127) * scale;
    if (byte < 128) return size;
  }
  return Number.NaN;
}

/** The text that a delta makes of its base; undefined when it does not fit. */
function applyDelta(base: Buffer, delta: Buffer, maxBytes: number): Buffer | undefined {
  const place = { at: 0 };
  const baseBytes = readSize(delta, place);
  const sizeBytes = readSize(delta, place);
  if (baseBytes !== base.length || !(sizeBytes <= maxBytes)) return undefined;
  const made = Buffer.allocUnsafe(sizeBytes);
  let to = 0;
  while (place.at < delta.length) {
    const order = delta[place.at++] as number;
    let source = delta;
    let from = place.at;
    let length = order;
    if (order >= 128) {
      source = base;
      from = 0;
      length = 0;
      for (let bit = 0; bit < 4; bit++) if (order & (1 << bit)) from += (delta[place.at++] ?? 0) * 2 ** (8 * bit);
      for (let bit = 0; bit < 3; bit++) if (order & (16 << bit)) length += (delta[place.at++] ?? 0) << (8 * bit);
      if (length === 0) length = 0x10000;
    } else place.at += length;
    if (order === 0 || from + length > source.length || to + length > sizeBytes) return undefined;
    source.copy(made, to, from, from + length);
    to += length;
  }
  return to === sizeBytes ? made : undefined;
}

/** The entry at `offset` with all deltas applied. */
function readEntry(
  pack: number,
  idx: number,
  offset: number,
  idBytes: number,
  maxBytes: number,
): PackedObject | undefined {
  const end = fstatSync(pack).size - idBytes;
  const deltas: Buffer[] = [];
  let deltaBytes = 0;
  const header = createEntryHeader();
  for (let at = offset; at > 0 && at < end && deltas.length <= MOST_DELTAS && deltaBytes <= maxBytes; ) {
    const start = readRange(pack, at, Math.min(MAX_ENTRY_HEADER_BYTES, end - at));
    if (!readEntryHeader(start, 0, idBytes, header) || header.sizeBytes > maxBytes) return undefined;
    // What deflate cannot pack grows by a few bytes a block.
    const packed = readRange(
      pack,
      at + header.headerBytes,
      Math.min(header.sizeBytes + (header.sizeBytes >> 10) + 64, end - at - header.headerBytes),
    );
    const bytes = inflateAtMost(packed, header.sizeBytes);
    if (bytes?.length !== header.sizeBytes) return undefined;
    if (header.kind !== ENTRY.offsetDelta && header.kind !== ENTRY.idDelta) {
      let made: Buffer | undefined = bytes;
      for (let i = deltas.length - 1; made && i >= 0; i--) made = applyDelta(made, deltas[i] as Buffer, maxBytes);
      return made && { kind: header.kind, bytes: made };
    }
    deltas.push(bytes);
    deltaBytes += bytes.length;
    at =
      header.kind === ENTRY.offsetDelta
        ? at - header.distance
        : findOffset(idx, start.subarray(header.idAt, header.idAt + idBytes));
  }
  return undefined;
}

function listIndexes(directory: string): readonly string[] {
  try {
    return readdirSync(join(directory, 'pack')).filter((name) => /^pack-.*\.idx$/.test(name));
  } catch {
    return []; // An object folder without packs.
  }
}

/**
 * Looks for an object in all packs.
 *
 * @param id  full hex id
 * @param directories  object folders, see object-directories.ts
 * @param maxBytes  larger objects, and objects built on larger ones, are left to git
 * @returns undefined when it is in no pack or only git can read it
 */
export function readPackedObject(
  id: string,
  directories: readonly string[],
  maxBytes: number,
): PackedObject | undefined {
  const raw = Buffer.from(id, 'hex');
  for (const directory of directories) {
    for (const name of listIndexes(directory)) {
      const found = withFile(join(directory, 'pack', name), (idx) => {
        const offset = findOffset(idx, raw);
        if (offset < 0) return undefined;
        const file = join(directory, 'pack', name.replace(/idx$/, 'pack'));
        return withFile(file, (pack) => readEntry(pack, idx, offset, raw.length, maxBytes));
      });
      if (found) return found;
    }
  }
  return undefined;
}
