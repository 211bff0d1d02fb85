// Holds our own reader against git's answer: the set of (id, content) must be the same on every kind of repository.
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createGitReader } from '../../src/history/git-reader.ts';
import { createOwnReader, type PlannedReader, readPlanned } from '../../src/history/own-reader.ts';
import type { Problem } from '../../src/model/problem.ts';
import { RandomText } from '../../src/util/random-text.ts';
import {
  hasSha256,
  makeFolder,
  makeRepository,
  removeFolders,
  type TestRepository,
} from '../support/git-repository.ts';
import { collect, collectBoth, hashOf } from './collect-objects.ts';

afterAll(removeFolders);

/** Commits versions of a few growing files, some binary, one empty. */
function addHistory(repository: TestRepository, versions: number, seed = 1): void {
  const random = new RandomText(seed);
  const lines = Array.from({ length: 200 }, () => random.text('base64', 60));
  repository.write('empty', '');
  for (let version = 0; version < versions; version++) {
    lines[random.integer(lines.length)] = random.text('hex', 40);
    lines.splice(random.integer(lines.length), 0, `version ${seed} ${version}`);
    repository.write('src/long.txt', lines.join('\n'));
    repository.write('src/short.txt', `${version} ${random.text('lower', 10)}\n`);
    if (version % 5 === 0) repository.write(`bin/${version}`, random.bytes(3000));
    repository.commitAll(`version ${version}`);
  }
  repository.git('tag', '-a', '-m', 'a tag', `v${seed}`);
}

async function expectSame(cwd: string, env?: NodeJS.ProcessEnv): Promise<number> {
  const { own, git } = await collectBoth(cwd, env);
  expect(own.blobs).toEqual(git.blobs);
  expect(own.listed).toEqual(git.listed);
  expect(own.listed).toEqual(own.blobs.map(([id]) => id));
  expect(own.counts).toEqual(git.counts);
  expect(own.problems).toEqual(git.problems);
  expect([own.repeated, git.repeated]).toEqual([[], []]);
  return own.blobs.length;
}

const packsOf = (repository: TestRepository): readonly string[] =>
  readdirSync(join(repository.path, '.git/objects/pack')).filter((name) => name.endsWith('.pack'));

