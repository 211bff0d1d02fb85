// What the tests of `unleak hook doctor` share: copies of a guarded repository, ways to break them, and what must be said.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { makeFolder } from '../support/git-repository.ts';
import { HookRepository } from './hook-repository.ts';

export const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

export type Break = readonly [
  how: string,
  /** May return variables that break it. */
  breakIt: (repository: HookRepository) => unknown,
  said: RegExp,
  cure: RegExp,
];

export function change(repository: HookRepository, path: string, from: string | RegExp, to: string): void {
  const text = repository.read(path) ?? '';
  if (text.replace(from, to) === text) throw new Error(`${path} has no ${from}`);
  repository.write(path, text.replace(from, to));
}

/** Every wrong thing with its cure. */
export function findWrongs(stdout: string): readonly (readonly [text: string, cure: string])[] {
  return [...stdout.matchAll(/^WRONG (.*)\n {6}cure: (.*)$/gm)].map(([, text = '', cure = '']) => [text, cure]);
}

export function expectWrong(repository: HookRepository, [, breakIt, said, cure]: Break): void {
  const env = (breakIt(repository) ?? {}) as NodeJS.ProcessEnv;
  const { exitCode, stdout, stderr } = repository.unleak('hook doctor', env);
  const wrongs = findWrongs(stdout);
  expect(wrongs.find(([text]) => said.test(text))?.[1] ?? stdout + stderr).toMatch(cure);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('NOT guarded');
}

/** Repositories that are guarded, made once. */
const made = new Map<() => HookRepository, HookRepository>();

/** A copy of a guarded repository, with a home of its own. */
export function copyOf(make: () => HookRepository): HookRepository {
  const first = made.get(make) ?? make();
  made.set(make, first);
  const folder = makeFolder();
  cpSync(first.path, folder, { recursive: true, verbatimSymlinks: true });
  return new HookRepository(folder);
}
