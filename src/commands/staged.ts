// `unleak staged`: what a pre-commit hook runs. On the hook's way nothing is loaded that is not needed: no command line
// parser, no simple-git, no workers, and no report format as long as nothing was found.
import { guessRepository } from '../git/repository.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Report } from '../model/report.ts';
import { createStagedSource } from '../sources/staged-source.ts';
import type { CommonArguments } from './arguments.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { createPathIgnores, makeReport, type ScanReportOptions } from './scan-report.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** The short text for hooks on stderr; reports on request. */
async function tell(report: Report, args: CommonArguments, terminal: Terminal): Promise<void> {
  const isPlain = args.formats.length === 0 && args.outputs.length === 0;
  if (isPlain && report.findings.length === 0 && report.problems.length === 0) return;
  const { planOutputs, reporterOptions, writeReport } = await import('./write-report.ts');
  if (!isPlain) return writeReport(report, planOutputs(args, terminal), args, terminal);
  if (args.verbosity === 'quiet' && report.findings.length === 0) return;
  const { formatHookText } = await import('../reporters/hook-text.ts');
  terminal.writeError(formatHookText(report, reporterOptions(args, terminal, terminal.isErrorTerminal)));
}

async function scanIndex(
  session: Session,
  args: CommonArguments,
  terminal: Terminal,
  checks: ScanReportOptions['checks'],
): Promise<Report> {
  const ignores = createPathIgnores(session);
  const source = createStagedSource({ ...ignores, cwd: terminal.cwd, env: terminal.environment });
  return makeReport(session, source, ignores, { checks, reveal: args.reveal });
}

export async function runStaged(args: CommonArguments, terminal: Terminal): Promise<ExitCode> {
  const root = guessRepository(terminal.cwd, terminal.environment)?.topLevel ?? terminal.cwd;
  const session = await openSession(args, terminal, { root });
  // Offline checks only change how sure a finding is: they are loaded, for a second look, when there is one.
  let report = await scanIndex(session, args, terminal, new Map());
  if (report.findings.length + report.suppressed.length > 0) {
    const { CHECKS } = await import('../checks/registry.ts');
    report = await scanIndex(session, args, terminal, CHECKS);
  }
  await tell(report, args, terminal);
  return exitCodeOf(report, session.settings.allowIncomplete);
}
