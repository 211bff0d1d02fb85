// Small questions about branches and revisions for commands that are not in a hurry, by simple-git, loaded only when
// asked. It drops git's variables unless they are named (simple-git 4), so they are named here.
import type { SimpleGit } from 'simple-git';
import { GitError } from './git-error.ts';
import { gitEnvironment } from './run-git.ts';

const PASSED_ON = [
  'GIT_INDEX_FILE',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
  'GIT_NAMESPACE',
  'GIT_CEILING_DIRECTORIES',
  'GIT_CONFIG_COUNT',
  'GIT_OPTIONAL_LOCKS',
  'GIT_TERMINAL_PROMPT',
  'GIT_NO_LAZY_FETCH',
  'GIT_ALLOW_PROTOCOL',
  'GIT_NO_REPLACE_OBJECTS',
];

/** Programs that simple-git refuses to pass on, with good reason. */
const REFUSED = /^(GIT_.*|EDITOR|VISUAL|PAGER|SSH_ASKPASS|PREFIX)$/;

async function openGit(cwd: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const hardened = gitEnvironment();
  const numbered = Object.keys(hardened).filter((name) => /^GIT_CONFIG_(KEY|VALUE)_\d+$/.test(name));
  const allowed = new Set([...PASSED_ON, ...numbered]);
  const kept = Object.entries(hardened).filter(([name]) => allowed.has(name) || !REFUSED.test(name));
  // The settings in GIT_CONFIG_COUNT are those of whoever called us, not of the repository.
  const unsafe = { allowUnsafeConfigEnvCount: true };
  return simpleGit({ baseDir: cwd, allowEnvironment: [...allowed], unsafe }).env(Object.fromEntries(kept));
}

/** A question whose "no" is an exit code without a message; undefined for no. */
async function ask(git: SimpleGit, args: readonly string[]): Promise<string | undefined> {
  const answer = (await git.raw([...args])).trim();
  return answer === '' ? undefined : answer;
}

async function findCommit(git: SimpleGit, revision: string): Promise<string | undefined> {
  if (revision === '' || revision.startsWith('-')) return undefined;
  return ask(git, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
}

/** Id of the commit that a revision names. @throws GitError when there is none */
export async function resolveCommit(cwd: string, revision: string): Promise<string> {
  const id = await findCommit(await openGit(cwd), revision);
  if (id) return id;
  throw new GitError(
    'no-such-revision',
    `revision ${JSON.stringify(revision)} does not name a commit here; see git branch -a, or fetch it first (in CI: fetch-depth: 0)`,
  );
}

/** A branch that changes are merged into. */
export interface DefaultBranch {
  readonly name: string;
  readonly commit: string;
}

/**
 * The default branch: what origin/HEAD points to, then init.defaultBranch, main and master, each as origin has it before
 * the local one.
 *
 * @throws GitError when none of them exists
 */
export async function findDefaultBranch(cwd: string): Promise<DefaultBranch> {
  const git = await openGit(cwd);
  const configured = await ask(git, ['config', '--get', 'init.defaultBranch']);
  const names = [configured, 'main', 'master'].filter((name) => name !== undefined);
  const candidates = [
    'refs/remotes/origin/HEAD',
    ...names.flatMap((name) => [`refs/remotes/origin/${name}`, `refs/heads/${name}`]),
  ];
  for (const ref of candidates) {
    const commit = await findCommit(git, ref);
    if (commit) return { name: ref.replace(/^refs\/(remotes|heads)\//, ''), commit };
  }
  throw new GitError(
    'no-such-revision',
    `${cwd}: no default branch found (looked for ${candidates.map((ref) => ref.replace(/^refs\/(remotes|heads)\//, '')).join(', ')}); name the base: unleak diff BASE`,
  );
}

/** The newest commit that both have; undefined when they share none (or history is cut off). */
export async function findMergeBase(cwd: string, a: string, b: string): Promise<string | undefined> {
  return ask(await openGit(cwd), ['merge-base', a, b]);
}
