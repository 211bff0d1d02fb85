// Runs a source through detector and filters and sums up the report: the middle of every scanning command.
import { join } from 'node:path';
import { fingerprintSecret, PUBLIC_KEY } from '../baseline/fingerprint.ts';
import type { Check } from '../checks/check.ts';
import type { FilterContext } from '../filters/filter.ts';
import { judge, sumUses } from '../filters/judge.ts';
import type { Finding } from '../model/finding.ts';
import type { Marker } from '../model/marker.ts';
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { JudgedFinding, Report, SuppressionUse } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import type { LocatedDetection, ScanResult } from '../pipeline/located.ts';
import { scanSource } from '../pipeline/scan-source.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { Session } from './session.ts';
import { TOOL } from './tool.ts';

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
  /** Called with findings that stay, in the source's order, while the scan runs. */
  readonly onKept?: (findings: readonly JudgedFinding[]) => void;
  /** Files listed and scanned so far, and bytes scanned. */
  readonly onProgress?: (scanned: number, listed: number, bytes: number) => void;
  /** Milliseconds spent on a rule, for --timings; the scan then runs on one thread. */
  readonly onRuleTime?: (ruleId: string, milliseconds: number) => void;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By path, line, column, rule: the order of reports. */
function compareJudged({ finding: a }: JudgedFinding, { finding: b }: JudgedFinding): number {
  return (
    compareText(a.origin.path, b.origin.path) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compareText(a.ruleId, b.ruleId)
  );
}

function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.path ?? '', b.path ?? '') || compareText(a.kind, b.kind) || compareText(a.message, b.message);
}

/** Scans everything the source lists. @throws UsageError when the source's input is not there */
export async function makeReport(
  session: Session,
  source: Source,
  ignores: PathIgnores,
  options: ScanReportOptions,
): Promise<Report> {
  const { settings, baseline } = session;
  const key = baseline?.key ?? PUBLIC_KEY;
  const detector = createRulesDetector(
    session.rules,
    options.checks,
    options.onRuleTime && { onRuleTime: options.onRuleTime },
  );
  const markers = new WeakMap<Finding, readonly Marker[]>();
  const context: FilterContext = {
    settings,
    today: session.today,
    baseline,
    markersOf: (finding) => markers.get(finding) ?? [],
    prefix: session.prefix,
    configPrefix: session.configPrefix,
  };
  const identify = ({ markers: applying, ...located }: LocatedDetection): Finding => {
    const severity = settings.severities.get(located.ruleId) ?? located.severity;
    const finding = { ...located, severity, fingerprint: fingerprintSecret(key, located.secret) };
    markers.set(finding, applying);
    return finding;
  };
  const judged: JudgedFinding[] = [];
  const problems: Problem[] = [];
  let uses: readonly SuppressionUse[] = judge([], context).suppressions;
  let files = 0;
  let bytes = 0;
  let listed = 0;

  const onResult = (result: ScanResult): void => {
    files += result.files;
    bytes += result.bytes;
    problems.push(...result.problems);
    options.onProgress?.(files, listed, bytes);
    if (result.located.length === 0) return;
    const judgement = judge(result.located.map(identify), context);
    uses = sumUses(uses, judgement.suppressions);
    judged.push(...judgement.findings);
    options.onKept?.(judgement.findings.filter(isReported));
  };
  await scanSource(source, createTextScanner(detector), {
    jobs: options.onRuleTime ? 1 : settings.jobs,
    worker: { file: join(import.meta.dirname, 'worker.cjs'), rulesText: session.rulesText },
    onResult,
    onProblem: (problem) => problems.push(problem),
    onListed: (count) => {
      listed = count;
    },
  });

  judged.sort(compareJudged);
  const findings = judged.filter(isReported);
  const suppressed = judged.filter((j) => !isReported(j));
  return {
    tool: TOOL,
    mode: source.mode,
    subject: source.subject,
    findings,
    suppressed,
    suppressions: sumUses(ignores.uses(), uses),
    problems: problems.sort(compareProblems),
    coverage: {
      files,
      bytes,
      ignoredFiles: ignores.ignoredFiles(),
      rules: session.rules.count,
      isComplete: !problems.some(isIncomplete),
    },
    rules: infoOf(session, findings),
    reveal: options.reveal,
    failOnNewPlace: settings.failOnNewPlace,
  };
}

function isReported({ verdict }: JudgedFinding): boolean {
  return verdict.kind === 'kept' || verdict.kind === 'known-new-place';
}

function infoOf(session: Session, findings: readonly JudgedFinding[]): ReadonlyMap<string, RuleInfo> {
  if (findings.length === 0) return new Map();
  const all = session.loadRuleInfo();
  const found = new Map<string, RuleInfo>();
  for (const { finding } of findings) {
    const info = all.get(finding.ruleId);
    if (info) found.set(finding.ruleId, info);
  }
  return found;
}
