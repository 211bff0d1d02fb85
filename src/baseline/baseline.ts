// Known findings of a repository, in memory. One entry is one secret in one file; whether it applies to a finding is
// decided by the filter `baseline`.
import type { FingerprintKey } from './fingerprint.ts';

export const BASELINE_VERSION = 1;

export interface BaselineEntry {
  /** 32 hexadecimal digits. */
  readonly fingerprint: string;
  /** For readers; a finding of another rule with the same value is known too. */
  readonly ruleId: string;
  /** Relative to the top folder of the repository, with `/`. */
  readonly path: string;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  /** Last day on which the entry holds, YYYY-MM-DD. */
  readonly until: string | undefined;
  /** Line in the file, from 1; 0 for an entry that was not read from a file. */
  readonly line: number;
}

export interface Baseline {
  /** Name for messages and for the report. */
  readonly file: string;
  readonly key: FingerprintKey;
  /** True when the key is kept outside of the file (public repositories). */
  readonly isKeyExternal: boolean;
  /** Sorted by fingerprint, path and rule; one for each fingerprint and path. */
  readonly entries: readonly BaselineEntry[];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order in the file: by code units, so that every machine writes the same. */
export function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return compareText(a.fingerprint, b.fingerprint) || compareText(a.path, b.path) || compareText(a.ruleId, b.ruleId);
}

/** What was said twice for one secret and file: notes are kept, of two end dates the earlier. */
function joinEntries(a: BaselineEntry, b: BaselineEntry): BaselineEntry {
  const until = a.until !== undefined && b.until !== undefined && b.until < a.until ? b.until : (a.until ?? b.until);
  return { ...a, reason: a.reason ?? b.reason, owner: a.owner ?? b.owner, until };
}

/** Sorts and leaves one entry for each fingerprint and path. */
export function tidyEntries(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const tidy = new Map<string, BaselineEntry>();
  for (const entry of [...entries].sort(compareEntries)) {
    const id = `${entry.fingerprint} ${entry.path}`;
    const before = tidy.get(id);
    tidy.set(id, before ? joinEntries(before, entry) : entry);
  }
  return [...tidy.values()];
}

/** Name of an entry among the suppressions of a report, such as `baseline 0f3a11c2 src/a.ts (.unleak-baseline:9)`. */
export function nameEntry(baseline: Baseline, entry: BaselineEntry): string {
  const place = entry.line > 0 ? ` (${baseline.file}:${entry.line})` : '';
  return `baseline ${entry.fingerprint.slice(0, 8)} ${entry.path}${place}`;
}
