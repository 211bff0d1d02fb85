import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findPrefixRange, type IndexFile, parseIndex, readEntries, readEntryId } from '../../src/git/index-file.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { hasSha256, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

afterAll(removeFolders);

function readIndexOf(repository: TestRepository): Buffer {
  return readFileSync(join(repository.path, '.git', 'index'));
}

function parsePlain(bytes: Buffer, idBytes = 20): IndexFile {
  const index = parseIndex(bytes, idBytes);
  if (!index.isPlain) throw new Error(`not plain: ${index.reason}`);
  return index;
}

/** The lines of `git ls-files -s -z`, made from our parse. */
function listLikeGit(index: IndexFile): string[] {
  return readEntries(index, 0, index.count).map(
    (entry) =>
      `${entry.mode.toString(8).padStart(6, '0')} ${readEntryId(index, entry.number)} ${entry.stage}\t${entry.path}`,
  );
}

function askGit(repository: TestRepository): string[] {
  return repository.git('ls-files', '-s', '-z').split('\0').slice(0, -1);
}

function makeVaried(...options: string[]): TestRepository {
  const repository = makeRepository(...options);
  repository.write('a.txt', 'a\n');
  repository.write('with blank.txt', 'b\n');
  repository.write('umlaut-\u00e4/\u{1f600}.txt', 'c\n');
  repository.write('we"ird\n\tname', 'd\n');
  repository.write('run.sh', 'e\n', 0o755);
  repository.write(`${`${'x'.repeat(200)}/`.repeat(18)}${'y'.repeat(200)}`, 'a path of 3,818 bytes\n');
  repository.write(`${`${'z'.repeat(250)}/`.repeat(2)}f`, 'deep\n');
  for (let i = 0; i < 40; i++) repository.write(`many/${'n'.repeat(i)}${i}`, `${i}\n`);
  repository.git('add', '--all');
  return repository;
}

