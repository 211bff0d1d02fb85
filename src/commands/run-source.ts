// What scan, diff and stdin share: a source that is opened with the user's ignores, scanned, and reported.
import { CHECKS } from '../checks/registry.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { CommonArguments } from './arguments.ts';
import { runReport } from './run-report.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import type { Terminal } from './terminal.ts';

/** A source that asks the user's ignores before it lists a path. */
export type OpenSource = (filter: PathFilter) => Source | Promise<Source>;

/** Opens the session, scans, writes the reports. @throws UsageError, ConfigError */
export function runSource(
  args: CommonArguments,
  terminal: Terminal,
  root: string,
  open: OpenSource,
): Promise<ExitCode> {
  return runReport(args, terminal, root, async (session, listeners) => {
    const ignores = createPathIgnores(session);
    const source = await open(ignores);
    return makeReport(session, source, ignores, { checks: CHECKS, reveal: args.reveal, ...listeners });
  });
}
