// The real streams, environment and clock. Everything is looked up when it is asked for: process.stdout and a test for a
// terminal each load node:tty and node:net, which costs 3 ms that a silent hook must not pay.
import { fstatSync } from 'node:fs';
import type { Terminal } from '../commands/terminal.ts';
import { UsageError } from '../model/errors.ts';

const DEFAULT_COLUMNS = 80;

function isTerminal(descriptor: 1 | 2): boolean {
  try {
    if (process.platform !== 'win32' && !fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    // The descriptor is closed.
    return false;
  }
  return (descriptor === 1 ? process.stdout : process.stderr).isTTY === true;
}

function findCurrentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UsageError('the current folder is no longer there; change to one that is', { cause });
  }
}

function formatToday(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A reader such as `head` that has read enough is no error; everything written after that goes nowhere. */
function isClosedPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'EOF';
}

/** Makes the `writeOut` of a process. The scan goes on behind a closed pipe, so that the exit code is right. */
function createWriteOut(): Terminal['writeOut'] {
  let isClosed = false;
  let isWatched = false;
  return (text) => {
    if (isClosed || text === '') return Promise.resolve();
    // A failed write is told twice, to the callback and as an event; without a listener the event ends the process.
    if (!isWatched) process.stdout.on('error', () => {});
    isWatched = true;
    return new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => {
        if (!error) return resolve();
        isClosed = true;
        if (isClosedPipe(error)) return resolve();
        const { code } = error as NodeJS.ErrnoException;
        reject(
          new UsageError(`standard output cannot be written (${code ?? 'unknown error'}); the report is not whole`),
        );
      });
    });
  };
}

/** Makes the `writeError` of a process. When standard error cannot be written there is nobody left to tell. */
function createWriteError(): Terminal['writeError'] {
  let isWatched = false;
  return (text) => {
    if (text === '') return;
    if (!isWatched) process.stderr.on('error', () => {});
    isWatched = true;
    process.stderr.write(text);
  };
}

/** The terminal of this process. */
export function createTerminal(): Terminal {
  return {
    writeOut: createWriteOut(),
    writeError: createWriteError(),
    get isOutTerminal() {
      return isTerminal(1);
    },
    get isErrorTerminal() {
      return isTerminal(2);
    },
    get columns() {
      const stream = isTerminal(1) ? process.stdout : isTerminal(2) ? process.stderr : undefined;
      return stream?.columns || DEFAULT_COLUMNS;
    },
    environment: process.env,
    get cwd() {
      return findCurrentFolder();
    },
    get stdin() {
      return process.stdin;
    },
    get today() {
      return formatToday();
    },
  };
}
