// Several reports of different scans → one. A finding at the same place in two of them counts once.
import type { Finding } from '../model/finding.ts';
import type { Coverage, JudgedFinding, Report } from '../model/report.ts';
import { compareJudged } from '../model/report-order.ts';
import { commitOf } from '../reporters/describe.ts';
import { joinProblems, joinSuppressions } from './merge-shards.ts';

/** The same secret at the same place of the same text. Files, index and input are today's; commits are one each. */
function keyOf({ fingerprint, ruleId, origin, location }: Finding): string {
  const place = [location.line, location.column, location.endLine, location.endColumn].join(':');
  return [fingerprint, ruleId, origin.path, place, commitOf(origin) ?? ''].join('\0');
}

/** The one that fails, then the one that knows more. */
function isBetter(one: JudgedFinding, other: JudgedFinding): boolean {
  const rank = ({ finding, verdict }: JudgedFinding): number =>
    (verdict.kind === 'kept' ? 2 : 0) + (finding.history ? 1 : 0);
  return rank(one) > rank(other);
}

function dropRepeats(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const byKey = new Map<string, JudgedFinding>();
  for (const judged of findings) {
    const key = keyOf(judged.finding);
    const known = byKey.get(key);
    if (!known || isBetter(judged, known)) byKey.set(key, judged);
  }
  // Reports may come in any order, and two of them may hold the same place of different commits.
  const tie = ({ finding }: JudgedFinding): string => `${finding.origin.kind} ${keyOf(finding)}`;
  return [...byKey.values()].sort((a, b) => compareJudged(a, b) || (tie(a) < tie(b) ? -1 : 1));
}

/** Counts of what was read add up, whatever was read twice. */
function joinCoverage(reports: readonly Report[]): Coverage {
  const list = reports.map(({ coverage }) => coverage);
  const sum = (of: (coverage: Coverage) => number | undefined): number =>
    list.reduce((total, coverage) => total + (of(coverage) ?? 0), 0);
  return {
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    ignoredFiles: sum(({ ignoredFiles }) => ignoredFiles),
    rules: list.reduce((most, { rules }) => Math.max(most, rules), 0),
    // Commits beside texts that belong to none would be a wrong sentence.
    ...(list.every(({ commits }) => commits !== undefined) ? { commits: sum(({ commits }) => commits) } : {}),
    ...(list.some(({ cached }) => cached !== undefined) ? { cached: sum(({ cached }) => cached) } : {}),
    isComplete: list.every(({ isComplete }) => isComplete),
  };
}

/**
 * Puts reports together. A single one stays what it is; of several the mode is `merged` unless all have the same.
 *
 * @param reports  none of them a shard
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (!first) throw new RangeError('no reports');
  if (others.length === 0) return first;
  const isSameScan = others.every((report) => report.mode === first.mode && report.subject === first.subject);
  const subjects = [...new Set(reports.map(({ mode, subject }) => `${mode} ${subject}`.trimEnd()))];
  const findings = dropRepeats(reports.flatMap((report) => report.findings));
  const reported = new Set(findings.map(({ finding }) => keyOf(finding)));
  const suppressed = dropRepeats(reports.flatMap((report) => report.suppressed));
  return {
    tool: first.tool,
    mode: isSameScan ? first.mode : 'merged',
    subject: isSameScan ? first.subject : subjects.join(', '),
    findings,
    // What one scan suppressed and another reported is reported.
    suppressed: suppressed.filter(({ finding }) => !reported.has(keyOf(finding))),
    suppressions: joinSuppressions(reports.map((report) => report.suppressions)),
    problems: joinProblems(reports.map((report) => report.problems)),
    coverage: joinCoverage(reports),
    rules: new Map(reports.flatMap((report) => [...report.rules])),
    reveal: reports.every((report) => report.reveal),
    failOnNewPlace: reports.some((report) => report.failOnNewPlace),
  };
}
