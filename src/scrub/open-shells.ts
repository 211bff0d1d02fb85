// Which running programs will write a history again, what of it comes back then, and what to do first. Made from live runs
// of each shell with its history changed from outside (see docs/shell-scrub.md). Decides; looks at no process itself.
import { basename, dirname, join } from 'node:path';
import type { HistoryFile } from '../model/shell-sighting.ts';
import type { RunningProcess } from './process-list.ts';

/** typed: what was typed in it since it started. all: its whole list, masked entries in clear included. */
export type Returns = 'typed' | 'all';

export interface OpenShell {
  readonly pid: number;
  readonly name: string;
  readonly terminal: string | undefined;
  readonly startedMs: number | undefined;
  /** This very run was started from it. */
  readonly isOurs: boolean;
  readonly returns: Returns;
  /** What to do in it. */
  readonly remedy: string;
}

interface Habit {
  readonly names: RegExp;
  readonly returns: Returns;
  readonly remedy: string;
}

/** Programs that keep entries in memory and write them at their end. By `program` of the history. */
const HABITS: ReadonlyMap<string, Habit> = new Map([
  ['bash', { names: /^r?bash$|^sh$/, returns: 'typed', remedy: 'in it: history -c, then exit' }],
  ['zsh', { names: /^r?zsh(?:-[\d.]+)?$/, returns: 'typed', remedy: 'in it: unset HISTFILE, then exit' }],
  ['tcsh', { names: /^t?csh$/, returns: 'all', remedy: 'in it: history -c, then exit' }],
  ['python', { names: /^python[\d.]*$/, returns: 'all', remedy: 'end it' }],
  ['node', { names: /^node$/, returns: 'all', remedy: 'end it' }],
  ['psql', { names: /^psql$/, returns: 'typed', remedy: 'end it' }],
  ['mysql', { names: /^(?:mysql|mariadb)$/, returns: 'all', remedy: 'end it' }],
  ['sqlite', { names: /^sqlite3?$/, returns: 'all', remedy: 'end it' }],
  ['redis', { names: /^redis-cli$/, returns: 'all', remedy: 'end it' }],
  ['irb', { names: /^irb$/, returns: 'all', remedy: 'end it' }],
  ['gdb', { names: /^gdb$/, returns: 'all', remedy: 'end it' }],
  ['r', { names: /^R$/, returns: 'all', remedy: 'end it' }],
  ['xonsh', { names: /^xonsh$/, returns: 'all', remedy: 'in it: history clear, then exit' }],
]);

const SHELLS = new Set(['bash', 'zsh', 'tcsh']);
/** Programs whose operands are databases and the like, not scripts. */
const TAKE_OPERANDS = new Set(['psql', 'mysql', 'sqlite', 'redis', 'gdb']);

function habitOf({ program, format }: HistoryFile): readonly [string, Habit] | undefined {
  const name = program.toLowerCase();
  const key = [...HABITS.keys()].find((one) => name === one || name.startsWith(`${one} `) || name === `${one}3`);
  const known = key ?? (SHELLS.has(format) ? format : undefined);
  const habit = known === undefined ? undefined : HABITS.get(known);
  return known !== undefined && habit ? [known, habit] : undefined;
}

/** Words that make a shell run something else than a person's commands: -c TEXT, or a script. */
function runsScript(words: readonly string[]): boolean {
  for (let i = 1; i < words.length; i++) {
    const word = words[i] ?? '';
    if (/^[-+][a-zA-Z]*c/.test(word) && !word.startsWith('--')) return true;
    if (word === '--rcfile' || word === '--init-file' || word === '-o' || word === '+O' || word === '-O') i++;
    else if (!/^[-+]/.test(word)) return true;
  }
  return false;
}

/** Only a guess is possible: HISTFILE is a variable inside the shell. What contradicts the file rules a process out. */
function mayWrite({ environment }: RunningProcess, path: string): boolean {
  const named = environment?.get('HISTFILE');
  if (named !== undefined && named === path) return true;
  const home = environment?.get('HOME');
  if (home === undefined) return true;
  const inHome = [
    home,
    environment?.get('ZDOTDIR'),
    environment?.get('XDG_DATA_HOME'),
    environment?.get('XDG_STATE_HOME'),
  ];
  if (inHome.some((folder) => folder !== undefined && folder !== '' && path.startsWith(join(folder, '/')))) return true;
  return named !== undefined && basename(named) === basename(path) && dirname(named) === dirname(path);
}

/**
 * The running programs that may write this history again.
 *
 * @param processes  of the file's owner
 * @param ownPid  this process; its ancestors are marked
 * @param zshRewrites  zsh's start-up files turn APPEND_HISTORY off: it then writes its whole list
 */
export function findOpenShells(
  file: HistoryFile,
  processes: readonly RunningProcess[],
  ownPid: number,
  zshRewrites: boolean,
): readonly OpenShell[] {
  const found = habitOf(file);
  if (!found) return [];
  const [key, habit] = found;
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const ancestors = new Set<number>();
  for (let pid = parents.get(ownPid); pid !== undefined && !ancestors.has(pid); pid = parents.get(pid)) {
    ancestors.add(pid);
  }
  return processes
    .filter((one) => habit.names.test(one.name) && one.pid !== ownPid)
    .filter((one) => one.terminal !== undefined && (TAKE_OPERANDS.has(key) || !runsScript(one.words)))
    .filter((one) => mayWrite(one, file.path))
    .map(({ pid, name, terminal, startedMs }) => ({
      pid,
      name,
      terminal,
      startedMs,
      isOurs: ancestors.has(pid),
      returns: key === 'zsh' && zshRewrites ? 'all' : habit.returns,
      remedy: habit.remedy,
    }));
}
