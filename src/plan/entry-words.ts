// What one entry of the vault says by its name, description and tags: words, environment, regions, keys. No numbers here:
// what the words are worth among all others is decided in entry-table.ts.
import type { VaultEntry } from '../model/vault.ts';
import { environmentOf, findEnvironment, joinEnvironmentWords } from './environments.ts';
import { remember } from './remember.ts';
import { COPY_WORDS, dropRandomTail, findRegions, KIND_WORDS, SHARED_WORDS, splitWords } from './words.ts';

const ENVIRONMENT_TAG = /^(?:env|environment|stage|tier|deployment[-_ ]?environment)$/i;
/** Tags that say who or how, and not what. */
const NOISE_TAG = /owner|contact|managed|created|cost|repo|email|logical-id|stack-id|version|date/i;

/** What the key of a tag says of its value. */
const describeTag = remember((key) => ({
  isEnvironment: ENVIRONMENT_TAG.test(key.replace(/^.*[:/]/, '')),
  isNoise: NOISE_TAG.test(key),
  isId: /logical-id|arn/i.test(key),
}));

/** @param ofName  the environment that the name speaks of */
function findInTags({ tags, description }: VaultEntry, ofName: string | undefined): string | undefined {
  if (ofName !== undefined) return ofName;
  const tag = tags.find(({ key }) => describeTag(key).isEnvironment)?.value;
  if (tag !== undefined) return findEnvironment(tag);
  for (const { key, value } of tags) {
    const found = describeTag(key).isId ? undefined : findEnvironment(value);
    if (found !== undefined) return found;
  }
  return description === undefined ? undefined : findEnvironment(description.slice(0, 300));
}

/** The environment that name, tags or description speak of; the name is believed first. */
export function environmentOfEntry(entry: VaultEntry): string | undefined {
  return findInTags(entry, findEnvironment(dropRandomTail(entry.name)));
}

export interface NameWord {
  readonly text: string;
  /** Says what the value is (`password`), not whose it is. */
  readonly isKind: boolean;
}

/** What is between two separators of a name. */
interface Segment {
  readonly environment: string | undefined;
  readonly words: readonly string[];
  /** By word: the environment that it means by itself. */
  readonly environments: readonly (string | undefined)[];
}

const readSegment = remember((text): Segment => {
  const words = splitWords(text);
  return { environment: findEnvironment(text), words, environments: words.map((word) => environmentOf(word)) };
});

const cutSegments = (name: string): readonly Segment[] =>
  joinEnvironmentWords(dropRandomTail(name))
    .split(/[/.:]+/)
    .map(readSegment);

/** Words without the environment; kinds count as such in the last segment, or at the end of a name of one segment. */
function readWords(segments: readonly Segment[], environment: string | undefined): readonly NameWord[] {
  const left: (readonly string[])[] = [];
  for (const { words, environments } of segments) {
    const others = environment === undefined ? words : words.filter((_, i) => environments[i] !== environment);
    if (others.length > 0) left.push(others);
  }
  const found: NameWord[] = [];
  for (const [i, words] of left.entries()) {
    const isLast = i === left.length - 1;
    let tail = left.length === 1 ? words.length : 0;
    while (tail > 0 && KIND_WORDS.has(words[tail - 1] ?? '')) tail--;
    for (const [at, text] of words.entries())
      found.push({ text, isKind: isLast && KIND_WORDS.has(text) && at >= tail });
  }
  return found;
}

/** False for words that say nothing of what an entry is for, kinds aside: numbers, pieces of ids, `v2`, `shared`. */
const canTell = remember(
  (text) =>
    !/^(?=.*\d)[0-9a-f]{4,}$/.test(text) && !/^v?\d+$/.test(text) && text !== 'secret' && !SHARED_WORDS.has(text),
);
const isTelling = ({ text, isKind }: NameWord): boolean => !isKind && canTell(text);

function listKeys(description: string | undefined): ReadonlySet<string> | undefined {
  if (description === undefined || !/[_:]/.test(description)) return undefined;
  const list = /\bkeys?\s*:\s*(.+)$/i.exec(description)?.[1] ?? description;
  const names =
    list.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ??
    (/\bkeys?\s*:/i.test(description) ? list.split(/[,\s]+/).filter((word) => /^[\w.-]+$/.test(word)) : []);
  return names.length > 1 || (names.length === 1 && /\bkeys?\s*:/i.test(description))
    ? new Set(names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')))
    : undefined;
}

/** Spellings of COPY_WORDS: most names have none, and need not be cut again. */
const MAY_BE_COPY = /old|bak|bkp|backup|cop(?:y|ie)|prev|deprecated|archive|te?mp|obsolete|unused|legac/i;

export interface EntryWords {
  readonly environment: string | undefined;
  /** Words of the name; of description and tags when the name tells nothing. Repeats kept. */
  readonly read: readonly NameWord[];
  /** Words of description and tags, list by list. */
  readonly notes: readonly (readonly string[])[];
  /** Named as an old one or a copy. */
  readonly isCopy: boolean;
  /** Regions that its name speaks of; else the ones it is in. */
  readonly regions: readonly string[];
  readonly isRegionNamed: boolean;
  /** Names of keys that the description lists, as they are written; undefined: it lists none. */
  readonly listedKeys: ReadonlySet<string> | undefined;
}

export function readEntryWords(entry: VaultEntry): EntryWords {
  const { name, description, tags } = entry;
  const segments = cutSegments(name);
  const environment = findInTags(entry, segments.findLast((one) => one.environment !== undefined)?.environment);
  const ofName = readWords(segments, environment);
  const noteTexts = description ? [description.slice(0, 500)] : [];
  for (const { key, value } of tags) if (!describeTag(key).isNoise) noteTexts.push(value);
  // `secret-0003` tells nothing: what it is for stands in its description.
  const isOwned = entry.owningService !== undefined || name.includes('!');
  const ofNotes =
    !isOwned && ofName.some(isTelling)
      ? []
      : noteTexts.flatMap((text) =>
          readWords(cutSegments(text.replace(/^arn:[^ ]*?:(?=[\w-]*$)/, '').replace(/[/.:]/g, ' ')), environment),
        );
  const named = findRegions(name);
  return {
    environment,
    read: ofNotes.some(isTelling) ? ofNotes : ofName,
    notes: noteTexts.map(splitWords),
    isCopy: MAY_BE_COPY.test(name) && splitWords(name).some((word) => COPY_WORDS.has(word)),
    regions:
      named.length > 0
        ? named
        : [entry.region, entry.primaryRegion, ...entry.replicaRegions].flatMap((region) => region ?? []),
    isRegionNamed: named.length > 0,
    listedKeys: listKeys(description),
  };
}
