// Tries one rule at one place, by the way it woke up. Every slice is bounded by the rule, so a window of CONTEXT_BYTES
// around the place decides; what passes the pattern goes to judgeValue.
import { readAssignment } from './assignment.ts';
import { scoreAssignment } from './generic-score.ts';
import { judgeValue } from './judge-value.ts';
import { readGap } from './near-gap.ts';
import { pairSurpriseBits } from './randomness.ts';
import { note, type RuleContext, sliceText } from './rule-context.ts';
import { type RuleProgram, secretRange } from './rule-program.ts';

/** Longest stretch between a near word and its value, and how much of the value's surroundings an assignment needs. */
const ASSIGNMENT_BEFORE = 192;
const ASSIGNMENT_AFTER = 640;

/** Shorter values say too little about their letters. */
const SHORTEST_JUDGED = 20;
/** Words and identifiers have 3.5 to 5 bits a pair, random letters and digits about 7. */
const WORDS_BELOW_BITS = 5.3;

/** True for identifiers and paths that happen to have a rule's form; hex and decimal values are never words. */
function looksLikeWords(value: string): boolean {
  return value.length >= SHORTEST_JUDGED && /[g-z]/i.test(value) && pairSurpriseBits(value) < WORDS_BELOW_BITS;
}

/** The literal stands at `position`: the pattern must match right there. */
export function matchPrefix(context: RuleContext, program: RuleProgram, position: number): void {
  const { regex, matcher } = program;
  const text = sliceText(context, position, position + matcher.maxBytes + 1);
  regex.lastIndex = 0;
  const match = regex.exec(text);
  if (!match) return note(context, program, position, 'the prefix is there, the pattern does not match');
  const [start, end] = secretRange(match);
  judgeValue(context, program, { start: position + start, end: position + end }, [
    { step: 'prefix', text: 'has the form of its provider' },
  ]);
}

/** The word stands at `position`: a value must follow within the rule's distance, with an assignment between. */
export function matchNear(context: RuleContext, program: RuleProgram, position: number, wordSize: number): void {
  const { regex, matcher } = program;
  if (matcher.wakeUp.kind !== 'near' || context.chunk.traits.isBinary) return;
  const { withinBytes } = matcher.wakeUp;
  const from = position + wordSize;
  const text = sliceText(context, from, from + withinBytes + matcher.maxBytes);
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match && match.index <= withinBytes; match = regex.exec(text)) {
    const [start, end] = secretRange(match);
    const gap = readGap(text.slice(0, start));
    if (gap) {
      const span = { start: from + start, end: from + end };
      if (program.isGeneric) return matchAssignment(context, program, position, span.start);
      if (looksLikeWords(text.slice(start, end))) {
        return note(context, program, span.start, 'the value is made of words');
      }
      const reason = { step: 'near', text: 'stands beside its provider’s name' };
      return judgeValue(context, program, span, [reason], gap === 'plain' ? 'low' : undefined);
    }
    if (match[0] === '') regex.lastIndex++;
  }
  note(context, program, position, 'the word is there, no value of this form is assigned near it');
}

/** The word stands at `position` in a name; the kernel saw a value start at `valueStart`. */
export function matchAssignment(
  context: RuleContext,
  program: RuleProgram,
  position: number,
  valueStart: number,
): void {
  const { matcher, regex } = program;
  const { traits } = context.chunk;
  if (traits.isBinary) return;
  const from = Math.max(0, position - ASSIGNMENT_BEFORE);
  const text = sliceText(context, from, valueStart + ASSIGNMENT_AFTER);
  const assignment = readAssignment(text, position - from, valueStart - from);
  if (!assignment) return note(context, program, position, 'no value that ends is assigned');
  regex.lastIndex = 0;
  if (!regex.test(assignment.value)) return note(context, program, position, 'the value has not the rule’s form');
  const { confidence, reasons } = scoreAssignment(assignment, matcher.kind, traits);
  if (!confidence) {
    const parts = reasons.map((r) => `${r.text} (${r.weight})`).join(', ');
    return note(context, program, position, `the score is too low: ${parts}`);
  }
  const span = { start: from + assignment.valueStart, end: from + assignment.valueEnd };
  judgeValue(context, program, span, reasons, confidence);
}

/** The literal stands at `position`: the pattern must match around it. */
export function matchAnchor(context: RuleContext, program: RuleProgram, position: number, size: number): void {
  const { regex, matcher } = program;
  const { wakeUp, maxBytes } = matcher;
  if (wakeUp.kind === 'prefix') {
    // A short token: the kernel looks for its prefix everywhere, without case and without a word's start.
    const literal = sliceText(context, position, position + size);
    const before = position > 0 ? sliceText(context, position - 1, position) : '';
    if (!wakeUp.words.includes(literal) || /[A-Za-z0-9]/.test(before)) return;
    return matchPrefix(context, program, position);
  }
  if (wakeUp.kind !== 'anchor') return;
  const from = Math.max(0, position - wakeUp.beforeBytes);
  const text = sliceText(context, from, position + maxBytes);
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match && from + match.index <= position; match = regex.exec(text)) {
    if (from + match.index + match[0].length >= position + size) {
      const [start, end] = secretRange(match);
      return judgeValue(context, program, { start: from + start, end: from + end }, [
        { step: 'anchor', text: 'has the form of its kind' },
      ]);
    }
    if (match[0] === '') regex.lastIndex++;
  }
  note(context, program, position, 'the mark is there, the pattern does not match');
}
