// Histories in databases of SQLite, row by row, from a copy in memory.
import { readFileSync } from 'node:fs';
import type { HistoryFile } from '../model/shell-sighting.ts';
import type { HistoryRow } from './block-scanner.ts';
import type { HistoryListener } from './read-history-file.ts';

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

/**
 * @param onRow called for each text of the database
 * @returns the file with the program whose database it is; undefined when it cannot be read, which `listener` is told
 */
export async function readRows(
  file: HistoryFile,
  listener: Pick<HistoryListener, 'onProblem' | 'onBytes'>,
  onRow: (file: HistoryFile, row: HistoryRow) => void,
): Promise<HistoryFile | undefined> {
  const { layWriteAheadLog, openDatabase, programOfTables } = await import('../shell/database.ts');
  let log: Buffer | undefined;
  try {
    log = readFileSync(`${file.path}-wal`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') listener.onProblem('unreadable', `${file.path}-wal`, `cannot be read: ${code}`);
  }
  const bytes = readFileSync(file.path);
  listener.onBytes(bytes.length + (log?.length ?? 0));
  let database: Awaited<ReturnType<typeof openDatabase>>;
  try {
    database = await openDatabase(log ? layWriteAheadLog(bytes, log) : bytes);
  } catch (error) {
    listener.onProblem('unreadable', file.path, `is no database that can be read: ${(error as Error).message}`);
    return undefined;
  }
  const program = file.program === 'sqlite' ? (programOfTables(database.tables) ?? 'atuin') : file.program;
  const known: HistoryFile = { ...file, program };
  let number = 0;
  try {
    for (const { text, time, table, column, rowId } of database.texts()) {
      number++;
      onRow(known, {
        text: lineOfRow(program, text),
        dialect: program === 'IPython' ? 'text' : 'sh',
        program,
        cell: { table, column, rowId },
        number,
        time,
      });
    }
  } catch (error) {
    listener.onProblem('unreadable', file.path, `was read in part: ${(error as Error).message}`);
  } finally {
    database.close();
  }
  return known;
}
