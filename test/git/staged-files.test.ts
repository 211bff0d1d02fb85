// The comparison of index and HEAD without git, held against git itself in every state that a hook may meet.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CHANGE_OPTIONS, parseRecords } from '../../src/git/raw-records.ts';
import { guessRepository } from '../../src/git/repository.ts';
import { runGitSync } from '../../src/git/run-git.ts';
import { listStagedFiles } from '../../src/git/staged-files.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { hasSha256, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

afterAll(removeFolders);

/** What git says, in the terms of our own comparison: files that are gone are left out. */
function askGit(repository: TestRepository, env: NodeJS.ProcessEnv) {
  const args = ['diff-index', '--cached', '--ita-invisible-in-index', ...CHANGE_OPTIONS, 'HEAD', '--'];
  const { stdout, exitCode } = runGitSync(args, { cwd: repository.path, env });
  expect(exitCode).toBe(0);
  return parseRecords(stdout)
    .filter((record) => record.newMode !== 0)
    .map((record) => ({ ...record, addedLines: record.oldId === record.newId ? [] : undefined }));
}

function askOwn(repository: TestRepository, env: NodeJS.ProcessEnv) {
  const place = guessRepository(repository.path, env);
  if (!place) throw new TypeError('no repository');
  return listStagedFiles(place, repository.path, env);
}

/** Expects both to say the same, and returns the paths. */
function compare(repository: TestRepository, env: NodeJS.ProcessEnv = process.env): readonly string[] | undefined {
  const own = askOwn(repository, env);
  expect(own).toEqual(askGit(repository, env));
  return own?.map((change) => change.path);
}

function makeCommitted(): TestRepository {
  const repository = makeRepository();
  for (const path of ['a.ts', 'b/c.ts', 'b/d/e.ts', 'b.x/f.ts', 'z/y/x/w.ts', 'ö/ü.ts'])
    repository.write(path, `${path}\n`);
  repository.git('add', '.');
  repository.git('commit', '-q', '-m', 'one');
  return repository;
}

describe('says what git says', () => {
  test('when nothing is staged', () => {
    expect(compare(makeCommitted())).toEqual([]);
  });

  test('of new, changed, moved and deleted files, before and after git notes the trees', () => {
    const repository = makeCommitted();
    repository.write('b/d/e.ts', 'changed\n');
    repository.write('b/new.ts', 'new\n');
    repository.write('q/r/s.ts', 'new folder\n');
    repository.git('rm', '-q', 'z/y/x/w.ts');
    repository.git('mv', 'ö/ü.ts', 'ö/ä.ts');
    repository.git('add', '.');
    const paths = ['b/d/e.ts', 'b/new.ts', 'q/r/s.ts', 'ö/ä.ts'];
    expect(compare(repository)).toEqual(paths);
    repository.git('write-tree');
    expect(compare(repository)).toEqual(paths);
  });

  test('of a file in place of a folder, a folder in place of a file, and a link in place of a file', () => {
    const repository = makeCommitted();
    repository.git('rm', '-q', '-r', 'b', 'a.ts', 'b.x/f.ts');
    repository.write('b', 'a file now\n');
    repository.write('a.ts/inside.ts', 'a folder now\n');
    mkdirSync(join(repository.path, 'b.x'), { recursive: true });
    symlinkSync('nowhere', join(repository.path, 'b.x/f.ts'));
    repository.git('add', '.');
    expect(compare(repository)).toEqual(['a.ts/inside.ts', 'b', 'b.x/f.ts']);
  });

  test('of a changed mode, and of a file that is only promised', () => {
    const repository = makeCommitted();
    chmodSync(join(repository.path, 'a.ts'), 0o755);
    repository.write('later.ts', 'later\n');
    repository.git('add', 'a.ts');
    repository.git('add', '-N', 'later.ts');
    expect(compare(repository)).toEqual(['a.ts']);
  });

  test('when everything lies in packs, in deltas', () => {
    const repository = makeRepository();
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 150; i++) repository.write(`many/file-${i}.ts`, `${i} ${i < 4 - round ? round : ''}\n`);
      repository.git('add', '.');
      repository.git('commit', '-q', '--allow-empty', '-m', `round ${round}`);
    }
    repository.git('gc', '-q');
    repository.git('pack-refs', '--all');
    expect(existsSync(join(repository.path, '.git/refs/heads/main'))).toBe(false);
    repository.write('many/file-77.ts', 'changed\n');
    repository.git('add', '.');
    expect(compare(repository)).toEqual(['many/file-77.ts']);
  });

  test('of a detached HEAD, an index of its own, and a linked worktree', () => {
    const repository = makeCommitted();
    repository.git('checkout', '-q', '--detach');
    repository.write('a.ts', 'changed\n');
    repository.git('add', '.');
    expect(compare(repository)).toEqual(['a.ts']);
    const indexFile = join(repository.path, 'own-index');
    repository.git('read-tree', `--index-output=${indexFile}`, 'HEAD');
    expect(compare(repository, { ...process.env, GIT_INDEX_FILE: indexFile })).toEqual([]);
    const linked = join(dirname(repository.path), `${repository.path.split('/').at(-1)}-linked`);
    repository.git('worktree', 'add', '-q', linked, 'HEAD');
    writeFileSync(join(linked, 'b/c.ts'), 'changed there\n');
    const place = guessRepository(linked);
    expect(place && listStagedFiles(place, linked, process.env)).toEqual([]);
    repository.git('worktree', 'remove', '--force', linked);
  });

  test.skipIf(!hasSha256())('in repositories of SHA-256', () => {
    const repository = makeRepository('--object-format=sha256');
    repository.write('a/b.ts', 'one\n');
    repository.git('add', '.');
    repository.git('commit', '-q', '-m', 'one');
    repository.write('a/b.ts', 'two\n');
    repository.git('add', '.');
    expect(compare(repository)).toEqual(['a/b.ts']);
  });

  test('after many random changes', () => {
    const seed = 20261124;
    const random = new RandomText(seed);
    const repository = makeCommitted();
    const pick = (count: number): number => random.integer(count);
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 6; i++) {
        const path = `${'abc'[pick(3)]}${pick(2)}/${'de'[pick(2)]}/f${pick(4)}.ts`;
        repository.write(path, `${pick(5)}\n`);
      }
      repository.git('add', '.');
      if (pick(2) === 0) repository.git('write-tree');
      if (pick(3) === 0) repository.git('gc', '-q');
      compare(repository);
      if (pick(2) === 0) repository.git('commit', '-q', '--allow-empty', '-m', `${round}`);
    }
  });
});

