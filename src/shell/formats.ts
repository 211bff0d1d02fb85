// Which format a file has: by what discovery knows of it, else by its name and its first bytes.
import { basename } from 'node:path';
import type { ShellFormat } from '../model/shell-sighting.ts';
import { createBoltFormat, createKshFormat, createMkshFormat, isBolt } from './binary-formats.ts';
import {
  createFishFormat,
  createLibeditFormat,
  createNushellFormat,
  createPowerShellFormat,
  createZshFormat,
} from './escaped-formats.ts';
import type { HistoryFormat } from './history-format.ts';
import { createJsonFormat } from './json-formats.ts';
import { createBashFormat, createLineFormat, createPsqlFormat, createTcshFormat } from './line-formats.ts';

/** Everything but databases, which are read row by row (database.ts). */
export type TextShellFormat = Exclude<ShellFormat, 'sqlite'>;

/** Bytes of a file's head that decide. */
export const HEAD_BYTES = 4096;

/** @param head first bytes of the file; the whole file for formats that need it */
export function createFormat(name: TextShellFormat, head: Buffer): HistoryFormat {
  switch (name) {
    case 'bash':
      return createBashFormat(head);
    case 'zsh':
      return createZshFormat();
    case 'fish':
      return createFishFormat();
    case 'ksh':
      return createKshFormat();
    case 'mksh':
      return createMkshFormat();
    case 'tcsh':
      return createTcshFormat();
    case 'powershell':
      return createPowerShellFormat();
    case 'nushell':
      return createNushellFormat();
    case 'psql':
      return createPsqlFormat();
    case 'libedit':
      return createLibeditFormat();
    case 'json':
    case 'jsonl':
      return createJsonFormat(name);
    case 'bolt':
      return createBoltFormat(head);
    case 'lines':
    case 'newest-first':
      return createLineFormat(name, 'text');
  }
}

/** A format and whose it is. */
export interface Recognised {
  readonly format: ShellFormat;
  readonly program: string;
}

const SQLITE_HEAD = 'SQLite format 3\0';

/** What the first bytes prove, whatever the name says. */
export function recogniseHead(head: Buffer): Recognised | undefined {
  const text = head.toString('latin1', 0, Math.min(head.length, HEAD_BYTES));
  if (text.startsWith(SQLITE_HEAD)) return { format: 'sqlite', program: 'sqlite' };
  if (head[0] === 0x81 && head[1] === 1) return { format: 'ksh', program: 'ksh' };
  if (head[0] === 0xab && head[1] === 0xcd) return { format: 'mksh', program: 'mksh' };
  if (text.startsWith('_HiStOrY_V2_\n')) return { format: 'libedit', program: 'editline' };
  if (/^#\+\d{9,}\r?\n/.test(text)) return { format: 'tcsh', program: 'tcsh' };
  if (/^#\d{9,}\r?\n/.test(text)) return { format: 'bash', program: 'bash' };
  if (/^: *\d{9,}:\d+;/.test(text)) return { format: 'zsh', program: 'zsh' };
  if (/^- cmd: .*\n {2}(?:when|added_when): \d/.test(text)) return { format: 'fish', program: 'fish' };
  if (isBolt(head)) return { format: 'bolt', program: 'elvish' };
  return undefined;
}

type NameRow = readonly [pattern: RegExp, format: ShellFormat, program: string];

/** Basenames, copies included (`.bak`, `.save`, `.new`, `~` …). The first that fits wins. */
const BACKUP = '(?:[-._~](?:bak|save|saved|old|orig|new|tmp|backup|copy|bad[\\w.-]*|[\\d.-]+)|-\\d+\\.tmp|~)*';
const named = (source: string, format: ShellFormat, program: string): NameRow => [
  new RegExp(`^(?:${source})${BACKUP}$`),
  format,
  program,
];

const NAMES: readonly NameRow[] = [
  named('\\.?bash_history', 'bash', 'bash'),
  named('\\.?bash_sessions?|[0-9A-F-]{36}\\.history(?:new)?', 'bash', 'bash'),
  named('\\.?(?:zsh_history|zhistory|histfile|zsh-history)', 'zsh', 'zsh'),
  named('\\.?fish_history|[\\w-]+_fish_history', 'fish', 'fish'),
  named('\\.?(?:sh_history|ksh_history)', 'bash', 'sh'),
  named('\\.?mksh_history', 'bash', 'mksh'),
  named('\\.?ash_history', 'bash', 'ash'),
  named('\\.(?:t?csh_)?history', 'tcsh', 'tcsh'),
  named('.*[Hh]ost_history\\.txt', 'powershell', 'PowerShell'),
  named('\\.?psql_history', 'psql', 'psql'),
  named('\\.?(?:mysql|mariadb)_history', 'lines', 'mysql'),
  named('\\.?sqlite_history', 'lines', 'sqlite3'),
  named('\\.?rediscli_history', 'lines', 'redis-cli'),
  named('\\.?node_repl_history', 'newest-first', 'node'),
  named('\\.?mongosh_repl_history|\\.dbshell', 'newest-first', 'mongosh'),
  named('\\.?python_history', 'lines', 'python'),
  named('\\.?(?:irb|pry)[_-]history', 'lines', 'ruby'),
  named('\\.?Rhistory', 'lines', 'R'),
  named('\\.?gdb_history', 'lines', 'gdb'),
  named('\\.?(?:php|usql|scala|octave|maxima|lldb|lua|julia|ghci|mycli|pgcli|litecli)[_-]history', 'lines', 'client'),
  named('\\.?(?:lesshst|viminfo)', 'lines', 'less'),
];

/** What the name of a file says. */
export function recogniseName(path: string): Recognised | undefined {
  const name = basename(path.replaceAll('\\', '/'));
  for (const [pattern, format, program] of NAMES) if (pattern.test(name)) return { format, program };
  return undefined;
}

/** What a file is: its first bytes where they prove something, else its name; a name also tells whose it is. */
export function recognise(path: string, head: Buffer): Recognised | undefined {
  const byName = recogniseName(path);
  const byHead = recogniseHead(head);
  if (!byHead) return byName;
  return byName && byHead.format !== 'sqlite' && sameFamily(byName, byHead)
    ? { format: byHead.format, program: byName.program }
    : byHead;
}

/** Line formats with another head: editline's clients, ksh's and mksh's. */
function sameFamily(byName: Recognised, byHead: Recognised): boolean {
  return byName.format === byHead.format || byHead.format === 'libedit' || byHead.format === 'bash';
}

/** For a file that somebody names and nothing is known of: JSON, or lines as bash has them. */
export function guessFormat(path: string, head: Buffer): Recognised {
  const known = recognise(path, head);
  if (known) return known;
  if (/\.jsonl$/i.test(path) || /^\s*\{[^\n]*\}\r?\n\s*\{/.test(head.toString('latin1'))) {
    return { format: 'jsonl', program: 'transcript' };
  }
  if (/\.json$/i.test(path) || /^\s*[[{]/.test(head.toString('latin1', 0, 64))) {
    return { format: 'json', program: 'transcript' };
  }
  return { format: 'bash', program: 'shell' };
}
