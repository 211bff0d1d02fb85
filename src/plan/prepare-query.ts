// A question prepared for scoring: what each of its words may explain in a name, and what it is worth. Made once for each
// secret, read for each entry.
import type { EntryTable } from './entry-table.ts';
import type { ClueKind, Query, QueryWord } from './query.ts';
import { remember } from './remember.ts';
import type { SimilarWord } from './similar-words.ts';
import { describeWord, type WordFacts } from './vocabulary.ts';

/** How a word of a name is explained. */
export interface Explanation {
  readonly strength: number;
  /** How alike the words are, whatever the clue weighs. */
  readonly likeness: number;
  readonly from: ClueKind;
}

/** What one word of the question asks for. */
export interface Asked {
  readonly word: QueryWord;
  readonly worth: number;
  readonly similar: readonly SimilarWord[];
  readonly runs: readonly (readonly number[])[];
  readonly isKind: boolean;
}

export interface PreparedQuery {
  readonly query: Query;
  readonly asked: readonly Asked[];
  readonly byWord: ReadonlyMap<number, Explanation>;
  /** The same from clues that say whose value it is; for kinds of values that stand for a service. */
  readonly bySubject: ReadonlyMap<number, Explanation>;
  /** Words that only short forms of the question's own words explain. */
  readonly onlyShort: readonly number[];
  readonly engines: readonly string[];
  /** Kinds of values that exclude others, by their number in WordFacts. */
  readonly kinds: readonly number[];
  readonly digits: readonly number[];
  /** Variables as they would stand in a list of keys. */
  readonly keys: readonly string[];
  /** Words for whose it is, by what is used or where it lies. */
  readonly subjects: readonly Asked[];
  /** Those of Query.own and Query.service that are asked for. */
  readonly own: readonly Asked[];
  /** Undefined for words that are not asked for. */
  readonly service: readonly (Asked | undefined)[];
}

const SUBJECT_CLUES: ReadonlySet<ClueKind> = new Set([
  'block',
  'host',
  'database',
  'user',
  'file',
  'folder',
  'project',
]);
const STRONG_SUBJECTS: ReadonlySet<ClueKind> = new Set(['database', 'user', 'folder']);

export const NAMES_OF_CLUES: Readonly<Record<ClueKind, string>> = {
  variable: 'name',
  block: 'block',
  provider: 'provider',
  host: 'host',
  database: 'database',
  user: 'user',
  file: 'file',
  folder: 'folder',
  project: 'project',
  engine: 'kind of database',
  beside: 'line',
  kind: 'kind',
};

export type PrepareQuery = (query: Query) => PreparedQuery;

/** Words that stand beside each other in the code and in short in a name: `order management service` as `oms`. */
function eachShortForm(words: readonly QueryWord[], add: (letters: string, from: ClueKind) => void): void {
  for (let size = 2; size <= 4; size++) {
    for (let start = 0; start + size <= words.length; start++) {
      const from = words[start]?.from;
      if (from === undefined || from === 'kind' || (size === 2 && from !== 'folder')) continue;
      let letters = '';
      for (let at = start; at < start + size; at++) {
        const one = words[at];
        if (!one || one.from !== from || /^\d/.test(one.word)) break;
        letters += one.word[0];
      }
      if (letters.length === size) add(letters, from);
    }
  }
}

/** A variable as it would stand in a list of keys. */
const keyOf = remember((name) =>
  name
    .replace(/^.*\./, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, ''),
);

/** All that is the same for a word in every question. */
interface WordAnswers {
  readonly facts: WordFacts;
  readonly number: number | undefined;
  readonly similar: readonly SimilarWord[];
  readonly runs: readonly (readonly number[])[];
  readonly worth: number;
}

export function createPreparer(table: EntryTable, similar: (word: string) => readonly SimilarWord[]): PrepareQuery {
  const answersTo = remember((word): WordAnswers => {
    const number = table.vocabulary.get(word);
    const facts = table.facts[number ?? -1] ?? describeWord(word);
    const worth = number === undefined ? (facts.isKind ? 1.4 : 1.9) : (table.worth[number] ?? 1);
    return { facts, number, similar: similar(word), runs: table.initials.get(word) ?? [], worth };
  });

  return (query) => {
    const byWord = new Map<number, Explanation>();
    const bySubject = new Map<number, Explanation>();
    const explain = (
      into: Map<number, Explanation>,
      number: number,
      likeness: number,
      factor: number,
      from: ClueKind,
    ): void => {
      const strength = likeness * factor;
      const known = into.get(number);
      if (!known || known.strength < strength) into.set(number, { strength, likeness, from });
    };
    const engines: string[] = [];
    const kinds: number[] = [];
    const digits: number[] = [];
    const subjects: Asked[] = [];
    const byText = new Map<string, Asked>();
    const asked = query.words.map((word): Asked => {
      const { facts, number, similar: alike, runs, worth } = answersTo(word.word);
      const { from, weight } = word;
      const { isKind } = facts;
      const factor = 0.55 + 0.45 * weight;
      const isSubject = SUBJECT_CLUES.has(from);
      for (const { word: other, likeness } of alike) {
        explain(byWord, other, likeness, factor, from);
        if (isSubject) explain(bySubject, other, likeness, factor, from);
      }
      if (facts.isEngine && from !== 'folder' && from !== 'project') engines.push(word.word);
      if (facts.exclusive !== -1 && (from === 'variable' || from === 'kind')) kinds.push(facts.exclusive);
      if (facts.isNumber && from === 'variable') digits.push(number ?? -1);
      const one = { word, worth: worth * weight * (isKind ? 0.35 : 1), similar: alike, runs, isKind };
      if (STRONG_SUBJECTS.has(from) && !isKind) subjects.push(one);
      if (!byText.has(word.word)) byText.set(word.word, one);
      return one;
    });
    const onlyShort: number[] = [];
    eachShortForm(query.words, (letters, from) => {
      const number = table.vocabulary.get(letters);
      if (number === undefined) return;
      if (!byWord.has(number)) onlyShort.push(number);
      explain(byWord, number, 0.8, 1, from);
      explain(bySubject, number, 0.8, 1, from);
    });
    return {
      query,
      asked,
      byWord,
      bySubject,
      onlyShort,
      engines,
      kinds,
      digits,
      keys: query.variables.map(keyOf).filter((name) => name.length > 2),
      subjects,
      own: query.own.flatMap((word) => byText.get(word) ?? []),
      service: query.service.map((word) => byText.get(word)),
    };
  };
}
