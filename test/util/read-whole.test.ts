// A file whole, and no more than a file.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeUnread, readRegular, readWhole } from '../../src/util/read-whole.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unleak-whole-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function why(read: () => Buffer): string {
  try {
    return `read ${read().length} bytes`;
  } catch (cause) {
    return describeUnread(cause);
  }
}

const READERS = [readWhole, readRegular];

test.each(READERS)('%o reads a file to its end, and the empty one', (read) => {
  const text = 'line\n'.repeat(300_000);
  expect(read(write('long', text)).equals(Buffer.from(text))).toBe(true);
  expect(read(write('empty', ''))).toEqual(Buffer.alloc(0));
});

test.each(READERS)('%o takes exactly as much as is allowed', (read) => {
  const file = write('limit', 'x'.repeat(1000));
  expect(why(() => read(file, 1000))).toBe('read 1000 bytes');
  expect(why(() => read(file, 999))).toBe('is larger than 1 MiB');
});

test.each(READERS)('%o says what a missing file and a folder are', (read) => {
  expect(why(() => read(join(folder, 'none')))).toBe('there is no such file');
  expect(why(() => read(join(write('file', 'x'), 'below')))).toBe('there is no such file');
  expect(why(() => read(folder))).toBe('is a folder, not a file');
});

// A file of /proc has the size 0 and a content.
test.skipIf(!existsSync('/proc/version'))('what its size does not tell is read too (/proc)', () => {
  expect(readWhole('/proc/version').toString()).toMatch(/^Linux .*\n$/s);
});

const hasDevices = existsSync('/dev/zero');

test.skipIf(!hasDevices)('a device without an end is refused (/dev/zero)', () => {
  expect(why(() => readWhole('/dev/zero', 3 << 20))).toBe('is larger than 3 MiB');
  const link = join(folder, 'link');
  symlinkSync('/dev/zero', link);
  expect(why(() => readRegular(link))).toBe('is no regular file');
});

test.skipIf(!hasDevices)('a FIFO is read until its writer ends; a file that is found may not be one', async () => {
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(why(() => readRegular(fifo))).toBe('is no regular file');
  const writer = spawn('sh', ['-c', 'exec > "$0"; printf one; sleep 0.1; printf two', fifo]);
  const ended = new Promise((resolve) => writer.once('close', resolve));
  expect(readWhole(fifo).toString()).toBe('onetwo');
  await ended;
});
