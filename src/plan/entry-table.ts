// The vault's index prepared for matching: words of each name with what they are worth, and for each word the entries
// that have it. Made once per run; matching 5,000 secrets against 10,000 entries then takes well under a second.
import type { VaultEntry, VaultIndex } from '../model/vault.ts';
import { environmentOf, findEnvironment, joinEnvironmentWords } from './environments.ts';
import { COPY_WORDS, dropRandomTail, findRegions, KIND_WORDS, SHARED_WORDS, splitWords } from './words.ts';

/** One word of an entry's name. */
export interface EntryWord {
  /** Its number in the vocabulary. */
  readonly word: number;
  /** Says what the value is (`password`), not whose it is. The same word further in front is a service: `api/prod/db`. */
  readonly isKind: boolean;
  readonly worth: number;
}

export interface TableEntry {
  readonly entry: VaultEntry;
  /** Words of the name, without environments, each once; of description and tags when the name tells nothing. */
  readonly words: readonly EntryWord[];
  /** Words of description and tags that the name does not have. */
  readonly notes: ReadonlySet<number>;
  readonly environment: string | undefined;
  /** Sum of what the words are worth. */
  readonly worth: number;
  /** Named as an old one or a copy. */
  readonly isCopy: boolean;
  /** Regions that its name speaks of; else the ones it is in. */
  readonly regions: readonly string[];
  readonly isRegionNamed: boolean;
  /** Names of keys that the description lists, as they are written; undefined: it lists none. */
  readonly listedKeys: ReadonlySet<string> | undefined;
}

export interface EntryTable {
  readonly entries: readonly TableEntry[];
  /** Word → its number. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly words: readonly string[];
  /** By number of the word: positions of entries with it among their words, ascending. */
  readonly postings: readonly (readonly number[])[];
  /** By number of the word: the same for words of descriptions and tags alone. */
  readonly notePostings: readonly (readonly number[])[];
  /** By number of the word: from 0.2 for words that every entry has to 2 for rare ones. */
  readonly worth: readonly number[];
  /** Name, and ARN with and without its tail → positions. */
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** Initials such as `ppg` → numbers of the words they stand for, for each such run of words in a name. */
  readonly initials: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** Entries are of more than one account, or region. */
  readonly hasAccounts: boolean;
  readonly hasRegions: boolean;
}

const ENVIRONMENT_TAG = /^(?:env|environment|stage|tier|deployment[-_ ]?environment)$/i;
/** Tags that say who or how, and not what. */
const NOISE_TAG = /owner|contact|managed|created|cost|repo|email|logical-id|stack-id|version|date/i;
const KIND_WORTH = 0.35;
const SHARED_WORTH = 0.3;

/** The environment that name, tags or description speak of; the name is believed first. */
export function environmentOfEntry({ name, tags, description }: VaultEntry): string | undefined {
  const tag = tags.find(({ key }) => ENVIRONMENT_TAG.test(key.replace(/^.*[:/]/, '')))?.value;
  if (tag !== undefined) return findEnvironment(name) ?? findEnvironment(tag);
  const others = tags.flatMap(({ key, value }) => (/logical-id|arn/i.test(key) ? [] : (findEnvironment(value) ?? [])));
  return (
    findEnvironment(dropRandomTail(name)) ??
    others[0] ??
    (description === undefined ? undefined : findEnvironment(description.slice(0, 300)))
  );
}

class Vocabulary {
  readonly numbers = new Map<string, number>();
  readonly words: string[] = [];

  add(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.numbers.set(word, this.words.length);
    this.words.push(word);
    return this.words.length - 1;
  }
}

function push<K>(map: Map<K, number[]>, key: K, position: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [position]);
  else if (list.at(-1) !== position) list.push(position);
}

interface NameWord {
  readonly text: string;
  readonly isKind: boolean;
}

/** Words without the environment; kinds count as such in the last segment, or at the end of a name of one segment. */
function readWords(name: string, environment: string | undefined): readonly NameWord[] {
  const isOther = (word: string): boolean => !(environment !== undefined && environmentOf(word) === environment);
  const segments = joinEnvironmentWords(dropRandomTail(name))
    .split(/[/.:]+/)
    .map((segment) => splitWords(segment).filter(isOther))
    .filter((segment) => segment.length > 0);
  return segments.flatMap((segment, i) => {
    const isLast = i === segments.length - 1;
    let tail = segment.length;
    while (tail > 0 && KIND_WORDS.has(segment[tail - 1] ?? '')) tail--;
    const isAlone = segments.length === 1;
    return segment.map((text, at) => ({ text, isKind: isLast && KIND_WORDS.has(text) && (!isAlone || at >= tail) }));
  });
}

/** Pieces of ids. */
const HEX = /^(?=.*\d)[0-9a-f]{4,}$/;

const isTelling = ({ text, isKind }: NameWord): boolean =>
  !isKind &&
  !HEX.test(text) &&
  !/^\d+$/.test(text) &&
  !/^v\d+$/.test(text) &&
  text !== 'secret' &&
  !SHARED_WORDS.has(text);

