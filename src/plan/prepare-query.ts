// A question prepared for scoring: what each of its words may explain in a name, and what it is worth. Made once for each
// secret, read for each entry.
import type { EntryTable } from './entry-table.ts';
import type { ClueKind, Query, QueryWord } from './query.ts';
import type { SimilarWord } from './similar-words.ts';
import { ENGINE_WORDS, KIND_WORDS } from './words.ts';

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
  readonly kinds: readonly number[];
  readonly digits: readonly number[];
  /** Variables as they would stand in a list of keys. */
  readonly keys: readonly string[];
  /** Words for whose it is, by what is used or where it lies. */
  readonly subjects: readonly Asked[];
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

/** Kinds of values that are not each other. */
export const EXCLUSIVE: readonly (readonly string[])[] = [
  ['webhook'],
  ['password'],
  ['token', 'api'],
  ['private', 'certificate', 'tls', 'ssh', 'pem'],
  ['signing', 'jwt', 'hmac'],
  ['encryption'],
  ['client', 'oauth'],
];

function exclusiveKinds(has: (word: string) => boolean): readonly number[] {
  return EXCLUSIVE.flatMap((words, i) => (words.some(has) ? [i] : []));
}

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
function shortForms(words: readonly QueryWord[]): readonly { readonly letters: string; readonly from: QueryWord }[] {
  const forms: { letters: string; from: QueryWord }[] = [];
  for (let size = 2; size <= 4; size++) {
    for (let i = 0; i + size <= words.length; i++) {
      const run = words.slice(i, i + size);
      const [first] = run;
      if (!first || run.some(({ from, word }) => from !== first.from || /^\d/.test(word)) || first.from === 'kind')
        continue;
      const letters = run.map(({ word }) => word[0]).join('');
      if (letters.length >= 3 || first.from === 'folder') forms.push({ letters, from: first });
    }
  }
  return forms;
}

export function createPreparer(table: EntryTable, similar: (word: string) => readonly SimilarWord[]): PrepareQuery {
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
    const asked = query.words.map((word): Asked => {
      const isKind = KIND_WORDS.has(word.word);
      const alike = similar(word.word);
      const factor = 0.55 + 0.45 * word.weight;
      for (const { word: number, likeness } of alike) {
        explain(byWord, number, likeness, factor, word.from);
        if (SUBJECT_CLUES.has(word.from)) explain(bySubject, number, likeness, factor, word.from);
      }
      const number = table.vocabulary.get(word.word);
      const worth =
        (number === undefined ? (isKind ? 1.4 : 1.9) : (table.worth[number] ?? 1)) * word.weight * (isKind ? 0.35 : 1);
      return { word, worth, similar: alike, runs: table.initials.get(word.word) ?? [], isKind };
    });
    const onlyShort: number[] = [];
    for (const { letters, from } of shortForms(query.words)) {
      const number = table.vocabulary.get(letters);
      if (number === undefined) continue;
      if (!byWord.has(number)) onlyShort.push(number);
      explain(byWord, number, 0.8, 1, from.from);
      explain(bySubject, number, 0.8, 1, from.from);
    }
    const named = new Set(
      query.words.filter(({ from }) => from !== 'folder' && from !== 'project').map(({ word }) => word),
    );
    const spoken = new Set(
      query.words.filter(({ from }) => from === 'variable' || from === 'kind').map(({ word }) => word),
    );
    return {
      query,
      asked,
      byWord,
      bySubject,
      onlyShort,
      engines: [...ENGINE_WORDS].filter((word) => named.has(word)),
      kinds: exclusiveKinds((word) => spoken.has(word)),
      digits: query.words
        .filter(({ word, from }) => from === 'variable' && /^\d+$/.test(word))
        .flatMap(({ word }) => table.vocabulary.get(word) ?? [-1]),
      keys: query.variables
        .map((name) =>
          name
            .replace(/^.*\./, '')
            .toLowerCase()
            .replace(/[^a-z0-9]/g, ''),
        )
        .filter((name) => name.length > 2),
      subjects: asked.filter(({ word, isKind }) => STRONG_SUBJECTS.has(word.from) && !isKind),
    };
  };
}
