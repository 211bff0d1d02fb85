// `unleak scan [PATH…]`: the working tree, folders, files, globs.
import type { ExitCode } from '../model/exit-code.ts';
import { planScan } from '../sources/scan-paths.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import type { ScanArguments } from './arguments.ts';
import { runSource } from './run-source.ts';
import type { Terminal } from './terminal.ts';

export function runScan(args: ScanArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd } = terminal;
  const { paths, includeIgnored } = args;
  const { root } = planScan(cwd, paths);
  return runSource(args, terminal, root, (filter) => createTreeSource({ ...filter, cwd, paths, includeIgnored }));
}
