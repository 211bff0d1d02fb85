// What each commit of a range changes, oldest first: paths and blobs from one run of git, without patches. Of a merge only
// what differs from all its parents. Lines are asked for later, for the few commits that hold something.
import { isUtf8 } from 'node:buffer';
import { listRangeChanges } from '../git/changes.ts';
import { intersectLineRanges } from '../git/line-ranges.ts';
import { CHANGE_OPTIONS, type Change } from '../git/raw-records.ts';
import { emptyTreeId } from '../git/repository.ts';
import { checkGit, runGitSync } from '../git/run-git.ts';
import type { LineRanges } from '../model/target.ts';
import type { Clone } from './clone.ts';

/** One commit with what it brings. */
export interface CommitChanges {
  readonly id: string;
  readonly parents: readonly string[];
  readonly changes: readonly Change[];
}

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** Modes and ids of one to many parents, then of the commit, then a letter for each parent. */
const RECORD = /^:+((?:[0-7]{6} )+)((?:[0-9a-f]{40,64} )+)([A-Z]+)\d*$/;

function parseRecord(head: string, name: Buffer): Change {
  const match = RECORD.exec(head);
  const modes = match?.[1]?.trimEnd().split(' ') ?? [];
  const ids = match?.[2]?.trimEnd().split(' ') ?? [];
  const newId = ids.at(-1);
  if (!match || newId === undefined || ids.length !== modes.length) {
    throw new TypeError('git diff-tree printed a record that cannot be read');
  }
  return {
    path: name.toString('utf8'),
    isPathExact: isUtf8(name),
    oldMode: Number.parseInt(modes[0] ?? '0', 8),
    newMode: Number.parseInt(modes.at(-1) ?? '0', 8),
    oldId: ids[0] ?? '',
    newId,
    status: match[3]?.[0] ?? 'M',
    addedLines: ids[0] === newId ? [] : undefined,
  };
}

/** Takes apart what `git diff-tree --stdin -r -c --raw -z` prints. @throws TypeError for anything else */
export function parseCommitChanges(bytes: Buffer): ReadonlyMap<string, readonly Change[]> {
  const byCommit = new Map<string, Change[]>();
  let open: Change[] | undefined;
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0) throw new TypeError('the output of git diff-tree is cut off');
    const token = bytes.toString('latin1', at, end);
    at = end + 1;
    if (ID.test(token)) {
      open = byCommit.get(token) ?? [];
      byCommit.set(token, open);
      continue;
    }
    const nameEnd = bytes.indexOf(0, at);
    if (!open || nameEnd < 0) throw new TypeError('git diff-tree printed a record without a commit or a name');
    open.push(parseRecord(token, bytes.subarray(at, nameEnd)));
    at = nameEnd + 1;
  }
  return byCommit;
}

/** Commits that lead to `head` and not to the excluded ones, oldest first. @throws GitError */
export function listCommitChanges(clone: Clone, head: string, excludes: readonly string[]): readonly CommitChanges[] {
  const lines = clone.listCommits([head], excludes, ['--reverse', '--topo-order', '--parents']);
  if (lines.length === 0) return [];
  const commits = lines.map((line) => line.split(' '));
  const input = Buffer.from(commits.map(([id]) => `${id}\n`).join(''), 'latin1');
  const args = ['diff-tree', '--stdin', '-r', '-c', '--root', ...CHANGE_OPTIONS];
  const changes = parseCommitChanges(checkGit(args, { ...clone.call, input }));
  return commits.map(([id = '', ...parents]) => ({ id, parents, changes: changes.get(id) ?? [] }));
}

/** By path, the lines that none of the commit's parents has; undefined: every line. A path that is missing has none. */
export async function readAddedLines(
  clone: Clone,
  { id, parents }: CommitChanges,
): Promise<ReadonlyMap<string, LineRanges | undefined>> {
  const olds = parents.length > 0 ? parents : [emptyTreeId(clone.repository.objectFormat)];
  let lines: Map<string, LineRanges | undefined> | undefined;
  for (const old of olds) {
    const changes = await listRangeChanges(old, id, clone.call);
    const mine = new Map(changes.map((change) => [change.path, change.addedLines]));
    const before: ReadonlyMap<string, LineRanges | undefined> = lines ?? mine;
    lines = new Map();
    for (const [path, ranges] of before) {
      if (mine.has(path)) lines.set(path, intersectLineRanges(ranges, mine.get(path)));
    }
  }
  return lines ?? new Map();
}

/** Messages of commits, as UTF-8 where git can tell. */
export function readMessages(clone: Clone, ids: readonly string[]): ReadonlyMap<string, Buffer> {
  if (ids.length === 0) return new Map();
  const input = Buffer.from(ids.map((id) => `${id}\n`).join(''), 'latin1');
  const format = ['--no-walk=unsorted', '--stdin', '-z', '--encoding=UTF-8', '--no-notes', '--format=tformat:%H%x0a%B'];
  const { stdout } = runGitSync(['-c', 'log.showSignature=false', 'log', ...format], { ...clone.call, input });
  const messages = new Map<string, Buffer>();
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(0, at);
    const stop = end < 0 ? stdout.length : end;
    const newline = stdout.indexOf(0x0a, at);
    if (newline > at && newline < stop)
      messages.set(stdout.toString('latin1', at, newline), stdout.subarray(newline + 1, stop));
    at = stop + 1;
  }
  return messages;
}
