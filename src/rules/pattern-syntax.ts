// What a rule's pattern may be made of, told from its syntax tree alone: cheap enough to run at every load of a user's
// own rules. Whether a pattern is slow is proved by check-patterns.ts, which needs heavier libraries.
import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** How few and how many characters something matches. */
export interface LengthRange {
  readonly min: number;
  readonly max: number;
}

const MAX_PATTERN_LENGTH = 8192;
/** Deeper nesting could exhaust the stack inside V8's compiler, which ends the process. */
const MAX_NESTING = 50;
const ZERO: LengthRange = { min: 0, max: 0 };

/** Parses a pattern. @throws SyntaxError */
export function parsePattern(source: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source, 0, source.length, { unicode: false });
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: AST.Node): readonly AST.Node[] {
  if ('alternatives' in node && node.type !== 'ClassStringDisjunction') return node.alternatives;
  if (node.type === 'Alternative') return node.elements;
  return node.type === 'Quantifier' ? [node.element] : [];
}

/** A node and everything below it, in the order of the text; parents first. Character classes are leaves. */
export function* nodesOf(node: AST.Node): Generator<AST.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

function addRanges(ranges: readonly LengthRange[]): LengthRange {
  return ranges.reduce((sum, r) => ({ min: sum.min + r.min, max: sum.max + r.max }), ZERO);
}

/** How many characters a node consumes; assertions consume none. */
export function lengthOf(node: AST.Node): LengthRange {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup': {
      const ranges = node.alternatives.map(lengthOf);
      return { min: Math.min(...ranges.map((r) => r.min)), max: Math.max(...ranges.map((r) => r.max)) };
    }
    case 'Alternative':
      return addRanges(node.elements.map(lengthOf));
    case 'Quantifier': {
      const { min, max } = lengthOf(node.element);
      return { min: min * node.min, max: max === 0 ? 0 : max * node.max };
    }
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return { min: 1, max: 1 };
    default:
      return ZERO;
  }
}

/** Fewest characters that a pattern matches. @throws SyntaxError when it does not compile */
export function minLength(pattern: string): number {
  return lengthOf(parsePattern(pattern)).min;
}

/**
 * Most characters that a pattern looks at from the start of a match: the longest match and, behind it, the longest
 * look-ahead.
 *
 * @throws SyntaxError when it does not compile
 */
export function reachOf(pattern: string): number {
  const tree = parsePattern(pattern);
  let lookahead = 0;
  for (const node of nodesOf(tree)) {
    if (node.type !== 'Assertion' || node.kind !== 'lookahead') continue;
    for (const alternative of node.alternatives) lookahead = Math.max(lookahead, lengthOf(alternative).max);
  }
  return lengthOf(tree).max + lookahead;
}

/** How deep parentheses nest, escapes left out; a bracket in a class counts too, which only errs on the safe side. */
function nestingOf(pattern: string): number {
  let depth = 0;
  let deepest = 0;
  for (const token of pattern.match(/\\[\s\S]|[()]/g) ?? []) {
    if (token === '(') deepest = Math.max(deepest, ++depth);
    else if (token === ')') depth--;
  }
  return deepest;
}

/** The part of a SyntaxError's message that says what is wrong. */
function reasonOf(error: SyntaxError): string {
  const reason = error.message.slice(error.message.lastIndexOf(': ') + 2);
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}

function treeFaults(tree: AST.Pattern): string[] {
  const faults = new Set<string>();
  let groups = 0;
  for (const node of nodesOf(tree)) {
    if (node.type === 'CapturingGroup') groups++;
    if (node.type === 'Backreference') faults.add(`has a back-reference (${node.raw}); write the text out`);
    if (node.type === 'Quantifier' && node.max === Number.POSITIVE_INFINITY) {
      const sign = node.raw.slice(node.element.raw.length);
      faults.add(`repeats without an end (${sign}); give a largest count, such as {${node.min},200}`);
    }
  }
  if (groups > 1)
    faults.add(`has ${groups} capturing groups; keep the one around the secret, write (?:…) for the others`);
  if (lengthOf(tree).min === 0) faults.add('can match nothing at all; make at least one character required');
  return [...faults];
}

/**
 * Says what a pattern may not be, each with what to do, as clauses that follow "the pattern".
 *
 * @returns empty when the pattern is allowed
 * @throws never, whatever the text is
 */
export function findPatternFaults(pattern: string): string[] {
  if (pattern.length > MAX_PATTERN_LENGTH) return [`is longer than ${MAX_PATTERN_LENGTH} characters; make it shorter`];
  if (nestingOf(pattern) > MAX_NESTING) return [`nests deeper than ${MAX_NESTING} parentheses; make it flatter`];
  if (/[^\0-\xff]/.test(pattern))
    return ['has a character above U+00FF; patterns see latin1 text, write its bytes as \\xHH'];
  try {
    new RegExp(pattern);
    return treeFaults(parsePattern(pattern));
  } catch (error) {
    if (error instanceof SyntaxError) return [`does not compile (${reasonOf(error)}); mend the regular expression`];
    throw error;
  }
}
