// The work trees of a repository, linked ones included: their HEAD and what their index holds.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { type GitCall, gitFailure } from '../git/run-git.ts';
import { startGit } from './start-git.ts';

export interface WorkTree {
  /** '' for the one that unleak runs in; its folder, or name, for others. */
  readonly name: string;
  readonly gitDir: string;
  /** Undefined without a commit. */
  readonly head: string | undefined;
}

/** A blob in an index, and where it would be checked out. */
export interface IndexedBlob {
  readonly path: string;
  readonly blob: string;
}

/** Asks git about another git folder than that of the call. */
function callFor(gitDir: string, call: GitCall): { readonly options: readonly string[]; readonly call: GitCall } {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, GIT_COMMON_DIR: ____, ...env } = call.env ?? process.env;
  return { options: ['--git-dir', gitDir], call: { ...call, env } };
}

async function headOf(gitDir: string, outer: GitCall): Promise<string | undefined> {
  const { options, call } = callFor(gitDir, outer);
  const result = await startGit([...options, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], call);
  return result.exitCode === 0 ? result.stdout.toString('latin1').trim() : undefined;
}

/** The folder of a linked work tree as its git folder remembers it, relative to `cwd` when it is below. */
function nameOf(gitDir: string, cwd: string): string {
  try {
    const folder = dirname(resolve(gitDir, readFileSync(join(gitDir, 'gitdir'), 'utf8').trim()));
    const shown = relative(cwd, folder);
    return shown === '' || shown.startsWith('..') ? basename(folder) : shown;
  } catch {
    return basename(gitDir); // Damaged or being made: git's own name for it is as good.
  }
}

/** @param repository as git describes it; its own work tree comes first */
export async function listWorkTrees(repository: Repository, call: GitCall): Promise<readonly WorkTree[]> {
  const linked = join(repository.commonDir, 'worktrees');
  const folders = existsSync(linked) ? readdirSync(linked).sort() : [];
  const all = [repository.commonDir, ...folders.map((name) => join(linked, name))];
  const own = [repository.gitDir, ...all.filter((gitDir) => gitDir !== repository.gitDir)];
  return Promise.all(
    own.map(async (gitDir) => ({
      name: gitDir === repository.gitDir ? '' : gitDir === repository.commonDir ? 'main' : nameOf(gitDir, call.cwd),
      gitDir,
      head: await headOf(gitDir, call),
    })),
  );
}

/** What the index of a work tree holds, conflict stages included; nothing when it has none. @throws GitError */
export async function readIndexOf(
  tree: WorkTree,
  repository: Repository,
  outer: GitCall,
): Promise<readonly IndexedBlob[]> {
  const isOwn = tree.gitDir === repository.gitDir;
  if (!existsSync(isOwn ? repository.indexFile : join(tree.gitDir, 'index'))) return [];
  const { options, call } = isOwn ? { options: [], call: outer } : callFor(tree.gitDir, outer);
  const args = [...options, 'ls-files', '--stage', '--full-name', '-z', ':/'];
  const { exitCode, stdout, stderr } = await startGit(args, call);
  if (exitCode !== 0) throw gitFailure(args, call.cwd, exitCode, stderr);
  const text = stdout.toString('utf8');
  return text.split('\0').flatMap((row) => {
    const [, mode, blob, path] = /^(\d{6}) ([0-9a-f]{40,64}) \d\t(.+)$/s.exec(row) ?? [];
    return blob === undefined || path === undefined || mode === '160000' ? [] : [{ path, blob }];
  });
}
