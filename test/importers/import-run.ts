// What the tests of `unleak import` share: a repository with made-up secrets, and ways to run and to read what came of it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, type TestRepository } from '../support/git-repository.ts';

export const [OLD, SECOND, FRESH] = [makeToken(1), makeToken(2), makeToken(3)];
export const PASSWORD = new RandomText(8).text('base62', 14);
export const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** Two accepted tokens and a password in two files. */
export function setUp(): TestRepository {
  const repository = makeRepository();
  repository.write('src/a.py', `import os\ntoken = "${OLD}"\npassword = "${PASSWORD}"\n`);
  repository.write('src/b.yml', `token: ${SECOND}\n`);
  return repository;
}

export function run(repository: TestRepository, ...words: string[]) {
  return runUnleak(words, { cwd: repository.path });
}

export function rulesFound(repository: TestRepository, ...words: string[]) {
  const { stdout } = run(repository, ...(words.length > 0 ? words : ['scan', 'src']), '--format', 'json');
  const { findings } = JSON.parse(stdout) as { findings: { path: string; line: number }[] };
  return findings.map(({ path, line }) => `${path}:${line}`);
}

export const read = (repository: TestRepository, file: string) => readFileSync(join(repository.path, file), 'utf8');

/** Imports for good; the lists below the diff. */
export function importNow(repository: TestRepository, ...words: string[]): string {
  const { exitCode, stdout, stderr } = run(repository, 'import', ...words, '--yes');
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

/** Entries of the baseline without fingerprints. */
export function baselineOf(repository: TestRepository): readonly string[] {
  return read(repository, '.unleak-baseline')
    .split('\n')
    .filter((line) => /^[0-9a-f]{32} /.test(line))
    .map((line) => line.slice(33))
    .sort();
}

export const PAT = 'github.personal-access-token';
