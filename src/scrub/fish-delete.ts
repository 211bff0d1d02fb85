// Entries of fish's history, deleted by fish itself: it takes its own lock and tells its other sessions. The commands go
// in by standard input: in an argument every user of the machine could read them. Calls reveal().
import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { Secret } from '../model/secret.ts';
import { type OwnDelete, PATIENCE_MS } from './own-delete.ts';

/** `set -g`: with --no-config fish keeps no history under the name that the environment gives. */
const SCRIPT =
  'set -g fish_history $UNLEAK_FISH_SESSION; while read -z -l text; builtin history delete --exact --case-sensitive -- $text; end';

/** Name of the session whose file this is, when fish would look for it here. */
function sessionOf(path: string): string | undefined {
  if (basename(dirname(path)) !== 'fish') return undefined;
  return /^([A-Za-z0-9_]+)_history$/.exec(basename(path))?.[1];
}

/**
 * Deletes every entry that is exactly one of the commands.
 *
 * @param path  `…/fish/NAME_history`, not a link
 */
export function deleteFromFish(path: string, commands: readonly Secret[], environment: NodeJS.ProcessEnv): OwnDelete {
  const session = sessionOf(path);
  if (session === undefined) return { kind: 'impossible', reason: 'fish looks for its history elsewhere' };
  const texts = [...new Set(commands.map((command) => command.reveal()))];
  if (texts.some((text) => text.includes('\0'))) return { kind: 'impossible', reason: 'an entry has a zero byte' };
  const done = spawnSync('fish', ['--no-config', '-c', SCRIPT], {
    input: texts.map((text) => `${text}\0`).join(''),
    env: { ...environment, XDG_DATA_HOME: dirname(dirname(path)), UNLEAK_FISH_SESSION: session, fish_history: session },
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: PATIENCE_MS,
  });
  if (done.error !== undefined) {
    const { code } = done.error as NodeJS.ErrnoException;
    return { kind: 'impossible', reason: code === 'ENOENT' ? 'fish is not installed' : `fish failed (${code})` };
  }
  return done.status === 0 ? { kind: 'deleted' } : { kind: 'impossible', reason: `fish ended with ${done.status}` };
}
