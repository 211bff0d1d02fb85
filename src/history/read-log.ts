// Runs `git log --raw` once and hands on commits with the changes that matter. Two ways to ask: for given commits, each
// against its first parent (attribution), or for revisions as a user writes them (scope).
import { type GitCall, gitFailure, spawnGit } from '../git/run-git.ts';
import { LOG_FORMAT, type LoggedCommit, type LogInterest, LogParser } from './log-parser.ts';

/** The user's settings must not change what is printed. */
const STEADY = ['-c', 'log.showRoot=true', '-c', 'log.showSignature=false', 'log'];
const OUTPUT = [
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-relative',
  '--no-color',
  '--no-notes',
  '--no-mailmap',
  '--no-decorate',
  '--encoding=UTF-8',
  '--ignore-submodules=none',
  LOG_FORMAT,
];

async function runLog(
  args: readonly string[],
  call: GitCall,
  interest: LogInterest | undefined,
  onCommit: (commit: LoggedCommit) => void,
): Promise<void> {
  const git = spawnGit(args, call);
  const parser = new LogParser(onCommit, interest);
  for await (const chunk of git.chunks) parser.push(chunk);
  const { exitCode, stderr } = await git.end;
  if (exitCode !== 0) throw gitFailure(args, call.cwd, exitCode, stderr);
  parser.end();
}

/**
 * Reads the named commits.
 *
 * @param onCommit  called once for each, in no promised order
 * @throws GitError when a commit or a tree is missing or damaged; what came before has been handed on
 */
export function readCommits(
  call: GitCall,
  ids: readonly string[],
  interest: LogInterest,
  onCommit: (commit: LoggedCommit) => void,
): Promise<void> {
  if (ids.length === 0) return Promise.resolve();
  const input = Buffer.from(ids.map((id) => `${id}\n`).join(''), 'latin1');
  const args = [...STEADY, '--no-walk=unsorted', '--stdin', '-m', '--first-parent', ...OUTPUT];
  return runLog(args, { ...call, input }, interest, onCommit);
}

/** The same commits without their changes: all that the graph needs of those that change nothing of interest. */
export function readBareCommits(
  call: GitCall,
  ids: readonly string[],
  onCommit: (commit: LoggedCommit) => void,
): Promise<void> {
  if (ids.length === 0) return Promise.resolve();
  const input = Buffer.from(ids.map((id) => `${id}\n`).join(''), 'latin1');
  const quiet = OUTPUT.filter((option) => option !== '--raw');
  const args = [...STEADY, '--no-walk=unsorted', '--stdin', '--no-patch', ...quiet];
  return runLog(args, { ...call, input }, undefined, onCommit);
}

/**
 * Reads what a user's choice of revisions brings; of a merge only what is in none of its parents.
 *
 * @param selection  options and revisions for git log; paths behind `--`
 */
export function readSelection(
  call: GitCall,
  selection: {
    readonly options: readonly string[];
    readonly revisions: readonly string[];
    readonly paths: readonly string[];
  },
  onCommit: (commit: LoggedCommit) => void,
): Promise<void> {
  const { options, revisions, paths } = selection;
  const merges = options.includes('--first-parent') ? ['-m'] : ['-c'];
  const args = [...STEADY, ...merges, ...options, ...OUTPUT, ...revisions, '--', ...paths];
  return runLog(args, call, undefined, onCommit);
}
