import { expect, test } from 'vitest';
import { createProgress, formatProgress } from '../../src/commands/progress.ts';
import type { Terminal } from '../../src/commands/terminal.ts';

function makeTerminal(written: string[], given: Partial<Terminal> = {}): Terminal {
  return {
    writeOut: async () => {
      throw new Error('standard output is for the report');
    },
    writeError: (text) => written.push(text),
    isOutTerminal: false,
    isErrorTerminal: true,
    columns: 80,
    environment: {},
    cwd: '/',
    stdin: process.stdin,
    today: '2031-01-01',
    ...given,
  };
}

test.each([
  [0, 0, 0, 1000, 'unleak: 0 files, 0 kB, 0 kB/s'],
  [1234, 60_000, 12_345_678, 2000, 'unleak: 1,234 of 60,000 files, 12 MB, 6 MB/s, 2 min left'],
  [500, 1000, 3_000_000_000, 3000, 'unleak: 500 of 1,000 files, 3.0 GB, 1.0 GB/s, 3 s left'],
  [1, 0, 999_600, 1000, 'unleak: 1 file, 1 MB, 1 MB/s'],
  [10, 10, 4000, 1000, 'unleak: 10 of 10 files, 4 kB, 4 kB/s'],
  [11, 10, 4000, 1000, 'unleak: 11 files, 4 kB, 4 kB/s'],
])('%d of %d files, %d bytes, %d ms', (done, total, bytes, elapsed, expected) => {
  expect(formatProgress(done, total, bytes, elapsed, 80)).toBe(expected);
});

test('a narrow terminal gets a shorter line', () => {
  expect(formatProgress(1234, 60_000, 1e7, 2000, 20)).toBe('unleak: 1,234 of 60');
});

test('draws after a second, ten times a second, and clears', () => {
  const written: string[] = [];
  let time = 5000;
  const progress = createProgress(makeTerminal(written), () => time);
  for (const at of [0, 999, 1000, 1050, 1099, 1100, 1500]) {
    time = 5000 + at;
    progress.update(at, 2000, at * 1e6);
  }
  progress.clear();
  progress.clear();
  expect(written).toEqual([
    '\r\x1b[Kunleak: 1,000 of 2,000 files, 1.0 GB, 1.0 GB/s, 1 s left',
    '\r\x1b[Kunleak: 1,100 of 2,000 files, 1.1 GB, 1.0 GB/s, 1 s left',
    '\r\x1b[Kunleak: 1,500 of 2,000 files, 1.5 GB, 1.0 GB/s, 1 s left',
    '\r\x1b[K',
  ]);
});

test.each([
  ['a pipe', { isErrorTerminal: false }],
  ['a dumb terminal', { environment: { TERM: 'dumb' } }],
])('draws nothing in %s', (_, given) => {
  const written: string[] = [];
  let time = 0;
  const progress = createProgress(makeTerminal(written, given), () => time);
  time = 9000;
  progress.update(1, 2, 3);
  progress.clear();
  expect(written).toEqual([]);
});
