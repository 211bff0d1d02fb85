// Repositories whose hooks write down what the staged source sees, for the tests of this folder.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { listStaged } from '../../src/sources/staged-source.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { makeFolder, makeRepository, type TestRepository, testEnvironment } from '../support/git-repository.ts';

/** What the source gave. */
export interface Seen {
  readonly root: string;
  readonly targets: readonly { path: string; text: string; added: 'all' | [number, number][] }[];
  readonly problems: readonly Problem[];
}

/** The bundled hook program and where it writes; set by `prepareHooks`. */
let prepared: { readonly script: string; readonly output: string } | undefined;

/** Bundles the program that the hooks run; call it in beforeAll. */
export async function prepareHooks(): Promise<void> {
  const script = await bundleScript(new URL('./print-staged.ts', import.meta.url));
  prepared = { script, output: join(makeFolder(), 'seen.json') };
}

function hooks(): { readonly script: string; readonly output: string } {
  if (!prepared) throw new Error('prepareHooks() was not called');
  return prepared;
}

/** Shell command that a hook runs to write down what the source sees. */
export function hookCommand(): string {
  return `"${process.execPath}" "${hooks().script}"`;
}

/** Runs git with hooks on and gives what each run of the hook saw. */
export function runHooked(
  repository: TestRepository,
  args: readonly string[],
  extra: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Seen[] {
  const { output } = hooks();
  rmSync(output, { force: true });
  const result = repository.tryGit(args, { ...extra, env: { UNLEAK_TEST_OUTPUT: output, ...extra.env } });
  expect(result.exitCode, result.stderr).toBe(0);
  if (!existsSync(output)) return [];
  return readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen);
}

/** Installs the hooks. */
export function hooked(repository: TestRepository): TestRepository {
  for (const name of ['pre-commit', 'pre-merge-commit']) repository.hook(name, `exec ${hookCommand()}`);
  return repository;
}

/** A repository with one commit: a.txt and b.txt of three lines each. */
export function makeStarted(...options: string[]): TestRepository {
  const repository = makeRepository(...options);
  repository.write('a.txt', '1\n2\n3\n');
  repository.write('b.txt', '1\n2\n3\n');
  repository.write('sub/c.txt', '1\n');
  repository.commitAll('start');
  return hooked(repository);
}

/** What the source gives when called here, without a hook. */
export async function readHere(
  repository: TestRepository,
  cwd = repository.path,
  env: NodeJS.ProcessEnv = testEnvironment(),
): Promise<Seen> {
  const listing = await listStaged(cwd, env);
  const problems: Problem[] = [];
  const targets = [...listing.read((problem) => problems.push(problem))].flat().map((target) => ({
    path: target.origin.path,
    text: Buffer.from(target.bytes).toString('latin1'),
    added: (target.addedLines ?? 'all') as 'all' | [number, number][],
  }));
  return { root: listing.root, targets, problems };
}

export const COMMIT = ['commit', '-q', '-m', 'x'];
/** What a hook sees of a.txt with a fourth line and a changed second. */
export const EDITED = '1\ntwo\n3\n4\n';
export const EDITED_LINES = [
  [2, 2],
  [4, 4],
];
