// The short list against the slow way: every entry is summed up, sorted, and nothing is skipped.
import { expect, it } from 'vitest';
import { createEntryTable, type EntryTable } from '../../src/plan/entry-table.ts';
import { createPreparer, type PreparedQuery } from '../../src/plan/prepare-query.ts';
import { createQuery } from '../../src/plan/query.ts';
import { createShortList } from '../../src/plan/short-list.ts';
import { createSimilarWords } from '../../src/plan/similar-words.ts';
import { makeLargeIndex } from './large-index.ts';

/** Sums by position, and those of the list, best first: entries that share the same may stand in any order. */
function slowList(table: EntryTable, { query, asked, byWord, onlyShort }: PreparedQuery) {
  const sumUp = (hasKinds: boolean): readonly number[] =>
    table.entries.map((entry, position) => {
      let sum = 0;
      for (const { word, similar, runs, isKind } of asked) {
        if (isKind && !hasKinds && (word.from === 'variable' || word.from === 'kind')) continue;
        for (const { word: number, likeness } of similar) {
          const points = word.weight * likeness * (table.worth[number] ?? 1) * (isKind ? 0.35 : 1);
          const isRare = (table.postings[number]?.length ?? 0) * 3 < table.entries.length || table.entries.length < 200;
          if (isRare && entry.words.some((one) => one.word === number)) sum += points;
          if (!isKind && entry.notes.includes(number)) sum += points * 0.5;
        }
        for (const [first] of runs) if (table.postings[first ?? -1]?.includes(position)) sum += word.weight * 0.8;
      }
      for (const number of onlyShort) if (entry.words.some((one) => one.word === number)) sum += 0.8;
      return sum;
    });
  let shared = sumUp(false);
  if (shared.every((sum) => sum === 0)) shared = sumUp(true);
  const best = Math.max(...shared);
  const least = best * (shared.filter((sum) => sum > 0).length > 60 ? 0.55 : 0.35);
  const sums = table.entries.map(({ words, worth, environment }, position) => {
    const told = words.reduce((all, one) => all + (one.worth / worth) * (byWord.get(one.word)?.strength ?? 0), 0);
    const isOther = query.environment !== undefined && environment !== undefined && environment !== query.environment;
    return (shared[position] ?? 0) + 2 * told - (isOther ? 0.8 : 0);
  });
  const ordered = sums.filter((_, i) => (shared[i] ?? 0) > 0 && (shared[i] ?? 0) >= least).sort((a, b) => b - a);
  const last = ordered[5] ?? Number.NEGATIVE_INFINITY;
  return { sums, list: ordered.slice(0, 18).filter((sum, i) => i < 6 || sum >= last - 1e-9) };
}

it.each([
  [60, 60],
  [400, 150],
  [2_000, 100],
])('%i entries: the same as the slow way finds', (entries, secrets) => {
  const made = makeLargeIndex(entries, secrets);
  const table = createEntryTable(made);
  const prepare = createPreparer(table, createSimilarWords(table));
  const shortList = createShortList(table);
  let compared = 0;
  for (const clues of made.clues) {
    const prepared = prepare(createQuery(clues));
    const positions = shortList(prepared);
    expect(new Set(positions).size).toBe(positions.length);
    const { sums, list } = slowList(table, prepared);
    const round = (sum: number | undefined): string => (sum ?? 0).toFixed(6);
    expect(positions.map((position) => round(sums[position]))).toEqual(list.map(round));
    compared += positions.length;
  }
  expect(compared).toBeGreaterThan(secrets * 2);
});
