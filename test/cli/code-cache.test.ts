// The compiled form of the hook's script: kept beside it, used the second time, and never in the way.
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { makeToken } from './made-up-secret.ts';
import { DIST, runUnleak } from './unleak-process.ts';

afterAll(removeFolders);

let dist: string;
let cache: string;
let clean: TestRepository;
let leaking: TestRepository;

beforeEach(() => {
  dist = join(makeFolder(), 'dist');
  cache = join(dist, 'code-cache');
  cpSync(DIST, dist, { recursive: true, filter: (path) => !path.endsWith('code-cache') });
  clean = makeRepository();
  clean.write('a.ts', 'export const answer = 42;\n');
  clean.git('add', '.');
  leaking = makeRepository();
  leaking.write('a.env', `GITHUB_TOKEN=${makeToken()}\n`);
  leaking.git('add', '.');
});

const staged = (repository: TestRepository) =>
  runUnleak(['staged'], { cwd: repository.path, script: join(dist, 'unleak.cjs') });
const cacheFile = () => join(cache, readdirSync(cache)[0] as string);

test('the first run keeps one file, and the next ones use it', () => {
  const silent = { exitCode: 0, stdout: '', stderr: '' };
  expect(staged(clean)).toEqual(silent);
  expect(readdirSync(cache)).toHaveLength(1);
  const written = statSync(cacheFile()).mtimeMs;
  for (let run = 0; run < 5; run++) expect(staged(clean)).toEqual(silent);
  expect(readdirSync(cache)).toHaveLength(1);
  expect(statSync(cacheFile()).mtimeMs).toBe(written);
});

test('it grows with runs that meet more', () => {
  staged(clean);
  const small = statSync(cacheFile()).size;
  for (let run = 0; run < 200 && statSync(cacheFile()).size === small; run++) staged(leaking);
  expect(statSync(cacheFile()).size).toBeGreaterThan(small + 8192);
});

test('finds are the same with and without it, and none of them is kept in it', () => {
  const first = staged(leaking);
  expect(first.exitCode).toBe(1);
  expect(staged(leaking)).toEqual(first);
  const secret = readFileSync(join(leaking.path, 'a.env'), 'latin1').split('=')[1]?.trim() as string;
  expect(readFileSync(cacheFile(), 'latin1')).not.toContain(secret);
});

test('one that is cut off or of another version is made anew', () => {
  staged(clean);
  const file = cacheFile();
  const good = readFileSync(file);
  for (const bad of [good.subarray(0, good.length / 2), Buffer.alloc(0), Buffer.alloc(good.length)]) {
    writeFileSync(file, bad);
    expect(staged(leaking).exitCode).toBe(1);
    expect(readFileSync(file).length).toBeGreaterThan(good.length / 2);
  }
});

test('where nothing can be kept, nothing is said', () => {
  writeFileSync(cache, 'a file where the folder should be');
  expect(staged(clean)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(staged(leaking).exitCode).toBe(1);
  expect(existsSync(cache)).toBe(true);
});
