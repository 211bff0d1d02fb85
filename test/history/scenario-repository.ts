// One repository in which a secret stands in every kind of place that a history has, each a value of its own. Made by
// script with fixed people and times, so that ids and reports are the same everywhere.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RandomText } from '../../src/util/random-text.ts';
import { makeFolder, makeRepository, makeRepositoryAt, type TestRepository } from '../support/git-repository.ts';

/** Rules of the scenario's own: reports then do not change with the built-in ones. */
const RULES = `- id: scenario.token
  name: Scenario token
  description: Opens the scenario.
  severity: critical
  prefixes: [scn_]
  pattern: 'scn_[A-Za-z0-9]{28}'
  examples: ['KEY=«scn_{{base62:28}}»']
  counterExamples: ['scn_tooshort']
  rotate: { where: 'Scenario console > Tokens' }
  references: [https://scenario.example/tokens]
- id: scenario.key-block
  name: Scenario key block
  description: Signs for the scenario.
  severity: high
  anchors: ['-----begin scn key']
  before: 0
  pattern: '-----BEGIN SCN KEY-----\\s[A-Za-z0-9+/=\\s]{200,6000}?-----END SCN KEY-----'
  maxBytes: 8000
  examples: ["-----BEGIN SCN KEY-----\\n{{base64:400}}\\n-----END SCN KEY-----"]
  counterExamples: ['-----BEGIN SCN KEY-----']
  rotate: { where: 'Scenario console > Keys' }
  references: [https://scenario.example/keys]
`;

/** What the secrets of the scenario are called, in the order of their seeds. */
export const PLACES = [
  'removed',
  'merge',
  'stash',
  'reflog',
  'amended',
  'tagMessage',
  'note',
  'worktreeIndex',
  'renamed',
  'pushedBranch',
  'unpushedBranch',
  'oncePushed',
  'commitMessage',
  'fileName',
  'index',
  'loose',
  'lastCommit',
] as const;
export type PlaceName = (typeof PLACES)[number];

/** A made-up token; the same seed gives the same. */
export function makeScenarioToken(seed: number): string {
  return `sc${'n_'}${new RandomText(1000 + seed).text('base62', 28)}`;
}

export const TOKENS = Object.fromEntries(PLACES.map((name, i) => [name, makeScenarioToken(i)])) as Record<
  PlaceName,
  string
>;

function makeKeyBlock(middle: string): string {
  const random = new RandomText(77);
  const rows = Array.from({ length: 24 }, () => random.text('base64', 64));
  rows[12] = middle;
  const label = 'SCN KEY';
  return `-----BEGIN ${label}-----\n${rows.join('\n')}\n-----END ${label}-----\n`;
}

export const KEY_BLOCKS = {
  old: makeKeyBlock(new RandomText(78).text('base64', 64)),
  new: makeKeyBlock(new RandomText(79).text('base64', 64)),
} as const;

export interface Scenario {
  readonly repository: TestRepository;
  /** Folder of the second work tree. */
  readonly second: string;
}

/** Lets a folder use the scenario's rules without a file in the repository's history. */
export function useScenarioRules(repository: TestRepository): void {
  repository.write('.git/info/exclude', '.unleak.yml\nscenario-rules.yml\n');
  repository.write('.unleak.yml', 'version: 1\nrules:\n  files: [scenario-rules.yml]\n');
  repository.write('scenario-rules.yml', RULES);
}

