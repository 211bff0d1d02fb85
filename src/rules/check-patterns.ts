// Proves that a pattern cannot backtrack without bound. For `rules check` and tests only: the analysis libraries are
// loaded on the first call, so that a scan with a user's own rules does not pay for them.
import type { AST } from '@eslint-community/regexpp';
import { nodesOf, parsePattern } from './pattern-syntax.ts';

export { minLength } from './pattern-syntax.ts';

/** Most ways in which bounded repeats side by side may share out the same text: 100 × 100, some 50 µs. */
const MAX_WAYS = 10_000;
/** Repeats up to this count are not treated as endless. */
const MAX_SMALL_REPEAT = 3;

function quantifiersOf(pattern: AST.Pattern): AST.Quantifier[] {
  return [...nodesOf(pattern)].filter((node) => node.type === 'Quantifier');
}

function isVariable(node: AST.Quantifier): boolean {
  return node.max > MAX_SMALL_REPEAT && node.min !== node.max;
}

/** The pattern with every larger bounded repeat made endless, because scslre looks at endless repeats only. */
function makeEndless(source: string, quantifiers: readonly AST.Quantifier[]): string {
  let out = source;
  // From the back, so that earlier offsets stay true; a nested repeat ends before its parent's braces.
  for (const node of quantifiers.filter(isVariable).sort((a, b) => b.end - a.end)) {
    const sign = `${node.min === 0 ? '*' : '+'}${node.greedy ? '' : '?'}`;
    out = out.slice(0, node.element.end) + sign + out.slice(node.end);
  }
  return out;
}

/** In how many ways a repeat can end: the spread of its counts. */
function spreadOf(node: AST.Quantifier | undefined): number {
  return node === undefined ? Number.POSITIVE_INFINITY : node.max - node.min + 1;
}

/** Repeats that share out text with each other, directly or through a third: the ways of a whole chain multiply. */
function groupTrades(trades: readonly (readonly AST.Quantifier[])[]): AST.Quantifier[][] {
  let groups: Set<AST.Quantifier>[] = [];
  for (const pair of trades) {
    const touched = groups.filter((group) => pair.some((q) => group.has(q)));
    groups = [
      ...groups.filter((group) => !touched.includes(group)),
      new Set([...touched.flatMap((g) => [...g]), ...pair]),
    ];
  }
  return groups.map((group) => [...group].sort((a, b) => a.start - b.start));
}

/**
 * Says why a pattern may take more than linear time, as clauses that follow "the pattern".
 *
 * @param source a pattern without faults of syntax (findPatternFaults)
 * @returns empty when it is proved safe
 * @throws SyntaxError when the pattern does not compile
 */
export async function findSlowParts(source: string, ignoreCase: boolean): Promise<string[]> {
  const [{ analyse }, { findAmbiguity }] = await Promise.all([import('scslre'), import('./ambiguity.ts')]);
  const pattern = parsePattern(source);
  const faults = new Set<string>();
  try {
    const ambiguous = findAmbiguity(pattern, ignoreCase);
    if (ambiguous !== undefined)
      faults.add(`can read the same text in many ways in ${ambiguous}; let its parts start differently`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.add('is too large to be proved; make it shorter or use fewer nested repeats');
  }
  const quantifiers = quantifiersOf(pattern);
  const literal = { source: makeEndless(source, quantifiers), flags: ignoreCase ? 'iy' : 'y' };
  // The detector tries a pattern on a bounded slice, so moving the start ("Move") costs nothing; it may put a boundary
  // behind the pattern, so a rejecting suffix must be assumed.
  const { parsed, reports } = analyse(literal, { reportTypes: { Move: false }, assumeRejectingSuffix: true });
  const endless = quantifiersOf(parsed.pattern);
  const original = (node: AST.Quantifier) =>
    quantifiers[endless.findIndex((q) => q.start === node.start && q.end === node.end)];
  const trades: AST.Quantifier[][] = [];
  for (const report of reports) {
    if (report.type === 'Trade') {
      const pair = [original(report.startQuant), original(report.endQuant)].filter((q) => q !== undefined);
      trades.push(pair);
      if (report.exponential)
        faults.add(`has ${pair.map((q) => q.raw).join(' and ')} share out a text in endless ways`);
    } else if (report.type === 'Self') {
      const [inner, outer] = [original(report.quant), original(report.parentQuant)];
      const ways = spreadOf(inner) ** (outer?.max ?? Number.POSITIVE_INFINITY);
      if (report.exponential || ways > MAX_WAYS)
        faults.add(`repeats ${inner?.raw} inside ${outer?.raw}; repeat only one of them`);
    }
  }
  for (const group of groupTrades(trades)) {
    const ways = group.reduce((product, q) => product * spreadOf(q), 1);
    if (ways <= MAX_WAYS) continue;
    const shown = Number.isFinite(ways) ? ways : 'endless';
    const list = group.map((q) => q.raw).join(' and ');
    faults.add(`lets ${list} share out the same text in ${shown} ways; put something between them`);
  }
  return [...faults];
}
