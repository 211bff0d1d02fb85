// Shares the anchors out to the eight buckets of the kernel's nibble tables. A bucket lights up for every mix of its
// words' bytes, so words are put together that make the fewest false lights, judged by how often bytes occur in source text.
import { bytesOf } from './fold.ts';
import { lightShare } from './light-share.ts';

/** One literal of the tables. `id` is the caller's number, below 65,536. */
export interface KernelWord {
  readonly id: number;
  /** Latin1; at least 3 characters, at most 64. */
  readonly literal: string;
}

/**
 * What an anchor demands: nothing; an assignment with a value behind it (findAssignedValue in fallback.ts); or a URL whose
 * user part or query may hold a password (isCredentialUrl there).
 */
export type AnchorDemand = 'none' | 'assignment' | 'url';

export interface KernelAnchor extends KernelWord {
  readonly demand: AnchorDemand;
}

/** By literal: the bucket, and where the four bytes start in it that the nibble tables look for. */
export type AnchorPlaces = Readonly<Record<string, readonly [bucket: number, markAt: number]>>;

export interface PlacingOptions {
  /** Places found before: these literals keep them. */
  readonly known?: AnchorPlaces;
  /** How long to look for better places: 60,000 steps take two seconds of a build, 0 is for tables made at a start. */
  readonly steps?: number;
}

const BUCKETS = 8;
/** A run of the search for better places each. */
const SEEDS = [3, 8];

/** All places of four bytes in a literal; a literal of three has one of three. */
function windowsOf(literal: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, literal.length - 3);
  return Array.from({ length: count }, (_, markAt) => literal.subarray(markAt, markAt + 4));
}

/** Where each anchor is, by its number in the list. */
interface Arrangement {
  readonly windows: readonly (readonly Uint8Array[])[];
  /** -1: not placed yet. */
  readonly bucket: number[];
  readonly markAt: number[];
}

function costOf({ windows, bucket, markAt }: Arrangement, which: number): number {
  const fours: Uint8Array[] = [];
  for (let i = 0; i < bucket.length; i++) if (bucket[i] === which) fours.push(windows[i]![markAt[i]!]!);
  return fours.length === 0 ? 0 : lightShare(fours);
}

const allCosts = (arrangement: Arrangement): number[] =>
  Array.from({ length: BUCKETS }, (_, which) => costOf(arrangement, which));

/** Puts one anchor where it costs least, by its rarest bytes. */
function placeOne(arrangement: Arrangement, i: number, costs: number[]): void {
  const { windows, bucket, markAt } = arrangement;
  const own = windows[i]!.map((window) => lightShare([window]));
  markAt[i] = own.indexOf(Math.min(...own));
  const after = costs.map((_, which) => {
    bucket[i] = which;
    return costOf(arrangement, which);
  });
  const added = after.map((cost, which) => cost - costs[which]!);
  const best = added.indexOf(Math.min(...added));
  bucket[i] = best;
  costs[best] = after[best]!;
}

/** A row of numbers in [0, 1) that is the same each time. */
function createRow(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x8000_0000;
  };
}

/**
 * Simulated annealing: tries another bucket or other bytes for one anchor, `steps` times, and takes what costs less; at
 * first sometimes what costs more. One run may end in a poor place, so each seed gets one. For 49 anchors from 5,400 false lights a MB of source to 1,050.
 */
function anneal(arrangement: Arrangement, steps: number, costs: number[], seed: number): void {
  const { windows, bucket, markAt } = arrangement;
  const next = createRow(seed);
  const pick = (below: number): number => Math.floor(next() * below);
  const cooling = 1e-3 ** (1 / steps);
  let heat = costs.reduce((sum, cost) => sum + cost, 0) / 50;
  for (let step = 0; step < steps; step++) {
    heat *= cooling;
    const i = pick(bucket.length);
    const from = bucket[i]!;
    const mark = markAt[i]!;
    if (next() < 0.75) bucket[i] = pick(BUCKETS);
    if (next() < 0.4) markAt[i] = pick(windows[i]!.length);
    const to = bucket[i]!;
    if (to === from && markAt[i] === mark) continue;
    const left = costOf(arrangement, from);
    const joined = to === from ? left : costOf(arrangement, to);
    const more = to === from ? left - costs[from]! : left + joined - costs[from]! - costs[to]!;
    if (more < 0 || next() < Math.exp(-more / heat)) {
      costs[from] = left;
      costs[to] = joined;
    } else {
      bucket[i] = from;
      markAt[i] = mark;
    }
  }
}

/** Places for all anchors, with few false lights. */
export function placeAnchors(anchors: readonly KernelAnchor[], options: PlacingOptions): AnchorPlaces {
  const { known = {}, steps = 0 } = options;
  const total = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0);
  let arrangement: Arrangement = {
    windows: anchors.map(({ literal }) => windowsOf(bytesOf(literal, true))),
    bucket: anchors.map(({ literal }) => known[literal]?.[0] ?? -1),
    markAt: anchors.map(({ literal }) => known[literal]?.[1] ?? 0),
  };
  if (arrangement.bucket.includes(-1)) {
    let costs = allCosts(arrangement);
    arrangement.bucket.forEach((which, i) => {
      if (which === -1) placeOne(arrangement, i, costs);
    });
    const start = { ...arrangement, costs };
    for (const seed of steps > 0 ? SEEDS : []) {
      const trial = { ...start, bucket: [...start.bucket], markAt: [...start.markAt] };
      const trialCosts = [...start.costs];
      anneal(trial, steps, trialCosts, seed);
      if (total(trialCosts) < total(costs)) [arrangement, costs] = [trial, trialCosts];
    }
  }
  const { bucket, markAt } = arrangement;
  return Object.fromEntries(anchors.map(({ literal }, i) => [literal, [bucket[i]!, markAt[i]!] as const]));
}
