// `unleak history` as a process, on a repository with a secret in every kind of place (test/history/scenario-repository.ts).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runUnleak } from '../cli/unleak-process.ts';
import { KEY_BLOCKS, makeScenario, PLACES, type Scenario, TOKENS } from '../history/scenario-repository.ts';
import { removeFolders } from '../support/git-repository.ts';

let scenario: Scenario;
beforeAll(() => {
  scenario = makeScenario();
}, 60_000);
afterAll(removeFolders);

const run = (...words: string[]) => runUnleak(['history', '--no-cache', ...words], { cwd: scenario.repository.path });

interface JsonFinding {
  readonly path: string;
  readonly line: number;
  readonly secret: string;
  readonly origin: { readonly kind: string; readonly place: string; readonly versions: number };
  readonly history: {
    readonly reach: string;
    readonly pushed: string;
    readonly first?: { readonly commit: string; readonly author?: string; readonly path?: string };
    readonly removed?: { readonly commit: string };
    readonly holders: readonly { readonly kind: string; readonly name: string; readonly holds: string }[];
    readonly wayOut: { readonly text: string; readonly commands: readonly string[] };
  };
}

function readFindings(...words: string[]): readonly JsonFinding[] {
  const { stdout, stderr } = run('--format', 'json', '--reveal', '--only', 'scenario.*', ...words);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { findings: JsonFinding[] }).findings;
}

function expectGolden(name: string, actual: string): void {
  const file = join(import.meta.dirname, '..', '..', 'fixtures', 'history', name);
  if (process.env.UNLEAK_UPDATE_GOLDENS === '1') writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}

/** Subject of the commit, which is the same whatever the ids are. */
function subjectOf(commit: string | undefined): string | undefined {
  return commit && scenario.repository.git('show', '--no-patch', '--format=%s', commit);
}

const EVERYWHERE = 'branch main, branch private, branch shared, remote origin/main, remote origin/shared, tag v1';
const OLD_EVERYWHERE = EVERYWHERE.split(', ')
  .map((holder) => `${holder} (old)`)
  .join(', ');

it('finds each secret, and says where it is and whether it was pushed', () => {
  const names = new Map<string, string>(PLACES.map((name) => [TOKENS[name], name]));
  names.set(KEY_BLOCKS.old.trim(), 'oldBlock').set(KEY_BLOCKS.new.trim(), 'newBlock');
  const found = readFindings().map(({ path, line, secret, origin, history }) => {
    const { reach, pushed, first, removed, holders } = history;
    const name = names.get(secret) ?? 'unknown';
    const shown = path.replace(secret, 'TOKEN').replace(/[0-9a-f]{12}/, 'ID');
    const held = holders.map(({ kind, name: of, holds }) => `${kind} ${of}${holds === 'tip' ? '' : ' (old)'}`);
    return [
      name,
      `${shown}:${line} ${origin.place}`,
      reach,
      pushed,
      `${subjectOf(first?.commit)} > ${subjectOf(removed?.commit)}`,
      held.join(', '),
    ];
  });
  expect(Object.fromEntries(found.map(([name, place, ...rest]) => [`${name}, ${place}`, rest]))).toEqual({
    'removed, src/removed.ts:1 file': ['history', 'yes', 'Add a key > Read the key from outside', OLD_EVERYWHERE],
    'merge, main.txt:1 file': [
      'history',
      'unknown',
      'Merge, and more > Clean up after the merge',
      'branch main (old), tag v1 (old)',
    ],
    'stash, stashed.txt:1 file': [
      'unreachable',
      'no',
      expect.stringMatching(/^index on main: .* > undefined$/),
      'stash stash@{0}',
    ],
    'reflog, dropped.txt:1 file': [
      'unreachable',
      'no',
      'To be dropped > undefined',
      'reflog HEAD (old), reflog main (old)',
    ],
    'amended, amended.txt:1 file': [
      'unreachable',
      'no',
      'To be amended > undefined',
      'reflog HEAD (old), reflog main (old)',
    ],
    'tagMessage, (message of tag ID):3 tag-message': ['refs', 'unknown', 'undefined > undefined', 'tag v1'],
    'commitMessage, (message of commit ID):3 commit-message': [
      'history',
      'unknown',
      'Try > undefined',
      'branch main (old), tag v1 (old)',
    ],
    'note, (note on ID):1 note': ['refs', 'no', "Notes added by 'git notes add' > undefined", 'note commits'],
    'worktreeIndex, there.txt:1 file': ['unreachable', 'no', 'undefined > undefined', 'index second'],
    'index, here.txt:1 file': ['unreachable', 'no', 'undefined > undefined', 'index '],
    'loose, (object ID):1 file': ['unreachable', 'no', 'undefined > undefined', ''],
    'renamed, src/new-name.ts:2 file': ['head', 'yes', 'Add a file > undefined', EVERYWHERE],
    'renamed, src/old-name.ts:2 file': ['head', 'yes', 'Add a file > undefined', EVERYWHERE],
    'oldBlock, keys/scenario.pem:1 file': [
      'history',
      'yes',
      'Add a key block > Change it in the middle',
      OLD_EVERYWHERE,
    ],
    'newBlock, keys/scenario.pem:1 file': ['head', 'yes', 'Change it in the middle > undefined', EVERYWHERE],
    'pushedBranch, shared.txt:1 file': ['refs', 'yes', 'Share > undefined', 'branch shared, remote origin/shared'],
    'unpushedBranch, private.txt:1 file': ['refs', 'no', 'Keep to myself > undefined', 'branch private'],
    'oncePushed, once.txt:1 file': [
      'unreachable',
      'yes',
      'Push and regret > undefined',
      'reflog HEAD (old), reflog shared (old)',
    ],
    'fileName, exports/TOKEN.json:1 name': ['history', 'no', 'Add an export > Remove the export', 'branch main (old)'],
    'lastCommit, last.txt:1 file': ['head', 'no', 'The last commit > undefined', 'branch main'],
  });
});

