// What earlier runs found clean, by object id, under one key: rules, settings and program. A file in the user's cache
// folder, whole or not at all; anything odd about it and it is as if it were not there. Two runs at once are harmless: the
// later one wins, and the other's objects are looked at again. Holds ids only, 96 bits of each.
import { createHash, type Hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MAGIC = 'unleak clean objects, 1\n';
const ROW_BYTES = 12;
const SUM_BYTES = 16;
const HEADER_BYTES = MAGIC.length + 8;
/** Repositories that were seen whole; the oldest are forgotten. */
const MAX_WHOLE = 64;
/** 20 million objects; a larger file is begun anew. */
const MAX_ROWS = 20_000_000;

export interface ScanCache {
  readonly isClean: (id: string) => boolean;
  /** True when a set of objects with this digest was seen before, with nothing missing. */
  readonly isWhole: (digest: string) => boolean;
  readonly add: (id: string) => void;
  readonly addWhole: (digest: string) => void;
  /** Writes what is new; a folder that cannot be written to is no error: the next run is slower, that is all. */
  readonly save: () => void;
}

/** A cache that knows nothing and keeps nothing. */
export const NO_CACHE: ScanCache = {
  isClean: () => false,
  isWhole: () => false,
  add: () => {},
  addWhole: () => {},
  save: () => {},
};

/** The user's folder for such files: XDG, macOS or Windows; undefined when there is no home. */
export function findCacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = environment;
  if (platform === 'win32') return LOCALAPPDATA ? join(LOCALAPPDATA, 'unleak', 'Cache') : undefined;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, 'unleak');
  if (!HOME) return undefined;
  return platform === 'darwin' ? join(HOME, 'Library', 'Caches', 'unleak') : join(HOME, '.cache', 'unleak');
}

/** Stands for a fact about objects in the place of an id, such as "this blob holds nothing under this path". */
export function markOf(...words: readonly string[]): string {
  return hash().update(words.join('\0')).digest('hex');
}

/** Digest of a set of ids, whatever their order: sums stay below 2^53, where numbers are exact. */
export function digestIds(...lists: readonly (readonly string[])[]): string {
  let [a, b, count] = [0, 0, 0];
  for (const list of lists) {
    for (const id of list) {
      a = (a + Number.parseInt(id.slice(0, 12), 16)) % 2 ** 52;
      b = (b + Number.parseInt(id.slice(12, 24), 16)) % 2 ** 52;
      count++;
    }
  }
  return hash()
    .update(`${a} ${b} ${count}`)
    .digest('hex')
    .slice(0, ROW_BYTES * 2);
}

function hash(): Hash {
  return createHash('sha256');
}

const sumOf = (bytes: Uint8Array): Buffer => hash().update(bytes).digest().subarray(0, SUM_BYTES);

interface Rows {
  readonly clean: Buffer;
  readonly whole: readonly string[];
}

const NO_ROWS: Rows = { clean: Buffer.alloc(0), whole: [] };

/** Header, count of clean rows and of whole rows, the rows, a checksum over all. */
export function parseCache(bytes: Buffer): Rows | undefined {
  if (bytes.length < HEADER_BYTES + SUM_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const clean = bytes.readUInt32LE(MAGIC.length);
  const whole = bytes.readUInt32LE(MAGIC.length + 4);
  const end = HEADER_BYTES + (clean + whole) * ROW_BYTES;
  if (bytes.length !== end + SUM_BYTES || !sumOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) return undefined;
  const wholeStart = HEADER_BYTES + clean * ROW_BYTES;
  return {
    clean: bytes.subarray(HEADER_BYTES, wholeStart),
    whole: Array.from({ length: whole }, (_, i) =>
      bytes.toString('hex', wholeStart + i * ROW_BYTES, wholeStart + (i + 1) * ROW_BYTES),
    ),
  };
}

export function formatCache({ clean, whole }: Rows): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(clean.length / ROW_BYTES, MAGIC.length);
  header.writeUInt32LE(whole.length, MAGIC.length + 4);
  const body = Buffer.concat([header, clean, Buffer.from(whole.join(''), 'hex')]);
  return Buffer.concat([body, sumOf(body)]);
}

/** Binary search in sorted rows. */
function hasRow(rows: Buffer, id: string): boolean {
  const [a, b, c] = [0, 8, 16].map((at) => Number.parseInt(id.slice(at, at + 8), 16)) as [number, number, number];
  let low = 0;
  let high = rows.length / ROW_BYTES;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = middle * ROW_BYTES;
    const order = rows.readUInt32BE(at) - a || rows.readUInt32BE(at + 4) - b || rows.readUInt32BE(at + 8) - c;
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

function mergeRows(old: Buffer, added: ReadonlySet<string>): Buffer {
  const rows = [...added];
  for (let at = 0; at < old.length; at += ROW_BYTES) rows.push(old.toString('hex', at, at + ROW_BYTES));
  if (rows.length > MAX_ROWS) return mergeRows(Buffer.alloc(0), added);
  return Buffer.from(rows.sort().join(''), 'hex');
}

function readRows(file: string): Rows {
  try {
    return parseCache(readFileSync(file)) ?? NO_ROWS;
  } catch {
    return NO_ROWS; // Not there, or not ours to read: the same.
  }
}

/** Writes a file of the cache folder, whole or not at all. @throws NodeJS.ErrnoException */
export function writePrivately(file: string, bytes: Buffer): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @param key  whatever decides what is clean; other keys have other files */
export function openScanCache(folder: string, key: string): ScanCache {
  const file = join(folder, `history-${hash().update(key).digest('hex').slice(0, 32)}.bin`);
  const { clean, whole } = readRows(file);
  const added = new Set<string>();
  const seen = new Set(whole);
  let isChanged = false;
  return {
    isClean: (id) => hasRow(clean, id),
    isWhole: (digest) => seen.has(digest),
    add: (id) => void added.add(id.slice(0, ROW_BYTES * 2)),
    addWhole: (digest) => {
      isChanged ||= !seen.has(digest);
      seen.add(digest);
    },
    save: () => {
      if (added.size === 0 && !isChanged) return;
      const rows = { clean: mergeRows(clean, added), whole: [...seen].slice(-MAX_WHOLE) };
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writePrivately(file, formatCache(rows));
      } catch {
        // See save above.
      }
    },
  };
}
