// `unleak stdin`: standard input, of any length.
import type { ExitCode } from '../model/exit-code.ts';
import { createStdinSource } from '../sources/stdin-source.ts';
import type { StdinArguments } from './arguments.ts';
import { runSource } from './run-source.ts';
import type { Terminal } from './terminal.ts';

export function runStdin(args: StdinArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stdin } = terminal;
  return runSource(args, terminal, cwd, () => createStdinSource({ input: stdin, root: cwd, name: args.name }));
}
