// Which entry of the vault a secret belongs to, by evidence. Ties stay ties, and a match is called sure only when nothing
// speaks against it and no other entry comes near.
import type { VaultEntry } from '../model/vault.ts';
import type { Clues } from './clues.ts';
import { createEntryTable, type EntryTable } from './entry-table.ts';
import { createPreparer, type PreparedQuery } from './prepare-query.ts';
import { createQuery, type Query } from './query.ts';
import { createScorer, type Scored } from './score-entry.ts';
import { createSimilarWords } from './similar-words.ts';
import { splitWords } from './words.ts';

/** `sure`: act on it. `likely`: look first. `possible`: a hint only. */
export const MATCH_LEVELS = ['sure', 'likely', 'possible'] as const;
export type MatchLevel = (typeof MATCH_LEVELS)[number];

/** One entry that may be the secret's. */
export interface EntryMatch {
  readonly entry: VaultEntry;
  /** 0 to 1, two digits. */
  readonly score: number;
  /** Clauses for people, the strongest first; "against:" opens what speaks against it. */
  readonly reasons: readonly string[];
}

export interface MatchResult {
  readonly level: MatchLevel | 'none';
  /** Best first. Those that nothing tells apart from the first stand in `ties` too. */
  readonly matches: readonly EntryMatch[];
  /** Two entries or more that the evidence cannot tell apart; empty when there is a first one. */
  readonly ties: readonly VaultEntry[];
}

const SURE_SCORE = 0.7;
const LIKELY_SCORE = 0.45;
const POSSIBLE_SCORE = 0.28;
const SURE_MARGIN = 0.08;
const TIE_MARGIN = 0.005;
const MOST_SHOWN = 3;
/** Entries looked at closely, of those that share words; and as many again that share as much as the last of them. */
const SHORT_LIST = 6;
/** Whoever shares less than this of what the best one shares is not looked at; the higher share when there are many. */
const LOW_SHARE = 0.35;
const HIGH_SHARE = 0.55;
const MANY = 60;
const LONGEST_LIST = SHORT_LIST * 3;

export interface Matcher {
  readonly match: (clues: Clues) => MatchResult;
  readonly table: EntryTable;
}

/** What the short list asks of every entry, in flat arrays: five times as fast as the objects. Worths are shares of a name. */
function flatten(table: EntryTable) {
  const size = table.entries.reduce((sum, { words }) => sum + words.length, 0);
  const starts = new Int32Array(table.entries.length + 1);
  const words = new Int32Array(size);
  const worths = new Float64Array(size);
  const environments = new Int32Array(table.entries.length);
  const numberOfEnvironment = new Map<string, number>();
  let at = 0;
  for (const [position, entry] of table.entries.entries()) {
    starts[position] = at;
    for (const { word, worth } of entry.words) {
      words[at] = word;
      worths[at++] = entry.worth === 0 ? 0 : worth / entry.worth;
    }
    if (entry.environment === undefined) continue;
    const number = numberOfEnvironment.get(entry.environment) ?? numberOfEnvironment.size + 1;
    numberOfEnvironment.set(entry.environment, number);
    environments[position] = number;
  }
  starts[table.entries.length] = at;
  return { starts, words, worths, environments, numberOfEnvironment };
}

/** Positions of the entries that share the most. Words for kinds of values alone bring nobody onto the list. */
function createShortList(table: EntryTable): (prepared: PreparedQuery) => readonly number[] {
  const sums = new Float64Array(table.entries.length);
  const strengths = new Float64Array(table.words.length);
  const { starts, words, worths, environments, numberOfEnvironment } = flatten(table);
  return ({ query, asked, byWord, onlyShort }) => {
    const touched: number[] = [];
    const add = (positions: readonly number[], points: number): void => {
      for (const position of positions) {
        if (sums[position] === 0) touched.push(position);
        sums[position] = (sums[position] ?? 0) + points;
      }
    };
    const collect = (hasKinds: boolean): void => {
      for (const { word, similar, runs, isKind } of asked) {
        if (isKind && !hasKinds && (word.from === 'variable' || word.from === 'kind')) continue;
        for (const { word: number, likeness } of similar) {
          const points = word.weight * likeness * (table.worth[number] ?? 1) * (isKind ? 0.35 : 1);
          // Words that nearly every entry has choose nobody.
          const positions = table.postings[number] ?? [];
          if (positions.length * 3 < table.entries.length || table.entries.length < 200) add(positions, points);
          if (!isKind) add(table.notePostings[number] ?? [], points * 0.5);
        }
        for (const run of runs) add(table.postings[run[0] ?? -1] ?? [], word.weight * 0.8);
      }
    };
    const wanted = query.environment === undefined ? 0 : (numberOfEnvironment.get(query.environment) ?? -1);
    for (const [number, { strength }] of byWord) strengths[number] = strength;
    collect(false);
    for (const number of onlyShort) add(table.postings[number] ?? [], 0.8);
    if (touched.length === 0) collect(true);
    let best = 0;
    for (const position of touched) best = Math.max(best, sums[position] ?? 0);
    const kept: { readonly position: number; readonly sum: number }[] = [];
    let least = best * LOW_SHARE;
    if (touched.length > MANY) least = Math.max(least, best * HIGH_SHARE);
    for (const position of touched) {
      const shared = sums[position] ?? 0;
      sums[position] = 0;
      if (shared < least) continue;
      // What is left of the name counts against it, and another environment does.
      let told = 0;
      const end = starts[position + 1] ?? 0;
      for (let i = starts[position] ?? 0; i < end; i++) told += (worths[i] ?? 0) * (strengths[words[i] ?? 0] ?? 0);
      const environment = environments[position] ?? 0;
      const isOther = wanted !== 0 && environment !== 0 && environment !== wanted;
      const sum = shared + 2 * told - (isOther ? 0.8 : 0);
      if (kept.length === LONGEST_LIST && sum <= (kept.at(-1)?.sum ?? 0)) continue;
      // Kept in order: nearly all go to the end, or nowhere.
      let at = kept.length;
      while (at > 0 && (kept[at - 1]?.sum ?? 0) < sum) at--;
      kept.splice(at, 0, { position, sum });
      if (kept.length > LONGEST_LIST) kept.pop();
    }
    for (const number of byWord.keys()) strengths[number] = 0;
    const last = kept[SHORT_LIST - 1]?.sum ?? Number.NEGATIVE_INFINITY;
    return kept.filter(({ sum }, i) => i < SHORT_LIST || sum >= last - 1e-9).map(({ position }) => position);
  };
}

