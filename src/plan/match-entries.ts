// Which entry of the vault a secret belongs to, by evidence. Ties stay ties, and a match is called sure only when nothing
// speaks against it and no other entry comes near.
import type { VaultEntry } from '../model/vault.ts';
import type { Clues } from './clues.ts';
import { createEntryTable, type EntryTable } from './entry-table.ts';
import { createPreparer } from './prepare-query.ts';
import { createQuery, type Query } from './query.ts';
import { createScorer, type Scored } from './score-entry.ts';
import { createShortList } from './short-list.ts';
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

export interface Matcher {
  readonly match: (clues: Clues) => MatchResult;
  readonly table: EntryTable;
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

/** Adds the positions of entries that texts near the value name, ARNs with and without their tails. */
function findMentioned(table: EntryTable, { mentions }: Query): ReadonlySet<number> {
  let found = NOBODY;
  const add = (positions: readonly number[] | undefined): void => {
    if (!positions) return;
    if (found === NOBODY) found = new Set();
    for (const position of positions) found.add(position);
  };
  for (const text of mentions) {
    const name = text.includes(':') ? /:(?:secret:|parameter(?=\/))(.+)$/.exec(text)?.[1] : undefined;
    if (name !== undefined) {
      const arn = table.byName.get(text) ?? table.byName.get(text.replace(/-[A-Za-z0-9]{6}$/, ''));
      if (arn) add(arn);
      else {
        add(table.byName.get(name));
        add(table.byName.get(name.replace(/-[A-Za-z0-9]{6}$/, '')));
      }
    } else if (table.byName.has(text) && splitWords(text).length > 1) add(table.byName.get(text));
  }
  return found;
}
const NOBODY = new Set<number>();

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
      const scored: Scored[] = [];
      const look = (position: number): void => {
        const candidate = table.entries[position];
        if (candidate) scored.push(score(prepared, candidate, mentioned.has(position)));
      };
      const listed = shortList(prepared);
      for (const position of listed) look(position);
      for (const position of mentioned) if (!listed.includes(position)) look(position);
      scored.sort((a, b) => b.score - a.score || (a.candidate.entry.name < b.candidate.entry.name ? -1 : 1));
      return judge(scored);
    },
  };
}
