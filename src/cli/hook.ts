// The whole of what a commit hook runs: `staged` and `hook run pre-commit`, without yargs, simple-git or workers. Every
// millisecond here is paid at every commit; test/cli/main.test.ts holds the list of what is loaded.
import { runStaged } from '../commands/staged.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { fillArguments } from './fill-arguments.ts';
import { parseLight } from './parse-light.ts';
import { runCommand } from './run-command.ts';
import { createTerminal } from './terminal.ts';

/**
 * Runs the hook's command line.
 *
 * @param words  without node and script
 * @returns the exit code, or undefined when nothing was done because the full command line must read the words
 */
export async function runHook(words: readonly string[]): Promise<ExitCode | undefined> {
  const line = parseLight(words);
  if (line?.command !== 'staged') return undefined;
  const terminal = createTerminal();
  return runCommand(terminal, async () => runStaged(fillArguments(line), terminal));
}
