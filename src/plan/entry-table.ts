// The vault's index prepared for matching: words of each name with what they are worth, and for each word the entries
// that have it. Made once per run: a third of the time that 5,000 secrets and 10,000 entries take.
import type { VaultEntry, VaultIndex } from '../model/vault.ts';
import { type EntryWords, readEntryWords } from './entry-words.ts';
import { Vocabulary, type WordFacts } from './vocabulary.ts';

/** One word of an entry's name. */
export interface EntryWord {
  /** Its number in the vocabulary. */
  readonly word: number;
  /** Says what the value is (`password`), not whose it is. The same word further in front is a service: `api/prod/db`. */
  readonly isKind: boolean;
  readonly worth: number;
}

export interface TableEntry
  extends Pick<EntryWords, 'environment' | 'isCopy' | 'regions' | 'isRegionNamed' | 'listedKeys'> {
  readonly entry: VaultEntry;
  /** Words of the name, without environments, each once; of description and tags when the name tells nothing. */
  readonly words: readonly EntryWord[];
  /** Words of description and tags that the name does not have, each once. */
  readonly notes: readonly number[];
  /** Sum of what the words are worth. */
  readonly worth: number;
}

export interface EntryTable {
  readonly entries: readonly TableEntry[];
  /** Word → its number. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly words: readonly string[];
  /** By number of the word. */
  readonly facts: readonly WordFacts[];
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

const KIND_WORTH = 0.35;
/** Runs of words that are kept for the same initials. */
const MOST_RUNS = 64;

function pushPosition(map: Map<string, number[]>, key: string, position: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [position]);
  else if (list.at(-1) !== position) list.push(position);
}

function addPosition(lists: number[][], word: number, position: number): void {
  const list = lists[word];
  if (list) list.push(position);
  else lists[word] = [position];
}

function addInitials(
  initials: Map<string, (readonly number[])[]>,
  run: readonly number[],
  facts: readonly WordFacts[],
) {
  for (let from = 0; from + 1 < run.length; from++) {
    let letters = '';
    for (let to = from; to < run.length && to < from + 4; to++) {
      const word = facts[run[to] ?? 0];
      if (!word || word.isKind || word.startsWithDigit) break;
      letters += word.text[0];
      if (to === from) continue;
      const list = initials.get(letters);
      if (!list) initials.set(letters, [run.slice(from, to + 1)]);
      else if (list.length < MOST_RUNS) list.push(run.slice(from, to + 1));
    }
  }
}

/** Numbers of words, each once. What an entry had is forgotten when the next one starts. */
class OnceList {
  private readonly seen: number[] = [];
  private round = 0;

  start(): void {
    this.round++;
  }
  /** False when it was added before. */
  add(number: number): boolean {
    if (this.seen[number] === this.round) return false;
    this.seen[number] = this.round;
    return true;
  }
}

/** While it is made: what a word is worth is known when all entries are read. */
type Open<T, K extends keyof T> = Omit<T, K> & { -readonly [key in K]: T[key] };

/** Prepares an index. @cost linear in its size */
export function createEntryTable(index: Pick<VaultIndex, 'entries'>): EntryTable {
  const vocabulary = new Vocabulary();
  const { facts } = vocabulary;
  const byName = new Map<string, number[]>();
  const initials = new Map<string, (readonly number[])[]>();
  const postings: number[][] = [];
  const notePostings: number[][] = [];
  const accounts = new Set<string>();
  const regions = new Set<string>();
  const once = new OnceList();
  // Entries share what is known of a word.
  const asName: Open<EntryWord, 'worth'>[] = [];
  const asKind: Open<EntryWord, 'worth'>[] = [];
  const addWord = (text: string, isKind: boolean): EntryWord => {
    const word = vocabulary.add(text);
    const words = isKind ? asKind : asName;
    const known = words[word];
    if (known) return known;
    const one = { word, isKind, worth: 0 };
    words[word] = one;
    return one;
  };
  const entries: Open<TableEntry, 'worth'>[] = [];
  for (const [position, entry] of index.entries.entries()) {
    const said = readEntryWords(entry);
    once.start();
    const words: EntryWord[] = [];
    const run: number[] = [];
    for (const { text, isKind } of said.read) {
      const one = addWord(text, isKind);
      run.push(one.word);
      if (once.add(one.word)) {
        words.push(one);
        addPosition(postings, one.word, position);
      } else words[words.findIndex(({ word }) => word === one.word)] = one;
    }
    addInitials(initials, run, facts);
    const notes: number[] = [];
    for (const list of said.notes) {
      for (const text of list) {
        const word = vocabulary.add(text);
        if (!once.add(word)) continue;
        notes.push(word);
        addPosition(notePostings, word, position);
      }
    }
    pushPosition(byName, entry.name, position);
    if (entry.name.startsWith('/')) pushPosition(byName, entry.name.slice(1), position);
    if (entry.arn !== undefined) {
      pushPosition(byName, entry.arn, position);
      pushPosition(byName, entry.arn.replace(/-[A-Za-z0-9]{6}$/, ''), position);
    }
    if (entry.account !== undefined) accounts.add(entry.account);
    for (const region of said.regions) regions.add(region);
    const { environment, isCopy, regions: places, isRegionNamed, listedKeys } = said;
    entries.push({
      entry,
      words,
      notes,
      environment,
      isCopy,
      regions: places,
      isRegionNamed,
      listedKeys,
      worth: 0,
    });
  }
  const size = entries.length + 10;
  const worth = facts.map(
    (_, i) => 0.2 + 1.8 * Math.max(0, Math.log(size / ((postings[i]?.length ?? 0) + 1)) / Math.log(size)),
  );
  for (const one of asKind) if (one) one.worth = (worth[one.word] ?? 1) * KIND_WORTH;
  for (const one of asName) if (one) one.worth = (worth[one.word] ?? 1) * (facts[one.word]?.share ?? 1);
  for (const entry of entries) entry.worth = entry.words.reduce((sum, one) => sum + one.worth, 0);
  return {
    entries,
    vocabulary: vocabulary.numbers,
    words: vocabulary.words,
    facts,
    postings: facts.map((_, i) => postings[i] ?? []),
    notePostings: facts.map((_, i) => notePostings[i] ?? []),
    worth,
    byName,
    initials,
    hasAccounts: accounts.size > 1,
    hasRegions: regions.size > 1,
  };
}
