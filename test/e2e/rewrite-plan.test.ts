// `unleak history --rewrite-plan` and `--verify`: the plan holds no values, its replacements do and are private; followed
// with git-filter-repo it leaves nothing, and the proof fails while a stash still holds a value.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatReplacement } from '../../src/commands/rewrite-plan.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import {
  KEY_BLOCKS,
  makeScenario,
  makeScenarioToken,
  PLACES,
  TOKENS,
  useScenarioRules,
} from '../history/scenario-repository.ts';
import {
  makeFolder,
  makeRepository,
  removeFolders,
  type TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';

let project: TestRepository;
beforeAll(() => {
  project = makeScenario().repository;
}, 60_000);
afterAll(removeFolders);

const history = (cwd: string, ...words: string[]) => runUnleak(['history', '--no-cache', ...words], { cwd });

function verifyWords(plan: string): readonly string[] {
  return /^unleak history (--verify .*)$/m.exec(readFileSync(plan, 'utf8'))?.[1]?.split(' ') ?? [];
}

function fingerprintOf(repository: TestRepository): string {
  const { stdout } = history(repository.path, '--format', 'json');
  return (JSON.parse(stdout) as { secrets: { fingerprint: string }[] }).secrets[0]!.fingerprint;
}

it('writes private files, and values into none but the two for git-filter-repo', () => {
  const folder = join(makeFolder(), 'plan');
  const { exitCode, stdout, stderr } = history(project.path, '--only', 'scenario.*', '--rewrite-plan', folder);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(`unleak: the plan is in ${join(folder, 'plan.md')}\n`);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of ['plan.md', 'replacements.txt', 'renames.txt']) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  const plan = readFileSync(join(folder, 'plan.md'), 'utf8');
  const values = PLACES.map((name) => TOKENS[name]);
  expect(values.filter((value) => plan.includes(value) || stdout.includes(value))).toEqual([]);
  const replacements = readFileSync(join(folder, 'replacements.txt'), 'utf8').split('\n').slice(0, -1);
  expect(new Set(replacements.filter((row) => row.startsWith('literal:')))).toEqual(
    new Set(values.map((value) => `literal:${value}==>***REMOVED***`)),
  );
  expect(replacements.filter((row) => row.startsWith('regex:')).length).toBe(Object.keys(KEY_BLOCKS).length);
  const renamed = readFileSync(join(folder, 'renames.txt'), 'utf8');
  expect(renamed).toMatch(new RegExp(`^exports/${TOKENS.fileName}\\.json==>exports/REMOVED-\\d+\\.json\\n$`));
});

it.each([
  ['plain-Value_1./+==', 'literal:plain-Value_1./+====>***REMOVED***'],
  ['a==>b', 'regex:a\\x3d\\x3d\\x3eb==>***REMOVED***'],
  ['two\nlines', 'regex:two\\x0alines==>***REMOVED***'],
  ['é*', 'regex:\\xc3\\xa9\\x2a==>***REMOVED***'],
])('a value becomes a line for git-filter-repo: %j', (value, line) => {
  expect(formatReplacement(value)).toBe(line);
});

it('writes nothing into the repository, nor over anything', () => {
  const inside = history(project.path, '--rewrite-plan', 'plan');
  expect([inside.exitCode, inside.stdout]).toEqual([2, '']);
  expect(inside.stderr).toMatch(/outside of the repository/);
  expect(existsSync(join(project.path, 'plan'))).toBe(false);
  const full = makeFolder();
  mkdirSync(join(full, 'x'));
  const taken = history(project.path, '--rewrite-plan', full);
  expect([taken.exitCode, taken.stdout]).toEqual([2, '']);
  expect(taken.stderr).toMatch(/is not empty/);
});

it('the proof fails while a stash holds the value, and holds when it is gone', () => {
  const repository = makeRepository();
  useScenarioRules(repository);
  repository.write('a.txt', 'a\n');
  repository.commitAll('First');
  repository.write('a.txt', `${makeScenarioToken(99)}\n`);
  repository.git('stash', 'push', '--quiet');
  const fingerprint = fingerprintOf(repository);
  expect(history(repository.path, '--verify', fingerprint).exitCode).toBe(1);
  repository.git('stash', 'drop', '--quiet');
  // Still in a loose object.
  expect(history(repository.path, '--verify', fingerprint).exitCode).toBe(1);
  repository.git('reflog', 'expire', '--expire=now', '--expire-unreachable=now', '--all');
  repository.git('gc', '--quiet', '--prune=now');
  const { exitCode, stdout, stderr } = history(repository.path, '--verify', fingerprint);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    'unleak: nothing with this fingerprint is in any object, stash, reflog or index of this clone\n' +
      'unleak: not seen: other clones, forks and hosts; a value where no rule recognises it; fingerprints made with another baseline key\n',
  );
  expect(stdout).toContain(`unleak history --verify ${fingerprint}: No secrets found.\n`);
});

it('neither a baseline nor an ignore makes a value gone', () => {
  const repository = makeRepository();
  useScenarioRules(repository);
  repository.write('a.txt', `${makeScenarioToken(98)} unleak:ignore\n`);
  repository.write('b.txt', `${makeScenarioToken(98)}\n`);
  repository.commitAll('First');
  const fingerprint = fingerprintOf(repository);
  repository.write('.unleakignore', '*.txt\n');
  expect(history(repository.path).exitCode).toBe(0);
  const { stdout, exitCode } = history(repository.path, '--format', 'json', '--verify', fingerprint);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout).findings.map(({ path }: { path: string }) => path)).toEqual(['a.txt', 'b.txt']);
});

it('a proof may not be narrowed, and takes only fingerprints', () => {
  const narrow = history(project.path, '--verify', 'a'.repeat(32), '--no-unreachable');
  expect([narrow.exitCode, narrow.stdout]).toEqual([2, '']);
  expect(narrow.stderr).toMatch(/looks at everything/);
  const odd = history(project.path, '--verify', TOKENS.index);
  expect([odd.exitCode, odd.stdout]).toEqual([2, '']);
  expect(odd.stderr).not.toContain(TOKENS.index);
});

const hasFilterRepo = spawnSync('git', ['filter-repo', '--version']).status === 0;

it.skipIf(!hasFilterRepo)(
  `followed to the letter, the plan leaves nothing${hasFilterRepo ? '' : ' (skipped: git filter-repo is not installed)'}`,
  () => {
    const { repository } = makeScenario();
    const folder = join(makeFolder(), 'plan');
    history(repository.path, '--only', 'scenario.*', '--rewrite-plan', folder);
    const plan = join(folder, 'plan.md');
    // What the plan leaves to people: undo what is open in work trees.
    repository.git('reset', '--quiet', '--hard');
    repository.git('worktree', 'remove', '--force', '../second');
    const script = /^## 3[\s\S]*?```sh\n([\s\S]*?)```/m.exec(readFileSync(plan, 'utf8'))?.[1] ?? '';
    const commands = script.split('\n').filter(Boolean);
    for (const line of commands) {
      const { status } = spawnSync('sh', ['-c', line], { cwd: repository.path, env: testEnvironment() });
      expect(status, line).toBe(0);
    }
    const { exitCode, stdout } = history(repository.path, ...verifyWords(plan));
    expect({ exitCode, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      exitCode: 0,
      last: 'unleak history --verify (19 secrets): No secrets found.',
    });
    // Somebody has one of the values in a stash: it is back.
    repository.write('main.txt', `${TOKENS.merge}\n`);
    repository.git('stash', 'push', '--quiet');
    expect(history(repository.path, ...verifyWords(plan)).exitCode).toBe(1);
  },
  60_000,
);
