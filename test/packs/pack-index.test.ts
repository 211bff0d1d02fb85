// Pack indexes of both versions and the multi-pack-index, against git show-index and with wrong bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseMultiPackIndex } from '../../src/packs/multi-pack-index.ts';
import { type PackIndex, parsePackIndex } from '../../src/packs/pack-index.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

afterAll(removeFolders);
const SEED = Number(process.env.FUZZ_SEED ?? 11);

function share(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function makePacks(...options: string[]): TestRepository {
  const repository = makeRepository();
  for (let i = 0; i < 12; i++) {
    repository.write(`${i}`, `content ${i}\n`.repeat(20));
    repository.commitAll(`${i}`);
    if (i % 6 === 5) repository.git(...options, 'repack', '-dq');
  }
  return repository;
}

function readPackFolder(repository: TestRepository, ending: RegExp): readonly Uint8Array<SharedArrayBuffer>[] {
  const folder = join(repository.path, '.git/objects/pack');
  const names = readdirSync(folder).filter((name) => ending.test(name));
  return names.sort().map((name) => share(readFileSync(join(folder, name))));
}

/** `OFFSET ID` of every object, as `git show-index` prints it. */
function showIndex(index: PackIndex): string {
  const lines = Array.from({ length: index.count }, (_, i) => {
    const at = index.idStart + i * index.idStride;
    const id = Buffer.from(index.bytes.slice(at, at + index.idBytes)).toString('hex');
    expect(index.find(Buffer.from(id, 'hex'), 0)).toBe(i);
    return `${index.offsetOf(i)} ${id}`;
  });
  return lines.join('\n');
}

describe('pack index', () => {
  test.each(['1', '2'])('version %s says what git show-index says', (version) => {
    const repository = makePacks('-c', `pack.indexVersion=${version}`);
    for (const bytes of readPackFolder(repository, /\.idx$/)) {
      const index = parsePackIndex(bytes, 20);
      if ('fault' in index) throw new Error(index.why);
      const shown = repository.tryGit(['show-index'], { input: Buffer.from(bytes) as unknown as string }).stdout;
      expect(showIndex(index)).toBe(shown.replace(/ \([0-9a-f]+\)$/gm, '').trim());
      expect(index.find(Buffer.alloc(20, 0xee), 0)).toBe(-1);
    }
  });

  test(`fuzz, FUZZ_SEED=${SEED}: wrong bytes and wrong lengths never throw`, () => {
    const repository = makePacks();
    repository.git('multi-pack-index', 'write');
    const random = new RandomText(SEED);
    const indexes = readPackFolder(repository, /\.idx$/);
    const [multi] = readPackFolder(repository, /^multi-pack-index$/);
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      const source = round % 2 ? (indexes[0] ?? multi) : multi;
      const bytes = share(Buffer.from(source ?? []).subarray(0, random.integer(3) ? undefined : random.integer(3000)));
      for (let i = random.integer(4); i > 0 && bytes.length > 0; i--)
        bytes[random.integer(Math.min(bytes.length, random.pick([16, 200, 1100, 9000])))] = random.integer(256);
      if (round % 2) {
        const index = parsePackIndex(bytes, 20);
        if ('fault' in index) refused++;
        else for (let i = 0; i < index.count; i++) lookUp(index, i);
      } else {
        const parsed = parseMultiPackIndex(bytes, 20);
        if ('fault' in parsed) refused++;
        else for (const [pack] of parsed.packNames.entries()) showIndexQuietly(parsed.indexOf(pack));
      }
    }
    expect(refused).toBeGreaterThan(200);
  });

  function lookUp(index: PackIndex, i: number): void {
    index.offsetOf(i);
    index.find(index.bytes, index.idStart + i * index.idStride);
  }

  function showIndexQuietly(index: PackIndex): void {
    for (let i = 0; i < index.count; i++) index.offsetOf(i);
  }

  test('the multi-pack-index ascribes each object as the indexes do', () => {
    const repository = makePacks();
    repository.git('multi-pack-index', 'write');
    const parsed = parseMultiPackIndex(
      readPackFolder(repository, /^multi-pack-index$/)[0] ?? share(Buffer.alloc(0)),
      20,
    );
    if ('fault' in parsed) throw new Error(parsed.why);
    const own = readPackFolder(repository, /\.idx$/).map((bytes) => {
      const index = parsePackIndex(bytes, 20);
      if ('fault' in index) throw new Error(index.why);
      return showIndex(index);
    });
    expect(parsed.packNames.map((_, pack) => showIndex(parsed.indexOf(pack)))).toEqual(own);
  });
});
