// Shares the anchors out to the eight buckets of the kernel's nibble tables. A bucket lights up for every mix of its
// words' bytes, so words are put together that make the fewest false lights, judged by how often bytes occur in source text.

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

/** An anchor and the four bytes of it that the nibble tables look for. */
export interface MarkedAnchor {
  readonly anchor: KernelAnchor;
  readonly literal: Uint8Array;
  /** Where the four bytes start in the literal. */
  readonly markAt: number;
  /** Three or four bytes, folded. */
  readonly four: Uint8Array;
}

const BUCKETS = 8;

/** How often a folded byte occurs in source text, per 10,000 (measured on 58 MB of published packages). */
const FREQUENCY: Readonly<Record<string, number>> = {
  ...{
    ' ': 1560,
    e: 669,
    a: 560,
    t: 490,
    r: 407,
    n: 393,
    i: 390,
    o: 368,
    s: 353,
    c: 289,
    '"': 272,
    l: 248,
    u: 247,
    '*': 243,
  },
  ...{
    ',': 215,
    d: 206,
    p: 177,
    m: 170,
    f: 145,
    b: 136,
    h: 130,
    g: 126,
    ')': 125,
    '.': 121,
    ':': 99,
    '(': 93,
    '|': 91,
    y: 88,
  },
  ...{
    ';': 85,
    '0': 80,
    '=': 80,
    v: 75,
    '{': 72,
    '}': 72,
    '/': 63,
    '-': 62,
    '`': 60,
    k: 58,
    w: 58,
    x: 55,
    '1': 41,
    q: 41,
    "'": 36,
  },
};
const RARE = 20;

const frequencyOf = (byte: number): number => (FREQUENCY[String.fromCharCode(byte)] ?? RARE) / 10_000;

/** Folds a byte so that letters compare without case; other bytes keep a one-to-few image, exact enough for a filter. */
export function foldByte(byte: number): number {
  return byte | 0x20;
}

export function bytesOf(literal: string, isFolded: boolean): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(literal, 'latin1'));
  return isFolded ? bytes.map(foldByte) : bytes;
}

/** Expected share of positions that light up for a set of words, over all mixes of their nibbles. */
function lightShare(fours: readonly Uint8Array[]): number {
  let share = 1;
  for (let i = 0; i < 4; i++) {
    if (fours.some((four) => four.length <= i)) continue;
    const low = new Set(fours.map((four) => four[i]! & 15));
    const high = new Set(fours.map((four) => four[i]! >> 4));
    let sum = 0;
    for (const h of high) for (const l of low) sum += frequencyOf((h << 4) | l);
    share *= sum;
  }
  // One character in a row stands for banners and rules, which are far more frequent than its parts tell.
  const hasRow = fours.some((four) => new Set(four).size === 1);
  return hasRow ? Math.max(share, 0.002) : share;
}

function mark(anchor: KernelAnchor): MarkedAnchor {
  const literal = bytesOf(anchor.literal, true);
  let best = { anchor, literal, markAt: 0, four: literal.subarray(0, 4) };
  for (let markAt = 1; markAt + 4 <= literal.length; markAt++) {
    const four = literal.subarray(markAt, markAt + 4);
    if (lightShare([four]) < lightShare([best.four])) best = { anchor, literal, markAt, four };
  }
  return best;
}

/** At most eight groups; joins, step by step, the two that cost the least together. */
export function shareOutBuckets(anchors: readonly KernelAnchor[]): readonly (readonly MarkedAnchor[])[] {
  const groups = anchors.map((anchor) => [mark(anchor)]);
  const cost = (group: readonly MarkedAnchor[]): number => lightShare(group.map((m) => m.four));
  while (groups.length > BUCKETS) {
    let best = { a: 0, b: 1, added: Number.POSITIVE_INFINITY };
    for (let a = 0; a < groups.length; a++) {
      for (let b = a + 1; b < groups.length; b++) {
        const added = cost([...groups[a]!, ...groups[b]!]) - cost(groups[a]!) - cost(groups[b]!);
        if (added < best.added) best = { a, b, added };
      }
    }
    groups[best.a]!.push(...groups[best.b]!);
    groups.splice(best.b, 1);
  }
  return groups;
}
