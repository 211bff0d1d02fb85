// Runs a source through detector and filters and sums up the report: the middle of every scanning command.
import type { Check } from '../checks/check.ts';
import { sumUses } from '../filters/judge.ts';
import type { Problem } from '../model/problem.ts';
import type { JudgedFinding, Report, SuppressionUse } from '../model/report.ts';
import { workerScript } from '../pipeline/built-files.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import type { HistoryCompanion } from '../pipeline/history-companion.ts';
import type { ScanResult } from '../pipeline/located.ts';
import { scanSource } from '../pipeline/scan-source.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import { createSessionJudge, isReported, sumUpReport } from './judge-session.ts';
import type { Session } from './session.ts';

/** Counts what the user's path ignores keep from being opened. */
export interface PathIgnores extends PathFilter {
  readonly isIgnored: (path: string) => boolean;
  readonly onIgnored: (path: string) => void;
  readonly uses: () => readonly SuppressionUse[];
  readonly ignoredFiles: () => number;
}

export function createPathIgnores(session: Session): PathIgnores {
  const counts = new Map(session.pathIgnoreNames.map((name) => [name, 0]));
  let files = 0;
  return {
    isIgnored: (path) => session.findPathIgnore(path) !== undefined,
    onIgnored: (path) => {
      files++;
      const name = session.findPathIgnore(path);
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    uses: () => [...counts].map(([name, count]) => ({ name, count })),
    ignoredFiles: () => files,
  };
}

export interface ScanReportOptions {
  /** Offline checks; see createRulesDetector. */
  readonly checks: ReadonlyMap<string, Check>;
  readonly reveal: boolean;
  /** Reads the command lines of histories. */
  readonly companion?: HistoryCompanion;
  /** Called with findings that stay, in the source's order, while the scan runs. */
  readonly onKept?: (findings: readonly JudgedFinding[]) => void;
  /** Files listed and scanned so far, and bytes scanned. */
  readonly onProgress?: (scanned: number, listed: number, bytes: number) => void;
  /** Milliseconds spent on a rule, for --timings; the scan then runs on one thread. */
  readonly onRuleTime?: (ruleId: string, milliseconds: number) => void;
}

/** Scans everything the source lists. @throws UsageError when the source's input is not there */
export async function makeReport(
  session: Session,
  source: Source,
  ignores: PathIgnores,
  options: ScanReportOptions,
): Promise<Report> {
  const byRules = createRulesDetector(
    session.rules,
    options.checks,
    options.onRuleTime && { onRuleTime: options.onRuleTime },
  );
  const detector = session.withKnown?.(byRules) ?? byRules;
  const judge = createSessionJudge(session);
  const judged: JudgedFinding[] = [];
  const problems: Problem[] = [];
  let files = 0;
  let bytes = 0;
  let listed = 0;

  const onResult = (result: ScanResult): void => {
    files += result.files;
    bytes += result.bytes;
    problems.push(...result.problems);
    options.onProgress?.(files, listed, bytes);
    if (result.located.length === 0) return;
    const found = judge.judge(result.located.map(judge.identify));
    judged.push(...found);
    options.onKept?.(found.filter(isReported));
  };
  await scanSource(source, createTextScanner(detector, options.companion), {
    jobs: options.onRuleTime || session.withKnown ? 1 : session.settings.jobs,
    worker: { file: workerScript(), rulesBytes: session.rulesBytes },
    onResult,
    onProblem: (problem) => problems.push(problem),
    onListed: (count) => {
      listed = count;
    },
  });

  return sumUpReport(session, {
    mode: source.mode,
    subject: source.subject,
    judged,
    suppressions: sumUses(ignores.uses(), judge.uses()),
    problems,
    coverage: { files, bytes, ignoredFiles: ignores.ignoredFiles() },
    reveal: options.reveal,
  });
}
