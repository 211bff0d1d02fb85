// Entries of atuin's history, deleted by atuin itself, so that the deletion is synchronised too: `atuin history prune` with
// a filter that matches the commands and nothing else. The filter is in a private folder that is gone afterwards, because
// an argument could be read by every user of the machine. Calls reveal().
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'smol-toml';
import type { Secret } from '../model/secret.ts';
import { shredFile } from './backup.ts';
import { type OwnDelete, PATIENCE_MS } from './own-delete.ts';

/** A pattern of the Rust regex crate that matches exactly this text. */
export function quoteForRust(text: string): string {
  const quoted = text.replace(/[\\.+*?()|[\]{}^$#&\-~]/g, '\\$&').replace(/[\x00-\x1f\x7f]/g, (c) => {
    return `\\x{${c.charCodeAt(0).toString(16)}}`;
  });
  return `\\A${quoted}\\z`;
}

/** The user's own settings with this filter in place of all others: `prune` takes out what any filter matches. */
export function makePruneConfig(userConfig: string, commands: readonly string[]): string {
  const filters = { history_filter: commands.map(quoteForRust), cwd_filter: [], secrets_filter: false };
  return stringify({ ...parse(userConfig), ...filters });
}

function readUserConfig(folders: readonly string[]): string {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, 'config.toml'), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return '';
}

/** A folder in memory where there is one: what is written there never reaches a disk. */
function makePrivateFolder(environment: NodeJS.ProcessEnv): string {
  for (const folder of [environment.XDG_RUNTIME_DIR, '/dev/shm', tmpdir()]) {
    if (folder === undefined || folder === '') continue;
    try {
      accessSync(folder, constants.W_OK);
      return mkdtempSync(join(folder, 'unleak-atuin-'));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EROFS') throw error;
    }
  }
  throw new Error('no folder for temporary files can be written to');
}

/** After a deletion the bytes stay in free pages; atuin has no command that rewrites them, sqlite3 has. */
function compact(database: string): void {
  const sql = 'PRAGMA busy_timeout=5000; PRAGMA secure_delete=ON; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);';
  // Without sqlite3 the search of the bytes that follows says what is left.
  spawnSync('sqlite3', [database, sql], { stdio: 'ignore', timeout: PATIENCE_MS });
}

/**
 * Deletes every entry that is exactly one of the commands.
 *
 * @param database  `history.db`
 */
export function deleteFromAtuin(
  database: string,
  commands: readonly Secret[],
  environment: NodeJS.ProcessEnv,
  home: string,
): OwnDelete {
  const folders = [
    environment.ATUIN_CONFIG_DIR ?? '',
    join(environment.XDG_CONFIG_HOME ?? join(home, '.config'), 'atuin'),
    join(home, '.atuin'),
  ].filter((folder) => folder !== '');
  const texts = [...new Set(commands.map((command) => command.reveal()))];
  const folder = makePrivateFolder(environment);
  const config = join(folder, 'config.toml');
  try {
    const text = makePruneConfig(readUserConfig(folders), texts);
    writeFileSync(config, text, { mode: 0o600, flag: 'wx' });
    const done = spawnSync('atuin', ['history', 'prune'], {
      env: {
        ...environment,
        ATUIN_CONFIG_DIR: folder,
        ATUIN_DB_PATH: database,
        ATUIN_SESSION: environment.ATUIN_SESSION ?? 'unleak',
      },
      stdio: 'ignore',
      timeout: PATIENCE_MS,
    });
    if (done.error !== undefined) {
      const { code } = done.error as NodeJS.ErrnoException;
      return { kind: 'impossible', reason: code === 'ENOENT' ? 'atuin is not installed' : `atuin failed (${code})` };
    }
    if (done.status !== 0) return { kind: 'impossible', reason: `atuin history prune ended with ${done.status}` };
    compact(database);
    return { kind: 'deleted' };
  } finally {
    shredIfThere(config);
    rmSync(folder, { recursive: true, force: true });
  }
}

function shredIfThere(file: string): void {
  try {
    shredFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
