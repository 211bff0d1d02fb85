// Chooses the few entries that are worth a close look, by the words they share with a question. Flat arrays: this is asked
// of every entry that has a word of the question.
import type { EntryTable } from './entry-table.ts';
import type { PreparedQuery } from './prepare-query.ts';

/** Entries looked at closely, of those that share words; and as many again that share as much as the last of them. */
const SHORT_LIST = 6;
const LONGEST_LIST = SHORT_LIST * 3;
/** Whoever shares less than this of what the best one shares is not looked at; the higher share when there are many. */
const LOW_SHARE = 0.35;
const HIGH_SHARE = 0.55;
const MANY = 60;

/** Five times as fast as the objects. Worths are shares of a name. */
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
export function createShortList(table: EntryTable): (prepared: PreparedQuery) => readonly number[] {
  const { length } = table.entries;
  const sums = new Float64Array(length);
  const strengths = new Float64Array(table.words.length);
  const touched = new Int32Array(length);
  let touchedCount = 0;
  let best = 0;
  /** The best ones, best first. */
  const kept = new Int32Array(LONGEST_LIST);
  const keptSums = new Float64Array(LONGEST_LIST);
  const { starts, words, worths, environments, numberOfEnvironment } = flatten(table);

  const add = (positions: readonly number[] | undefined, points: number): void => {
    if (!positions) return;
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i] ?? 0;
      const sum = sums[position] ?? 0;
      if (sum === 0) touched[touchedCount++] = position;
      sums[position] = sum + points;
      if (sum + points > best) best = sum + points;
    }
  };
  const collect = ({ asked }: PreparedQuery, hasKinds: boolean): void => {
    for (const { word, similar, runs, isKind } of asked) {
      if (isKind && !hasKinds && (word.from === 'variable' || word.from === 'kind')) continue;
      for (const { word: number, likeness } of similar) {
        const points = word.weight * likeness * (table.worth[number] ?? 1) * (isKind ? 0.35 : 1);
        // Words that nearly every entry has choose nobody.
        const positions = table.postings[number] ?? [];
        if (positions.length * 3 < length || length < 200) add(positions, points);
        if (!isKind) add(table.notePostings[number], points * 0.5);
      }
      for (const run of runs) add(table.postings[run[0] ?? -1], word.weight * 0.8);
    }
  };
  /** Keeps them in order: nearly all go to the end, or nowhere. */
  const keep = (count: number, position: number, sum: number): number => {
    if (count === LONGEST_LIST && sum <= (keptSums[count - 1] ?? 0)) return count;
    let at = Math.min(count, LONGEST_LIST - 1);
    while (at > 0 && (keptSums[at - 1] ?? 0) < sum) {
      keptSums[at] = keptSums[at - 1] ?? 0;
      kept[at] = kept[at - 1] ?? 0;
      at--;
    }
    keptSums[at] = sum;
    kept[at] = position;
    return Math.min(LONGEST_LIST, count + 1);
  };

  return (prepared) => {
    const { query, byWord, onlyShort } = prepared;
    const wanted = query.environment === undefined ? 0 : (numberOfEnvironment.get(query.environment) ?? -1);
    let strongest = 0;
    for (const [number, { strength }] of byWord) {
      strengths[number] = strength;
      if (strength > strongest) strongest = strength;
    }
    touchedCount = 0;
    best = 0;
    collect(prepared, false);
    for (const number of onlyShort) add(table.postings[number], 0.8);
    if (touchedCount === 0) collect(prepared, true);
    const least = best * (touchedCount > MANY ? HIGH_SHARE : LOW_SHARE);
    let count = 0;
    for (let t = 0; t < touchedCount; t++) {
      const position = touched[t] ?? 0;
      const shared = sums[position] ?? 0;
      sums[position] = 0;
      if (shared < least) continue;
      const environment = environments[position] ?? 0;
      const isOther = wanted !== 0 && environment !== 0 && environment !== wanted;
      const known = shared - (isOther ? 0.8 : 0);
      // Not even with a name that is told in full does it come near the last one of the short list.
      if (count >= SHORT_LIST && known + 2 * strongest < (keptSums[SHORT_LIST - 1] ?? 0) - 1e-6) continue;
      // What is left of the name counts against it, and another environment does.
      let told = 0;
      const end = starts[position + 1] ?? 0;
      for (let i = starts[position] ?? 0; i < end; i++) told += (worths[i] ?? 0) * (strengths[words[i] ?? 0] ?? 0);
      count = keep(count, position, known + 2 * told);
    }
    for (const number of byWord.keys()) strengths[number] = 0;
    const last = count >= SHORT_LIST ? (keptSums[SHORT_LIST - 1] ?? 0) : Number.NEGATIVE_INFINITY;
    const positions: number[] = [];
    for (let i = 0; i < count; i++)
      if (i < SHORT_LIST || (keptSums[i] ?? 0) >= last - 1e-9) positions.push(kept[i] ?? 0);
    return positions;
  };
}
