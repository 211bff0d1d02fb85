// Damaged repositories: never a crash, a hang or a silent loss. Whatever git still reads, our reader gives with the same
// bytes; every other blob that is listed is named in a problem.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createOwnReader } from '../../src/history/own-reader.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { blobEntry, deltaEntry, writePack, writeSparsePack } from '../packs/make-pack.ts';
import { makeFolder, makeRepository, removeFolders, TestRepository } from '../support/git-repository.ts';
import { collect, collectBoth, hashOf, type Pair } from './collect-objects.ts';

afterAll(removeFolders);

const SEED = Number(process.env.FUZZ_SEED ?? 7);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 12);

function makePacked(...options: string[]): TestRepository {
  const repository = makeRepository();
  const random = new RandomText(3);
  const lines = Array.from({ length: 60 }, () => random.text('base64', 50));
  for (let version = 0; version < 12; version++) {
    lines[random.integer(60)] = random.text('hex', 30);
    repository.write('a.txt', lines.join('\n'));
    repository.write(`${version}.txt`, random.text('lower', 200));
    repository.commitAll(`${version}`);
  }
  repository.git(...options, 'repack', '-adfq', '--depth=20');
  return repository;
}

function copyOf(repository: TestRepository): TestRepository {
  const folder = join(makeFolder(), 'copy');
  cpSync(repository.path, folder, { recursive: true });
  return new TestRepository(folder);
}

function packFile(repository: TestRepository, ending: string): string {
  const folder = join(repository.path, '.git/objects/pack');
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) ?? '');
  chmodSync(file, 0o644);
  return file;
}

/** @returns how many blobs were lost */
function expectHonest({ own, git }: Pair, whole: ReadonlyMap<string, string>, what: string): number {
  const mine = new Map(own.blobs);
  expect(own.repeated, what).toEqual([]);
  for (const [id, hash] of git.blobs) expect(`${id} ${mine.get(id)}`, what).toBe(`${id} ${hash}`);
  const said = own.problems.map((problem) => problem.message).join('\n');
  // An index with wrong bytes no longer names what it lost; then the index itself is named.
  const isStoreLost = own.problems.some(({ message }) => message.startsWith('pack index'));
  const lost = [...whole.keys()].filter((id) => !mine.has(id));
  for (const id of lost) expect(isStoreLost || said.includes(id), `${what}: ${id}`).toBe(true);
  if (lost.length > 0) expect(own.problems.length, what).toBeGreaterThan(0);
  return lost.length;
}

describe(`fuzz, FUZZ_SEED=${SEED}`, () => {
  test.each([
    ['pack', 'offset deltas', []],
    ['pack', 'id deltas', ['-c', 'repack.useDeltaBaseOffset=false']],
    ['idx', 'index 2', []],
    ['idx', 'index 1', ['-c', 'pack.indexVersion=1']],
  ] as const)('a %s with wrong bytes, %s', async (ending, _name, options) => {
    const repository = makePacked(...options);
    const whole = new Map((await collect(createOwnReader({ cwd: repository.path }))).blobs);
    const sound = readFileSync(packFile(repository, ending));
    const random = new RandomText(SEED);
    const copy = copyOf(repository);
    let lost = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = Buffer.from(sound);
      for (let i = random.integer(3); i >= 0; i--) bytes[random.integer(bytes.length)] = random.integer(256);
      writeFileSync(packFile(copy, ending), bytes);
      lost += expectHonest(await collectBoth(copy.path), whole, `round ${round}`);
    }
    expect(lost).toBeGreaterThan(0);
  });

  test.each(['pack', 'idx'])('a %s that is cut off', async (ending) => {
    const repository = makePacked();
    const whole = new Map((await collect(createOwnReader({ cwd: repository.path }))).blobs);
    const random = new RandomText(SEED);
    for (let round = 0; round < 6; round++) {
      const copy = copyOf(repository);
      const file = packFile(copy, ending);
      truncateSync(file, round === 0 ? 0 : random.integer(readFileSync(file).length));
      expectHonest(await collectBoth(copy.path), whole, `round ${round}`);
    }
  });

  test('loose objects with wrong bytes, and odd ones', async () => {
    const repository = makeRepository();
    const random = new RandomText(SEED);
    const ids = Array.from({ length: 40 }, (_, i) => {
      repository.write('x', `${i} ${random.text('base64', random.integer(2000))}`);
      return repository.git('hash-object', '-w', 'x');
    });
    const whole = new Map((await collect(createOwnReader({ cwd: repository.path }))).blobs);
    const odd = [
      'blob 5\0four',
      'blob 3\0four',
      'blob 05\0fives',
      'tree',
      'nonsense 4\0four',
      'blob 99999999999999\0x',
    ];
    for (const [i, id] of ids.entries()) {
      const file = join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2));
      chmodSync(file, 0o644);
      const bytes = readFileSync(file);
      if (i < odd.length) writeFileSync(file, deflateSync(odd[i] ?? ''));
      else if (i < 12) truncateSync(file, random.integer(bytes.length));
      else if (i < 30) {
        bytes[random.integer(bytes.length)] = random.integer(256);
        writeFileSync(file, bytes);
      }
    }
    const lost = expectHonest(await collectBoth(repository.path), whole, 'loose');
    expect(lost).toBeGreaterThan(15);
  });
});

