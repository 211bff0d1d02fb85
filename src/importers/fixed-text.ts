// Fixed text that every match of an expression holds: what can wake a rule up. Pure.
import type { AST } from '@eslint-community/regexpp';

export const SHORTEST_WORD = 3;
/** Texts that may stand for one another. */
const MOST_TEXTS = 24;

/** Every match holds one of `texts`. */
export interface FixedText {
  readonly texts: readonly string[];
  /** Most characters that may stand before it in a match. */
  readonly before: number;
  /** A letter stands for both of its cases. */
  readonly isFolded: boolean;
}

function lengthOf(node: AST.Node): number {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return Math.max(...node.alternatives.map(lengthOf));
    case 'Alternative':
      return node.elements.reduce((sum, one) => sum + lengthOf(one), 0);
    case 'Quantifier':
      return node.max * lengthOf(node.element);
    case 'Assertion':
      return 0;
    default:
      return 1;
  }
}

interface Signs {
  readonly texts: readonly string[];
  readonly isFolded: boolean;
}

/** All texts that a node can be, when they are few; undefined when it can be more. */
function signsOf(node: AST.Node): Signs | undefined {
  if (node.type === 'Character') {
    const sign = String.fromCharCode(node.value);
    return /[ -~]/.test(sign) ? { texts: [sign], isFolded: false } : undefined;
  }
  if (node.type === 'CharacterClass') {
    const pair = /^\[([A-Za-z])([A-Za-z])\]$/.exec(node.raw);
    const isFold = pair !== null && pair[1]!.toLowerCase() === pair[2]!.toLowerCase();
    return isFold ? { texts: [pair[1]!.toLowerCase()], isFolded: true } : undefined;
  }
  if (node.type === 'Group' || node.type === 'CapturingGroup') {
    const all = node.alternatives.map((one) =>
      one.elements.reduce<Signs | undefined>(append, { texts: [''], isFolded: false }),
    );
    const texts = all.flatMap((one) => one?.texts ?? []);
    if (all.includes(undefined) || texts.length > MOST_TEXTS || texts.includes('')) return undefined;
    return { texts, isFolded: all.some((one) => one?.isFolded) };
  }
  return undefined;
}

function append(left: Signs | undefined, node: AST.Node): Signs | undefined {
  const right = left && signsOf(node);
  if (!right || left.texts.length * right.texts.length > MOST_TEXTS) return undefined;
  return { texts: left.texts.flatMap((a) => right.texts.map((b) => a + b)), isFolded: left.isFolded || right.isFolded };
}

/** The best text of each of several ways, as one that any of them holds. */
function ofAlternatives(alternatives: readonly AST.Alternative[], before: number): readonly FixedText[] {
  const best = alternatives.map(
    (one) => [...fixedTexts(one, before)].sort((a, b) => b.texts[0]!.length - a.texts[0]!.length)[0],
  );
  if (best.some((one) => one === undefined)) return [];
  const all = best.flatMap((one) => one ?? []);
  const texts = [...new Set(all.flatMap((one) => one.texts))];
  if (texts.length > MOST_TEXTS) return [];
  return [{ texts, before: Math.max(...all.map((one) => one.before)), isFolded: all.some((one) => one.isFolded) }];
}

/** Fixed texts of three signs and more, in the order of the expression. */
export function fixedTexts(node: AST.Node, before: number): readonly FixedText[] {
  if (node.type === 'Pattern' || node.type === 'Group' || node.type === 'CapturingGroup') {
    return node.alternatives.length === 1
      ? fixedTexts(node.alternatives[0]!, before)
      : ofAlternatives(node.alternatives, before);
  }
  if (node.type === 'Quantifier') return node.min === 1 && node.max === 1 ? fixedTexts(node.element, before) : [];
  if (node.type !== 'Alternative') return [];
  const found: FixedText[] = [];
  let run: Signs | undefined;
  let at = before;
  let start = before;
  const end = (): void => {
    if (run?.texts.every((text) => text.length >= SHORTEST_WORD)) found.push({ ...run, before: start });
    run = undefined;
  };
  for (const one of node.elements) {
    const longer = run && append(run, one);
    const alone = longer ?? signsOf(one);
    if (alone) {
      if (!longer) {
        end();
        start = at;
      }
      run = alone;
    } else {
      end();
      found.push(...fixedTexts(one, at));
    }
    at += lengthOf(one);
  }
  end();
  return found;
}
