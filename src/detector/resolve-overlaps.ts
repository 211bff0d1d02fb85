// Two rules may claim the same bytes: one finding remains, the one that says most.
import type { Detection } from '../model/finding.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import { hasOverlap } from '../model/span.ts';
import { isGenericRule, vagueness } from './rule-program.ts';

/** Negative when `a` is surer. */
function compareSureness(a: Detection, b: Detection): number {
  return CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence);
}

/** Negative when `a` is to be kept rather than `b`. */
function compareWorth(a: Detection, b: Detection): number {
  return (
    vagueness(a.ruleId) - vagueness(b.ruleId) ||
    compareSureness(a, b) ||
    b.parts.length - a.parts.length ||
    b.span.end - b.span.start - (a.span.end - a.span.start) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  );
}

/**
 * A rule that knows a service but no form of its keys, and the score of a value that knows no service: where both find the
 * same value, the finding is as sure as the surer of them.
 */
function withAgreement<T extends Detection>(detection: T, scored: ReadonlyMap<string, Detection>): T {
  const other = scored.get(`${detection.span.start}-${detection.span.end}`);
  if (!other || vagueness(detection.ruleId) !== 1 || compareSureness(detection, other) <= 0) return detection;
  const reason = { step: 'score', text: 'name and value alone would do too' };
  return { ...detection, confidence: other.confidence, reasons: [...detection.reasons, reason] };
}

function coversPart(owner: Detection, other: Detection): boolean {
  return owner.parts.some((part) => part.span.start <= other.span.start && other.span.end <= part.span.end);
}

/**
 * Keeps, of detections that overlap, the most specific, surest, longest; and drops those that are a part of a kept
 * composite credential (the key id beside its secret key).
 *
 * @returns sorted by start
 */
export function resolveOverlaps<T extends Detection>(detections: readonly T[]): readonly T[] {
  if (detections.length < 2) return detections;
  const ranked = [...detections].sort((a, b) => compareWorth(a, b) || a.span.start - b.span.start);
  const kept: T[] = [];
  // A file with thousands of findings must not make this quadratic: kept spans are looked up by coarse position.
  const shelf = new Map<number, Detection[]>();
  const shelvesOf = (d: Detection): number[] => {
    const rows: number[] = [];
    for (let row = d.span.start >> 8; row <= (d.span.end - 1) >> 8; row++) rows.push(row);
    return rows;
  };
  for (const detection of ranked) {
    const rows = shelvesOf(detection);
    if (rows.some((row) => shelf.get(row)?.some((other) => hasOverlap(other.span, detection.span)))) continue;
    kept.push(detection);
    for (const row of rows) shelf.set(row, [...(shelf.get(row) ?? []), detection]);
  }
  const owners = kept.filter((d) => d.parts.length > 0);
  const scored = new Map(
    detections.filter((d) => isGenericRule(d.ruleId)).map((d) => [`${d.span.start}-${d.span.end}`, d]),
  );
  return kept
    .map((d) => withAgreement(d, scored))
    .filter((d) => d.parts.length > 0 || !owners.some((owner) => coversPart(owner, d)))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
