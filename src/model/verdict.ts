// What became of a finding: kept, known from the baseline, or dropped; by which filter, and why.

export type VerdictKind =
  | 'kept'
  | 'dropped' // a filter or the user's own ignore says it does not count
  | 'known' // in the baseline
  | 'known-new-place'; // a known token in a file the baseline does not name: reported, does not fail by default

export interface Verdict {
  readonly kind: VerdictKind;
  /** Filter that decided, such as `inline-marker`; undefined for `kept`. */
  readonly by: string | undefined;
  /** One line for people: reason given by the user, or what the filter saw. */
  readonly why: string | undefined;
}

export const KEPT: Verdict = { kind: 'kept', by: undefined, why: undefined };