describe('leaves it to git', () => {
  test('before the first commit', () => {
    const repository = makeRepository();
    repository.write('a.ts', 'one\n');
    repository.git('add', '.');
    expect(askOwn(repository, process.env)).toBeUndefined();
  });

  test('when the index has conflicts', () => {
    const repository = makeCommitted();
    repository.git('checkout', '-q', '-b', 'other');
    repository.write('a.ts', 'theirs\n');
    repository.git('commit', '-q', '-am', 'theirs');
    repository.git('checkout', '-q', 'main');
    repository.write('a.ts', 'ours\n');
    repository.git('commit', '-q', '-am', 'ours');
    expect(() => repository.git('merge', '-q', 'other')).toThrow();
    expect(askOwn(repository, process.env)).toBeUndefined();
  });

  test('when the index is of another kind, cut off, or not there', () => {
    const repository = makeCommitted();
    repository.write('a.ts', 'changed\n');
    repository.git('add', '.');
    repository.git('update-index', '--index-version', '4');
    expect(askOwn(repository, process.env)).toBeUndefined();
    const index = join(repository.path, '.git/index');
    writeFileSync(index, readFileSync(index).subarray(0, 60));
    expect(askOwn(repository, process.env)).toBeUndefined();
    expect(askOwn(repository, { ...process.env, GIT_INDEX_FILE: join(repository.path, 'none') })).toBeUndefined();
  });

  test.each(['HEAD:b', 'HEAD:', 'HEAD'])('when %s is damaged', (name) => {
    const repository = makeCommitted();
    repository.write('b/c.ts', 'changed\n');
    repository.git('add', '.');
    const id = repository.git('rev-parse', name).trim();
    const file = join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, readFileSync(file).subarray(0, 12));
    expect(askOwn(repository, process.env)).toBeUndefined();
  });

  test('when a pack is damaged, anywhere: never anything else than git says', () => {
    const repository = makeCommitted();
    for (let i = 0; i < 60; i++) repository.write(`b/file-${i}.ts`, `${i}\n`);
    repository.git('add', '.');
    repository.git('commit', '-q', '-m', 'two');
    repository.git('gc', '-q');
    repository.write('b/c.ts', 'changed\n');
    repository.git('add', '.');
    const whole = askOwn(repository, process.env);
    expect(whole?.length).toBe(1);
    const folder = join(repository.path, '.git/objects/pack');
    for (const ending of ['.pack', '.idx']) {
      const file = join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) as string);
      const sound = readFileSync(file);
      chmodSync(file, 0o644);
      for (let at = 0; at < sound.length; at += Math.ceil(sound.length / 150)) {
        const damaged = Buffer.from(sound);
        damaged[at] = (damaged[at] as number) ^ 0x55;
        writeFileSync(file, damaged);
        expect([whole, undefined]).toContainEqual(askOwn(repository, process.env));
      }
      writeFileSync(file, sound);
    }
  });
});
