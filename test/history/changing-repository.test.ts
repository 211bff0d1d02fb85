// A repository that changes while it is read, goes away, or claims what nobody can hold: an answer or a named problem, never a
// crash; and nothing in it is ever written.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createGitReader } from '../../src/history/git-reader.ts';
import { createOwnReader } from '../../src/history/own-reader.ts';
import type { Problem } from '../../src/model/problem.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, removeFolders, type TestRepository, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

function makeHistory(): TestRepository {
  const repository = makeRepository();
  for (let n = 0; n < 8; n++) {
    repository.write('a.txt', `${'line\n'.repeat(200)}${n}\n`);
    repository.write(`b-${n}.txt`, `text ${n}\n`);
    repository.commitAll(`Commit ${n}`);
    if (n === 4) repository.git('repack', '-dq');
  }
  return repository;
}

/** Lists, lets something happen, then reads. */
async function readAfter(repository: TestRepository, happen: () => void) {
  const reader = createOwnReader({ cwd: repository.path, env: testEnvironment() });
  const problems: Problem[] = [];
  const { blobs } = await reader.listObjects((problem) => problems.push(problem));
  happen();
  const read = new Set<string>();
  await reader.readAll(
    () => false,
    (id) => read.add(id),
    (problem) => problems.push(problem),
  );
  reader.close();
  const named = problems.map(({ message }) => message).join('\n');
  const lost = blobs.filter((id) => !read.has(id) && !named.includes(id));
  return { listed: blobs.length, read: read.size, lost, problems };
}

test('a gc while we read: all is read', async () => {
  const repository = makeHistory();
  const answer = await readAfter(repository, () => {
    repository.git('gc', '--quiet', '--prune=now');
  });
  expect(answer).toEqual({ listed: 16, read: 16, lost: [], problems: [] });
});

test('a fetch while we read: what was there is read', async () => {
  const repository = makeHistory();
  const other = makeHistory();
  other.write('new.txt', 'new\n');
  other.commitAll('New');
  const answer = await readAfter(repository, () => {
    repository.git('fetch', '--quiet', other.path);
  });
  expect(answer).toEqual({ listed: 16, read: 16, lost: [], problems: [] });
});

test('the objects go away while we read: each is read or named', async () => {
  const repository = makeHistory();
  const objects = join(repository.path, '.git/objects');
  const { listed, read, lost, problems } = await readAfter(repository, () => {
    renameSync(objects, `${objects}-gone`);
    mkdirSync(objects);
  });
  expect(lost).toEqual([]);
  // Loose ones may be of any type: all that is gone is named.
  expect(problems.length).toBeGreaterThanOrEqual(listed - read);
  expect(read).toBeLessThan(listed);
});

test('the whole repository goes away while we read: an error that says so', async () => {
  const repository = makeHistory();
  const gone = readAfter(repository, () => rmSync(repository.path, { recursive: true }));
  await expect(gone).rejects.toThrow(repository.path);
});

test.each(['own', 'git'] as const)('an object that claims three gigabytes is named, reader %s', async (kind) => {
  const repository = makeHistory();
  const id = 'ab'.repeat(20);
  const file = join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, deflateSync(Buffer.from('blob 3221225472\0and no more')));
  const call = { cwd: repository.path, env: testEnvironment() };
  const reader = kind === 'own' ? createOwnReader(call) : createGitReader(call);
  const problems: Problem[] = [];
  let read = 0;
  await reader.readAll(
    () => false,
    () => read++,
    (problem) => problems.push(problem),
  );
  reader.close();
  expect(read).toBe(16);
  expect(problems).toEqual([
    { kind: 'cut', path: undefined, message: `object ${id}: 3072 MiB; objects over 512 MiB are not read` },
  ]);
});

/** Every file of the git folder with size and time. */
function describeFolder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name} ${size} ${mtimeMs}`;
    });
}

test('nothing in the repository is written', () => {
  const repository = makeHistory();
  const before = describeFolder(repository.path);
  expect(runUnleak(['history', '--no-cache'], { cwd: repository.path }).exitCode).toBe(0);
  expect(runUnleak(['history', '--no-cache', '--reader', 'git'], { cwd: repository.path }).exitCode).toBe(0);
  expect(describeFolder(repository.path)).toEqual(before);
});
