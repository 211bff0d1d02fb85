// From what was located to findings with identity and verdict, and from these to a report: what every scanning command
// does after its scan, whatever it scanned.
import { fingerprintSecret, PUBLIC_KEY } from '../baseline/fingerprint.ts';
import type { FilterContext } from '../filters/filter.ts';
import { judge, sumUses } from '../filters/judge.ts';
import type { Finding } from '../model/finding.ts';
import type { Marker } from '../model/marker.ts';
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { Coverage, JudgedFinding, Report, ScanMode, SuppressionUse } from '../model/report.ts';
import { compareJudged, compareProblems, sortSuppressions } from '../model/report-order.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import type { Session } from './session.ts';
import { TOOL } from './tool.ts';

export interface SessionJudge {
  /** Severity as the user set it, and the fingerprint. */
  readonly identify: (located: LocatedDetection) => Finding;
  /** Verdicts for findings that `identify` made, or copies that `adopt` was told of; counts what suppressed them. */
  readonly judge: (findings: readonly Finding[]) => readonly JudgedFinding[];
  /** Lets a changed copy of a finding keep its markers. */
  readonly adopt: (copy: Finding, original: Finding) => Finding;
  /** Suppressions so far, unused ones too. */
  readonly uses: () => readonly SuppressionUse[];
}

export function createSessionJudge(session: Session): SessionJudge {
  const { settings, baseline } = session;
  const key = baseline?.key ?? PUBLIC_KEY;
  const markers = new WeakMap<Finding, readonly Marker[]>();
  const context: FilterContext = {
    settings,
    today: session.today,
    baseline,
    markersOf: (finding) => markers.get(finding) ?? [],
    prefix: session.prefix,
    configPrefix: session.configPrefix,
  };
  let uses: readonly SuppressionUse[] = judge([], context).suppressions;
  return {
    identify: ({ markers: applying, ...located }) => {
      const severity = settings.severities.get(located.ruleId) ?? located.severity;
      const finding = { ...located, severity, fingerprint: fingerprintSecret(key, located.secret) };
      markers.set(finding, applying);
      return finding;
    },
    judge: (findings) => {
      const judgement = judge(findings, context);
      uses = sumUses(uses, judgement.suppressions);
      return judgement.findings;
    },
    adopt: (copy, original) => {
      markers.set(copy, markers.get(original) ?? []);
      return copy;
    },
    uses: () => uses,
  };
}

export function isReported({ verdict }: JudgedFinding): boolean {
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

/** What a scan gave. */
export interface ScanOutcome {
  readonly mode: ScanMode;
  readonly subject: string;
  readonly judged: readonly JudgedFinding[];
  readonly suppressions: readonly SuppressionUse[];
  readonly problems: readonly Problem[];
  readonly coverage: Omit<Coverage, 'rules' | 'isComplete'>;
  readonly reveal: boolean;
}

/** Sorts and sums up. */
export function sumUpReport(session: Session, outcome: ScanOutcome): Report {
  const { mode, subject, coverage, reveal } = outcome;
  const judged = [...outcome.judged].sort(compareJudged);
  const problems = [...outcome.problems].sort(compareProblems);
  const findings = judged.filter(isReported);
  return {
    tool: TOOL,
    mode,
    subject,
    findings,
    suppressed: judged.filter((j) => !isReported(j)),
    suppressions: sortSuppressions(outcome.suppressions),
    problems,
    coverage: { ...coverage, rules: session.rules.count, isComplete: !problems.some(isIncomplete) },
    rules: infoOf(session, findings),
    reveal,
    failOnNewPlace: session.settings.failOnNewPlace,
  };
}
