// Finds exponential ambiguity in a pattern: a repeat that can read the same text in two ways, such as (?:a|a)* or
// (?:a{1,9}){1,9}, which makes a backtracking engine try 2^n ways. Complements scslre, which pumps single characters of
// unbounded repeats only. @source Weber & Seidl 1991, "On the degree of ambiguity of finite automata", criterion EDA
import type { AST } from '@eslint-community/regexpp';
import { toCharSet } from 'regexp-ast-analysis';
import { nodesOf } from './pattern-syntax.ts';

/** Repeats up to this count are written out instead of being treated as endless. */
const MAX_UNROLLED = 3;
/** Positions beyond which the proof would take too long. */
const MAX_POSITIONS = 400;

/** What toCharSet takes, minus the classes of the v flag, which patterns cannot have. */
type CharElement = AST.Character | AST.CharacterSet | AST.CharacterClass;

/** A Glushkov automaton: one state a character element; edges carry the number of ways (1, or 2 for "several"). */
interface Automaton {
  readonly elements: CharElement[];
  readonly edges: Map<number, number>[];
}

/** How a piece of the pattern joins with its neighbours: states with the number of ways to enter or leave there. */
interface Piece {
  readonly first: ReadonlyMap<number, number>;
  readonly last: ReadonlyMap<number, number>;
  /** Number of ways to match nothing; 0 when it cannot. */
  readonly emptyWays: number;
}

const EMPTY: Piece = { first: new Map(), last: new Map(), emptyWays: 1 };

function addWays(target: Map<number, number>, state: number, ways: number): void {
  if (ways > 0) target.set(state, Math.min(2, (target.get(state) ?? 0) + ways));
}

function merge(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>, waysOfB: number): Map<number, number> {
  const out = new Map(a);
  for (const [state, ways] of b) addWays(out, state, ways * waysOfB);
  return out;
}

function connect(automaton: Automaton, from: Piece, to: Piece): void {
  for (const [p, leaving] of from.last)
    for (const [q, entering] of to.first) addWays(automaton.edges[p]!, q, leaving * entering);
}

function join(automaton: Automaton, a: Piece, b: Piece): Piece {
  connect(automaton, a, b);
  return {
    first: merge(a.first, b.first, a.emptyWays),
    last: merge(b.last, a.last, b.emptyWays),
    emptyWays: Math.min(2, a.emptyWays * b.emptyWays),
  };
}

function either(pieces: readonly Piece[]): Piece {
  return pieces.reduce((a, b) => ({
    first: merge(a.first, b.first, 1),
    last: merge(a.last, b.last, 1),
    emptyWays: Math.min(2, a.emptyWays + b.emptyWays),
  }));
}

function repeat(automaton: Automaton, node: AST.Quantifier, isInLoop: boolean): Piece {
  const isFixed = node.min === node.max;
  const unrolled = node.max <= MAX_UNROLLED || (isFixed && isInLoop && node.max <= MAX_POSITIONS);
  if (!unrolled) {
    const body = build(automaton, node.element, true);
    connect(automaton, body, body);
    return { ...body, emptyWays: Math.min(2, body.emptyWays + (node.min === 0 ? 1 : 0)) };
  }
  let piece = EMPTY;
  for (let i = node.max; i > 0; i--) {
    const tail = join(automaton, build(automaton, node.element, isInLoop), piece);
    piece = i > node.min ? { ...tail, emptyWays: Math.min(2, tail.emptyWays + 1) } : tail;
  }
  return piece;
}

function build(automaton: Automaton, node: AST.Node, isInLoop: boolean): Piece {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return either(node.alternatives.map((a) => build(automaton, a, isInLoop)));
    case 'Alternative':
      return node.elements.map((e) => build(automaton, e, isInLoop)).reduce((a, b) => join(automaton, a, b), EMPTY);
    case 'Quantifier':
      return repeat(automaton, node, isInLoop);
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const state = automaton.edges.push(new Map()) - 1;
      if (state >= MAX_POSITIONS) throw new RangeError('too many positions');
      automaton.elements.push(node);
      const only = new Map([[state, 1]]);
      return { first: only, last: only, emptyWays: 0 };
    }
    default:
      return EMPTY; // assertions; the bodies of look-arounds are looked at on their own
  }
}

