// Files that lie beside a history and may hold the same text: what a shell left when it was killed while it wrote, copies
// of editors and of people, per-session files, databases' journals. Found by name; nothing is opened here.
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Ends the names of copies that --backup makes; a number follows. */
export const BACKUP_MARK = '.unleak-backup-';

export function isBackupName(name: string): boolean {
  return /\.unleak-backup-\d+$/.test(name);
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    // Not there, or not ours to look into: the history itself could be read, its neighbours cannot.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return [];
    throw error;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** `.bash_history` → `.bash_history-1234.tmp`, `.bash_history~`, `.bash_history.bak`, `..bash_history.swp`, `#.bash_history#`. */
function belongsTo(name: string, history: string): boolean {
  // Journals are a part of their database, which its own program looks after.
  if (name === history || /-(?:wal|shm|journal)$/.test(name)) return false;
  const bare = name.replace(/^[.#](?=\.)|^#/, '');
  return name.startsWith(history) || (bare !== name && bare.startsWith(history)) || isBadCopy(name, history);
}

/** `.zsh_history_bad`, `zsh_history.old`: the same name with or without its dot. */
function isBadCopy(name: string, history: string): boolean {
  return name.replace(/^\./, '').startsWith(history.replace(/^\./, '')) && history.length > 6;
}

/** Folders of Terminal.app with a file for each session, and files that shells' pagers and editors fill. */
const SESSION_FOLDERS = ['.bash_sessions', '.zsh_sessions'];
const PAGERS_AND_EDITORS = ['.lesshst', '.local/share/lesshst', '.local/state/lesshst', '.viminfo'];

/**
 * Neighbours of the histories, without the histories themselves.
 *
 * @param histories  absolute
 * @returns absolute, sorted, regular files only; backups of ours too
 */
export function listSiblings(histories: readonly string[], home: string): readonly string[] {
  const found = new Set<string>();
  for (const history of histories) {
    const folder = dirname(history);
    for (const name of listNames(folder)) if (belongsTo(name, basename(history))) found.add(join(folder, name));
  }
  for (const folder of SESSION_FOLDERS) {
    for (const name of listNames(join(home, folder))) found.add(join(home, folder, name));
  }
  for (const name of PAGERS_AND_EDITORS) found.add(join(home, name));
  return [...found].filter((path) => !histories.includes(path) && isFile(path)).sort();
}
