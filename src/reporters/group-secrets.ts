// Puts the findings of one secret together: one value under one rule, at any number of places. The key is fingerprint
// and rule, so no value is looked at.
import type { Confidence, Severity } from '../model/levels.ts';
import { CONFIDENCES, isAtLeast, SEVERITIES } from '../model/levels.ts';
import type { JudgedFinding } from '../model/report.ts';

/** All findings with the same fingerprint and rule, in the order of the report. */
export interface SecretGroup {
  readonly ruleId: string;
  readonly fingerprint: string;
  /** Most harmful and surest of the findings. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The surest finding, the first of several: its value and reasons speak for the group. */
  readonly best: JudgedFinding;
  readonly places: readonly JudgedFinding[];
  /** True when every place is a new place of a secret that the baseline knows. */
  readonly isKnown: boolean;
}

function makeGroup(places: readonly [JudgedFinding, ...JudgedFinding[]]): SecretGroup {
  let best = places[0];
  let severity = best.finding.severity;
  for (const place of places) {
    const { finding } = place;
    if (!isAtLeast(CONFIDENCES, best.finding.confidence, finding.confidence)) best = place;
    if (!isAtLeast(SEVERITIES, severity, finding.severity)) severity = finding.severity;
  }
  return {
    ruleId: best.finding.ruleId,
    fingerprint: best.finding.fingerprint,
    severity,
    confidence: best.finding.confidence,
    best,
    places,
    isKnown: places.every((place) => place.verdict.kind === 'known-new-place'),
  };
}

/** @returns groups, most harmful first, then surest, then by their first place */
export function groupBySecret(findings: readonly JudgedFinding[]): SecretGroup[] {
  const placesByKey = new Map<string, [JudgedFinding, ...JudgedFinding[]]>();
  for (const judged of findings) {
    const key = `${judged.finding.fingerprint} ${judged.finding.ruleId}`;
    const places = placesByKey.get(key);
    if (places) places.push(judged);
    else placesByKey.set(key, [judged]);
  }
  const groups = [...placesByKey.values()].map(makeGroup);
  // Array.sort is stable, so groups of equal level stay in the order of their first place.
  return groups.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence),
  );
}
