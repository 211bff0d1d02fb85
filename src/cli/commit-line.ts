// The lines that commit hooks run. Known apart from the parsers, because nearly every hook gives no options: then neither
// the parsers nor the table of all flags are loaded.
import type { CommonArguments } from '../commands/arguments.ts';

/**
 * The words after a line that scans what a commit will hold.
 *
 * @returns undefined for any other command
 */
export function wordsOfCommitHook(words: readonly string[]): readonly string[] | undefined {
  const [first, ...rest] = words;
  if (first === 'staged') return rest;
  const isCommit =
    first === 'hook' && rest[0] === 'run' && (rest[1] === 'pre-commit' || rest[1] === 'pre-merge-commit');
  // Under the pre-commit framework more than the index may be meant (commands/hook-run.ts).
  return isCommit && !process.env.PRE_COMMIT ? rest.slice(2) : undefined;
}

/** What a command line without options says; fill-arguments.ts gives the same (test/cli/commit-line.test.ts). */
export const NO_OPTIONS: CommonArguments = {
  settings: {},
  config: undefined,
  formats: [],
  outputs: [],
  reveal: false,
  timings: false,
  unusedIgnores: false,
  verbosity: 'normal',
  color: undefined,
};
