// The registry of filters, and the one place where findings get their verdicts. The order is fixed: the user's own words
// first, so that each of them is counted whenever it covers a finding, then what unleak knows by itself.
import { nameEntry } from '../baseline/baseline.ts';
import { findExpiredIgnores } from '../config/ignore-entry.ts';
import type { Finding } from '../model/finding.ts';
import type { JudgedFinding, SuppressionUse } from '../model/report.ts';
import { KEPT, type Verdict } from '../model/verdict.ts';
import { isExpired } from '../util/calendar-date.ts';
import { baselineFilter } from './baseline.ts';
import { configIgnore } from './config-ignore.ts';
import type { Filter, FilterContext, FilterOutcome } from './filter.ts';
import { inlineMarker } from './inline-marker.ts';
import { minimumLevel } from './minimum-level.ts';
import { pathKindFilter } from './path-kind.ts';
import { placeholder } from './placeholder.ts';

/** To add a filter: one file, one line here. */
export const FILTERS: readonly Filter[] = [
  inlineMarker,
  configIgnore,
  baselineFilter,
  placeholder,
  pathKindFilter,
  minimumLevel,
];

export interface Judgement {
  /** One for each finding, same order. */
  readonly findings: readonly JudgedFinding[];
  /** Inline markers that were used; entries of the config file and of the baseline with their count, 0 included. */
  readonly suppressions: readonly SuppressionUse[];
}

function toVerdict(filter: Filter, outcome: FilterOutcome): Verdict {
  return { kind: outcome.kind ?? 'dropped', by: filter.name, why: outcome.why };
}

/** The first filter that drops decides. A known token in a new place is still shown, so later filters may drop it. */
function judgeOne(finding: Finding, context: FilterContext, count: (name: string) => void): Verdict {
  let verdict = KEPT;
  for (const filter of FILTERS) {
    const outcome = filter.apply(finding, context);
    if (!outcome) continue;
    if (outcome.suppression !== undefined) count(outcome.suppression);
    verdict = toVerdict(filter, outcome);
    if (verdict.kind !== 'known-new-place') return verdict;
  }
  return verdict;
}

/** What the user wrote down, so that what is never used can be listed. Expired ones say so. */
function listKnown({ settings, baseline, today }: FilterContext): readonly string[] {
  const expired = new Set(findExpiredIgnores(settings.ignores, today));
  const label = (name: string, until: string | undefined, isOver: boolean) =>
    isOver ? `${name}, expired ${until}` : name;
  return [
    ...settings.ignores.map((entry) => label(entry.name, entry.until, expired.has(entry))),
    ...(baseline?.entries ?? []).map((entry) =>
      label(nameEntry(baseline!, entry), entry.until, isExpired(entry.until, today)),
    ),
  ];
}

/** Gives every finding its verdict and counts what was suppressed by whose wish. Pure. */
export function judge(findings: readonly Finding[], context: FilterContext): Judgement {
  const counts = new Map(listKnown(context).map((name) => [name, 0]));
  const count = (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const judged = findings.map((finding) => ({ finding, verdict: judgeOne(finding, context, count) }));
  return { findings: judged, suppressions: [...counts].map(([name, uses]) => ({ name, count: uses })) };
}

/** Sums rows with the same name, in order of first appearance: the path filter and the filters may count the same entry. */
export function sumUses(...lists: readonly (readonly SuppressionUse[])[]): readonly SuppressionUse[] {
  const counts = new Map<string, number>();
  for (const { name, count } of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].map(([name, count]) => ({ name, count }));
}
