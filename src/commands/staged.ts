// `unleak staged`: what a pre-commit hook runs. On the hook's way nothing is loaded that is not needed: no command line
// parser, no simple-git, no workers, and no report format as long as nothing was found.
import type { Check } from '../checks/check.ts';
import { type GuessedRepository, guessRepository } from '../git/repository.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Report } from '../model/report.ts';
import { createStagedSource } from '../sources/staged-source.ts';
import type { CommonArguments } from './arguments.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** One look at the index. The quick one sees every line of a changed file and knows no offline checks. */
async function scanIndex(
  session: Session,
  args: CommonArguments,
  terminal: Terminal,
  place: GuessedRepository | undefined,
  isQuick: boolean,
): Promise<Report> {
  const ignores = createPathIgnores(session);
  const { cwd, environment: env } = terminal;
  const source = createStagedSource({ ...ignores, cwd, env, place, detail: isQuick ? 'files' : 'lines' });
  const checks = isQuick ? new Map<string, Check>() : (await import('../checks/registry.ts')).CHECKS;
  return makeReport(session, source, ignores, { checks, reveal: args.reveal });
}

/** True when the short text for hooks is not all that is wanted. */
function wantsMore(args: CommonArguments): boolean {
  const { formats, outputs, timings, unusedIgnores, verbosity, known } = args;
  if (known && (known.aws || known.files.length > 0)) return true;
  return formats.length + outputs.length > 0 || timings || unusedIgnores || verbosity === 'verbose';
}

async function tell(report: Report, args: CommonArguments, terminal: Terminal): Promise<void> {
  const { formatHookText } = await import('../reporters/hook-text.ts');
  const { reporterOptions } = await import('./write-report.ts');
  terminal.writeError(formatHookText(report, reporterOptions(args, terminal, terminal.isErrorTerminal)));
}

export async function runStaged(args: CommonArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, environment: env } = terminal;
  const place = guessRepository(cwd, env);
  const root = place?.topLevel ?? cwd;
  if (wantsMore(args)) {
    const { runSource } = await import('./run-source.ts');
    return runSource(args, terminal, root, (filter) => createStagedSource({ ...filter, cwd, env }));
  }
  const session = await openSession(args, terminal, { root, top: root });
  // Nearly every commit holds nothing: that is seen without line numbers and checks, which only say more of what was found.
  let report = await scanIndex(session, args, terminal, place, true);
  if (report.findings.length + report.suppressed.length > 0)
    report = await scanIndex(session, args, terminal, place, false);
  const hasNews = report.findings.length > 0 || (report.problems.length > 0 && args.verbosity !== 'quiet');
  if (hasNews) await tell(report, args, terminal);
  return exitCodeOf(report, session.settings.allowIncomplete);
}