function listKeys(description: string | undefined): ReadonlySet<string> | undefined {
  if (description === undefined) return undefined;
  const list = /\bkeys?\s*:\s*(.+)$/i.exec(description)?.[1] ?? description;
  const names =
    list.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ??
    (/\bkeys?\s*:/i.test(description) ? list.split(/[,\s]+/).filter((word) => /^[\w.-]+$/.test(word)) : []);
  return names.length > 1 || (names.length === 1 && /\bkeys?\s*:/i.test(description))
    ? new Set(names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')))
    : undefined;
}

function addInitials(
  initials: Map<string, (readonly number[])[]>,
  run: readonly string[],
  vocabulary: Vocabulary,
): void {
  for (let size = 2; size <= Math.min(4, run.length); size++) {
    for (let from = 0; from + size <= run.length; from++) {
      const some = run.slice(from, from + size);
      if (some.some((word) => KIND_WORDS.has(word) || /^\d/.test(word))) continue;
      const letters = some.map((word) => word[0]).join('');
      const list = initials.get(letters);
      const numbers = some.map((word) => vocabulary.add(word));
      if (!list) initials.set(letters, [numbers]);
      else if (list.length < 64) list.push(numbers);
    }
  }
}

/** Prepares an index. @cost linear in its size */
export function createEntryTable(index: Pick<VaultIndex, 'entries'>): EntryTable {
  const vocabulary = new Vocabulary();
  const byName = new Map<string, number[]>();
  const initials = new Map<string, (readonly number[])[]>();
  const inNames = new Map<number, number[]>();
  const inNotes = new Map<number, number[]>();
  const half = index.entries.map((entry, position) => {
    const environment = environmentOfEntry(entry);
    const ofName = readWords(entry.name, environment);
    const { description, tags } = entry;
    const noteTexts = [
      description?.slice(0, 500) ?? '',
      ...tags.flatMap(({ key, value }) => (NOISE_TAG.test(key) ? [] : [value])),
    ];
    // `secret-0003` tells nothing: what it is for stands in its description.
    const isOwned = entry.owningService !== undefined || entry.name.includes('!');
    const ofNotes =
      ofName.some(isTelling) && !isOwned
        ? []
        : noteTexts.flatMap((text) =>
            readWords(text.replace(/^arn:[^ ]*?:(?=[\w-]*$)/, '').replace(/[/.:]/g, ' '), environment),
          );
    const read = ofNotes.some(isTelling) ? ofNotes : ofName;
    const words = [...new Map(read.map((word) => [word.text, word])).values()].map(({ text, isKind }) => ({
      word: vocabulary.add(text),
      isKind,
      text,
    }));
    addInitials(
      initials,
      read.map(({ text }) => text),
      vocabulary,
    );
    const notes = new Set(noteTexts.flatMap(splitWords).map((word) => vocabulary.add(word)));
    for (const { word } of words) notes.delete(word);
    push(byName, entry.name, position);
    if (entry.name.startsWith('/')) push(byName, entry.name.slice(1), position);
    if (entry.arn !== undefined) {
      push(byName, entry.arn, position);
      push(byName, entry.arn.replace(/-[A-Za-z0-9]{6}$/, ''), position);
    }
    for (const { word } of words) push(inNames, word, position);
    for (const word of notes) push(inNotes, word, position);
    const isCopy = splitWords(entry.name).some((word) => COPY_WORDS.has(word));
    const named = findRegions(entry.name);
    const regions =
      named.length > 0
        ? named
        : [entry.region, entry.primaryRegion, ...entry.replicaRegions].flatMap((region) => region ?? []);
    return {
      entry,
      words,
      notes,
      environment,
      isCopy,
      regions,
      isRegionNamed: named.length > 0,
      listedKeys: listKeys(description),
    };
  });
  const size = half.length + 10;
  const worth = vocabulary.words.map(
    (_, i) => 0.2 + 1.8 * Math.max(0, Math.log(size / ((inNames.get(i)?.length ?? 0) + 1)) / Math.log(size)),
  );
  return {
    entries: half.map((one) => {
      const words = one.words.map(({ word, isKind, text }): EntryWord => {
        const factor = isKind
          ? KIND_WORTH
          : SHARED_WORDS.has(text)
            ? SHARED_WORTH
            : HEX.test(text)
              ? 0.1
              : /^v?\d+$/.test(text)
                ? 0.25
                : 1;
        return { word, isKind, worth: (worth[word] ?? 1) * factor };
      });
      return { ...one, words, worth: words.reduce((sum, word) => sum + word.worth, 0) };
    }),
    vocabulary: vocabulary.numbers,
    words: vocabulary.words,
    postings: vocabulary.words.map((_, i) => inNames.get(i) ?? []),
    notePostings: vocabulary.words.map((_, i) => inNotes.get(i) ?? []),
    worth,
    byName,
    initials,
    hasAccounts: new Set(index.entries.flatMap(({ account }) => account ?? [])).size > 1,
    hasRegions: new Set(half.flatMap(({ regions }) => regions)).size > 1,
  };
}