describe('the same as git', () => {
  test('an empty repository', async () => {
    expect(await expectSame(makeRepository().path)).toBe(0);
  });

  test('loose objects only, with an unreachable one', async () => {
    const repository = makeRepository();
    addHistory(repository, 4);
    repository.write('gone', 'never committed');
    repository.git('hash-object', '-w', 'gone');
    expect(packsOf(repository)).toEqual([]);
    expect(await expectSame(repository.path)).toBe(11);
  });

  test('one pack with long chains', async () => {
    const repository = makeRepository();
    addHistory(repository, 60);
    repository.git('repack', '-adfq', '--depth=4000', '--window=60');
    expect(await expectSame(repository.path)).toBe(133);
  });

  test('deltas that name their base by id, some before it', async () => {
    const repository = makeRepository();
    addHistory(repository, 30);
    repository.git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--depth=50');
    await expectSame(repository.path);
  });

  test('index version 1', async () => {
    const repository = makeRepository();
    addHistory(repository, 10);
    repository.git('-c', 'pack.indexVersion=1', 'repack', '-adfq');
    await expectSame(repository.path);
  });

  test('offsets of 64 bits in the index', async () => {
    const repository = makeRepository();
    addHistory(repository, 10);
    repository.git('repack', '-adfq');
    const folder = join(repository.path, '.git/objects/pack');
    const pack = join(folder, packsOf(repository)[0] ?? '');
    rmSync(pack.replace(/pack$/, 'idx'));
    // Every offset above 0x100 goes into the table of long ones.
    repository.git('index-pack', '--index-version=2,0x100', '-o', pack.replace(/pack$/, 'idx'), pack);
    await expectSame(repository.path);
  });

  test('several packs that overlap, one kept, and loose objects', async () => {
    const repository = makeRepository();
    addHistory(repository, 8, 1);
    repository.git('repack', '-dq');
    writeFileSync(
      join(repository.path, '.git/objects/pack', (packsOf(repository)[0] ?? '').replace(/pack$/, 'keep')),
      '',
    );
    addHistory(repository, 8, 2);
    repository.git('repack', '-dq');
    // A copy of everything in one more pack, and nothing pruned.
    repository.git('repack', '-aq');
    addHistory(repository, 2, 3);
    expect(packsOf(repository).length).toBeGreaterThan(2);
    await expectSame(repository.path);
  });

  test('a cruft pack', async () => {
    const repository = makeRepository();
    addHistory(repository, 5);
    for (const text of ['one', 'two', 'three']) {
      repository.write('gone', text);
      repository.git('hash-object', '-w', 'gone');
    }
    repository.git('gc', '--cruft', '--prune=never', '--quiet');
    expect(packsOf(repository)).toHaveLength(2);
    await expectSame(repository.path);
  });

  test('a multi-pack-index, with and without the packs’ own indexes', async () => {
    const repository = makeRepository();
    for (const seed of [1, 2, 3]) {
      addHistory(repository, 5, seed);
      repository.git('repack', '-dq');
    }
    repository.git('multi-pack-index', 'write');
    const { own: before } = await collectBoth(repository.path);
    await expectSame(repository.path);
    const folder = join(repository.path, '.git/objects/pack');
    for (const name of readdirSync(folder)) if (name.endsWith('.idx')) rmSync(join(folder, name));
    // Git still reads each object then, but does not list them.
    expect(await collect(createOwnReader({ cwd: repository.path }))).toEqual(before);
  });

  test('alternates: of alternates, relative, and by the environment', async () => {
    const [first, second, third, fourth] = [1, 2, 3, 4].map((seed) => {
      const repository = makeRepository();
      addHistory(repository, 4, seed);
      if (seed !== 2) repository.git('repack', '-adq');
      return repository;
    }) as [TestRepository, TestRepository, TestRepository, TestRepository];
    const alternates = (repository: TestRepository, line: string): void => {
      mkdirSync(join(repository.path, '.git/objects/info'), { recursive: true });
      appendFileSync(join(repository.path, '.git/objects/info/alternates'), `${line}\n`);
    };
    const alone = await expectSame(first.path);
    alternates(first, join(second.path, '.git/objects'));
    alternates(second, join('../../..', third.path.split('/').at(-1) ?? '', '.git/objects'));
    const followed = await expectSame(first.path);
    expect(followed).toBeGreaterThan(alone);
    const env = { ...process.env, GIT_ALTERNATE_OBJECT_DIRECTORIES: join(fourth.path, '.git/objects') };
    expect(await expectSame(first.path, env)).toBeGreaterThan(followed);
  });

  test.runIf(hasSha256())('SHA-256, loose and packed both ways', async () => {
    const repository = makeRepository('--object-format=sha256');
    addHistory(repository, 10, 1);
    await expectSame(repository.path);
    repository.git('repack', '-adfq');
    addHistory(repository, 10, 2);
    repository.git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-dfq');
    await expectSame(repository.path);
  });

  test('shallow and partial clones, a bare one, and a linked work tree', async () => {
    const origin = makeRepository();
    addHistory(origin, 12);
    origin.git('config', 'uploadpack.allowFilter', 'true');
    for (const options of [['--depth=3'], ['--filter=blob:none', '--no-checkout'], ['--bare'], ['--no-local']]) {
      const clone = join(makeFolder(), 'clone');
      origin.git('clone', '--quiet', ...options, `file://${origin.path}`, clone);
      await expectSame(clone);
    }
    const linked = join(makeFolder(), 'linked');
    origin.git('worktree', 'add', '--quiet', linked);
    expect(await expectSame(linked)).toBe(await expectSame(origin.path));
  });

  test('a replaced object is read as it is', async () => {
    const repository = makeRepository();
    addHistory(repository, 3);
    const [a = '', b = ''] = ['one', 'two'].map((text) => {
      repository.write('x', text);
      return repository.git('hash-object', '-w', 'x');
    });
    repository.git('replace', a, b);
    await expectSame(repository.path);
  });

  test('this repository itself', async () => {
    const top = resolve(import.meta.dirname, '../..');
    if (!existsSync(join(top, '.git'))) return;
    // Others may be at work here, so only what both saw is held equal.
    const { own, git } = await collectBoth(top);
    const theirs = new Map(git.blobs);
    const both = own.blobs.filter(([id]) => theirs.has(id));
    expect(both.filter(([id, hash]) => theirs.get(id) !== hash)).toEqual([]);
    expect(both.length).toBeGreaterThan(0.95 * Math.max(own.blobs.length, git.blobs.length));
  });
});

