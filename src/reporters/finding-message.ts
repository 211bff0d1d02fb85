// One line about one finding, for formats that have no room for more: what it is, masked, how bad, and where it was when
// that is no file of today. Made visible.

import type { JudgedFinding, Report } from '../model/report.ts';
import { commitOf, describeRule } from './describe.ts';
import { makeVisible } from './visible-text.ts';

/** `GitHub token: ghp_********3f (critical, confidence high), in commit 1a2b3c4d5e6f.` */
export function describeFinding({ finding, verdict }: JudgedFinding, report: Report): string {
  const commit = commitOf(finding.origin);
  const clauses = [
    `${describeRule(report, finding.ruleId)}: ${finding.secret.masked()} (${finding.severity}, confidence ${finding.confidence})`,
    ...(commit === undefined ? [] : [`in commit ${makeVisible(commit.slice(0, 12))}`]),
    ...(finding.history ? [`reach ${finding.history.reach}`, `pushed: ${finding.history.pushed}`] : []),
    ...(verdict.kind === 'known-new-place' ? ['known, new place'] : []),
  ];
  return `${clauses.join(', ')}.`;
}

/** What to do about it: where to rotate, and what to use instead. '' when nothing is known of the rule. */
export function describeCure(report: Report, ruleId: string): string {
  const info = report.rules.get(ruleId);
  if (!info) return '';
  const { where, notes } = info.rotate;
  const instead = info.temporary === undefined ? [] : [`Instead: ${info.temporary}`];
  const sentences = [`Rotate it: ${where}`, ...(notes === undefined ? [] : [notes]), ...instead];
  return makeVisible(sentences.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' '));
}

/** Addresses that may be shown as links: http and https without anything that could draw. */
export function isPlainUrl(url: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(url);
}

/** True when the finding makes the run fail. */
export function isFailing({ verdict }: JudgedFinding, report: Report): boolean {
  return verdict.kind === 'kept' || report.failOnNewPlace;
}
