// The marked lines that go into a hook file, and how they are found again. They run first, because a hook may end early;
// they stop the commit when unleak or Node is missing, because a guard that is silently off is worse than none; and they
// hand standard input on to what follows. POSIX sh, also under `sh -e` and `set -u`.
import type { HookName } from '../model/hook-name.ts';

const START = '# unleak:hook start';
const END = '# unleak:hook end';
/** Set by the doctor, so that nothing but our own lines runs. */
export const DOCTOR_VARIABLE = '_UNLEAK_DOCTOR';
/** Where Node is when a graphical client starts git without the shell's PATH. */
const NODE_FOLDERS = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  `\${HOME-}/.volta/bin`,
  `\${HOME-}/.asdf/shims`,
  `\${HOME-}/.local/share/mise/shims`,
  `\${HOME-}/.local/share/fnm/aliases/default/bin`,
].join(':');

/** Where a hook finds unleak: a path from the top of the repository, or the bare name for PATH alone. */
export type Program = string;
export const ON_PATH: Program = 'unleak';
export const LOCAL_PROGRAM: Program = 'node_modules/.bin/unleak';

/** A path as one word of the shell. */
export function quoteWord(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What the user can do when unleak is not there. */
function howToInstall(program: Program): string {
  return program === ON_PATH ? 'npm install --global unleak' : 'npm install';
}

function operandsOf(hook: HookName): string {
  if (hook === 'commit-msg') return ' "$1"';
  return hook === 'pre-push' ? ' "$@"' : '';
}

function runLines(hook: HookName): readonly string[] {
  const stopForDoctor = `[ -z "\${${DOCTOR_VARIABLE}-}" ] || exit 0`;
  const run = `"$unleak_bin" hook run ${hook}${operandsOf(hook)} || exit $?`;
  if (hook !== 'pre-push' && hook !== 'pre-receive') return [run, stopForDoctor];
  return [
    'unleak_refs=$(cat)',
    `printf '%s\\n' "$unleak_refs" | ${run}`,
    stopForDoctor,
    'if [ -n "$unleak_refs" ]; then exec <<UNLEAK_REFS',
    '$unleak_refs',
    'UNLEAK_REFS',
    'else exec </dev/null; fi',
  ];
}

/**
 * The block for one hook, each line ended.
 *
 * @param program  tried first; then `unleak` on PATH
 */
export function shellBlock(hook: HookName, program: Program, isNewFile = false): string {
  const missing = `unleak: nothing was scanned, so this stops: ${program === ON_PATH ? '' : `there is no ${program} and `}unleak is not on PATH; run: ${howToInstall(program)}`;
  const find =
    program === ON_PATH
      ? ['unleak_bin=$(command -v unleak) || {']
      : [`unleak_bin=${quoteWord(program)}`, '[ -e "$unleak_bin" ] || unleak_bin=$(command -v unleak) || {'];
  return [
    `${START} (${hook}${isNewFile ? ', file made by unleak' : ''}; to take it out: unleak hook uninstall)`,
    ...find,
    `  echo "${missing.replaceAll(/["$`\\]/g, '\\$&')}" >&2`,
    '  exit 1',
    '}',
    `command -v node >/dev/null 2>&1 || PATH="$PATH:${NODE_FOLDERS}"`,
    'command -v node >/dev/null 2>&1 || {',
    '  echo "unleak: nothing was scanned, so this stops: there is no node on PATH=$PATH; see: unleak hook doctor" >&2',
    '  exit 1',
    '}',
    ...runLines(hook),
    END,
    '',
  ].join('\n');
}

/** A stretch of a text, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const BLOCK = /^[ \t]*# unleak:hook start[^\n]*\n(?:[^\n]*\n)*?[ \t]*# unleak:hook end[ \t]*\r?(?:\n|$)/gm;

/** Where the last block of ours stands in a text of lines: whole lines, with their line break. Also of other versions. */
export function findBlock(text: string): Stretch | undefined {
  const match = [...text.matchAll(BLOCK)].at(-1);
  return match && { start: match.index, end: match.index + match[0].length };
}

