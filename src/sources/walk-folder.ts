// Walks a folder that git does not manage: every file, no ignore rules, `.git` folders left out, nothing followed.
// Own code because fast-glob takes four to five times as long (60,000 files: 100 ms here, 280-570 ms sync, 500 ms stream).
import { type Dirent, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { isAbsent, lookAt } from '../git/file-stats.ts';
import type { Problem, ProblemSink } from '../model/problem.ts';

/** Byte order of whole paths, as git has it: a folder sorts as if its name ended in `/`. */
function sortKey(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

function compareEntries(a: Dirent, b: Dirent): number {
  const [keyA, keyB] = [sortKey(a), sortKey(b)];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** Why a thing that is no regular file is not scanned. @param path relative to the root */
export function describeOddFile(kind: Stats | Dirent, path: string): Problem {
  return kind.isSymbolicLink()
    ? { kind: 'symlink', path, message: 'is a symbolic link; what it points to is scanned only under its own path' }
    : { kind: 'special', path, message: 'is no regular file (device, pipe or socket); never opened' };
}

/** Why a name that is not UTF-8 is not scanned. */
export function describeOddName(path: string): Problem {
  return { kind: 'unreadable', path, message: 'its name is not UTF-8, so it cannot be opened; rename it' };
}

/** Why a path that was listed cannot be looked into. @param code of the system, such as `EACCES` */
export function describeRefusal(path: string, code: string): Problem {
  return isAbsent(code)
    ? { kind: 'vanished', path, message: 'was there when its folder was listed, and is gone' }
    : { kind: 'unreadable', path, message: `cannot be looked at (${code}); check who may read it` };
}

function listFolder(folder: string, path: string, problems: ProblemSink): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort(compareEntries);
  } catch (error) {
    problems(describeRefusal(path === '' ? '.' : path, (error as NodeJS.ErrnoException).code ?? 'error'));
    return [];
  }
}

/** Some file systems do not tell the type while listing. */
function withType(entry: Dirent, file: string): Dirent | Stats | string {
  const isKnown = entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
  return isKnown ? entry : lookAt(file);
}

/**
 * Yields the paths of regular files below a folder, relative to it, in byte order.
 *
 * @param folder  absolute
 * @param problems  gets what is not listed, with paths relative to `folder`
 * @cost one readdir a folder, no stat a file; memory for one folder a level
 */
export function* walkFolder(folder: string, problems: ProblemSink): Generator<string> {
  const open: { readonly path: string; readonly entries: Dirent[]; next: number }[] = [
    { path: '', entries: listFolder(folder, '', problems), next: 0 },
  ];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const entry = level.entries[level.next++];
    if (!entry) {
      open.pop();
      continue;
    }
    if (entry.name === '.git') continue;
    const path = level.path === '' ? entry.name : `${level.path}/${entry.name}`;
    const kind = withType(entry, join(folder, path));
    if (entry.name.includes('\ufffd') && typeof lookAt(join(folder, path)) === 'string') {
      problems(describeOddName(path));
    } else if (typeof kind === 'string') {
      problems(describeRefusal(path, kind));
    } else if (kind.isFile()) {
      yield path;
    } else if (kind.isDirectory()) {
      open.push({ path, entries: listFolder(join(folder, path), path, problems), next: 0 });
    } else {
      problems(describeOddFile(kind, path));
    }
  }
}