describe('packs made by hand', () => {
  async function readPack(entries: readonly Buffer[]): Promise<Awaited<ReturnType<typeof collect>>> {
    const repository = makeRepository();
    const folder = join(repository.path, '.git/objects/pack');
    mkdirSync(folder, { recursive: true });
    writePack(folder, entries);
    return collect(createOwnReader({ cwd: repository.path }));
  }
  const idsOf = (messages: readonly { readonly message: string }[]): readonly string[] =>
    messages.map(({ message }) => /object ([0-9a-f]{40})/.exec(message)?.[1] ?? message).sort();

  test('deltas that are each other’s base', async () => {
    const { ids, entries } = circle();
    const { blobs, problems } = await readPack(entries);
    expect(blobs.map(([id]) => id)).toEqual([ids[0]]);
    expect(idsOf(problems)).toEqual(ids.slice(1).sort());
  });

  function circle(): { ids: string[]; entries: Buffer[] } {
    // make-pack names entry i by i + 1, twenty times.
    const ids = [1, 2, 3].map((n) => Buffer.alloc(20, n).toString('hex'));
    const delta = Buffer.of(4, 4, 0x90, 4);
    const base = (n: number): Buffer => Buffer.alloc(20, n);
    return { ids, entries: [blobEntry(Buffer.from('text')), deltaEntry(base(3), delta), deltaEntry(base(2), delta)] };
  }

  test('a base that no pack has', async () => {
    const { blobs, problems } = await readPack([
      blobEntry(Buffer.from('text')),
      deltaEntry(Buffer.alloc(20, 99), Buffer.of(4, 4, 0x90, 4)),
    ]);
    expect(blobs).toHaveLength(1);
    expect(idsOf(problems)).toEqual([Buffer.alloc(20, 2).toString('hex')]);
  });

  test('a bomb: a delta that claims two gigabytes, and one that makes 1 GB out of 80 bytes', async () => {
    const size = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...size(Math.floor(n / 128))]);
    const copyAll = Buffer.of(0xf0, 0xff, 0xff, 0xff); // 16 MiB - 1 from the front
    const large = 0xffffff;
    const base = Buffer.alloc(large, 'a');
    const claim = Buffer.from([...size(large), ...size(2 ** 31 - 1), ...copyAll]);
    const grow = Buffer.concat([Buffer.from([...size(large), ...size(large * 64)]), ...Array(64).fill(copyAll)]);
    const { blobs, problems } = await readPack([
      blobEntry(base),
      deltaEntry(Buffer.alloc(20, 1), claim),
      deltaEntry(Buffer.alloc(20, 1), grow),
    ]);
    expect(blobs).toHaveLength(1);
    expect(problems.map(({ kind }) => kind)).toEqual(['cut', 'cut']);
    expect(idsOf(problems)).toEqual([2, 3].map((n) => Buffer.alloc(20, n).toString('hex')));
  });

  test('a pack of five gigabytes, with a delta at its end and the base at its start', async () => {
    const repository = makeRepository();
    const folder = join(repository.path, '.git/objects/pack');
    mkdirSync(folder, { recursive: true });
    // Four bytes from the base and one more.
    writeSparsePack(folder, Buffer.from('text'), Buffer.of(4, 5, 0x90, 4, 1, 33), 5 * 2 ** 30);
    const { own, git } = await collectBoth(repository.path);
    expect(own).toEqual(git);
    expect(own.blobs.map(([, hash]) => hash)).toEqual([hashOf(Buffer.from('text')), hashOf(Buffer.from('text!'))]);
  });

  test('a chain of 20,000 deltas', async () => {
    const delta = Buffer.of(4, 4, 0x90, 4);
    const entries = [blobEntry(Buffer.from('text'))];
    for (let i = 1; i < 20_000; i++) entries.push(deltaEntry(i, delta));
    const { blobs, problems } = await readPack(entries);
    expect(blobs).toHaveLength(20_000);
    expect(new Set(blobs.map(([, hash]) => hash)).size).toBe(1);
    expect(problems).toEqual([]);
  });

  test('an index of an unknown version: git does the work', async () => {
    const repository = makePacked();
    const before = await collect(createOwnReader({ cwd: repository.path }));
    const copy = copyOf(repository);
    copyFileSync(packFile(copy, '.idx'), `${packFile(copy, '.idx').replace(/[^/]*$/, '')}pack-odd.idx`);
    const odd = join(copy.path, '.git/objects/pack/pack-odd.idx');
    const bytes = readFileSync(odd);
    bytes.writeUInt32BE(3, 4);
    writeFileSync(odd, bytes);
    expect((await collect(createOwnReader({ cwd: copy.path }))).blobs).toEqual(before.blobs);
  });
});