describe('parseIndex', () => {
  it('lists what git lists', () => {
    const repository = makeVaried();
    expect(listLikeGit(parsePlain(readIndexOf(repository)))).toEqual(askGit(repository));
  });

  it.skipIf(!hasSha256())('reads ids of 32 bytes', () => {
    const repository = makeVaried('--object-format=sha256');
    expect(listLikeGit(parsePlain(readIndexOf(repository), 32))).toEqual(askGit(repository));
  });

  it('reads flags, stages and sizes', () => {
    const repository = makeRepository();
    repository.write('conflict', 'base\n');
    repository.write('kept', '12345\n');
    repository.write('skipped', 's\n');
    repository.write('assumed', 'as\n');
    repository.commitAll('base');
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('conflict', 'side\n');
    repository.commitAll('side');
    repository.git('checkout', '-q', 'main');
    repository.write('conflict', 'main\n');
    repository.commitAll('main');
    repository.tryGit(['merge', 'side']);
    repository.write('later', 'l\n');
    repository.git('add', '-N', 'later');
    repository.git('update-index', '--skip-worktree', 'skipped');
    repository.git('update-index', '--assume-unchanged', 'assumed');
    const index = parsePlain(readIndexOf(repository));
    const seen = readEntries(index, 0, index.count).map((e) =>
      [
        e.path,
        e.stage,
        e.sizeBytes,
        e.isAssumedValid && 'assumed',
        e.isSkipWorktree && 'skip',
        e.isIntentToAdd && 'intent',
      ].filter((part) => part !== false),
    );
    expect(seen).toEqual([
      ['assumed', 0, 3, 'assumed'],
      ['conflict', 1, 0],
      ['conflict', 2, 0],
      ['conflict', 3, 0],
      ['kept', 0, 6],
      ['later', 0, 0, 'intent'],
      ['skipped', 0, 2, 'skip'],
    ]);
    expect(listLikeGit(index)).toEqual(askGit(repository));
  });

  it('knows names that are no UTF-8', () => {
    const repository = makeRepository();
    repository.write(Buffer.from('bad-\xff', 'latin1'), 'x\n');
    repository.write('good-\ufffd', 'y\n');
    repository.git('add', '--all');
    const index = parsePlain(readIndexOf(repository));
    expect(readEntries(index, 0, 9).map((e) => [e.path, e.isPathExact])).toEqual([
      ['bad-\ufffd', false],
      ['good-\ufffd', true],
    ]);
  });

  it('leaves other forms to git', () => {
    const repository = makeRepository();
    repository.write('dir/a', 'a\n');
    repository.write('other/b', 'b\n');
    repository.commitAll('one');
    const reasonAfter = (...args: string[]) => {
      repository.git(...args);
      const index = parseIndex(readIndexOf(repository), 20);
      return index.isPlain ? 'plain' : index.reason;
    };
    expect(reasonAfter('update-index', '--index-version', '4')).toBe('version 4');
    expect(reasonAfter('update-index', '--index-version', '2')).toBe('plain');
    // Entries that the shared file has are kept without a name; those that git has just written, whole.
    expect(['empty or cut-off name', 'extension "link"']).toContain(reasonAfter('update-index', '--split-index'));
    expect(reasonAfter('update-index', '--no-split-index')).toBe('plain');
    expect(reasonAfter('sparse-checkout', 'set', '--sparse-index', 'dir')).toBe('sparse directory');
  });

  it('refuses names that lead out of the work tree', () => {
    const repository = makeRepository();
    repository.write('aa/bb', 'x\n');
    repository.git('add', '--all');
    const reasonWith = (name: string) => {
      const bytes = Buffer.from(readIndexOf(repository));
      bytes.write(name, bytes.indexOf('aa/bb'), 'latin1');
      const index = parseIndex(bytes, 20);
      return index.isPlain ? 'plain' : index.reason;
    };
    expect(['../bb', '/a/bb', 'a/../', 'aa/..', '..abb', 'aa/.b'].map(reasonWith)).toEqual([
      'unsafe name',
      'unsafe name',
      'unsafe name',
      'unsafe name',
      'plain',
      'plain',
    ]);
  });

  it('finds the entries below a folder', () => {
    const repository = makeRepository();
    for (const path of ['a', 'src', 'src-x/a', 'src/a', 'src/b/c', 'src0', 'srd']) {
      if (path !== 'src') repository.write(path, `${path}\n`);
    }
    repository.git('add', '--all');
    const index = parsePlain(readIndexOf(repository));
    const below = (prefix: string) => {
      const { first, end } = findPrefixRange(index, prefix);
      return readEntries(index, first, end).map((entry) => entry.path);
    };
    expect([below('src/'), below('zzz/'), below('').length]).toEqual([['src/a', 'src/b/c'], [], 6]);
  });

  const seed = 4711;
  it(`answers any damaged index without throwing (seed ${seed})`, () => {
    const random = new RandomText(seed);
    const sound = readIndexOf(makeVaried());
    let plain = 0;
    for (let round = 0; round < 4000; round++) {
      let bytes = Buffer.from(sound);
      for (let i = random.integer(4); i >= 0; i--) {
        // Half of the changes hit the header or the first entries, where the structure is.
        const at = random.integer(random.integer(2) === 0 ? 200 : bytes.length);
        bytes[at] = random.pick([0, 0xff, 0x7f, 0x80, random.integer(256)]);
      }
      if (random.integer(3) === 0) bytes = bytes.subarray(0, random.integer(bytes.length + 1));
      const index = parseIndex(bytes, random.pick([20, 32]));
      if (!index.isPlain) continue;
      plain++;
      const entries = readEntries(index, 0, index.count);
      expect(entries.length, `seed ${seed} round ${round}`).toBe(index.count);
      findPrefixRange(index, 'many/');
      for (const entry of entries) if (entry.isPathExact) expect(entry.path).not.toMatch(/\0|^\/|(^|\/)\.\.(\/|$)/);
    }
    expect(plain).toBeGreaterThan(100);
  });
});