/** Takes away the line break that insertLines put in front of a block. */
function dropLineEnd(text: string): string {
  const isPair = text.endsWith('\r\n') && text.slice(0, -2).includes('\r\n');
  return text.slice(0, isPair ? -2 : -1);
}

/**
 * Takes every block out, the last one first. Gives back the text from before, byte for byte: a block at the end of a text
 * that had no last line break was put there with one in front.
 */
export function removeBlocks(text: string): string {
  let rest = text;
  for (let found = findBlock(rest); found; found = findBlock(rest)) {
    const isOpenEnd = found.end === rest.length && !rest.endsWith('\n');
    const before = rest.slice(0, found.start);
    rest = (isOpenEnd ? dropLineEnd(before) : before) + rest.slice(found.end);
  }
  return rest;
}

/** Puts whole lines into a text at the start of a line, or behind a last line that is not ended. */
export function insertLines(text: string, at: number, lines: string): string {
  const before = text.slice(0, at);
  if (before === '' || before.endsWith('\n')) return before + lines + text.slice(at);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return `${before}${lineEnd}${lines.replace(/\r?\n$/, '')}${text.slice(at)}`;
}

const LINE_START = ': unleak:hook start; ';
const LINE_END = ' || exit 1; : unleak:hook end';

/** The command of managers that run one line in a shell; says why when unleak is not there, and fails. */
export function shellLine(hook: HookName, program: Program): string {
  const words = `${quoteWord(program)} hook run ${hook}${operandsOf(hook)}`;
  const missing = `unleak: nothing was scanned, so this stops; run: ${howToInstall(program)}`;
  return `${words} || { command -v ${quoteWord(program)} >/dev/null || echo '${missing.replaceAll("'", '')}' >&2; exit 1; }`;
}

/** The same with marks around it, to stand before what is already there. */
export function markedLine(hook: HookName, program: Program, isAlone: boolean): string {
  const words = shellLine(hook, program);
  if (isAlone || hook !== 'pre-push') return `${LINE_START}{ ${words}; }${LINE_END}${isAlone ? '' : '; '}`;
  return `${LINE_START}unleak_refs=$(cat); printf '%s\\n' "$unleak_refs" | { ${words}; }${LINE_END}; printf '%s\\n' "$unleak_refs" | `;
}

/** The marked part of a one-line command, with what joins it to the rest. */
export function findMarkedLine(command: string): Stretch | undefined {
  const start = command.indexOf(LINE_START);
  const mark = command.indexOf(LINE_END, start);
  if (start < 0 || mark < 0) return undefined;
  const tail = /^(?:; printf '%s\\n' "\$unleak_refs" \| |; )?/.exec(command.slice(mark + LINE_END.length))?.[0] ?? '';
  return { start, end: mark + LINE_END.length + tail.length };
}

/** A line that calls unleak and was written by hand. */
export function findOwnCall(text: string): string | undefined {
  const rest = removeBlocks(text);
  return rest
    .split(/\r?\n/)
    .map((line) => line.trim())
    .find((line) => !line.startsWith('#') && /\bunleak(?:\.cjs)?['"]? (?:staged|hook run)\b/.test(line));
}

/** The program that a call of ours starts; undefined for one that was written by hand in another way. */
export function findProgramOf(command: string): Program | undefined {
  if (command.includes(START)) {
    const named = /^unleak_bin=(?:'([^\n]*)'|([\w./@+-]+))\r?$/m.exec(command);
    return named ? (named[1]?.replaceAll("'\\''", "'") ?? named[2]) : ON_PATH;
  }
  const start = /^(?:: unleak:hook start; (?:unleak_refs=.*? \| )?\{ |sh -c ")?((?:[\w.@+-]+\/)*unleak) hook run /;
  return start.exec(command)?.[1];
}
