// Understands the PATH arguments of a scan: files, folders and globs, and the root that everything is named from.
// Touches the file system only to see what is there.
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { isAbsent, lookThrough } from '../git/file-stats.ts';
import { isBareRepository } from '../git/repository.ts';
import { UsageError } from '../model/errors.ts';

/** One PATH argument. All paths are absolute, with links resolved: what a user names himself is followed. */
export type ScanPath =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'special'; readonly file: string }
  /** `pattern` is relative to `folder`. */
  | { readonly kind: 'glob'; readonly folder: string; readonly pattern: string; readonly argument: string };

/** What to scan and how to name it. */
export interface ScanPlan {
  /** The working folder when it holds every PATH, else the closest folder that does. */
  readonly root: string;
  readonly paths: readonly ScanPath[];
}

function toSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Path of `file` from `folder`, with `/`; empty for the folder itself. */
export function relativePath(folder: string, file: string): string {
  return toSlashes(relative(folder, file));
}

function readArgument(cwd: string, argument: string): ScanPath {
  const place = resolve(cwd, argument);
  // An empty argument (an unset variable in a script) must not mean the working folder.
  const found = argument === '' ? 'ENOENT' : lookThrough(place);
  if (typeof found !== 'string') {
    const real = realpathSync(place);
    if (found.isDirectory()) {
      if (isBareRepository(real))
        throw new UsageError(
          `${argument}: is a bare repository and has no files of its own; scan what it keeps: unleak history`,
        );
      return { kind: 'folder', folder: real };
    }
    return { kind: found.isFile() ? 'file' : 'special', file: real };
  }
  const shown = argument === '' ? '""' : argument;
  if (!isAbsent(found)) throw new UsageError(`${shown}: cannot be looked at (${found}); check who may read it`);
  return readGlob(cwd, argument) ?? refuse(`${shown}: no such file or folder (seen from ${cwd}); check the path`);
}

function refuse(message: string): never {
  throw new UsageError(message);
}

/** A pattern below a folder that exists; undefined for anything else. */
function readGlob(cwd: string, argument: string): ScanPath | undefined {
  const glob = picomatch.scan(toSlashes(argument));
  const base = resolve(cwd, glob.base);
  const found = lookThrough(base);
  if (!glob.isGlob || glob.negated || typeof found === 'string' || !found.isDirectory()) return undefined;
  return { kind: 'glob', folder: realpathSync(base), pattern: glob.glob, argument };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

function folderOf(path: ScanPath): string {
  return 'folder' in path ? path.folder : dirname(path.file);
}

/**
 * Reads PATH arguments.
 *
 * @param args  as given; none means the working folder
 * @throws UsageError for a path that is not there, or paths that share no folder (drives of Windows)
 */
export function planScan(cwd: string, args: readonly string[]): ScanPlan {
  const paths = (args.length === 0 ? ['.'] : args).map((argument) => readArgument(cwd, argument));
  let root = realpathSync(cwd);
  if (!paths.every((path) => isInside(root, folderOf(path)))) {
    root = folderOf(paths[0] as ScanPath);
    while (!paths.every((path) => isInside(root, folderOf(path)))) {
      if (root === dirname(root)) throw new UsageError('the paths are on different drives; scan them one by one');
      root = dirname(root);
    }
  }
  return { root, paths };
}
