import { describe, expect, it } from 'vitest';
import { appendLine, intersectLineRanges } from '../../src/git/line-ranges.ts';
import { RandomText } from '../../src/util/random-text.ts';

type Ranges = [number, number][];

function toRanges(lines: readonly number[]): Ranges {
  const ranges: Ranges = [];
  for (const line of lines) appendLine(ranges, line);
  return ranges;
}

describe('line ranges', () => {
  it('appends lines to ranges', () => {
    expect(toRanges([1, 2, 3, 5, 9, 10])).toEqual([
      [1, 3],
      [5, 5],
      [9, 10],
    ]);
  });

  it('takes undefined for every line', () => {
    expect(intersectLineRanges(undefined, undefined)).toBeUndefined();
    expect(intersectLineRanges([[2, 3]], undefined)).toEqual([[2, 3]]);
    expect(intersectLineRanges(undefined, [])).toEqual([]);
  });

  it('gives what sets of lines give', () => {
    const seed = 20240102;
    const random = new RandomText(seed);
    for (let round = 0; round < 500; round++) {
      const pick = () => Array.from({ length: 30 }, (_, i) => i + 1).filter(() => random.integer(2) === 0);
      const [a, b] = [pick(), pick()];
      const expected = toRanges(a.filter((line) => b.includes(line)));
      const lines = (intersectLineRanges(toRanges(a), toRanges(b)) ?? []).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
      expect(toRanges(lines), `seed ${seed} round ${round}`).toEqual(expected);
    }
  });
});
