// The whole of what a commit hook runs: `staged` and `hook run pre-commit`, without yargs, simple-git or workers. Every
// millisecond here is paid at every commit; test/cli/main.test.ts holds the list of what is loaded.
import { runStaged } from '../commands/staged.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { NO_OPTIONS, wordsOfCommitHook } from './commit-line.ts';
import { runCommand } from './run-command.ts';
import { createTerminal } from './terminal.ts';

/**
 * Runs the hook's command line.
 *
 * @param words  without node and script
 * @returns the exit code, or undefined when nothing was done because the full command line must read the words
 */
export async function runHook(words: readonly string[]): Promise<ExitCode | undefined> {
  const rest = wordsOfCommitHook(words);
  if (!rest) return undefined;
  if (rest.length === 0) {
    const terminal = createTerminal();
    return runCommand(terminal, () => runStaged(NO_OPTIONS, terminal));
  }
  const { parseLight } = await import('./parse-light.ts');
  const line = parseLight(words);
  if (line?.command !== 'staged') return undefined;
  const { fillArguments } = await import('./fill-arguments.ts');
  const terminal = createTerminal();
  return runCommand(terminal, async () => runStaged(fillArguments(line), terminal));
}
