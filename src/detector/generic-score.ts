// The score of a secret that has no known format: who names it, what it looks like, where it stands. It is a sum of facts
// (generic-features.ts) and of pairs of facts, with fitted weights (generic-weights.ts); `explain` shows each of them.
import type { Reason } from '../model/finding.ts';
import type { Confidence } from '../model/levels.ts';
import type { PathKind } from '../util/path-kind.ts';
import { findPlaceholder } from '../util/placeholder.ts';
import type { Assignment } from './assignment.ts';
import type { TextTraits } from './chunk.ts';
import { FEATURES, type Feature } from './generic-features.ts';
import { BIAS, PAIRS, THRESHOLD, WEIGHTS } from './generic-weights.ts';
import { readName } from './read-name.ts';
import { readPlace } from './read-place.ts';
import { readValue } from './read-value.ts';

export interface GenericScore {
  /** undefined: silence. */
  readonly confidence: Confidence | undefined;
  /** What the sum is made of, when there is a finding or `wantsReasons`. */
  readonly reasons: readonly Reason[];
}

/** Names of public things that sound like secrets: strong names of .NET assemblies, public keys. */
const PUBLIC_NAME = /pub(?:lic)?[-_]?key/i;
/** Files whose generic findings the filter path-kind leaves out. */
const SILENT_KINDS: ReadonlySet<PathKind> = new Set(['lock', 'locale', 'minified', 'source-map']);

/** What no name and no place makes a secret of. */
function findProof({ name, value }: Assignment, traits: TextTraits): string | undefined {
  if (PUBLIC_NAME.test(name)) return 'the name is of something public';
  if (SILENT_KINDS.has(traits.pathKind())) return 'the file holds digests, translations or packed code';
  const placeholder = findPlaceholder(value);
  return placeholder && !placeholder.isSoft ? placeholder.why : undefined;
}

/** All facts that hold for the assignment. */
function listFeatures(assignment: Assignment, traits: TextTraits): readonly Feature[] {
  const features: Feature[] = [];
  const add = (feature: Feature): void => void features.push(feature);
  readName(assignment.name, assignment.name.slice(assignment.wordAt), add);
  readValue(assignment.value, assignment.name, add);
  readPlace(assignment, traits, add);
  return features;
}

/** All facts that hold for the assignment; undefined when it is proven to be no secret. For the fit. */
export function readFeatures(assignment: Assignment, traits: TextTraits): readonly Feature[] | undefined {
  return findProof(assignment, traits) === undefined ? listFeatures(assignment, traits) : undefined;
}

interface IndexedWeights {
  readonly single: Float64Array;
  /** Triples: index of a fact, index of another, weight. */
  readonly pairs: Float64Array;
}
let indexed: IndexedWeights | undefined;

function indexWeights(): IndexedWeights {
  const single = new Float64Array(FEATURES.size);
  const indexOf = (id: string): number => FEATURES.get(id)!.index;
  for (const [id, weight] of Object.entries(WEIGHTS)) single[indexOf(id)] = weight;
  return { single, pairs: Float64Array.from(PAIRS.flatMap(([a, b, weight]) => [indexOf(a), indexOf(b), weight])) };
}

function levelOf(score: number): Confidence | undefined {
  if (score >= THRESHOLD.high) return 'high';
  if (score >= THRESHOLD.medium) return 'medium';
  return score >= THRESHOLD.low ? 'low' : undefined;
}

function explain(features: ReadonlySet<string>): Reason[] {
  const text = (id: string): string => FEATURES.get(id)!.text;
  const step = (id: string): string => FEATURES.get(id)!.step;
  return [
    ...[...features].filter((id) => WEIGHTS[id]).map((id) => ({ step: step(id), text: text(id), weight: WEIGHTS[id]! })),
    ...PAIRS.filter(([a, b]) => features.has(a) && features.has(b)).map(([a, b, weight]) => ({
      step: 'together',
      text: `${text(a)}, and ${text(b)}`,
      weight,
    })),
  ];
}

/**
 * Scores a value that a name assigns.
 *
 * @param wantsReasons list them for silence too
 */
export function scoreAssignment(assignment: Assignment, traits: TextTraits, wantsReasons = false): GenericScore {
  const proof = findProof(assignment, traits);
  if (proof !== undefined) return { confidence: undefined, reasons: [{ step: 'placeholder', text: proof }] };
  const features = listFeatures(assignment, traits);
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
  const confidence = levelOf(score);
  return { confidence, reasons: confidence || wantsReasons ? explain(new Set(features)) : [] };
}
