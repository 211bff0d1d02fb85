// Reads the rows of SQLite histories (atuin, nushell, xonsh, IPython, AWS CLI) from a copy in memory: the file is never
// opened for writing, and no lock is taken. What a write-ahead log holds is laid over the copy first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, SqlJsStatic } from 'sql.js';

/** One text of a row. */
export interface DatabaseText {
  readonly table: string;
  readonly column: string;
  readonly rowId: number;
  readonly text: string;
  /** Seconds since 1970. */
  readonly time: number | undefined;
}

const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const SQLITE_HEADER_BYTES = 100;

/** Sum of the log over 8-byte steps. @source https://www.sqlite.org/fileformat2.html#checksum_algorithm */
function addChecksum(bytes: Buffer, from: number, to: number, isBig: boolean, sum: Uint32Array): void {
  for (let i = from; i + 8 <= to; i += 8) {
    const a = isBig ? bytes.readUInt32BE(i) : bytes.readUInt32LE(i);
    const b = isBig ? bytes.readUInt32BE(i + 4) : bytes.readUInt32LE(i + 4);
    sum[0] = sum[0]! + a + sum[1]!;
    sum[1] = sum[1]! + b + sum[0]!;
  }
}

/**
 * The database with the committed frames of its log, as a reader of SQLite would see it. Frames with a wrong sum or salt,
 * and those behind the last commit, are left out.
 */
export function layWriteAheadLog(database: Buffer, log: Buffer): Buffer {
  if (log.length < WAL_HEADER_BYTES || (log.readUInt32BE(0) & 0xfffffffe) !== 0x377f0682) return database;
  const isBig = (log.readUInt32BE(0) & 1) === 1;
  const pageSize = log.readUInt32BE(8);
  const sum = new Uint32Array(2);
  addChecksum(log, 0, 24, isBig, sum);
  if (sum[0] !== log.readUInt32BE(24) || sum[1] !== log.readUInt32BE(28) || pageSize < 512) return database;
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  let size = 0;
  for (
    let at = WAL_HEADER_BYTES;
    at + FRAME_HEADER_BYTES + pageSize <= log.length;
    at += FRAME_HEADER_BYTES + pageSize
  ) {
    if (log.compare(log, 16, 24, at + 8, at + 16) !== 0) break;
    addChecksum(log, at, at + 8, isBig, sum);
    addChecksum(log, at + FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES + pageSize, isBig, sum);
    if (sum[0] !== log.readUInt32BE(at + 16) || sum[1] !== log.readUInt32BE(at + 20)) break;
    pending.set(log.readUInt32BE(at), at + FRAME_HEADER_BYTES);
    const pagesAfter = log.readUInt32BE(at + 4);
    if (pagesAfter === 0) continue;
    size = pagesAfter * pageSize;
    for (const [page, place] of pending) pages.set(page, place);
    pending.clear();
  }
  if (size === 0) return database;
  const whole = Buffer.alloc(size);
  database.copy(whole, 0, 0, Math.min(size, database.length));
  for (const [page, place] of pages) {
    if (page >= 1 && page * pageSize <= size) log.copy(whole, (page - 1) * pageSize, place, place + pageSize);
  }
  return whole;
}

/** Whose history it is, by the tables that only its program has. */
export function programOfTables(tables: readonly string[]): string | undefined {
  const has = (name: string): boolean => tables.includes(name);
  if (has('xonsh_history')) return 'xonsh';
  if (has('output_history')) return 'IPython';
  if (has('records')) return 'AWS CLI';
  return undefined;
}

const TIME_COLUMNS = ['timestamp', 'start_timestamp', 'tsb', 'created_at', 'when'];

/** Seconds, from seconds, milliseconds or nanoseconds. */
function toSeconds(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value > 1e8)) return undefined;
  return Math.floor(value > 1e17 ? value / 1e9 : value > 1e14 ? value / 1e6 : value > 1e11 ? value / 1e3 : value);
}

let loading: Promise<SqlJsStatic> | undefined;

/** The library and its module are read when the first database is met. */
async function loadLibrary(): Promise<SqlJsStatic> {
  loading ??= import('sql.js').then(({ default: initialise }) => {
    const wasm = readFileSync(join(import.meta.dirname, 'sql-wasm.wasm'));
    return initialise({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer });
  });
  return loading;
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function* readTable(database: Database, table: string): Generator<DatabaseText> {
  const statement = database.prepare(`SELECT rowid AS "unleak rowid", * FROM ${quote(table)} ORDER BY rowid`);
  try {
    const columns = statement.getColumnNames();
    const timeAt = columns.findIndex((name) => TIME_COLUMNS.includes(name));
    while (statement.step()) {
      const row = statement.get();
      for (const [i, text] of row.entries()) {
        const value = text instanceof Uint8Array ? Buffer.from(text).toString('utf8') : text;
        if (i === 0 || typeof value !== 'string' || value.length < 4) continue;
        yield { table, column: columns[i]!, rowId: Number(row[0]), text: value, time: toSeconds(row[timeAt]) };
      }
    }
  } finally {
    statement.free();
  }
}

export interface DatabaseReader {
  readonly tables: readonly string[];
  readonly texts: () => Generator<DatabaseText>;
  readonly close: () => void;
}

/**
 * @param bytes the database with its log laid over it
 * @throws Error of the library when it is no database, or a broken one
 */
export async function openDatabase(bytes: Buffer): Promise<DatabaseReader> {
  const library = await loadLibrary();
  // Bytes 18 and 19 ask for a log that is not there: the copy has none.
  if (bytes.length >= SQLITE_HEADER_BYTES && bytes[18] === 2) bytes.fill(1, 18, 20);
  const database = new library.Database(bytes);
  const named = database.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const tables = (named[0]?.values ?? []).map(([name]) => String(name));
  return {
    tables,
    *texts() {
      for (const table of tables) {
        // Full-text and WITHOUT ROWID tables have rows that cannot be asked for so.
        if (!/_fts|_content$|_segments$|_segdir$|_docsize$|_stat$/.test(table)) yield* readTable(database, table);
      }
    },
    close: () => database.close(),
  };
}
