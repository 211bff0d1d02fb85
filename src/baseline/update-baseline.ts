// What `unleak baseline create|update|prune` do, as pure functions over findings. Findings must carry fingerprints made
// with the key of the baseline.
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { type Baseline, type BaselineEntry, tidyEntries } from './baseline.ts';
import type { FingerprintKey } from './fingerprint.ts';

export interface BaselineChange {
  readonly baseline: Baseline;
  readonly added: readonly BaselineEntry[];
  readonly removed: readonly BaselineEntry[];
}

/** What new entries get. */
export interface EntryNotes {
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  readonly until?: string | undefined;
}

function idOf(entry: Pick<BaselineEntry, 'fingerprint' | 'path'>): string {
  return `${entry.fingerprint} ${entry.path}`;
}

/** @param prefix path of the scan root relative to the top folder, with `/` at the end, or '' */
function toEntries(findings: readonly Finding[], prefix: string, notes: EntryNotes): readonly BaselineEntry[] {
  const { reason, owner, until } = notes;
  const entries = findings.map(({ fingerprint, ruleId, origin }) => ({
    fingerprint,
    ruleId,
    path: prefix + origin.path,
    reason,
    owner,
    until,
    line: 0,
  }));
  return tidyEntries(entries);
}

/** A baseline of these findings. */
export function createBaseline(
  file: string,
  key: FingerprintKey,
  isKeyExternal: boolean,
  findings: readonly Finding[],
  prefix: string,
  notes: EntryNotes = {},
): Baseline {
  return { file, key, isKeyExternal, entries: toEntries(findings, prefix, notes) };
}

/** Adds findings that are not there yet; entries that are there stay as they are, with their notes. */
export function updateBaseline(
  baseline: Baseline,
  findings: readonly Finding[],
  prefix: string,
  notes: EntryNotes = {},
): BaselineChange {
  const known = new Set(baseline.entries.map(idOf));
  const added = toEntries(findings, prefix, notes).filter((entry) => !known.has(idOf(entry)));
  return { baseline: { ...baseline, entries: tidyEntries([...baseline.entries, ...added]) }, added, removed: [] };
}

/**
 * Drops entries whose secret is no longer in their file.
 *
 * @param seen every finding of a scan of the whole tree, the suppressed ones too
 * @throws UsageError when the scan was not complete: what was not read cannot be called gone
 */
export function pruneBaseline(
  baseline: Baseline,
  seen: readonly Finding[],
  prefix: string,
  isComplete: boolean,
): BaselineChange {
  if (!isComplete) {
    throw new UsageError(
      'baseline prune: the scan was not complete, so nothing was removed; mend the problems listed above and run it again',
    );
  }
  const there = new Set(toEntries(seen, prefix, {}).map(idOf));
  // Entries outside of the scanned folder were not looked for.
  const isGone = (entry: BaselineEntry) => entry.path.startsWith(prefix) && !there.has(idOf(entry));
  const removed = baseline.entries.filter(isGone);
  return { baseline: { ...baseline, entries: baseline.entries.filter((entry) => !isGone(entry)) }, added: [], removed };
}
