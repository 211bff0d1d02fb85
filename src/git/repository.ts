// Where a repository's parts are, as git says (one process). For the hook there is a look at the file system instead,
// which costs no process; its answer only saves time and is never trusted for content (see object-reader.ts).
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lookThrough } from './file-stats.ts';
import { describeGitFailure } from './git-error.ts';
import { gitFailure, runGitSync } from './run-git.ts';

export type ObjectFormat = 'sha1' | 'sha256';

export interface Repository {
  /** Top of the work tree, absolute; undefined in a bare repository or inside its git folder. */
  readonly topLevel: string | undefined;
  /** This work tree's git folder, absolute. */
  readonly gitDir: string;
  /** The git folder that linked work trees share, absolute. */
  readonly commonDir: string;
  /** The index in use; a hook's temporary one when git says so. */
  readonly indexFile: string;
  readonly objectsDir: string;
  readonly objectFormat: ObjectFormat;
  readonly isBare: boolean;
  /** History is cut off. */
  readonly isShallow: boolean;
  /** Objects may be missing on purpose. */
  readonly isPartial: boolean;
}

const QUESTION = [
  'rev-parse',
  '--is-bare-repository',
  '--is-shallow-repository',
  '--show-object-format',
  '--absolute-git-dir',
  '--git-common-dir',
  '--git-path',
  'index',
  '--git-path',
  'objects',
  '--show-toplevel', // Last: it fails in a bare repository, after everything else has been printed.
];

/** Bytes of an object id. */
export function idBytes(format: ObjectFormat): number {
  return format === 'sha256' ? 32 : 20;
}

/** Id of the empty tree, which git knows without storing it. */
export function emptyTreeId(format: ObjectFormat): string {
  return format === 'sha256'
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}

function hasPromisorPack(objectsDir: string): boolean {
  const packs = join(objectsDir, 'pack');
  return existsSync(packs) && readdirSync(packs).some((name) => name.endsWith('.promisor'));
}

/**
 * Asks git about the repository that `cwd` is in.
 *
 * @throws GitError with kind not-a-repository, dubious-ownership, git-missing or git-too-old
 */
export function findRepository(cwd: string, env: NodeJS.ProcessEnv = process.env): Repository {
  const result = runGitSync(QUESTION, { cwd, env });
  const lines = result.stdout.toString('utf8').split('\n');
  const [bare, shallow, format, gitDir, commonDir, indexFile, objectsDir, topLevel] = lines;
  const isOutsideWorkTree = result.exitCode !== 0 && /must be run in a work tree/.test(result.stderr);
  const isFailed = result.exitCode !== 0 && !isOutsideWorkTree;
  if (isFailed || !gitDir || !commonDir || !indexFile || !objectsDir) {
    throw gitFailure(QUESTION, cwd, result.exitCode, result.stderr);
  }
  if (format !== 'sha1' && format !== 'sha256') {
    throw describeGitFailure(QUESTION, cwd, result.exitCode, `object format ${format} is not known to unleak`);
  }
  return {
    topLevel: isOutsideWorkTree || !topLevel ? undefined : resolve(topLevel),
    gitDir: resolve(gitDir),
    commonDir: resolve(cwd, commonDir),
    indexFile: resolve(cwd, indexFile),
    objectsDir: resolve(cwd, objectsDir),
    objectFormat: format,
    isBare: bare === 'true',
    isShallow: shallow === 'true',
    isPartial: hasPromisorPack(resolve(cwd, objectsDir)),
  };
}

/** True for a folder that is a bare repository: all that it holds is git's own. */
export function isBareRepository(folder: string): boolean {
  const isFile = (name: string): boolean => {
    const found = lookThrough(join(folder, name));
    return typeof found !== 'string' && found.isFile();
  };
  if (!isFile('HEAD') || !isFile('config') || !existsSync(join(folder, 'objects'))) return false;
  return /^\s*bare\s*=\s*true\s*$/im.test(readFileSync(join(folder, 'config'), 'latin1'));
}

export interface GuessedRepository {
  readonly topLevel: string;
  readonly gitDir: string;
  readonly commonDir: string;
  readonly objectsDir: string;
}

/** The only or first line of a short file; undefined when it cannot be read. */
export function readOneLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined; // Not there: the caller treats it as "no such pointer".
  }
}

/** The git folder that `path` (a `.git`) is or points to. */
function followGitFile(path: string): string | undefined {
  const found = lookThrough(path);
  if (typeof found === 'string') return undefined;
  if (found.isDirectory()) return path;
  const pointer = found.isFile() ? /^gitdir: (.+)$/.exec(readOneLine(path) ?? '')?.[1] : undefined;
  return pointer ? resolve(dirname(path), pointer) : undefined;
}

function guessFrom(gitDir: string, topLevel: string, env: NodeJS.ProcessEnv): GuessedRepository | undefined {
  if (!existsSync(join(gitDir, 'HEAD'))) return undefined;
  const commonDir = resolve(gitDir, env.GIT_COMMON_DIR ?? readOneLine(join(gitDir, 'commondir')) ?? '.');
  const objectsDir = env.GIT_OBJECT_DIRECTORY ?? join(commonDir, 'objects');
  return existsSync(objectsDir) ? { topLevel, gitDir, commonDir, objectsDir: resolve(objectsDir) } : undefined;
}

/**
 * Finds the repository the way git does, from the file system alone, so that a hook need not start a second process.
 *
 * @returns undefined when nothing is found; git itself then gives the reason
 */
export function guessRepository(cwd: string, env: NodeJS.ProcessEnv = process.env): GuessedRepository | undefined {
  if (env.GIT_DIR) return guessFrom(resolve(cwd, env.GIT_DIR), resolve(cwd, env.GIT_WORK_TREE ?? '.'), env);
  for (let folder = realpathSync(cwd); ; folder = dirname(folder)) {
    const gitDir = followGitFile(join(folder, '.git'));
    const guess = gitDir ? guessFrom(gitDir, folder, env) : undefined;
    if (guess) return guess;
    if (folder === dirname(folder)) return undefined;
  }
}
