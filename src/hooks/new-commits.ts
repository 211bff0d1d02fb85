// The commits that a push brings, from git, one after the other: never the end-to-end diff, because what was added and
// taken out again on the way is pushed too.
import { expectSuccess, type GitCall, runGitSync, spawnGit } from '../git/run-git.ts';
import { COMMIT_FORMAT, CommitLogParser, type LoggedCommit } from './commit-log.ts';
import type { RefUpdate } from './ref-updates.ts';

/** What the other side is known to have. */
export type KnownSide =
  /** pre-push: the remote-tracking refs of this remote. */
  | { readonly kind: 'remote'; readonly name: string }
  /** pre-receive: every ref of this repository. */
  | { readonly kind: 'all' };

/** The user's own settings may neither add lines nor hide a root commit. */
const LOG = [
  '-c',
  'log.showRoot=true',
  '-c',
  'log.showSignature=false',
  'log',
  '--raw',
  '-c',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-relative',
  '--no-color',
  '--no-decorate',
  '--no-notes',
  '--no-ext-diff',
  '--no-mailmap',
  '--ignore-submodules=dirty',
  '--encoding=UTF-8',
  COMMIT_FORMAT,
];

/** Object of any kind behind a pushed id: what it is, and for tags what they say and point to. */
export interface PushedObject {
  readonly id: string;
  readonly type: string;
  readonly content: Buffer | undefined;
}

/** Follows tags to the end, the pushed object first. */
export function peelObject(id: string, call: GitCall): readonly PushedObject[] {
  const chain: PushedObject[] = [];
  for (let next: string | undefined = id; next !== undefined; ) {
    const type = runGitSync(['cat-file', '-t', next], call).stdout.toString('latin1').trim();
    const content: Buffer | undefined = type === 'tag' ? runGitSync(['cat-file', 'tag', next], call).stdout : undefined;
    chain.push({ id: next, type, content });
    next = content && /^object ([0-9a-f]{40,64})$/m.exec(content.toString('latin1'))?.[1];
  }
  return chain;
}

/** Ids among these that this repository has. */
function keepPresent(ids: readonly string[], call: GitCall): readonly string[] {
  if (ids.length === 0) return [];
  const input = Buffer.from(ids.map((id) => `${id}^{commit}\n`).join(''), 'latin1');
  const lines = runGitSync(['cat-file', '--batch-check'], { ...call, input })
    .stdout.toString('latin1')
    .split('\n');
  return ids.filter((_, i) => / commit \d+$/.test(lines[i] ?? ''));
}

/** The remote whose address was pushed to, when git was given an address and no name. */
function findRemoteByUrl(url: string, call: GitCall): string | undefined {
  const { stdout } = runGitSync(['config', '-z', '--get-regexp', '^remote\\..*\\.(push)?url$'], call);
  for (const entry of stdout.toString('utf8').split('\0')) {
    const [key = '', value] = entry.split('\n');
    if (value === url) return key.replace(/^remote\./, '').replace(/\.(?:push)?url$/, '');
  }
  return undefined;
}

function knownArguments(side: KnownSide, call: GitCall): readonly string[] {
  if (side.kind === 'all') return ['--not', '--all'];
  const isName =
    /^[\w][\w./-]*$/.test(side.name) && runGitSync(['config', '--get', `remote.${side.name}.url`], call).exitCode === 0;
  const name = isName ? side.name : findRemoteByUrl(side.name, call);
  return name === undefined || /[*?[\\]/.test(name) ? [] : ['--not', `--remotes=${name}`];
}

/**
 * Commits that the updates bring and the other side is not known to have, newest first.
 *
 * @param tips  commits that are pushed
 * @throws GitError
 */
export async function readNewCommits(
  tips: readonly string[],
  updates: readonly RefUpdate[],
  side: KnownSide,
  call: GitCall,
  onCommit: (commit: LoggedCommit) => void,
): Promise<void> {
  if (tips.length === 0) return;
  const old = keepPresent([...new Set(updates.flatMap(({ oldId }) => oldId ?? []))], call);
  const input = Buffer.from([...tips, ...old.map((id) => `^${id}`), ''].join('\n'), 'latin1');
  const args = [...LOG, '--stdin', ...knownArguments(side, call)];
  const git = spawnGit(args, { ...call, input });
  const parser = new CommitLogParser(onCommit);
  for await (const chunk of git.chunks) parser.push(chunk);
  await expectSuccess(git, args, call.cwd);
  parser.end();
}
