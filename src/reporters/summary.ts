// Counts of a report and its outcome in one word; shared by the formats so that they cannot disagree.
import type { Confidence, Severity } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { failingFindings } from '../model/report.ts';

/** `incomplete`: nothing that fails was found, but something was not read (the caller may allow that). */
export type ExitReason = 'findings' | 'incomplete' | 'clean';

export interface ReportSummary {
  readonly findings: number;
  readonly secrets: number;
  /** Findings that make the run fail. */
  readonly failing: number;
  readonly knownInNewPlace: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byConfidence: Readonly<Record<Confidence, number>>;
  readonly suppressed: number;
  readonly problems: number;
  readonly exitReason: ExitReason;
}

function countSecrets(findings: readonly JudgedFinding[]): number {
  return new Set(findings.map(({ finding }) => `${finding.fingerprint} ${finding.ruleId}`)).size;
}

/** @cost one pass over the findings */
export function summarize(report: Report): ReportSummary {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
  const byConfidence = { high: 0, medium: 0, low: 0 };
  let knownInNewPlace = 0;
  for (const { finding, verdict } of report.findings) {
    bySeverity[finding.severity]++;
    byConfidence[finding.confidence]++;
    if (verdict.kind === 'known-new-place') knownInNewPlace++;
  }
  const failing = failingFindings(report).length;
  const exitReason = failing > 0 ? 'findings' : report.coverage.isComplete ? 'clean' : 'incomplete';
  return {
    findings: report.findings.length,
    secrets: countSecrets(report.findings),
    failing,
    knownInNewPlace,
    bySeverity,
    byConfidence,
    suppressed: report.suppressed.length,
    problems: report.problems.length,
    exitReason,
  };
}
