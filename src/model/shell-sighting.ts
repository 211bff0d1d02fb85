// A secret in the history of a shell or of another program: which file, which entry, and exactly which bytes of the file
// hold the value. What `unleak shell` reports and what a scrub overwrites.
import type { Problem } from './problem.ts';
import type { Secret } from './secret.ts';
import type { Span } from './span.ts';

/** How a history file is laid out. Decides how bytes map to commands, and how a value may be overwritten. */
export const SHELL_FORMATS = [
  'bash', // one entry a line, or `#EPOCH` lines between entries
  'zsh', // plain or `: START:SECONDS;command`, metafied bytes, backslash before a line break
  'fish', // `- cmd: TEXT`, escapes `\\` and `\n`
  'ksh', // ksh93: 81 01, entries end with line break and NUL
  'mksh', // AB CD, then FF + 4-byte number + text + NUL
  'tcsh', // `#+EPOCH` line, then the command
  'powershell', // PSReadLine: a backtick at the end of a line continues
  'nushell', // `<\n>` for a line break
  'lines', // one entry a line, as most clients write
  'newest-first', // the same, the newest on top (node)
  'psql', // one entry a line, byte 01 for a line break
  'libedit', // `_HiStOrY_V2_`, then lines with octal escapes
  'json', // one JSON document: every string is looked at
  'jsonl', // one JSON document a line
  'bolt', // elvish's database
  'sqlite', // atuin, nushell, xonsh, IPython, AWS CLI: rows of a database
] as const;
export type ShellFormat = (typeof SHELL_FORMATS)[number];

/** A field of a database that holds a value. */
export interface DatabaseCell {
  readonly table: string;
  readonly column: string;
  readonly rowId: number;
}

/** One secret at one place of one history file. */
export interface ShellSighting {
  /** Absolute. */
  readonly path: string;
  readonly format: ShellFormat;
  /** Whose history it is, such as `bash`, `psql`, `Claude Code`, `atuin`. */
  readonly program: string;
  /** From 1, in the order of the file. */
  readonly entryNumber: number;
  /** Seconds since 1970, when the file says when the command was run. */
  readonly time: number | undefined;
  /**
   * Bytes of the file that hold the value, ascending, not touching; several when the value is split by a continuation.
   * Never a part of an escape or of a metafied pair. Empty when `cell` is there: rows are not at fixed places.
   */
  readonly spans: readonly Span[];
  /** All bytes of the entry, its time line included. Undefined for a row. */
  readonly entrySpan: Span | undefined;
  /** Only for `sqlite`. */
  readonly cell: DatabaseCell | undefined;
  readonly ruleId: string;
  readonly secret: Secret;
  /** The whole command, decoded, as it was typed: for `fish`'s and `atuin`'s own delete commands. Never printed. */
  readonly command: Secret;
}

/** A history file that was found or named. */
export interface HistoryFile {
  /** Absolute. */
  readonly path: string;
  readonly program: string;
  readonly format: ShellFormat;
}

/**
 * What the histories hold: `findSightings(args: ShellArguments, terminal: Terminal): Promise<ShellSightings>` of
 * commands/shell-session.ts gives it. Sightings are sorted by file and place; ignored and known ones are left out.
 */
export interface ShellSightings {
  readonly sightings: readonly ShellSighting[];
  /** All files that were read, those without a sighting too. */
  readonly files: readonly HistoryFile[];
  readonly problems: readonly Problem[];
}
