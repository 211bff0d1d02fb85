// Archives made here, on disk: which targets come out, in which order, and what is said of the parts that do not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMITS, type Limits } from '../../src/archives/budget.ts';
import { unpackFile } from '../../src/archives/unpack.ts';
import type { Problem } from '../../src/model/problem.ts';
import { RandomText } from '../../src/util/random-text.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unleak-archives-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

async function tarOf(entries: Readonly<Record<string, Uint8Array | { readonly linkname: string }>>): Promise<Buffer> {
  const writer = pack();
  for (const [name, content] of Object.entries(entries)) {
    if (content instanceof Uint8Array) writer.entry({ name }, Buffer.from(content));
    else writer.entry({ name, type: 'symlink', linkname: content.linkname });
  }
  writer.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of writer) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Texts by path, and problems as `path: message`. */
async function unpack(name: string, content: Uint8Array, limits: Partial<Limits> = {}) {
  writeFileSync(join(root, name), content);
  const texts: Record<string, string> = {};
  const problems: string[] = [];
  const onProblem = ({ kind, path, message }: Problem): void => void problems.push(`${kind} ${path}: ${message}`);
  for await (const target of unpackFile(root, name, onProblem, { ...LIMITS, ...limits })) {
    if (target.kind === 'file') throw new Error('a member is no file on disk');
    let text = '';
    if (target.kind === 'blob') text = Buffer.from(target.bytes).toString();
    else for await (const chunk of target.chunks) text += Buffer.from(chunk).toString();
    const isArchive = /\.(?:zip|jar|tar)$/.test(target.origin.path);
    texts[target.origin.path] = isArchive ? '(archive)' : text;
  }
  return { texts, problems };
}

const INNER = zipSync({ 'conf/db.ini': bytes('inner'), 'conf/': new Uint8Array(), 'empty.txt': new Uint8Array() });

test('zip: members, nested zips, empty files; no folders', async () => {
  const { texts, problems } = await unpack('a.zip', zipSync({ 'lib/a.jar': INNER, 'x.ini': bytes('outer') }));
  expect(texts).toEqual({
    'a.zip!/lib/a.jar': '(archive)',
    'a.zip!/lib/a.jar!/conf/db.ini': 'inner',
    'a.zip!/lib/a.jar!/empty.txt': '',
    'a.zip!/x.ini': 'outer',
  });
  expect(problems).toEqual([]);
});

test.each([
  ['c.tar', (tar: Buffer) => tar],
  ['c.tgz', (tar: Buffer) => gzipSync(tar)],
  ['c.tar.gz', (tar: Buffer) => gzipSync(tar)],
])('%s: members and nested archives; links are no content', async (name, wrap) => {
  const tar = await tarOf({
    'p/one.ini': bytes('one'),
    'p/l': { linkname: '/etc/hosts' },
    'p/a.jar': INNER,
    'p/2': bytes('two'),
  });
  const { texts, problems } = await unpack(name, wrap(tar));
  expect(texts).toEqual({
    [`${name}!/p/one.ini`]: 'one',
    [`${name}!/p/a.jar`]: '(archive)',
    [`${name}!/p/a.jar!/conf/db.ini`]: 'inner',
    [`${name}!/p/a.jar!/empty.txt`]: '',
    [`${name}!/p/2`]: 'two',
  });
  expect(problems).toEqual([]);
});

test('gz: one text under the name without the ending', async () => {
  expect(await unpack('d.ini.gz', gzipSync('packed'))).toEqual({
    texts: { 'd.ini.gz!/d.ini': 'packed' },
    problems: [],
  });
});

test('what is no archive by its name gives nothing', async () => {
  expect(await unpack('a.txt', INNER)).toEqual({ texts: {}, problems: [] });
});

test('what cannot be unpacked is said', async () => {
  const unsupported = 'this kind of archive is not supported';
  expect((await unpack('a.7z', bytes('7z'))).problems).toEqual([`unreadable a.7z: cannot be unpacked: ${unsupported}`]);
  expect((await unpack('a.zip', bytes('PK\x03\x04 no'))).problems).toEqual([
    'unreadable a.zip: cannot be unpacked: invalid zip data',
  ]);
  const cut = gzipSync('x'.repeat(100_000)).subarray(0, 60);
  const { texts, problems } = await unpack('a.gz', cut);
  expect(problems).toEqual(['unreadable a.gz!/a: cannot be unpacked: unexpected end of file']);
  expect(Object.keys(texts)).toEqual(['a.gz!/a']);
});

