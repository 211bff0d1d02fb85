// What all scanning commands share around the scan: session, progress, timings, reports, exit code.

import type { ExitCode } from '../model/exit-code.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf } from '../util/amounts.ts';
import type { CommonArguments } from './arguments.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { createProgress, type Progress } from './progress.ts';
import type { ScanReportOptions } from './scan-report.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { createTimings } from './timings.ts';
import { type Destination, planOutputs, reporterOptions, writeReport } from './write-report.ts';

const SILENT: Progress = { update: () => {}, clear: () => {} };

/** What a scan is told of the outside. */
export type ScanListeners = Pick<ScanReportOptions, 'onKept' | 'onProgress' | 'onRuleTime'>;

/** Streams the findings to standard output when its format can; gives the destinations that are left to write. */
function openStream(destinations: readonly Destination[], args: CommonArguments, terminal: Terminal) {
  const streamed = destinations.find((d) => d.file === undefined && d.reporter.stream);
  const stream = streamed?.reporter.stream?.(reporterOptions(args, terminal, terminal.isOutTerminal), args.reveal);
  if (!streamed || !stream) return { left: destinations, onKept: undefined, end: async () => {} };
  let written = Promise.resolve();
  const write = (text: string): void => {
    written = written.then(() => terminal.writeOut(text));
  };
  return {
    left: destinations.filter((d) => d !== streamed),
    onKept: (findings: readonly JudgedFinding[]) => write(findings.map((f) => stream.finding(f)).join('')),
    end: (report: Report) => {
      write(stream.end(report));
      return written;
    },
  };
}

/** --unused-ignores: what suppressed nothing, on standard error. */
export function tellUnusedIgnores(report: Report, terminal: Terminal): void {
  const unused = report.suppressions.filter((use) => use.count === 0);
  for (const { name } of unused) terminal.writeError(`unused: ${name}\n`);
  if (unused.length === 0) terminal.writeError('Every ignore was used.\n');
}

function tellSession(session: Session, terminal: Terminal): void {
  const { settings, rules, baseline } = session;
  terminal.writeError(`unleak: scanning ${session.root} with ${countOf(rules.count, 'rule')}\n`);
  terminal.writeError(`unleak: confidence from ${settings.minConfidence}, severity from ${settings.minSeverity}\n`);
  terminal.writeError(
    `unleak: baseline ${baseline ? `${baseline.file}, ${countOf(baseline.entries.length, 'entry', 'entries')}` : 'none'}\n`,
  );
}

/**
 * Opens the session, scans, writes the reports.
 *
 * @param makeReport  the scan itself
 * @throws UsageError, ConfigError
 */
export async function runReport(
  args: CommonArguments,
  terminal: Terminal,
  root: string,
  makeReport: (session: Session, listeners: ScanListeners) => Promise<Report>,
): Promise<ExitCode> {
  const destinations = planOutputs(args, terminal);
  const timings = createTimings(args.timings);
  const session = await openSession(args, terminal, { root });
  if (args.verbosity === 'verbose') tellSession(session, terminal);
  timings.mark('start');
  const progress = args.verbosity === 'quiet' ? SILENT : createProgress(terminal);
  const stream = openStream(destinations, args, terminal);
  let report: Report;
  try {
    report = await makeReport(session, {
      onProgress: (scanned, listed, bytes) => progress.update(scanned, listed, bytes),
      ...(stream.onKept && { onKept: stream.onKept }),
      ...(timings.onRuleTime && { onRuleTime: timings.onRuleTime }),
    });
  } finally {
    progress.clear();
  }
  timings.mark('scan');
  await stream.end(report);
  await writeReport(report, stream.left, args, terminal);
  timings.mark('report');
  if (args.unusedIgnores) tellUnusedIgnores(report, terminal);
  terminal.writeError(timings.format());
  return exitCodeOf(report, session.settings.allowIncomplete);
}
