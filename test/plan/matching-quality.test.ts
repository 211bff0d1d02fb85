// How good the matcher is on the made benchmark (fixtures/matching/README.md). The counts are exact: a change of the matcher
// that makes them better or worse is seen, and has to be meant. `npm run bench:matching` prints more.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMatcher } from '../../src/plan/match-entries.ts';
import { makeLargeIndex } from './large-index.ts';
import { openBenchmark, sumUp } from './score-matching.ts';

const TOP = join(import.meta.dirname, '../..');

it.each([
  [
    'dev',
    {
      rightFirst: { hit: 152, of: 153 },
      notConfidentlyWrong: { hit: 182, of: 182 },
      leftAlone: { hit: 29, of: 29 },
      tiesKept: { hit: 10, of: 10 },
    },
  ],
  [
    'held-out',
    {
      rightFirst: { hit: 141, of: 149 },
      notConfidentlyWrong: { hit: 175, of: 177 },
      leftAlone: { hit: 28, of: 28 },
      tiesKept: { hit: 9, of: 12 },
    },
  ],
] as const)('the %s half', (split, wanted) => {
  const { cases, run } = openBenchmark(TOP, split);
  expect(sumUp(cases.map(run))).toMatchObject(wanted);
});

it('a large index gives the same answers whatever is asked before', () => {
  const { entries, clues } = makeLargeIndex(2_000, 300);
  const first = createMatcher({ entries });
  const forward = clues.map(first.match);
  const backward = [...clues].reverse().map(createMatcher({ entries }).match).reverse();
  expect(backward).toEqual(forward);
  expect(forward.filter(({ level }) => level === 'sure').length).toBeGreaterThan(150);
});
