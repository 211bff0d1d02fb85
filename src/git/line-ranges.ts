// Arithmetic on ranges of added lines. `undefined` everywhere means "every line counts".
import type { LineRanges } from '../model/target.ts';

/**
 * Lines that are in both lists.
 *
 * @param a  ascending, not overlapping; undefined means every line
 * @param b  likewise
 */
export function intersectLineRanges(a: LineRanges | undefined, b: LineRanges | undefined): LineRanges | undefined {
  if (!a) return b;
  if (!b) return a;
  const both: (readonly [number, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [firstA, lastA] = a[i] as readonly [number, number];
    const [firstB, lastB] = b[j] as readonly [number, number];
    const first = Math.max(firstA, firstB);
    const last = Math.min(lastA, lastB);
    if (first <= last) both.push([first, last]);
    if (lastA < lastB) i++;
    else j++;
  }
  return both;
}

/** Adds one line behind the others, lengthening the last range when it follows directly. Changes `ranges`. */
export function appendLine(ranges: [first: number, last: number][], lineNumber: number): void {
  const last = ranges[ranges.length - 1];
  if (last && lineNumber <= last[1] + 1) last[1] = Math.max(last[1], lineNumber);
  else ranges.push([lineNumber, lineNumber]);
}