export function makeScenario(): Scenario {
  const base = makeFolder();
  const repository = makeRepositoryAt(join(base, 'project'));
  useScenarioRules(repository);
  const remote = makeRepository('--bare').path;
  let day = 0;
  /** Runs git one day later than the last time. */
  const git = (...args: string[]): string => {
    day++;
    const date = new Date(Date.UTC(2024, 0, day, 12)).toISOString();
    const { exitCode, stdout, stderr } = repository.tryGit(args, {
      env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const save = (path: string, text: string, message: string): string => {
    repository.write(path, text);
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };

  git('remote', 'add', 'origin', remote);
  save('readme.md', 'A scenario.\n', 'Begin');
  save('src/removed.ts', `const key = '${TOKENS.removed}';\n`, 'Add a key');
  save('src/removed.ts', 'const key = process.env.KEY;\n', 'Read the key from outside');
  save('src/old-name.ts', `// a renamed file\nexport const renamed = '${TOKENS.renamed}';\n`, 'Add a file');
  git('mv', 'src/old-name.ts', 'src/new-name.ts');
  git('commit', '--quiet', '--message', 'Rename it');
  save('keys/scenario.pem', KEY_BLOCKS.old, 'Add a key block');
  save('keys/scenario.pem', KEY_BLOCKS.new, 'Change it in the middle');
  git('push', '--quiet', 'origin', 'main');

  // A branch that is pushed, and one whose first push was taken back.
  git('switch', '--quiet', '--create', 'shared');
  save('shared.txt', `token ${TOKENS.pushedBranch}\n`, 'Share');
  git('push', '--quiet', 'origin', 'shared');
  save('once.txt', `token ${TOKENS.oncePushed}\n`, 'Push and regret');
  git('push', '--quiet', 'origin', 'shared');
  git('reset', '--quiet', '--hard', 'HEAD^');
  git('push', '--quiet', '--force', 'origin', 'shared');

  git('switch', '--quiet', '--create', 'private', 'main');
  save('private.txt', `token ${TOKENS.unpushedBranch}\n`, 'Keep to myself');
  // Packed so far; everything behind this is loose.
  git('repack', '--quiet', '-d');

  // A merge whose own content is in none of its parents.
  git('switch', '--quiet', '--create', 'side', 'main');
  save('side.txt', 'side\n', 'Go aside');
  git('switch', '--quiet', 'main');
  save('main.txt', 'main\n', 'Go on');
  git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
  save('main.txt', `main ${TOKENS.merge}\n`, 'Merge, and more');
  save('main.txt', 'main\n', 'Clean up after the merge');
  git('branch', '--quiet', '-D', 'side');

  repository.write('stashed.txt', `token ${TOKENS.stash}\n`);
  git('add', 'stashed.txt');
  git('stash', 'push', '--quiet');

  save('dropped.txt', `token ${TOKENS.reflog}\n`, 'To be dropped');
  git('reset', '--quiet', '--hard', 'HEAD^');

  save('amended.txt', `token ${TOKENS.amended}\n`, 'To be amended');
  repository.write('amended.txt', 'token from the vault\n');
  git('add', '--all');
  git('commit', '--quiet', '--amend', '--message', 'Amended');

  git('commit', '--quiet', '--allow-empty', '--message', `Try\n\nworks with ${TOKENS.commitMessage}`);
  git('tag', '--annotate', 'v1', '--message', `First\n\npublished with ${TOKENS.tagMessage}`);
  git('notes', 'add', '--message', `deployed with ${TOKENS.note}`);
  save(`exports/${TOKENS.fileName}.json`, '{}\n', 'Add an export');
  git('rm', '--quiet', '-r', 'exports');
  git('commit', '--quiet', '--message', 'Remove the export');
  save('last.txt', `token ${TOKENS.lastCommit}\n`, 'The last commit');

  const second = join(base, 'second');
  git('worktree', 'add', '--quiet', '--detach', second);
  writeFileSync(join(second, 'there.txt'), `token ${TOKENS.worktreeIndex}\n`);
  git('-C', second, 'add', 'there.txt');

  repository.write('here.txt', `token ${TOKENS.index}\n`);
  git('add', 'here.txt');

  repository.write('.git/loose', `token ${TOKENS.loose}\n`);
  git('hash-object', '-w', '.git/loose');
  return { repository, second };
}