describe('readObjects', () => {
  test('gives objects of every type, and names what is missing', async () => {
    const repository = makeRepository();
    addHistory(repository, 20);
    repository.git('repack', '-adfq');
    repository.write('loose', 'loose');
    const loose = repository.git('hash-object', '-w', 'loose');
    const named = ['v1', 'HEAD', 'HEAD^{tree}', 'HEAD:src/long.txt', 'HEAD~7:src/long.txt'].map((name) =>
      repository.git('rev-parse', name),
    );
    const absent = '0123456789'.repeat(4);
    const ids = [...named, loose, named[0] ?? '', absent];
    const answers = await Promise.all(
      [createOwnReader({ cwd: repository.path }), createGitReader({ cwd: repository.path })].map(async (reader) => {
        const found: string[] = [];
        const problems: Problem[] = [];
        await reader.readObjects(
          ids,
          (id, type, bytes) => found.push(`${id} ${type} ${hashOf(bytes)}`),
          (problem) => problems.push(problem),
        );
        return { found: found.sort(), problems };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.found.map((line) => line.split(' ')[1]).sort()).toEqual([
      'blob',
      'blob',
      'blob',
      'commit',
      'tag',
      'tree',
    ]);
    expect(answers[0]?.problems.map(({ kind, message }) => `${kind}: ${message.slice(0, 48)}`)).toEqual([
      `missing-object: object ${absent}:`,
    ]);
  });
});

describe('a plan', () => {
  async function readWith(reader: PlannedReader, threads: number, skip: (id: string) => boolean) {
    const plan = await reader.planAll(skip, () => {});
    if (!plan) throw new Error('no plan');
    const parts = Array.from({ length: threads }, (): string[] => []);
    const leftovers = await Promise.all(
      parts.map((part) => readPlanned(plan, (id, _type, bytes) => void part.push(`${id} ${hashOf(bytes)}`))),
    );
    await reader.finishPlan(
      plan,
      leftovers,
      () => {},
      () => {},
    );
    return parts.flat().sort();
  }

  test('skips what it is told to, and can be shared out', async () => {
    const repository = makeRepository();
    addHistory(repository, 40);
    repository.git('repack', '-adfq');
    const reader = createOwnReader({ cwd: repository.path });
    const all = await readWith(reader, 1, () => false);
    expect(await readWith(reader, 3, () => false)).toEqual(all);
    const isOdd = (id: string): boolean => /[13579bdf]$/.test(id);
    expect(await readWith(reader, 2, isOdd)).toEqual(all.filter((line) => !isOdd(line.split(' ')[0] ?? '')));
    expect(await readWith(reader, 1, () => true)).toEqual([]);
  });

  test('a pack that goes away after the plan was made: from memory, or through git', async () => {
    const repository = makeRepository();
    addHistory(repository, 10);
    repository.git('repack', '-adfq');
    const reader = createOwnReader({ cwd: repository.path });
    const all = await readWith(reader, 1, () => false);
    const plan = await reader.planAll(
      () => false,
      () => {},
    );
    if (!plan) throw new Error('no plan');
    const folder = join(repository.path, '.git/objects/pack');
    for (const name of readdirSync(folder))
      renameSync(join(folder, name), join(folder, name.replace(/^pack-/, 'pack-0')));
    // A large pack is not kept in memory; a counter of its own, because a plan is worked through once.
    const fromFile = {
      ...plan,
      counter: new Int32Array(new SharedArrayBuffer(4)),
      packs: plan.packs.map((pack) => ({ ...pack, content: undefined })),
    };
    for (const [one, isKept] of [
      [plan, true],
      [fromFile, false],
    ] as const) {
      const mine: string[] = [];
      const theirs: string[] = [];
      const problems: Problem[] = [];
      const leftover = await readPlanned(one, (id, _type, bytes) => void mine.push(`${id} ${hashOf(bytes)}`));
      await reader.finishPlan(
        one,
        [leftover],
        (id, bytes) => theirs.push(`${id} ${hashOf(bytes)}`),
        (problem) => problems.push(problem),
      );
      expect((isKept ? mine : theirs).sort()).toEqual(all);
      expect(isKept ? theirs : mine).toEqual([]);
      expect(problems).toEqual([]);
    }
  });

  test('a pack that is not kept in memory gives the same', async () => {
    const repository = makeRepository();
    addHistory(repository, 30);
    repository.git('repack', '-adfq', '--depth=10');
    const reader = createOwnReader({ cwd: repository.path });
    const plan = await reader.planAll(
      () => false,
      () => {},
    );
    if (!plan) throw new Error('no plan');
    const found: string[] = [];
    const fromFile = { ...plan, packs: plan.packs.map((pack) => ({ ...pack, content: undefined })) };
    const leftover = await readPlanned(fromFile, (id, _type, bytes) => void found.push(`${id} ${hashOf(bytes)}`));
    expect(leftover).toEqual({ doubtful: [], cut: [] });
    expect(found.sort()).toEqual(await readWith(reader, 1, () => false));
  });
});
