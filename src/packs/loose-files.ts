// Lists loose objects and reads them through the unpacker: one zlib stream each, `TYPE SIZE`, a zero byte, the content.
// Anything odd about a file is answered with undefined; git itself is asked then.
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SLACK, UNPACK, type Unpacker } from '../kernel/unpacker.ts';

/** `commit `, up to 19 digits, zero byte. */
const MAX_HEADER_BYTES = 32;

/** Enough of a file for its header: that of a zlib stream with its tables, and a few bytes more. */
const PEEK_BYTES = 1024;

export interface LooseFile {
  readonly id: string;
  readonly directory: string;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Most of the 256 folders are not there.
  }
}

/** Loose objects of one object folder, by their names alone, in a fixed order. */
export function listLoose(directory: string, idBytes: number): LooseFile[] {
  const name = new RegExp(`^[0-9a-f]{${idBytes * 2 - 2}}$`);
  const found: LooseFile[] = [];
  for (const folder of listFolder(directory)
    .filter((entry) => /^[0-9a-f]{2}$/.test(entry))
    .sort()) {
    for (const rest of listFolder(join(directory, folder)).sort())
      if (name.test(rest)) found.push({ id: folder + rest, directory });
  }
  return found;
}

export interface LooseContent {
  readonly type: string;
  /** Place of the content in the unpacker's memory, valid until its next use. */
  readonly at: number;
  readonly sizeBytes: number;
}

/**
 * Puts a file into the unpacker's memory.
 *
 * @param headBytes  no more than this is read
 * @returns how much was read, -1 when it cannot be had or is too large
 */
function loadFile(
  file: string,
  unpacker: Unpacker,
  at: number,
  maxBytes: number,
  headBytes = Number.POSITIVE_INFINITY,
): number {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return -1;
  }
  try {
    const whole = fstatSync(fd).size;
    if (whole > maxBytes) return -1;
    const size = Math.min(whole, headBytes);
    unpacker.reserve(at + size + SLACK);
    const into = unpacker.memory().subarray(at, at + size);
    let filled = 0;
    while (filled < size) {
      const got = readSync(fd, into, filled, size - filled, null);
      if (got === 0) return -1;
      filled += got;
    }
    return size;
  } catch {
    return -1;
  } finally {
    closeSync(fd);
  }
}

type LooseType = 'blob' | 'tree' | 'commit' | 'tag';

interface LooseHeader {
  readonly type: LooseType;
  readonly headerBytes: number;
  readonly sizeBytes: number;
}

/** Inflates the first bytes of what was loaded to `outAt`. */
function readHeader(unpacker: Unpacker, at: number, packed: number, outAt: number): LooseHeader | undefined {
  unpacker.reserve(outAt + MAX_HEADER_BYTES + SLACK);
  const peeked = unpacker.inflate(at, packed, outAt, MAX_HEADER_BYTES);
  const seen = peeked === UNPACK.full ? MAX_HEADER_BYTES : peeked;
  if (seen < 0) return undefined;
  const head = Buffer.from(unpacker.memory().subarray(outAt, outAt + seen)).toString('latin1');
  const match = /^(blob|tree|commit|tag) (0|[1-9]\d{0,15})\0/.exec(head);
  if (!match?.[1]) return undefined;
  return { type: match[1] as LooseType, headerBytes: match[0].length, sizeBytes: Number(match[2]) };
}

const outAfter = (at: number, packed: number): number => Math.ceil((at + packed + SLACK) / 64) * 64;

/**
 * Reads the types of loose objects, from the first bytes of their files.
 *
 * @returns ids of those that do not tell
 */
export function peekLooseTypes(
  files: readonly LooseFile[],
  unpacker: Unpacker,
  onType: (id: string, type: LooseType) => void,
): string[] {
  const unknown: string[] = [];
  const at = Math.ceil(unpacker.start / 64) * 64;
  for (const loose of files) {
    const file = join(loose.directory, loose.id.slice(0, 2), loose.id.slice(2));
    const packed = loadFile(file, unpacker, at, Number.POSITIVE_INFINITY, PEEK_BYTES);
    const header = packed < 0 ? undefined : readHeader(unpacker, at, packed, outAfter(at, packed));
    if (header) onType(loose.id, header.type);
    else unknown.push(loose.id);
  }
  return unknown;
}

/**
 * Reads a loose object.
 *
 * @param at  where in the unpacker's memory there is room
 * @param maxBytes  larger content and larger files are left to git
 * @param wanted  types whose content is wanted; of others only the header is read, and `at` is of no use
 */
export function readLoose(
  loose: LooseFile,
  unpacker: Unpacker,
  at: number,
  maxBytes: number,
  wanted: (type: string) => boolean,
): LooseContent | undefined {
  const file = join(loose.directory, loose.id.slice(0, 2), loose.id.slice(2));
  const packed = loadFile(file, unpacker, at, maxBytes);
  if (packed < 0) return undefined;
  const outAt = outAfter(at, packed);
  const header = readHeader(unpacker, at, packed, outAt);
  if (!header) return undefined;
  const { type, headerBytes, sizeBytes } = header;
  const total = headerBytes + sizeBytes;
  if (!wanted(type)) return { type, at: outAt, sizeBytes };
  if (sizeBytes > maxBytes) return undefined;
  unpacker.reserve(outAt + total + SLACK);
  // The header's inflate may have overwritten slack behind the file, which holds nothing.
  if (unpacker.inflate(at, packed, outAt, total) !== total) return undefined;
  return { type, at: outAt + headerBytes, sizeBytes };
}
