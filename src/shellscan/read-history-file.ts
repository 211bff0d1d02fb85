// Reads one history file and cuts it into blocks of whole entries for the queue; a database is looked at row by row. What is found is told in the order of the file, by numbers of the file.
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { ProblemKind } from '../model/problem.ts';
import type { HistoryFile } from '../model/shell-sighting.ts';
import { createFormat, guessFormat, HEAD_BYTES, recognise, type TextShellFormat } from '../shell/formats.ts';
import { BLOCK_BYTES, type BlockQueue } from './block-queue.ts';
import { type FoundItem, shiftItem } from './found-item.ts';

/** Who is told. */
export interface HistoryListener {
  /** In the order of the files, and in them of the entries. */
  readonly onItem: (file: HistoryFile, item: FoundItem) => void;
  readonly onProblem: (kind: ProblemKind, path: string, message: string) => void;
  readonly onBytes: (bytes: number) => void;
}

export interface HistoryReader extends HistoryListener {
  readonly queue: BlockQueue;
}

/**
 * Reads a file and leaves its last blocks in the queue.
 *
 * @param known what discovery knows of it
 * @returns undefined when it is no history that can be read, which the reader is told
 */
export async function readHistoryFile(
  path: string,
  known: HistoryFile | undefined,
  reader: HistoryReader,
): Promise<HistoryFile | undefined> {
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
    if (format === 'sqlite') return await readDatabase(file, reader);
    await readText(fd, file, format, start, stat.size, reader);
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

async function readDatabase(file: HistoryFile, reader: HistoryReader): Promise<HistoryFile | undefined> {
  const { readRows } = await import('./read-rows.ts');
  return readRows(file, reader, (known, row) => {
    reader.queue.addRow(row, (item) => reader.onItem(known, item));
  });
}

async function readText(
  fd: number,
  file: HistoryFile,
  name: TextShellFormat,
  head: Buffer,
  size: number,
  reader: HistoryReader,
): Promise<void> {
  const { queue } = reader;
  let base = 0;
  /** Entries and lines of the blocks that have been handed on. */
  let entries = 0;
  let lines = 0;
  const look = (bytes: Buffer): Promise<void> => {
    const block = { bytes, format, program: file.program, base };
    base += bytes.length;
    return queue.add(block, (found) => {
      for (const item of found.items) reader.onItem(file, shiftItem(item, entries, lines));
      entries += found.entries;
      lines += found.lines;
    });
  };

  let format = createFormat(name, head);
  if (format.needsWhole) {
    const whole = readFileSync(fd);
    reader.onBytes(whole.length);
    const bytes = queue.take(whole.length);
    whole.copy(bytes);
    format = createFormat(name, bytes);
    return look(bytes);
  }
  let buffer = queue.take(Math.min(BLOCK_BYTES, size + 1));
  let filled = 0;
  for (;;) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, null);
    reader.onBytes(count);
    filled += count;
    const isLast = count === 0;
    const ready = isLast ? filled : filled < buffer.length ? 0 : format.lastStart(buffer.subarray(0, filled));
    if (isLast && ready === 0) return;
    if (ready > 0) {
      const block = buffer.subarray(0, ready);
      // The next block begins with what is left of this one.
      if (!isLast) buffer = queue.take(buffer.length);
      Buffer.from(block.buffer, ready, filled - ready).copy(buffer);
      filled -= ready;
      await look(block);
    }
    if (isLast) return;
    // An entry longer than the block: it is read whole all the same.
    if (filled === buffer.length) {
      const longer = queue.take(buffer.length * 2);
      buffer.copy(longer);
      buffer = longer;
    }
  }
}
