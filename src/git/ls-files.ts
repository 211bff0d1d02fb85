// Asks git for lists of paths: what is tracked when the index is not plain, and what is not tracked.
import { isUtf8 } from 'node:buffer';
import { checkGit, expectSuccess, type GitCall, spawnGit } from './run-git.ts';

/** A path as git lists it, relative to the folder git ran in. */
export interface ListedPath {
  readonly path: string;
  /** False when the name is no UTF-8, so that `path` cannot be opened. */
  readonly isPathExact: boolean;
}

/** A tracked path. */
export interface TrackedPath extends ListedPath {
  readonly mode: number;
  readonly stage: number;
  readonly isSkipWorktree: boolean;
}

function toListedPath(name: Buffer): ListedPath {
  return { path: name.toString('utf8'), isPathExact: isUtf8(name) };
}

/** Splits at zero bytes; what follows the last one is left over. */
function splitNames(bytes: Buffer, onName: (name: Buffer) => void): Buffer {
  let at = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, at)) {
    onName(bytes.subarray(at, end));
    at = end + 1;
  }
  return bytes.subarray(at);
}

/**
 * Starts listing what git does not track below `call.cwd`. A folder that is a repository of its own comes as one path
 * that ends in `/`.
 *
 * @param withIgnored  also what .gitignore excludes
 * @returns sorted by code units; a promise that is safe to await late
 * @throws (through the promise) GitError
 */
export function startUntracked(withIgnored: boolean, call: GitCall): Promise<ListedPath[]> {
  const args = ['ls-files', '--others', '-z', ...(withIgnored ? [] : ['--exclude-standard'])];
  const git = spawnGit(args, call);
  const read = async (): Promise<ListedPath[]> => {
    const found: ListedPath[] = [];
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of git.chunks) {
      rest = splitNames(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), (name) =>
        found.push(toListedPath(name)),
      );
    }
    await expectSuccess(git, args, call.cwd);
    return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  };
  const result = read();
  result.catch(() => {}); // The caller's await still sees it; without this Node would end on a late await.
  return result;
}

const TRACKED = /^([a-zA-Z?]) ([0-7]{6}) [0-9a-f]{40,64} ([0-3])\t/;

/** Lists what git tracks below `call.cwd`, whatever form the index has. @throws GitError */
export function listTracked(call: GitCall): TrackedPath[] {
  // -t tells skip-worktree by an S.
  const args = ['ls-files', '-s', '-t', '-z'];
  const output = checkGit(args, call);
  const found: TrackedPath[] = [];
  splitNames(output, (line) => {
    const match = TRACKED.exec(line.toString('latin1', 0, Math.min(line.length, 90)));
    if (!match) throw new TypeError('git ls-files printed a line that cannot be read');
    const name = toListedPath(line.subarray(match[0].length));
    found.push({
      ...name,
      mode: Number.parseInt(match[2] as string, 8),
      stage: Number(match[3]),
      isSkipWorktree: match[1] === 'S',
    });
  });
  return found;
}
