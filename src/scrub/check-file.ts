// May this file be overwritten in place? Looks at what it is and whose it is; every no comes with its reason and with
// what to do. Nothing is opened for writing here.
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { ShellFormat } from '../model/shell-sighting.ts';

/** Whose files may be changed, and how far a link may lead. */
export interface Owner {
  /** Effective user and group of this process; undefined where the system has none. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Absolute home directory; a link may not lead out of it. */
  readonly home: string;
}

export type FileCheck =
  | { readonly kind: 'usable'; readonly path: string; readonly stats: Stats; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

const refuse = (reason: string): FileCheck => ({ kind: 'refused', reason });
const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

const DATABASES: Partial<Record<ShellFormat, string>> = {
  sqlite: 'a database moves its rows about; delete the entry in the program that owns it',
  bolt: 'a database with checksums; delete the entry in elvish: use store; store:del-cmd SEQ',
};

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..');
}

/** Others who may write into the folder could put another file in this one's place. */
function findFolderFault(path: string, { uid, gid }: Owner): string | undefined {
  const folder = dirname(path);
  const { mode, uid: holder, gid: group } = statSync(folder);
  const isSticky = (mode & 0o1000) !== 0;
  const isOwnGroup = group === gid && group === uid;
  const isOpen = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !isOwnGroup);
  if (uid === undefined || (!isOpen && (holder === uid || holder === 0)) || isSticky) return undefined;
  if (!isOpen) return `its folder ${folder} belongs to another user`;
  return `others may write into its folder ${folder} (mode ${octal(mode)}); chmod go-w it first`;
}

/**
 * Looks at one file.
 *
 * @param format  decides whether masking in place is possible at all
 * @throws never; a file that is gone or out of reach is refused
 */
export function checkFile(path: string, format: ShellFormat, owner: Owner): FileCheck {
  try {
    const cannot = DATABASES[format];
    if (cannot !== undefined) return refuse(cannot);
    const real = realpathSync(path);
    const isLink = lstatSync(path).isSymbolicLink();
    if (isLink && !isInside(realpathSync(owner.home), real)) {
      return refuse(`a link that leads out of the home directory, to ${real}; name that file itself if it is yours`);
    }
    const stats = statSync(real);
    if (!stats.isFile()) return refuse('not a regular file');
    if (owner.uid !== undefined && stats.uid !== owner.uid) {
      return refuse(`belongs to another user (uid ${stats.uid}); run this as that user`);
    }
    if ((stats.mode & 0o200) === 0) return refuse(`read-only (mode ${octal(stats.mode)}); chmod u+w it first`);
    const fault = findFolderFault(real, owner);
    if (fault !== undefined) return refuse(fault);
    const notes = [
      ...(stats.nlink > 1 ? [`has ${stats.nlink} names (hard links); all of them are changed`] : []),
      ...(isLink ? [`is a link to ${real}; if that folder is synchronised or in git, copies are there too`] : []),
      ...(owner.uid !== undefined && (stats.mode & 0o077) !== 0
        ? [`others may read it (mode ${octal(stats.mode)}); chmod 600 it`]
        : []),
    ];
    return { kind: 'usable', path: real, stats, notes };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse(code === 'ENOENT' ? 'is gone' : `cannot be looked at (${code})`);
  }
}
