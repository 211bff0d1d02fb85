// One finding as a SARIF result: one place, one line of text with the masked value, our own fingerprint. No snippet,
// no text of the scanned file.
import type { Location, Result, Suppression } from 'sarif';
import type { Finding } from '../model/finding.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { commitOf, describeRule } from './describe.ts';
import { toHistoryRecord } from './history-record.ts';
import { LEVELS } from './sarif-rules.ts';
import { toArtifactLocation } from './sarif-uri.ts';
import { makeVisible } from './visible-text.ts';

/** SARIF's rank runs from 0 to 100. */
const RANKS = { high: 90, medium: 60, low: 30 } as const;

function toLocation(finding: Finding): Location {
  const { line, column, endLine, endColumn } = finding.location;
  return {
    physicalLocation: {
      artifactLocation: toArtifactLocation(finding.origin.path),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

function describeResult(judged: JudgedFinding, report: Report): string {
  const { finding } = judged;
  const commit = commitOf(finding.origin);
  const clauses = [`${describeRule(report, finding.ruleId)}: ${finding.secret.masked()}`];
  if (commit !== undefined) clauses.push(`in commit ${makeVisible(commit)}`);
  if (finding.history) clauses.push(`reach ${finding.history.reach}`, `pushed: ${finding.history.pushed}`);
  if (judged.verdict.kind === 'known-new-place') clauses.push('known, new place');
  const rotate = report.rules.get(finding.ruleId)?.rotate.where;
  return `${clauses.join(', ')}.${rotate === undefined ? '' : ` Rotate it: ${makeVisible(rotate)}`}`;
}

function toSuppression({ verdict }: JudgedFinding): Suppression {
  return {
    kind: verdict.by?.startsWith('inline') ? 'inSource' : 'external',
    status: 'accepted',
    ...(verdict.why === undefined ? {} : { justification: makeVisible(verdict.why) }),
  };
}

/** What does not fail the run is only a note. */
function levelOf({ finding, verdict }: JudgedFinding, report: Report): 'error' | 'warning' | 'note' {
  return verdict.kind === 'known-new-place' && !report.failOnNewPlace ? 'note' : LEVELS[finding.severity];
}

/** @param indexByRule place of each rule in the driver's list */
export function toSarifResult(judged: JudgedFinding, report: Report, indexByRule: ReadonlyMap<string, number>): Result {
  const { finding, verdict } = judged;
  const commit = commitOf(finding.origin);
  const isSuppressed = verdict.kind === 'dropped' || verdict.kind === 'known';
  return {
    ruleId: finding.ruleId,
    ruleIndex: indexByRule.get(finding.ruleId) ?? -1,
    level: levelOf(judged, report),
    message: { text: describeResult(judged, report) },
    locations: [toLocation(finding)],
    partialFingerprints: { 'secretFingerprint/v1': finding.fingerprint },
    rank: RANKS[finding.confidence],
    ...(isSuppressed ? { suppressions: [toSuppression(judged)] } : {}),
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      status: verdict.kind === 'kept' ? 'new' : verdict.kind,
      ...(commit === undefined ? {} : { commit }),
      ...(finding.history && { history: toHistoryRecord(finding.history) }),
    },
  };
}
