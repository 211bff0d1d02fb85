// Adds up what the facts about a value weigh, alone and in pairs, with the fitted weights of generic-weights.ts, and tells
// for people what the sum is made of. Numbers only; which facts hold is found elsewhere.
import type { Reason } from '../model/finding.ts';
import type { Confidence } from '../model/levels.ts';
import { FEATURES, type Feature } from './generic-features.ts';
import { BIAS, PAIRS, THRESHOLD, WEIGHTS } from './generic-weights.ts';

/** Two facts and what they weigh when both hold. */
type Pair = readonly [string, string, number];

interface IndexedWeights {
  readonly single: Float64Array;
  /** Triples: index of a fact, index of another, weight. */
  readonly pairs: Float64Array;
}
let indexed: IndexedWeights | undefined;
let listed: readonly Pair[] | undefined;

/** The pairs that weigh, in the order of the file. */
export function listPairs(): readonly Pair[] {
  listed ??= Object.entries(PAIRS).flatMap(([first, others]) =>
    others.split(' ').map((other): Pair => {
      const at = other.lastIndexOf('=');
      return [first, other.slice(0, at), Number(other.slice(at + 1))];
    }),
  );
  return listed;
}

function indexWeights(): IndexedWeights {
  const single = new Float64Array(FEATURES.size);
  const indexOf = (id: string): number => FEATURES.get(id)!.index;
  for (const [id, weight] of Object.entries(WEIGHTS)) single[indexOf(id)] = weight;
  return {
    single,
    pairs: Float64Array.from(listPairs().flatMap(([a, b, weight]) => [indexOf(a), indexOf(b), weight])),
  };
}

/** The logarithm of the odds that a value with these facts is a secret. */
export function sumFacts(features: readonly Feature[]): number {
  indexed ??= indexWeights();
  const { single, pairs } = indexed;
  const holds = new Uint8Array(single.length);
  let score = BIAS;
  for (const id of features) {
    const { index } = FEATURES.get(id)!;
    if (holds[index] === 0) score += single[index]!;
    holds[index] = 1;
  }
  for (let i = 0; i < pairs.length; i += 3) {
    if (holds[pairs[i]!]! & holds[pairs[i + 1]!]!) score += pairs[i + 2]!;
  }
  return score;
}

/** What a sum is worth; undefined: silence. */
export function levelOf(score: number): Confidence | undefined {
  if (score >= THRESHOLD.high) return 'high';
  if (score >= THRESHOLD.medium) return 'medium';
  return score >= THRESHOLD.low ? 'low' : undefined;
}

/** Facts that weigh less are told as one. */
const SMALLEST_TOLD = 0.3;

/** What the score is made of, the heaviest first; the weights add up to it. */
export function explain(features: ReadonlySet<string>): Reason[] {
  const text = (id: string): string => FEATURES.get(id)!.text;
  const all: Required<Reason>[] = [];
  for (const id of features) all.push({ step: FEATURES.get(id)!.step, text: text(id), weight: WEIGHTS[id] ?? 0 });
  for (const [a, b, weight] of listPairs()) {
    if (features.has(a) && features.has(b)) all.push({ step: 'together', text: `${text(a)}, and ${text(b)}`, weight });
  }
  const told = all.filter(({ weight }) => Math.abs(weight) >= SMALLEST_TOLD);
  const small = all.filter(({ weight }) => weight !== 0 && Math.abs(weight) < SMALLEST_TOLD);
  const sum = small.reduce((total, { weight }) => total + weight, BIAS);
  const rest = {
    step: 'rest',
    text: `where every score starts, and ${small.length} lighter facts`,
    weight: Math.round(sum * 100) / 100,
  };
  return [...told.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)), rest];
}