test('a damaged member does not take the others with it', async () => {
  const noise = new RandomText(5).text('base62', 400);
  const zip = zipSync({ 'a.txt': bytes('first'), 'b.txt': bytes(noise), 'c.txt': bytes('last') });
  const at = Buffer.from(zip).indexOf('b.txt') + 'b.txt'.length;
  // The first byte of deflated data says what kind of block follows: 7 is none.
  zip[at] = 7;
  const { texts, problems } = await unpack('a.zip', zip);
  expect(texts).toEqual({ 'a.zip!/a.txt': 'first', 'a.zip!/c.txt': 'last' });
  expect(problems).toEqual(['cut a.zip!/b.txt: cannot be unpacked: damaged or encrypted']);
});

test('a file that is gone gives nothing: the scan of the file itself tells', async () => {
  const problems: Problem[] = [];
  for await (const target of unpackFile(root, 'none.zip', (p) => problems.push(p))) throw new Error(target.kind);
  expect(problems).toEqual([]);
});

test('limits: members, bytes, size of one member, depth', async () => {
  const three = zipSync({ a: bytes('1'), b: bytes('2'), c: bytes('3') });
  expect(await unpack('a.zip', three, { members: 2 })).toEqual({
    texts: { 'a.zip!/a': '1', 'a.zip!/b': '2' },
    problems: ['cut a.zip: holds more than 2 files; the rest was not scanned'],
  });
  const bomb = gzipSync(Buffer.alloc(5 << 20));
  const { texts, problems } = await unpack('b.gz', bomb, { bytes: 2 << 20 });
  expect(problems).toEqual(['cut b.gz!/b: unpacks to more than 2 MiB; the rest was not scanned']);
  expect(texts['b.gz!/b']!.length).toBeLessThanOrEqual(2 << 20);
  const large = zipSync({ big: new Uint8Array(3 << 20), small: bytes('x') });
  expect(await unpack('c.zip', large, { memberBytes: 1 << 20 })).toEqual({
    texts: { 'c.zip!/small': 'x' },
    problems: ['cut c.zip!/big: is larger than 1 MiB; not unpacked'],
  });
  expect((await unpack('d.zip', zipSync({ 'a.zip': zipSync({ 'b.zip': INNER }) }), { depth: 2 })).problems).toEqual([
    'cut d.zip!/a.zip!/b.zip: is nested too deep; not unpacked',
  ]);
});

test('two members of one name are both read', async () => {
  const zip = Buffer.from(zipSync({ 'a.txt': bytes('one'), 'b.txt': bytes('two') }));
  for (let at = zip.indexOf('b.txt'); at >= 0; at = zip.indexOf('b.txt', at)) zip.write('a.txt', at);
  const found: string[] = [];
  writeFileSync(join(root, 'a.zip'), zip);
  for await (const target of unpackFile(root, 'a.zip', () => undefined)) {
    if (target.kind === 'blob') found.push(Buffer.from(target.bytes).toString());
  }
  expect(found).toEqual(['one', 'two']);
});

test('random damage never ends in anything but targets and problems', async () => {
  const seed = 20_261_124;
  const random = new RandomText(seed);
  const sound = [
    zipSync({ 'a.txt': bytes('abc'.repeat(50)), 'b.jar': INNER }),
    gzipSync(await tarOf({ a: bytes('x'.repeat(600)) })),
  ];
  for (let round = 0; round < 150; round++) {
    const name = round % 2 === 0 ? 'f.zip' : 'f.tgz';
    const damaged = Uint8Array.from(sound[round % 2]!);
    for (let n = 1 + random.integer(4); n > 0; n--) damaged[random.integer(damaged.length)] = random.integer(256);
    const cut = random.integer(3) === 0 ? damaged.subarray(0, random.integer(damaged.length)) : damaged;
    await expect(unpack(name, cut), `seed ${seed}, round ${round}`).resolves.toBeDefined();
  }
});
