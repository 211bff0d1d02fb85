// Sentences that several formats say about a finding: its rule, its place, why it was found. All made visible.
import type { Finding } from '../model/finding.ts';
import type { Severity } from '../model/levels.ts';
import { SEVERITIES } from '../model/levels.ts';
import type { Origin } from '../model/origin.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf } from '../util/amounts.ts';
import type { SecretGroup } from './group-secrets.ts';
import type { ReportSummary } from './summary.ts';
import { makeVisible } from './visible-text.ts';

/** The rule's name for people, or its id when nothing is known of it. */
export function describeRule(report: Report, ruleId: string): string {
  return makeVisible(report.rules.get(ruleId)?.name ?? ruleId);
}

/** The commit a text was read from, or undefined. */
export function commitOf(origin: Origin): string | undefined {
  return origin.kind === 'diff' || origin.kind === 'history' ? origin.commit : undefined;
}

/** `path:line:column` as one word that must not be broken. */
export function describePlace(finding: Finding): string {
  return `${makeVisible(finding.origin.path)}:${finding.location.line}:${finding.location.column}`;
}

/** A score has many parts; people are told the heaviest, `explain` tells all. */
const SHOWN_SCORE_PARTS = 3;

/** `starts with ghp_; checksum holds`, without repeats; of a score the heaviest parts that speak for the finding. */
export function describeReasons(judged: JudgedFinding): string {
  const { reasons } = judged.finding;
  const scored = reasons.filter((reason) => reason.weight !== undefined && reason.weight > 0);
  const heaviest = new Set(scored.sort((a, b) => b.weight! - a.weight!).slice(0, SHOWN_SCORE_PARTS));
  const shown = reasons.filter((reason) => reason.weight === undefined || heaviest.has(reason));
  return [...new Set(shown.map((reason) => reason.text.trim()))].filter(Boolean).join('; ');
}

function listSeverities(groups: readonly SecretGroup[]): string {
  const counts = new Map<Severity, number>();
  for (const group of groups) counts.set(group.severity, (counts.get(group.severity) ?? 0) + 1);
  return SEVERITIES.filter((level) => counts.has(level))
    .map((level) => `${counts.get(level)} ${level}`)
    .join(', ');
}

function countPlaces(groups: readonly SecretGroup[]): number {
  return groups.reduce((sum, group) => sum + group.places.length, 0);
}

function describeKnown(known: readonly SecretGroup[]): string {
  return `${countOf(known.length, 'known secret')} in ${countOf(countPlaces(known), 'new place')}`;
}

/** The outcome in one line, such as `3 secrets in 9 places: 1 critical, 2 high.` */
export function describeOutcome(report: Report, summary: ReportSummary, groups: readonly SecretGroup[]): string {
  const known = new Set(report.failOnNewPlace ? [] : groups.filter((group) => group.isKnown));
  const missing = 'some of the input was not read';
  if (summary.exitReason === 'findings') {
    const failing = groups.filter((group) => !known.has(group));
    const clauses = [
      `${countOf(failing.length, 'secret')} in ${countOf(countPlaces(failing), 'place')}: ${listSeverities(failing)}`,
    ];
    if (known.size > 0) clauses.push(describeKnown([...known]));
    if (!report.coverage.isComplete) clauses.push(missing);
    return `${clauses.join('; ')}.`;
  }
  const found = known.size > 0 ? `No new secrets, ${describeKnown([...known])}` : 'No secrets found';
  return summary.exitReason === 'incomplete' ? `${found}, but ${missing}.` : `${found}.`;
}

/** The command that makes what was found known. */
export function baselineCommand(report: Report): string {
  const isKnown = (judged: JudgedFinding): boolean => judged.verdict.kind.startsWith('known');
  const hasBaseline = report.findings.some(isKnown) || report.suppressed.some(isKnown);
  return `unleak baseline ${hasBaseline ? 'update' : 'create'}`;
}
