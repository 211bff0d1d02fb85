// What scan, diff and stdin share: a source that is opened with the user's ignores, scanned, and reported.
import { CHECKS } from '../checks/registry.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Report } from '../model/report.ts';
import { createHistoryCompanion } from '../pipeline/history-companion.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { CommonArguments } from './arguments.ts';
import { runReport } from './run-report.ts';
import { createPathIgnores, makeReport, type PathIgnores } from './scan-report.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** A source that asks the user's ignores before it lists a path. */
export type OpenSource = (filter: PathFilter) => Source | Promise<Source>;

/** A scan that is one shard of a larger one. */
export interface ScanPart {
  /** Counts only what belongs to it. */
  readonly narrow: (ignores: PathIgnores) => PathIgnores;
  /** Writes into the report which part it is. */
  readonly sign: (report: Report, session: Session) => Report;
}

/** Opens the session, scans, writes the reports. @throws UsageError, ConfigError */
export function runSource(
  args: CommonArguments,
  terminal: Terminal,
  root: string,
  open: OpenSource,
  part?: ScanPart,
): Promise<ExitCode> {
  return runReport(args, terminal, root, async (session, listeners) => {
    const all = createPathIgnores(session);
    const ignores = part ? part.narrow(all) : all;
    const source = await open(ignores);
    const report = await makeReport(session, source, ignores, {
      checks: CHECKS,
      companion: createHistoryCompanion(),
      reveal: args.reveal,
      ...listeners,
    });
    return part ? part.sign(report, session) : report;
  });
}
