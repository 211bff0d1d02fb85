// One secret in one file is one finding, however many commits of a range show it. What the final state has speaks for all;
// what came and went is told once, for the commit that brought it. Pure.
import type { JudgedFinding, Report } from '../model/report.ts';

function keyOf({ finding }: JudgedFinding): string {
  return `${finding.fingerprint} ${finding.ruleId} ${finding.origin.path}`;
}

function commitOf({ finding }: JudgedFinding): string {
  const { origin } = finding;
  return origin.kind === 'diff' ? (origin.commit ?? '') : '';
}

/**
 * Drops repeats. A verdict on the final state counts for the earlier ones too: who marks a line in a later commit need not
 * mark it in the earlier one.
 *
 * @param commits  ids of the range, oldest first
 * @param head  findings of the final state have it as their commit
 */
export function dropRepeats(report: Report, commits: readonly string[], head: string): Report {
  const order = new Map(commits.map((id, index) => [id, index]));
  order.set(head, -1);
  const rank = (judged: JudgedFinding): number => order.get(commitOf(judged)) ?? commits.length;
  const best = new Map<string, number>();
  const all = [...report.findings, ...report.suppressed];
  for (const judged of all) {
    const key = keyOf(judged);
    best.set(key, Math.min(best.get(key) ?? Number.POSITIVE_INFINITY, rank(judged)));
  }
  const isBest = (judged: JudgedFinding): boolean => rank(judged) === best.get(keyOf(judged));
  return { ...report, findings: report.findings.filter(isBest), suppressed: report.suppressed.filter(isBest) };
}
