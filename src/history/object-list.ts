// Ids of everything in a repository's object stores, by type, as git lists them: reachable or not, packed or loose.
import { type GitCall, gitFailure, spawnGit } from '../git/run-git.ts';
import { parseHeader, readLines } from './cat-file-stream.ts';

/** Hex ids, each once, in no promised order. */
export interface ObjectList {
  readonly blobs: readonly string[];
  readonly commits: readonly string[];
  readonly trees: readonly string[];
  readonly tags: readonly string[];
}

const ARGS = [
  'cat-file',
  '--batch-all-objects',
  '--unordered',
  '--buffer',
  '--batch-check=%(objectname) %(objecttype) 0',
];

/** @throws GitError when git cannot be started or refuses the repository */
export async function listObjects(call: GitCall): Promise<ObjectList> {
  const ids = { blob: [] as string[], commit: [] as string[], tree: [] as string[], tag: [] as string[] };
  const git = spawnGit(ARGS, call);
  for await (const line of readLines(git.chunks)) {
    const { id, type } = parseHeader(line);
    // What git lists and cannot read is reported by the reader that is asked for it.
    if (type) ids[type].push(id);
    else if (/^[0-9a-f]{40,64}$/.test(id)) ids.blob.push(id);
  }
  const { exitCode, stderr } = await git.end;
  if (exitCode !== 0) throw gitFailure(ARGS, call.cwd, exitCode, stderr);
  return { blobs: ids.blob, commits: ids.commit, trees: ids.tree, tags: ids.tag };
}
