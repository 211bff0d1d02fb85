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
import { essenceOf, readValue } from './read-value.ts';
import { valueShape } from './value-shape.ts';

export interface GenericScore {
  /** undefined: silence. */
  readonly confidence: Confidence | undefined;
  /** What the sum is made of, when there is a finding or `wantsReasons`. */
  readonly reasons: readonly Reason[];
}

/** Names of public things that sound like secrets: strong names of .NET assemblies, public keys. */
const PUBLIC_NAME = /pub(?:lic)?[-_]?key/i;
/** Keys that are made to be seen, and numbers. */
const PUBLIC_VALUE = /^(?:pk\.eyJ|pk_(?:live|test)_|sb_publishable_|ssh-(?:rsa|ed25519|dss) |AAAA[BCE]3Nza)|^0x[0-9a-f]{1,8}$/i;
/** Files whose generic findings the filter path-kind leaves out. */
const SILENT_KINDS: ReadonlySet<PathKind> = new Set(['lock', 'locale', 'minified', 'source-map']);

/** Files in which a value that says it is made up is an instruction to the reader. */
const PAPER_KINDS: ReadonlySet<PathKind> = new Set(['docs', 'example']);
/** What stands for a value in a schema. */
const TYPE_NAME =
  /^(?:string|str|text|number|integer|int|bool|boolean|true|false|null|none|nil|undefined|object|array|any|void|char|varchar)$/i;
/** Facts that leave room for a low confidence only: people do use such values, but mostly where none is needed. */
const CAPPING: ReadonlySet<Feature> = new Set(['value:made-up', 'value:same-as-name']);

/** Facts beside which no other counts: of 1,371 labelled secrets four had one of them, of other values a third. */
const DECIDING: ReadonlySet<Feature> = new Set([
  'name:other',
  'name:id',
  'name:verb',
  'name:long',
  'shape:sentence',
  'shape:url',
  'shape:email',
  'shape:path',
  'shape:code',
  'shape:uuid',
  'shape:screaming',
]);
/** A name of a thing about a secret may hold one still, when the value looks like it. */
const STRONG_SHAPES: ReadonlySet<Feature> = new Set(['shape:random', 'shape:short-random', 'shape:hex', 'shape:digest', 'shape:mixed']);

/** Why there is silence without a score. */
type Proof = Pick<Reason, 'step' | 'text'>;

const decide = (feature: Feature): Proof => FEATURES.get(feature)!;

/** All facts that hold for the assignment, or what decides against it; the cheap questions first. */
function judge(assignment: Assignment, traits: TextTraits): readonly Feature[] | Proof {
  const features: Feature[] = [];
  let deciding: Feature | undefined;
  const add = (feature: Feature): void => {
    features.push(feature);
    if (DECIDING.has(feature)) deciding ??= feature;
  };
  const { name, wordAt } = assignment;
  const value = essenceOf(assignment.value);
  if (PUBLIC_NAME.test(name)) return { step: 'key-name', text: 'the name is of something public' };
  if (PUBLIC_VALUE.test(value)) return { step: 'value', text: 'is public, or a number' };
  if (TYPE_NAME.test(value)) return { step: 'value', text: 'is the name of a type' };
  if (SILENT_KINDS.has(traits.pathKind())) {
    return { step: 'path', text: 'the file holds digests, translations or packed code' };
  }
  readName(name, name.slice(wordAt), add);
  if (deciding) return decide(deciding);
  const shape: Feature = `shape:${valueShape(value)}`;
  add(shape);
  if (deciding) return decide(deciding);
  if (features.includes('name:about') && !STRONG_SHAPES.has(shape)) return decide('name:about');
  const placeholder = findPlaceholder(value);
  if (placeholder && !placeholder.isSoft) return { step: 'placeholder', text: placeholder.why };
  if (placeholder?.kind === 'made-up' && PAPER_KINDS.has(traits.pathKind())) {
    return { step: 'placeholder', text: `${placeholder.why}, in documentation` };
  }
  readValue(value, name, placeholder?.kind, add);
  readPlace(assignment, traits, add);
  return features;
}

/** True when the score is to be asked: nothing decides against the value before. */
function isScored(judged: readonly Feature[] | Proof): judged is readonly Feature[] {
  return Array.isArray(judged);
}

/** All facts that hold for the assignment; undefined when something decides against it. For the fit. */
export function readFeatures(assignment: Assignment, traits: TextTraits): readonly Feature[] | undefined {
  const judged = judge(assignment, traits);
  return isScored(judged) ? judged : undefined;
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
  const features = judge(assignment, traits);
  if (!isScored(features)) return { confidence: undefined, reasons: [{ step: features.step, text: features.text }] };
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
  const level = levelOf(score);
  const confidence = level && features.some((id) => CAPPING.has(id)) ? 'low' : level;
  return { confidence, reasons: confidence || wantsReasons ? explain(new Set(features)) : [] };
}