function judge(scored: readonly Scored[]): MatchResult {
  const [first, ...rest] = scored;
  // Kinds alone (`DB_PASSWORD`) fit every entry: no match, unless all of the name fits.
  if (!first || first.score < POSSIBLE_SCORE || (!first.hasSubject && first.score < SURE_SCORE))
    return { level: 'none', matches: [], ties: [] };
  const matches = scored
    .filter(({ score }) => score >= POSSIBLE_SCORE && score >= first.score - 0.3)
    .slice(0, MOST_SHOWN)
    .map(({ candidate, score, reasons }) => ({
      entry: candidate.entry,
      score: Math.round(score * 100) / 100,
      reasons: reasons(),
    }));
  const close = rest.filter(({ score }) => score >= first.score - TIE_MARGIN);
  const ties = close.length === 0 ? [] : [first, ...close].map(({ candidate }) => candidate.entry);
  const margin = first.score - (rest[0]?.score ?? 0);
  const { deletedDate, owningService } = first.candidate.entry;
  const isSure =
    first.score >= SURE_SCORE &&
    margin >= SURE_MARGIN &&
    first.hasSubject &&
    !first.hasConflict &&
    !first.isOpen &&
    deletedDate === undefined &&
    (owningService === undefined || first.isMentioned);
  const isLikely = first.score >= LIKELY_SCORE && !first.hasConflict && first.hasSubject && ties.length === 0;
  return { level: isSure ? 'sure' : isLikely ? 'likely' : 'possible', matches, ties };
}

/** Names of entries in texts near the value, ARNs with and without their tails. */
function findMentioned(table: EntryTable, { mentions }: Query): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (form: string): void => {
    for (const position of table.byName.get(form) ?? []) found.add(position);
  };
  for (const text of mentions) {
    const name = /:(?:secret:|parameter(?=\/))(.+)$/.exec(text)?.[1];
    if (name !== undefined) {
      const arn = table.byName.get(text) ?? table.byName.get(text.replace(/-[A-Za-z0-9]{6}$/, ''));
      if (arn) for (const position of arn) found.add(position);
      else {
        add(name);
        add(name.replace(/-[A-Za-z0-9]{6}$/, ''));
      }
    } else if (table.byName.has(text) && splitWords(text).length > 1) add(text);
  }
  return found;
}

/**
 * Prepares an index for any number of questions.
 *
 * @cost 10,000 entries and 5,000 secrets: see test/bench/bench-matching.mjs
 */
export function createMatcher(index: { readonly entries: readonly VaultEntry[] }): Matcher {
  const table = createEntryTable(index);
  const prepare = createPreparer(table, createSimilarWords(table));
  const score = createScorer(table);
  const shortList = createShortList(table);
  return {
    table,
    match: (clues) => {
      const query = createQuery(clues);
      const prepared = prepare(query);
      const mentioned = findMentioned(table, query);
      const positions = new Set([...shortList(prepared), ...mentioned]);
      const scored = [...positions].flatMap((position) => {
        const candidate = table.entries[position];
        return candidate ? [score(prepared, candidate, mentioned.has(position))] : [];
      });
      scored.sort((a, b) => b.score - a.score || (a.candidate.entry.name < b.candidate.entry.name ? -1 : 1));
      return judge(scored);
    },
  };
}