/** Every state that `start` can reach in one or more steps. */
function reachable(start: number, next: (state: number) => Iterable<number>): Set<number> {
  const seen = new Set<number>();
  const open = [start];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const target of next(state)) {
      if (seen.has(target)) continue;
      seen.add(target);
      open.push(target);
    }
  }
  return seen;
}

/** A table of which states can read a same character. */
function overlapTable(elements: readonly CharElement[], ignoreCase: boolean): boolean[][] {
  const sets = elements.map((e) => toCharSet(e as Parameters<typeof toCharSet>[0], { ignoreCase }));
  return sets.map((a) => sets.map((b) => !a.isDisjointWith(b)));
}

/** A state from which two different ways with the same text lead back to it; undefined when there is none. */
function findForkedLoop({ elements, edges }: Automaton, ignoreCase: boolean): number | undefined {
  const size = edges.length;
  const reach = edges.map((_, state) => reachable(state, (s) => edges[s]!.keys()));
  const loopOf = (p: number): number[] => [...reach[p]!].filter((q) => reach[q]!.has(p));
  const overlaps = overlapTable(elements, ignoreCase);
  const done = new Set<number>();
  for (let p = 0; p < size; p++) {
    if (done.has(p) || !reach[p]!.has(p)) continue;
    const loop = new Set(loopOf(p));
    for (const q of loop) done.add(q);
    for (const q of loop) for (const [r, ways] of edges[q]!) if (ways > 1 && loop.has(r)) return q;
    // Pairs of states that one text can reach at once: forth from (p, p), and back to it against the arrows.
    const before = new Map<number, number[]>();
    const forth = reachable(p * size + p, function* (pair) {
      for (const a of edges[Math.floor(pair / size)]!.keys()) {
        if (!loop.has(a)) continue;
        for (const b of edges[pair % size]!.keys()) {
          if (!loop.has(b) || !overlaps[a]![b]) continue;
          const target = a * size + b;
          before.set(target, [...(before.get(target) ?? []), pair]);
          yield target;
        }
      }
    });
    const back = reachable(p * size + p, (pair) => before.get(pair) ?? []);
    for (const pair of forth)
      if (Math.floor(pair / size) !== pair % size && back.has(pair)) return Math.floor(pair / size);
  }
  return undefined;
}

/**
 * Looks for a repeat that reads the same text in more than one way. Repeats of more than three rounds count as endless.
 *
 * @returns the part of the pattern that is ambiguous, or undefined when there is none
 * @throws RangeError when the pattern is too large for a proof
 */
export function findAmbiguity(pattern: AST.Pattern, ignoreCase: boolean): string | undefined {
  for (const root of nodesOf(pattern)) {
    if (root.type === 'Quantifier' && root.max > MAX_UNROLLED) {
      const body = build({ elements: [], edges: [] }, root.element, false);
      if (body.emptyWays > 0) return root.raw;
    }
    const isBody = root.type === 'Assertion' && (root.kind === 'lookahead' || root.kind === 'lookbehind');
    if (root.type !== 'Pattern' && !isBody) continue;
    const automaton: Automaton = { elements: [], edges: [] };
    either(root.alternatives.map((a) => build(automaton, a, false)));
    const state = findForkedLoop(automaton, ignoreCase);
    if (state !== undefined) return loopAround(automaton.elements[state]!);
  }
  return undefined;
}

/** The outermost repeat around an element that counts as endless, as text. */
function loopAround(element: AST.Node): string {
  let outermost = element;
  for (let node: AST.Node | null = element; node; node = node.parent) {
    if (node.type === 'Quantifier' && node.max > MAX_UNROLLED) outermost = node;
  }
  return outermost.raw;
}
