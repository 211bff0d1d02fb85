// Code against the index: names that do not exist, are scheduled for deletion or belong to another environment, and entries
// that no code names. Pure. Says "missing" only when the listings were whole and cover the place.
import type { ReferenceFault, ReferenceFaultKind, VaultEntry, VaultIndex } from '../model/vault.ts';
import { pathKind } from '../util/path-kind.ts';
import { environmentOf, nameWithoutEnvironment } from './environment-of.ts';
import { namesOfArn, type VaultReference } from './find-references.ts';
import { createNameHints, type NameHints } from './name-hints.ts';
import { STORE_NAMES } from './read-entry.ts';
import { createEntryFinder, type EntryFinder } from './resolve-reference.ts';

export interface ReferenceCheck {
  /** Sorted by path, line, name; those without a place last. */
  readonly faults: readonly ReferenceFault[];
  /** References that the index cannot tell of: another region or account, a listing that failed, a narrowed list. */
  readonly untold: readonly VaultReference[];
  /** References with at least one entry. */
  readonly found: number;
}

/** Tests and manuals name entries that need not exist. */
const MADE_UP_KINDS = new Set([
  'test',
  'docs',
  'example',
  'vendor',
  'lock',
  'minified',
  'generated',
  'source-map',
  'locale',
]);

const TAG_OF_ENVIRONMENT = /^(?:env|environment|stage)$/i;

/** From the name, or else from a tag such as `env=prod`. */
function environmentOfEntry({ name, tags }: VaultEntry): string | undefined {
  const tag = tags.find(({ key }) => TAG_OF_ENVIRONMENT.test(key));
  return environmentOf(name) ?? (tag && environmentOf(tag.value));
}

/** The name for people: an ARN without its random tail. */
function shownName(reference: VaultReference): string {
  return reference.isArn ? (namesOfArn(reference.name)[0] ?? reference.name) : reference.name;
}

function placeFault(kind: ReferenceFaultKind, reference: VaultReference, text: string): ReferenceFault {
  const { path, line, region } = reference;
  return { kind, name: shownName(reference), region, place: { path, line }, text };
}

function describeMissing(
  reference: VaultReference,
  siblings: readonly string[],
  { hints, regionsOf }: Checker,
): string {
  const name = shownName(reference);
  const store = STORE_NAMES[reference.store];
  const elsewhere = reference.region === undefined ? [] : regionsOf(name);
  if (elsewhere.length > 0) {
    const there = elsewhere.slice(0, 3).join(', ');
    return `${store} has no entry ${name} in ${reference.region}; there is one in ${there}: replicate it, or mend the ARN`;
  }
  const what = name.includes('*') ? `no entry of ${store} fits ${name}` : `${store} has no entry ${name}`;
  if (siblings.length > 0) return `${what}; there is ${siblings.slice(0, 3).join(', ')}: make it, or mend the name`;
  const nearest = name.includes('*') ? undefined : hints.find(name);
  return `${what}; make it, or mend the name${nearest === undefined ? '' : `. Did you mean "${nearest}"?`}`;
}

function checkEnvironment(reference: VaultReference, entries: readonly VaultEntry[]): ReferenceFault | undefined {
  const ofCode = environmentOf(reference.path);
  if (ofCode === undefined) return undefined;
  const ofEntries = new Set(entries.map(environmentOfEntry));
  const [only] = ofEntries;
  if (ofEntries.size !== 1 || only === undefined || only === ofCode) return undefined;
  const text = `${reference.path} is for ${ofCode}, and ${shownName(reference)} is an entry of ${only}; is that meant?`;
  return placeFault('other-environment', reference, text);
}

interface Checker {
  readonly finder: EntryFinder;
  readonly hints: NameHints;
  /** Where entries of exactly this name are. */
  readonly regionsOf: (name: string) => readonly string[];
  /** Name without its word of environment → names. */
  readonly bySkeleton: ReadonlyMap<string, readonly string[]>;
}

function checkMissing(reference: VaultReference, checker: Checker): ReferenceFault {
  const name = shownName(reference);
  const siblings = checker.bySkeleton.get(nameWithoutEnvironment(name)) ?? [];
  const kind = environmentOf(name) !== undefined && siblings.length > 0 ? 'other-environment' : 'missing';
  return placeFault(kind, reference, describeMissing(reference, siblings, checker));
}

/** @returns undefined: nothing to tell; 'untold': the index does not know */
function checkOne(
  reference: VaultReference,
  entries: readonly VaultEntry[],
  checker: Checker,
): ReferenceFault | 'untold' | undefined {
  if (MADE_UP_KINDS.has(pathKind(reference.path))) return undefined;
  if (entries.length === 0) {
    if (reference.isDefinition || !reference.isSure) return undefined;
    return checker.finder.canTell(reference) ? checkMissing(reference, checker) : 'untold';
  }
  const deleted = entries.filter(({ deletedDate }) => deletedDate !== undefined);
  if (deleted.length === entries.length) {
    const day = deleted[0]?.deletedDate?.slice(0, 10);
    const text = `${shownName(reference)} is scheduled for deletion since ${day}: reads fail; restore it (aws secretsmanager restore-secret) or name another`;
    return placeFault('deleted', reference, text);
  }
  return checkEnvironment(reference, entries);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function compareFaults(a: ReferenceFault, b: ReferenceFault): number {
  if (!a.place !== !b.place) return a.place ? -1 : 1;
  return (
    compareText(a.place?.path ?? '', b.place?.path ?? '') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    compareText(a.name, b.name) ||
    compareText(a.region ?? '', b.region ?? '') ||
    compareText(a.kind, b.kind)
  );
}

function unnamedFault(entry: VaultEntry): ReferenceFault {
  return {
    kind: 'unnamed',
    name: entry.name,
    region: entry.region,
    place: undefined,
    text: `no code that was read names ${entry.name}; another repository may: ask its owner before it is retired`,
  };
}

/** @cost one look into a map for each reference; references with `*` cost one pass over the entries for each name */
export function checkReferences(index: VaultIndex, references: readonly VaultReference[]): ReferenceCheck {
  const finder = createEntryFinder(index);
  const bySkeleton = new Map<string, string[]>();
  for (const { name } of index.entries) {
    if (environmentOf(name) === undefined) continue;
    const skeleton = nameWithoutEnvironment(name);
    const names = bySkeleton.get(skeleton);
    if (names) names.push(name);
    else bySkeleton.set(skeleton, [name]);
  }
  const checker: Checker = {
    finder,
    hints: createNameHints(index.entries.map(({ name }) => name)),
    regionsOf: (name) => finder.named(name).flatMap(({ region }) => region ?? []),
    bySkeleton,
  };
  const named = new Set<VaultEntry>();
  const faults: ReferenceFault[] = [];
  const untold: VaultReference[] = [];
  let found = 0;
  for (const reference of references) {
    const entries = finder.find(reference);
    for (const entry of entries) named.add(entry);
    if (entries.length > 0) found++;
    const fault = checkOne(reference, entries, checker);
    if (fault === 'untold') untold.push(reference);
    else if (fault) faults.push(fault);
  }
  const unnamed = index.entries.filter(
    (entry) => !named.has(entry) && entry.owningService === undefined && entry.deletedDate === undefined,
  );
  return { faults: [...faults, ...unnamed.map(unnamedFault)].sort(compareFaults), untold, found };
}
