// Several listings → one index: the same secret seen twice becomes one entry, a replica is folded into its primary, and
// names outside of the wanted prefixes are left out. Pure.
import type { VaultEntry, VaultIndex, VaultSource } from '../model/vault.ts';

/** One listing as it was made. */
export interface Listing {
  readonly source: VaultSource;
  readonly entries: readonly VaultEntry[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareEntries(a: VaultEntry, b: VaultEntry): number {
  return (
    compareText(a.name, b.name) ||
    compareText(a.store, b.store) ||
    compareText(a.account ?? '', b.account ?? '') ||
    compareText(a.region ?? '', b.region ?? '')
  );
}

/** What makes two entries the same secret: a replica has the name, the account and the primary region of its primary. */
function identityOf(entry: VaultEntry): string {
  const home = entry.primaryRegion ?? entry.region ?? '';
  return [entry.store, entry.account ?? '', home, entry.name].join('\0');
}

const isPrimary = (entry: VaultEntry): boolean =>
  entry.primaryRegion === undefined || entry.primaryRegion === entry.region;

function newest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

/** The primary's record with the regions of the others, and the newest read of all: each region counts its own reads. */
function fold(a: VaultEntry, b: VaultEntry): VaultEntry {
  const [main, other] = isPrimary(b) && !isPrimary(a) ? [b, a] : [a, b];
  const regions = new Set([...a.replicaRegions, ...b.replicaRegions]);
  if (other.region !== undefined) regions.add(other.region);
  if (main.region !== undefined) regions.delete(main.region);
  return {
    ...main,
    accessedDate: newest(a.accessedDate, b.accessedDate),
    replicaRegions: [...regions].sort(compareText),
  };
}

/** Names of parameters mostly begin with a `/` that names of secrets do not have: `team/` means both. */
export function hasPrefix(entry: Pick<VaultEntry, 'name' | 'store'>, prefixes: readonly string[]): boolean {
  const { name, store } = entry;
  const isParameter = store === 'parameter-store';
  return prefixes.length === 0 || prefixes.some((p) => name.startsWith(p) || (isParameter && name.startsWith(`/${p}`)));
}

/**
 * @param prefixes  only names that start with one of them; empty: all
 * @param takenAt   now, ISO 8601 in UTC
 */
export function mergeIndex(listings: readonly Listing[], prefixes: readonly string[], takenAt: string): VaultIndex {
  const entries = new Map<string, VaultEntry>();
  for (const { entries: listed } of listings) {
    for (const entry of listed) {
      if (!hasPrefix(entry, prefixes)) continue;
      const identity = identityOf(entry);
      const known = entries.get(identity);
      entries.set(identity, known ? fold(known, entry) : entry);
    }
  }
  return {
    entries: [...entries.values()].sort(compareEntries),
    sources: listings.map(({ source }) => source),
    takenAt,
    namePrefixes: [...prefixes],
  };
}
