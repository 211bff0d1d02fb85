// Reads one history file in blocks of whole entries and gives what its entries hold: detections of the normal detector and
// findings of the command rules, with the bytes of the file that hold each value. The middle of `unleak shell`.
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { TextTraits } from '../detector/chunk.ts';
import type { Detector } from '../detector/detector.ts';
import { resolveOverlaps } from '../detector/resolve-overlaps.ts';
import type { Detection } from '../model/finding.ts';
import type { ProblemKind } from '../model/problem.ts';
import type { DatabaseCell, HistoryFile } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import type { TextWindow } from '../pipeline/text-window.ts';
import type { CommandEngine, CommandFinding } from '../shell/command-engine.ts';
import { createFormat, guessFormat, HEAD_BYTES, recognise, type TextShellFormat } from '../shell/formats.ts';
import type { Dialect } from '../shell/history-format.ts';
import { identicalText, rawSpans } from '../shell/mapped-text.ts';
import type { Prefilter } from '../shell/prefilter.ts';
import { scanBlock } from '../shell/scan-block.ts';

/** Something found in an entry, not judged yet. */
export interface HistoryHit {
  readonly file: HistoryFile;
  /** From 1. */
  readonly entryNumber: number;
  readonly time: number | undefined;
  readonly entrySpan: Span | undefined;
  readonly cell: DatabaseCell | undefined;
  /** The command, one character a byte. */
  readonly text: string;
  readonly dialect: Dialect;
  /** Bytes of the file of each stretch of the text; none for a row. */
  readonly rawOf: (spans: readonly Span[]) => readonly Span[];
  readonly findings: readonly CommandFinding[];
  /** Detections with their spans in `text`. */
  readonly detections: readonly { readonly detection: Detection; readonly span: Span }[];
  /** Line of the file from 1, and the column of a raw offset in it. */
  readonly placeOf: (raw: number) => { readonly line: number; readonly column: number };
}

export interface HistoryReader {
  readonly detector: Detector;
  readonly engine: CommandEngine;
  readonly prefilter: Prefilter;
  readonly onHit: (hit: HistoryHit) => void;
  readonly onProblem: (kind: ProblemKind, path: string, message: string) => void;
  readonly onBytes: (bytes: number) => void;
}

const BLOCK_BYTES = 1 << 21;
const TRAITS: TextTraits = { pathKind: () => 'config', isCode: () => false, isBinary: false };

/** Detections of a whole text, without those that say less about the same bytes. */
function detectText(window: TextWindow, text: Buffer): readonly Detection[] {
  const found: Detection[] = [];
  window.open(TRAITS, { onDetection: (detection) => found.push(detection), onWindow: () => {} });
  window.write(text);
  window.finish();
  return resolveOverlaps(found);
}

function countNewlines(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** What stays the same from block to block. */
interface Position {
  base: number;
  entries: number;
  lines: number;
}

/** @param window of the reader's detector; one serves all files */
export function readHistoryFile(
  path: string,
  known: HistoryFile | undefined,
  reader: HistoryReader,
  window: TextWindow,
): Promise<HistoryFile | undefined> | HistoryFile | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(fd);
    if (!stat.isFile()) {
      reader.onProblem(
        'special',
        path,
        stat.isDirectory() ? 'is a folder; name its files' : 'is no regular file; not read',
      );
      return undefined;
    }
    const head = Buffer.alloc(HEAD_BYTES);
    const size = readSync(fd, head, 0, HEAD_BYTES, 0);
    const start = head.subarray(0, size);
    const guess = known ? (recognise(path, start) ?? known) : guessFormat(path, start);
    const program = known && guess.format !== 'sqlite' ? known.program : (known?.program ?? guess.program);
    const format = known && (known.format === 'json' || known.format === 'jsonl') ? known.format : guess.format;
    const file: HistoryFile = { path, format, program };
    if (format === 'sqlite') return readRows(file, reader, window);
    readText(fd, file, format, start, stat.size, reader, window);
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = code === 'EACCES' ? 'cannot be read: no permission' : `cannot be read: ${code}`;
    reader.onProblem(code === 'ENOENT' ? 'vanished' : 'unreadable', path, message);
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function readText(
  fd: number,
  file: HistoryFile,
  name: TextShellFormat,
  head: Buffer,
  size: number,
  reader: HistoryReader,
  window: TextWindow,
): void {
  let format = createFormat(name, head);
  const position: Position = { base: 0, entries: 0, lines: 0 };
  if (format.needsWhole) {
    const whole = readFileSync(fd);
    format = createFormat(name, whole);
    readBlock(whole, file, format, position, reader, window);
    reader.onBytes(whole.length);
    return;
  }
  let buffer = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, size + 1));
  let filled = 0;
  for (;;) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, null);
    reader.onBytes(count);
    filled += count;
    const isLast = count === 0;
    const ready = isLast ? filled : filled < buffer.length ? 0 : format.lastStart(buffer.subarray(0, filled));
    if (ready > 0) {
      readBlock(buffer.subarray(0, ready), file, format, position, reader, window);
      buffer.copy(buffer, 0, ready, filled);
      filled -= ready;
    }
    if (isLast) return;
    // An entry longer than the block: it is read whole all the same.
    if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
  }
}

