// Runs a pattern on long hostile text made for it, for what the static proof does not cover, such as three bounded
// repeats side by side. Only `rules check` does this: it measures time.
import type { AST } from '@eslint-community/regexpp';
import type { RuleMatcher } from '../model/rule.ts';
import { nodesOf, parsePattern } from './pattern-syntax.ts';

/** The slowest run that was seen. */
export interface SlowRun {
  readonly lengthBytes: number;
  readonly elapsedMs: number;
}

/** Far above what a loaded machine adds to the microseconds that a sound pattern takes. */
const LIMIT_MS = 100;
const MAX_SEEDS = 24;
const MAX_CUTS = 12;
/** The text grows by a quarter each time, so that the run that breaks the limit is still a short one. */
const GROWTH = 1.25;
const FIRST_LENGTH = 8;
/** Letters, digits and signs of which a class is represented by the first it has in each group. */
const SAMPLES = [
  'abcdef',
  'ghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  '-_+/=.',
  ' \t\n\r',
  '"\':;,<>(){}[]\\',
];

function charsOf(node: AST.Character | AST.CharacterSet | AST.CharacterClass): string[] {
  if (node.type === 'Character') return [String.fromCharCode(node.value)];
  const one = new RegExp(`^${node.raw}$`);
  return SAMPLES.flatMap((group) => [...group].find((char) => one.test(char)) ?? []);
}

/** Texts to repeat: each kind of character of the pattern, its literal runs, and pairs of kinds. */
function pumpsOf(pattern: AST.Pattern): string[] {
  const chars = new Set<string>();
  for (const node of nodesOf(pattern)) {
    if (node.type === 'Character' || node.type === 'CharacterSet' || node.type === 'CharacterClass') {
      for (const char of charsOf(node)) chars.add(char);
    }
  }
  const singles = [...chars].slice(0, MAX_SEEDS);
  const pairs = singles.slice(1).map((char, i) => char + singles[i]);
  return [...singles, ...pairs, singles.join('')];
}

/** Texts to pump behind: each prefix or anchor, and the sample cut where its kind of character changes, so that the
 *  pump also reaches repeats deep in the pattern. */
function startsOf({ wakeUp }: RuleMatcher, sample: string): readonly string[] {
  const words = wakeUp.kind === 'prefix' || wakeUp.kind === 'anchor' ? wakeUp.words.slice(0, 4) : [''];
  const cuts = [...sample.matchAll(/(?<=[A-Za-z0-9])(?=[^A-Za-z0-9])|(?<=[^A-Za-z0-9])(?=[A-Za-z0-9])/g)];
  return [...new Set([...words, ...cuts.slice(0, MAX_CUTS).map((cut) => sample.slice(0, cut.index))])];
}

/**
 * Hostile texts for a rule, from short ones to the longest that the detector would give its pattern.
 *
 * @param sample text that the pattern matches, from the start of the match; '' when there is none
 */
export function* pumpedTexts(matcher: RuleMatcher, sample: string): Generator<string> {
  const longest = matcher.maxBytes + (matcher.wakeUp.kind === 'anchor' ? matcher.wakeUp.beforeBytes : 0);
  const pumps = pumpsOf(parsePattern(matcher.pattern));
  for (const start of startsOf(matcher, sample)) {
    for (const pump of pumps) {
      for (let length = start.length + FIRST_LENGTH; length < longest; length = Math.ceil(length * GROWTH)) {
        yield (start + pump.repeat(length)).slice(0, length);
      }
      yield (start + pump.repeat(longest)).slice(0, longest);
    }
  }
}

/**
 * Runs the rule's pattern on its hostile texts.
 *
 * @param sample see pumpedTexts
 * @param now a clock in milliseconds
 * @returns the first run over the limit twice in a row, or undefined when every run was fast
 */
export function findSlowRun(matcher: RuleMatcher, sample: string, now: () => number): SlowRun | undefined {
  // Patterns of anchors are searched for around the anchor, all others are tried at one place.
  const place = matcher.wakeUp.kind === 'anchor' ? 'g' : 'y';
  const expression = new RegExp(matcher.pattern, `${matcher.ignoreCase ? 'i' : ''}${place}`);
  const run = (text: string): number => {
    const started = now();
    expression.lastIndex = 0;
    expression.test(text);
    return now() - started;
  };
  for (const text of pumpedTexts(matcher, sample)) {
    const elapsedMs = run(text);
    if (elapsedMs > LIMIT_MS && run(text) > LIMIT_MS) return { lengthBytes: text.length, elapsedMs };
  }
  return undefined;
}
