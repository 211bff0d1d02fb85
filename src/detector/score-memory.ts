// Remembers scores of assignments: versions of one file bring the same assignment again and again, in surroundings that
// differ elsewhere. For whoever looks at many versions; a tree of files hardly ever asks twice.
import type { Assignment } from './assignment.ts';
import type { TextTraits } from './chunk.ts';
import { type GenericScore, type ScoreAssignment, scoreAssignment } from './generic-score.ts';

/** Scores a generation; two are kept, about 1 KB each. */
const GENERATION = 8192;

/** All that scoreAssignment is told of an assignment, its place in the window aside. Lengths keep the parts apart. */
function keyOf(
  { name, wordAt, value, quote, operator, before, after, around }: Assignment,
  traits: TextTraits,
): string {
  const lengths = `${name.length} ${value.length} ${quote.length} ${operator.length} ${before.length} ${after.length}`;
  return `${traits.pathKind()} ${traits.isCode()} ${wordAt} ${lengths} ${name}${value}${quote}${operator}${before}${after}${around}`;
}

/** @returns a function that answers as scoreAssignment does; what it holds has values in clear and never leaves the process */
export function createScoreMemory(): ScoreAssignment {
  let young = new Map<string, GenericScore>();
  let old = new Map<string, GenericScore>();
  return (assignment, traits, wantsReasons) => {
    if (wantsReasons) return scoreAssignment(assignment, traits, true);
    const key = keyOf(assignment, traits);
    const known = young.get(key);
    if (known) return known;
    const score = old.get(key) ?? scoreAssignment(assignment, traits);
    if (young.size >= GENERATION) {
      old = young;
      young = new Map();
    }
    young.set(key, score);
    return score;
  };
}
