// Files as they are found on disks: encodings, line ends, links, pipes, sockets, pointers, files that go or change.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTextScanner } from '../../src/pipeline/text-scanner.ts';
import { WINDOW_BYTES } from '../../src/pipeline/text-window.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { matcher, smallDetector } from '../support/small-detector.ts';

const TOKEN = `acm_${new RandomText(21).text('base62', 36)}`;
const scanner = createTextScanner(
  smallDetector([
    matcher({ id: 'acme.token', wakeUp: { kind: 'prefix', words: ['acm_'] }, pattern: 'acm_[A-Za-z0-9]{36}' }),
  ]),
);
let folder: string;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(removeFolders);

/** Places and problems of one file, as short texts. */
function scan(path: string, sizeBytes?: number): string[] {
  scanner.scanFile(folder, { kind: 'file', path, sizeBytes });
  const { located, problems } = scanner.take();
  return [
    ...located.map(({ location: l }) => `${l.line}:${l.column}-${l.endLine}:${l.endColumn}`),
    ...problems.map((p) => `${p.kind}: ${p.path} ${p.message}`),
  ];
}

function write(path: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, path), content);
  return path;
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('encodings', () => {
  const text = `é = 1\r\nkey: "${TOKEN}"\r\n`;
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['latin1', Buffer.from(text, 'latin1')],
    ['utf-16le with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16be with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped(text)])],
    ['utf-16le without', Buffer.from(text, 'utf16le')],
    ['utf-16be without', swapped(text)],
    ['lone CR as line end is no line end', Buffer.from(text.replace('\r\n', '\r'))],
  ])('%s', (name, bytes) => {
    const expected = name.startsWith('lone') ? '1:13-1:53' : '2:7-2:47';
    expect(scan(write('encoded.txt', bytes))).toEqual([expected]);
    expect(scan('encoded.txt', bytes.length)).toEqual([expected]);
  });

  it('utf-16 in many windows', () => {
    const long = `${'some words \n'.repeat(200_000)}${text}`;
    expect(scan(write('long.txt', Buffer.from(long, 'utf16le')))).toEqual(['200002:7-200002:47']);
  });

  it('binary data', () => {
    expect(
      scan(write('data.bin', Buffer.concat([Buffer.from([0, 1, 2, 0, 0, 0, 7]), Buffer.from(` ${TOKEN} `)]))),
    ).toEqual(['1:9-1:49']);
  });
});

describe('sizes', () => {
  it.each([0, 1, 3])('a file of %i bytes', (size) => {
    expect(scan(write('small.txt', 'x'.repeat(size)), size)).toEqual([]);
  });

  it.each([-1, 0, 1, 40])('a window and %i bytes', (more) => {
    const filler = ' '.repeat(WINDOW_BYTES + more - TOKEN.length);
    const path = write('window.txt', `${filler}${TOKEN}`);
    const column = filler.length + 1;
    expect(scan(path, WINDOW_BYTES + more)).toEqual([`1:${column}-1:${column + 40}`]);
    expect(scan(path)).toEqual([`1:${column}-1:${column + 40}`]);
  });
});

describe('what is no text', () => {
  it('a link is not followed', () => {
    symlinkSync('encoded.txt', join(folder, 'link.txt'));
    symlinkSync('loop.txt', join(folder, 'loop.txt'));
    expect(scan('link.txt')).toEqual(['symlink: link.txt is a symbolic link; not followed']);
    expect(scan('loop.txt')).toEqual(['symlink: loop.txt is a symbolic link; not followed']);
  });

  it('a folder in a file’s place', () => {
    mkdirSync(join(folder, 'was-a-file'));
    expect(scan('was-a-file', 10)).toEqual(['vanished: was-a-file is a folder now']);
  });

  it.skipIf(process.platform === 'win32')('a pipe nobody writes to does not hang', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(scan('pipe', 100)).toEqual(['special: pipe is no regular file; not read']);
  });

  it.skipIf(process.platform === 'win32')('a socket', async () => {
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(scan('socket', 100)).toEqual(['special: socket is a socket or a device; not opened']);
    server.close();
  });

  it('a pointer of Git LFS is named, a text that only begins like one is scanned', () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
    expect(scan(write('big.psd', pointer))).toEqual([
      'lfs-pointer: big.psd is a Git LFS pointer: its content was not scanned',
    ]);
    expect(scan(write('forged.psd', `${pointer}${TOKEN}\n`))).toEqual(['4:1-4:41']);
  });

  it('a file that is gone, and one below a file', () => {
    expect(scan('gone.txt')).toEqual(['vanished: gone.txt was gone when it was to be read']);
    expect(scan('encoded.txt/x')).toEqual(['vanished: encoded.txt/x was gone when it was to be read']);
    expect(scan('x'.repeat(300))).toEqual([`unreadable: ${'x'.repeat(300)} cannot be read: ENAMETOOLONG`]);
  });

  it('a listing that knows another size than the file has', () => {
    const path = write('changed.txt', `key ${TOKEN}\n`);
    expect(scan(path, 3)).toEqual(['1:5-1:45']);
    expect(scan(path, 3_000_000)).toEqual(['1:5-1:45']);
    truncateSync(join(folder, path), 0);
    expect(scan(path, 46)).toEqual([]);
  });
});

describe('limits on hostile input', () => {
  it('one run with more candidates than fit is cut, and says so', () => {
    const found = scan(write('hostile.txt', 'acm_'.repeat(300_000)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^cut: hostile\.txt \d+ candidates in one stretch of text were not looked at$/);
  });

  it('only added lines count in a change', () => {
    const bytes = Buffer.from(`a\n${TOKEN}\nb\n${TOKEN}\n`);
    const origin = { kind: 'staged', path: 'x', blob: '' } as const;
    scanner.scanBlob({ kind: 'blob', origin, bytes, addedLines: [[3, 4]] });
    expect(scanner.take().located.map((d) => d.location.line)).toEqual([4]);
  });
});
