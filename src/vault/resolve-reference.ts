// A name in the code → the entries of the index that it means. Pure; built once for an index of any size.
import type { VaultEntry, VaultIndex, VaultSource, VaultStore } from '../model/vault.ts';
import { namesOfArn, type VaultReference } from './find-references.ts';
import { hasPrefix } from './merge-index.ts';

export interface EntryFinder {
  /** Entries that the reference means, deleted ones too; more than one when regions or accounts are not told. */
  readonly find: (reference: VaultReference) => readonly VaultEntry[];
  /** Entries of exactly this name, anywhere. */
  readonly named: (name: string) => readonly VaultEntry[];
  /** True when the index would have the entry if it were there: its listings worked, and cover region and account. */
  readonly canTell: (reference: VaultReference) => boolean;
}

/** Names that a reference may stand for; parameters are written with and without the `/` in front. */
function namesOf({ name, isArn, store }: VaultReference): readonly string[] {
  const names = isArn ? namesOfArn(name) : [name];
  if (store === 'secrets-manager') return names;
  return names.flatMap((one) => (one.startsWith('/') ? [one, one.slice(1)] : [one, `/${one}`]));
}

/** `*` stands for any text; `?` for one sign, in policies only. */
function toPattern(name: string): RegExp {
  const source = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*?')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

function isWhere(entry: VaultEntry, { region, account }: VaultReference): boolean {
  const isRegion =
    region === undefined ||
    entry.region === undefined ||
    entry.region === region ||
    entry.replicaRegions.includes(region);
  return isRegion && (account === undefined || entry.account === undefined || entry.account === account);
}

const isAbout = (source: VaultSource, store: VaultStore): boolean =>
  source.store === undefined || source.store === store;

function coversRegion(source: VaultSource, region: string | undefined, regions: ReadonlySet<string>): boolean {
  if (region === undefined) return true;
  return source.kind === 'aws' ? source.region === region : regions.has(region);
}

const STORES: readonly VaultStore[] = ['secrets-manager', 'parameter-store'];

export function createEntryFinder(index: VaultIndex): EntryFinder {
  const byName = new Map<string, VaultEntry[]>();
  for (const entry of index.entries) {
    const key = `${entry.store}\0${entry.name}`;
    const list = byName.get(key);
    if (list) list.push(entry);
    else byName.set(key, [entry]);
  }
  const accounts = new Set(index.entries.flatMap(({ account }) => account ?? []));
  const regions = new Set(index.entries.flatMap(({ region, replicaRegions }) => [region ?? [], replicaRegions].flat()));
  const patterns = new Map<string, readonly VaultEntry[]>();

  const findByPattern = (store: VaultStore, name: string): readonly VaultEntry[] => {
    const key = `${store}\0${name}`;
    const known = patterns.get(key);
    if (known) return known;
    const pattern = toPattern(name);
    const fitting = index.entries.filter((entry) => entry.store === store && pattern.test(entry.name));
    patterns.set(key, fitting);
    return fitting;
  };

  return {
    named: (name) => STORES.flatMap((store) => byName.get(`${store}\0${name}`) ?? []),
    find: (reference) => {
      const { store } = reference;
      for (const name of namesOf(reference)) {
        const named = /[*?]/.test(name) ? findByPattern(store, name) : (byName.get(`${store}\0${name}`) ?? []);
        const fitting = named.filter((entry) => isWhere(entry, reference));
        if (fitting.length > 0) return fitting;
      }
      return [];
    },
    canTell: (reference) => {
      const { store, region, account } = reference;
      const sources = index.sources.filter((source) => isAbout(source, store));
      if (sources.length === 0 || sources.some(({ state }) => state === 'not-checked')) return false;
      // A list of no known account can hold any.
      if (account !== undefined && accounts.size > 0 && !accounts.has(account)) return false;
      if (!sources.some((source) => coversRegion(source, region, regions))) return false;
      return namesOf(reference).some((name) =>
        hasPrefix({ store, name: name.replace(/[*?].*$/, '') }, index.namePrefixes),
      );
    },
  };
}
