// Makes the note of a text that was looked at (text-note.ts): what was seen in several zones is put in order, each once.
import { NO_PATH, type SurroundingRefs } from './surroundings.ts';
import { pointsOf, type TextNote } from './text-note.ts';

const NOTHING = new Int32Array(0);
const EMPTY_NOTES = [false, true].map(
  (isBinary): TextNote => ({
    hits: NOTHING,
    longs: NOTHING,
    marks: NOTHING,
    points: pointsOf(NOTHING, NOTHING, NOTHING),
    isBinary,
  }),
) as [TextNote, TextNote];

function sortUnique(list: number[]): Int32Array {
  const sorted = Int32Array.from(list).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
  return sorted.subarray(0, count);
}

/** Ascending by their start; the same only once. */
function sortHits(hits: readonly number[]): Int32Array {
  if (hits.length <= 3) return Int32Array.from(hits);
  const triples: number[][] = [];
  for (let i = 0; i < hits.length; i += 3) triples.push(hits.slice(i, i + 3));
  triples.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);
  return Int32Array.from(
    triples.filter((one, i) => i === 0 || one.some((number, k) => number !== triples[i - 1]![k])).flat(),
  );
}

/** What is to be judged under the real paths, each once. */
export function refsOf(hits: readonly number[]): SurroundingRefs {
  const refs = new Set<number>();
  for (let i = 2; i < hits.length; i += 3) if (hits[i] !== NO_PATH) refs.add(hits[i]!);
  return [...refs];
}

/** @param hits  three numbers each, as they came; the lists may hold the same twice */
export function makeNote(hits: readonly number[], longs: number[], marks: number[], isBinary: boolean): TextNote {
  if (hits.length + longs.length + marks.length === 0) return EMPTY_NOTES[isBinary ? 1 : 0];
  const sorted = { hits: sortHits(hits), longs: sortUnique(longs), marks: sortUnique(marks) };
  return { ...sorted, points: pointsOf(sorted.hits, sorted.longs, sorted.marks), isBinary };
}
