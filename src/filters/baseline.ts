// Known findings. The same secret in a file that the baseline names is known; a known token in another file is a known
// token in a new place; a known password in another file is new, because weak values repeat by chance. An expired entry is
// a finding again.
import { type Baseline, type BaselineEntry, nameEntry } from '../baseline/baseline.ts';
import { isExpired } from '../util/calendar-date.ts';
import type { Filter } from './filter.ts';

const indexes = new WeakMap<Baseline, ReadonlyMap<string, readonly BaselineEntry[]>>();

function entriesOf(baseline: Baseline, fingerprint: string): readonly BaselineEntry[] {
  let index = indexes.get(baseline);
  if (!index) {
    const built = new Map<string, BaselineEntry[]>();
    for (const entry of baseline.entries) {
      const list = built.get(entry.fingerprint);
      if (list) list.push(entry);
      else built.set(entry.fingerprint, [entry]);
    }
    index = built;
    indexes.set(baseline, index);
  }
  return index.get(fingerprint) ?? [];
}

export const baselineFilter: Filter = {
  name: 'baseline',
  apply(finding, { baseline, today, prefix }) {
    if (!baseline) return undefined;
    const path = prefix + finding.origin.path;
    const entries = entriesOf(baseline, finding.fingerprint);
    const own = entries.find((entry) => entry.path === path);
    if (own) {
      if (isExpired(own.until, today)) return undefined;
      return { kind: 'known', why: own.reason ?? 'known from the baseline', suppression: nameEntry(baseline, own) };
    }
    const other = entries.find((entry) => !isExpired(entry.until, today));
    if (!other || finding.secret.kind === 'password') return undefined;
    return { kind: 'known-new-place', why: `known from ${other.path}` };
  },
};
