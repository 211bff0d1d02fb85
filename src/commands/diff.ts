// `unleak diff [BASE[..HEAD]]`: what a range of commits adds; `unleak diff -`: a unified diff on standard input.

import { findRepository, guessRepository } from '../git/repository.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { createDiffSource } from '../sources/diff-source.ts';
import { createPatchSource } from '../sources/patch-source.ts';
import type { DiffArguments } from './arguments.ts';
import { runSource } from './run-source.ts';
import type { Terminal } from './terminal.ts';

export function runDiff(args: DiffArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stdin } = terminal;
  const { range } = args;
  if (range === '-') {
    const root = guessRepository(cwd, terminal.environment)?.topLevel ?? cwd;
    return runSource(args, terminal, root, (filter) => createPatchSource({ ...filter, cwd, input: stdin }));
  }
  const root = findRepository(cwd, terminal.environment).topLevel ?? cwd;
  return runSource(args, terminal, root, (filter) => createDiffSource({ ...filter, cwd, range }));
}
