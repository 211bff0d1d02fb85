// The nearest word of a list, for messages about words that do not exist.

function plainForm(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/** Edits (insert, delete, replace, swap of neighbours) between two words. @source optimal string alignment distance */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * The candidate that was probably meant, or undefined when none is near (a third of the letters, at most 4 edits).
 * Case, `-` and `_` do not count. With equal distances the first candidate wins.
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plainForm(word.slice(0, 64));
  const limit = Math.min(4, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const form = plainForm(candidate);
    if (Math.abs(form.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, form);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** ` Did you mean "x"?` with a space in front, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