function readBlock(
  bytes: Buffer,
  file: HistoryFile,
  format: ReturnType<typeof createFormat>,
  position: Position,
  reader: HistoryReader,
  window: TextWindow,
): void {
  const text = format.decodeBlock(bytes);
  const detections = detectText(window, text.bytes);
  const { hits, entries, lines } = scanBlock(bytes, text, {
    format,
    program: file.program,
    engine: reader.engine,
    prefilter: reader.prefilter,
    detections: detections.map(({ span }) => span),
  });
  const { base } = position;
  for (const hit of hits) {
    const lineOfEntry = position.lines + hit.lines + 1;
    reader.onHit({
      file,
      entryNumber: position.entries + hit.index + 1,
      time: hit.time,
      entrySpan: { start: base + hit.span.start, end: base + hit.span.end },
      cell: undefined,
      text: hit.text,
      dialect: format.dialect,
      rawOf: (spans) =>
        spans
          .flatMap((span) => rawSpans(hit.command, span))
          .sort((a, b) => a.start - b.start)
          .map(({ start, end }) => ({ start: base + start, end: base + end })),
      findings: hit.findings,
      detections: hit.detections.flatMap((index) => placeDetection(detections[index]!, hit.text)),
      placeOf: (raw) => {
        const at = raw - base;
        const before = bytes.lastIndexOf(10, at - 1);
        const lineStart = at === 0 || before < 0 ? 0 : before + 1;
        const newlines = countNewlines(bytes, hit.span.start, at);
        return { line: lineOfEntry + newlines, column: bytes.toString('utf8', lineStart, at).length + 1 };
      },
    });
  }
  position.lines += lines;
  position.entries += entries;
  position.base += bytes.length;
}

/** Where a detection of the block stands in the decoded command. */
function placeDetection(detection: Detection, text: string): readonly { detection: Detection; span: Span }[] {
  const value = Buffer.from(detection.secret.reveal(), 'utf8').toString('latin1');
  const start = text.indexOf(value);
  return start < 0 ? [] : [{ detection, span: { start, end: start + value.length } }];
}

/** Command lines that a row stands for: of the AWS CLI's records the arguments, else the text itself. */
function lineOfRow(program: string, text: string): string {
  if (program !== 'AWS CLI' || !text.startsWith('[')) return text;
  try {
    const words: unknown = JSON.parse(text);
    if (!Array.isArray(words)) return text;
    return ['aws', ...words].map((word) => `'${String(word).replaceAll("'", "'\\''")}'`).join(' ');
  } catch {
    // No arguments: a reply, which is looked at as text.
    return text;
  }
}

async function readRows(
  file: HistoryFile,
  reader: HistoryReader,
  window: TextWindow,
): Promise<HistoryFile | undefined> {
  const { layWriteAheadLog, openDatabase, programOfTables } = await import('../shell/database.ts');
  let log: Buffer | undefined;
  try {
    log = readFileSync(`${file.path}-wal`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') reader.onProblem('unreadable', `${file.path}-wal`, `cannot be read: ${code}`);
  }
  const bytes = readFileSync(file.path);
  reader.onBytes(bytes.length + (log?.length ?? 0));
  let database: Awaited<ReturnType<typeof openDatabase>>;
  try {
    database = await openDatabase(log ? layWriteAheadLog(bytes, log) : bytes);
  } catch (error) {
    reader.onProblem('unreadable', file.path, `is no database that can be read: ${(error as Error).message}`);
    return undefined;
  }
  const program = file.program === 'sqlite' ? (programOfTables(database.tables) ?? 'atuin') : file.program;
  const known: HistoryFile = { ...file, program };
  const format = createFormat('lines', Buffer.alloc(0));
  let entryNumber = 0;
  try {
    for (const row of database.texts()) {
      entryNumber++;
      const isCode = program === 'IPython';
      const typed = lineOfRow(program, row.text);
      const rowBytes = Buffer.from(typed);
      const detections = detectText(window, rowBytes);
      const dialect: Dialect = isCode ? 'text' : 'sh';
      const { hits } = scanBlock(rowBytes, identicalText(rowBytes, 0), {
        // A row is one entry, line breaks and all.
        format: {
          ...format,
          dialect,
          nextEntry: (all) => all.length,
          startsEntry: () => false,
          readEntry: (all) => ({ command: identicalText(all, 0), time: undefined }),
        },
        program,
        engine: reader.engine,
        prefilter: reader.prefilter,
        detections: detections.map(({ span }) => span),
      });
      for (const hit of hits) {
        reader.onHit({
          file: known,
          entryNumber,
          time: row.time,
          entrySpan: undefined,
          cell: { table: row.table, column: row.column, rowId: row.rowId },
          text: hit.text,
          dialect,
          rawOf: () => [],
          findings: hit.findings,
          detections: hit.detections.flatMap((index) => placeDetection(detections[index]!, hit.text)),
          placeOf: () => ({ line: entryNumber, column: 1 }),
        });
      }
    }
  } catch (error) {
    reader.onProblem('unreadable', file.path, `was read in part: ${(error as Error).message}`);
  } finally {
    database.close();
  }
  return known;
}