it('reads well', () => {
  const { exitCode, stdout, stderr } = run('--only', 'scenario.*');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expectGolden('scenario.golden.txt', stdout);
});

/** Names of the scenario's secrets that a run finds. */
function listFound(...words: string[]): readonly string[] {
  const bySecret = new Map<string, string>(PLACES.map((name) => [TOKENS[name], name]));
  return [...new Set(readFindings(...words).map(({ secret }) => bySecret.get(secret) ?? 'keyBlock'))].sort();
}

it('says when no commit touches a path, which is a slip of the pen', () => {
  const { stdout, exitCode } = run('--path', 'sorce');
  expect(exitCode).toBe(3);
  expect(stdout).toContain('no commit touches what --path names');
  expect(run('--path', 'sorce', '--since', '2099-01-01').exitCode).toBe(0);
});

it('is narrowed by revisions, branches, dates, paths and first parents', () => {
  expect(listFound('origin/main..private')).toEqual(['unpushedBranch']);
  expect(listFound('--branch', 'shared', '--path', 'shared.txt')).toEqual(['pushedBranch']);
  expect(listFound('--since', '2024-03-14T00:00:00Z', '--branch', 'main')).toEqual(['lastCommit']);
  expect(listFound('--path', 'src')).toEqual(['removed', 'renamed']);
  // The merge's own content is seen both ways.
  expect(listFound('--path', 'main.txt')).toEqual(['merge']);
  expect(listFound('--first-parent', '--path', 'main.txt')).toEqual(['merge']);
  expect(listFound('--no-unreachable')).toEqual([
    'commitMessage',
    'fileName',
    'keyBlock',
    'lastCommit',
    'merge',
    'note',
    'pushedBranch',
    'removed',
    'renamed',
    'tagMessage',
    'unpushedBranch',
  ]);
});

it('tells the truth about a secret that a narrow choice shows only a part of', () => {
  const [only] = readFindings('origin/main~5..origin/main~3');
  expect(only).toMatchObject({ path: 'src/old-name.ts', history: { reach: 'head', pushed: 'yes' } });
});

it('gives the cheapest way out that is enough', () => {
  const byName = new Map(readFindings().map(({ secret, history }) => [secret, history.wayOut]));
  const firstCommand = (name: keyof typeof TOKENS) =>
    byName.get(TOKENS[name])?.commands[0]?.replace(/[0-9a-f]{12}/, 'ID');
  expect(firstCommand('lastCommit')).toBe('git commit --amend --no-edit FILE');
  expect(firstCommand('stash')).toBe("git stash drop 'stash@{0}'");
  expect(firstCommand('reflog')).toMatch(/^git reflog expire/);
  expect(firstCommand('unpushedBranch')).toBe('git switch private');
  expect(firstCommand('commitMessage')).toBe('git rebase -i ID^');
  expect(firstCommand('tagMessage')).toBe('git tag -d v1');
  expect(firstCommand('removed')).toBeUndefined();
  expect(byName.get(TOKENS.removed)?.text).toMatch(/^It has left this machine/);
});

it('names no people under --author-privacy', () => {
  for (const format of ['text', 'json', 'jsonl', 'sarif']) {
    expect(run('--only', 'scenario.*', '--format', format).stdout).toContain('Ada Example');
    expect(run('--only', 'scenario.*', '--format', format, '--author-privacy').stdout).not.toMatch(/Ada|example\.org/);
  }
});

it('prints no value', () => {
  for (const format of ['text', 'json', 'jsonl', 'sarif']) {
    const { stdout } = run('--only', 'scenario.*', '--format', format);
    expect(Object.values(TOKENS).filter((token) => stdout.includes(token))).toEqual([]);
  }
});

it('says the same from anywhere in the repository, and from a linked work tree', () => {
  const all = run('--only', 'scenario.*', '--format', 'json').stdout;
  const below = runUnleak(['history', '--no-cache', '--only', 'scenario.*', '--format', 'json'], {
    cwd: join(scenario.repository.path, 'src'),
  });
  expect(below.stdout).toBe(all);
});

it('says the same through git', () => {
  const words = ['--only', 'scenario.*', '--format', 'json'];
  expect(run(...words, '--reader', 'git').stdout).toBe(run(...words, '--reader', 'own').stdout);
});
