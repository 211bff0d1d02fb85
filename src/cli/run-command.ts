// Runs a command and turns whatever it ends with into words and an exit code (house style part 6): mistakes of the user
// get one line and 2, anything else is a bug of ours, gets its stack and 70. Only main.ts and cli.ts use the result.
import type { Terminal } from '../commands/terminal.ts';
import { TOOL } from '../commands/tool.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { makeVisible } from '../reporters/visible-text.ts';

const ISSUES = 'https://github.com/unleak/unleak/issues';
/** What shells report for a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const CLEAR_LINE = '\r\x1b[K';
/** A broken baseline may have a fault on each of its thousand lines. */
const MOST_LINES = 10;

/** One line with our name in front for each fault of a message. */
function formatFaults(message: string): string {
  const lines = message.split('\n');
  const shown = lines.slice(0, lines.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more like these`] : [])]
    .map((line) => `unleak: ${makeVisible(line)}\n`)
    .join('');
}

/**
 * Kind and stack of an error and of its causes. The message is left out: those of Node and of parsers quote the text
 * that they were given, and that text may be a secret.
 */
export function describeStack(error: unknown): string {
  const parts: string[] = [];
  const seen = new Set<unknown>();
  let one = error;
  do {
    seen.add(one);
    parts.push(`${parts.length === 0 ? '' : 'caused by '}${describeOne(one)}`);
    one = one instanceof Error ? one.cause : undefined;
  } while (one !== undefined && !seen.has(one));
  return parts.join('\n');
}

function describeOne(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${error === null ? 'null' : typeof error}`;
  const { code } = error as NodeJS.ErrnoException;
  const stack = error.stack ?? '';
  const afterMessage = stack.slice(Math.max(0, stack.indexOf(error.message)) + error.message.length);
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.constructor.name}${typeof code === 'string' ? ` ${code}` : ''}`, ...frames].join('\n');
}

/** The text for standard error, with its line break, and the exit code. */
export function describeError(error: unknown): { readonly text: string; readonly exitCode: ExitCode } {
  if (error instanceof UsageError || error instanceof ConfigError) {
    return { text: formatFaults(error.message), exitCode: EXIT.usage };
  }
  const machine = `node ${process.versions.node}, ${process.platform} ${process.arch}`;
  const report = `unleak: this is a bug of unleak ${TOOL.version} (${machine}); please report it with this text: ${ISSUES}`;
  return { text: `${report}\n${describeStack(error)}\n`, exitCode: EXIT.bug };
}

/** Ends the process at once where no promise can carry the exit code. */
function endOnEvents(terminal: Terminal): void {
  const end = (text: string, exitCode: number): never => {
    // The line may hold a half-drawn progress bar or the ^C of the terminal.
    terminal.writeError(terminal.isErrorTerminal ? `${CLEAR_LINE}${text}` : text);
    process.exit(exitCode);
  };
  const endWithError = (error: unknown): never => {
    const { text, exitCode } = describeError(error);
    return end(text, exitCode);
  };
  process.once('SIGINT', () => end('unleak: interrupted\n', INTERRUPTED));
  process.on('uncaughtException', endWithError);
  process.on('unhandledRejection', endWithError);
}

/** @returns the exit code; never throws */
export async function runCommand(terminal: Terminal, run: () => Promise<ExitCode>): Promise<ExitCode> {
  endOnEvents(terminal);
  try {
    return await run();
  } catch (error) {
    const { text, exitCode } = describeError(error);
    terminal.writeError(text);
    return exitCode;
  }
}
