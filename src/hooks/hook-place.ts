// Where git looks for hooks in this work tree, and why: asks git, touches nothing. Knows no manager.
import { homedir } from 'node:os';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { findRepository, type Repository } from '../git/repository.ts';
import { type GitCall, readGitVersion, runGitSync } from '../git/run-git.ts';

/** A setting of git's and where it is written. */
export interface GitSetting {
  readonly value: string;
  /** `local`, `worktree`, `global`, `system` or `command`. */
  readonly scope: string;
  /** Such as `file:.git/config`. */
  readonly origin: string;
}

export interface HookPlace {
  readonly call: GitCall;
  readonly repository: Repository;
  /** Top of the work tree; the git folder of a bare repository. Hooks run here. */
  readonly top: string;
  /** Absolute folder that git takes hooks from. */
  readonly hooksDir: string;
  readonly hooksPath: GitSetting | undefined;
  /** The folder that git would use without core.hooksPath. */
  readonly ownHooksDir: string;
  readonly gitVersion: { readonly major: number; readonly minor: number };
}

/** @returns the setting that wins, or undefined when it is not set */
export function readSetting(call: GitCall, name: string): GitSetting | undefined {
  const { exitCode, stdout } = runGitSync(['config', '--show-origin', '--show-scope', '-z', '--get', name], call);
  if (exitCode !== 0) return undefined;
  const [scope = '', origin = '', value = ''] = stdout.toString('utf8').split('\0');
  return { scope, origin, value };
}

/** `~/x` as git reads it, and relative paths from the folder that hooks run in. */
export function resolveHooksPath(value: string, top: string, env: NodeJS.ProcessEnv): string {
  const home = env.HOME ?? homedir();
  const expanded = value === '~' || value.startsWith('~/') ? `${home}${value.slice(1)}` : value;
  return resolve(top, expanded);
}

/** @throws GitError outside of a repository */
export function findHookPlace(cwd: string, env: NodeJS.ProcessEnv): HookPlace {
  const repository = findRepository(cwd, env);
  const top = repository.topLevel ?? repository.gitDir;
  const call = { cwd: top, env };
  const hooksPath = readSetting(call, 'core.hooksPath');
  const ownHooksDir = resolve(repository.commonDir, 'hooks');
  return {
    call,
    repository,
    top,
    hooksPath,
    hooksDir: hooksPath ? resolveHooksPath(hooksPath.value, top, env) : ownHooksDir,
    ownHooksDir,
    gitVersion: readGitVersion(top) ?? { major: 0, minor: 0 },
  };
}

/** True when the file or folder is the other one or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** From the top of the repository with `/`, or the whole path. */
export function namePath(path: string, top: string): string {
  return isInside(path, top) ? relative(top, path).split(sep).join('/') || '.' : path;
}

export function isAtLeastVersion(version: HookPlace['gitVersion'], major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}
