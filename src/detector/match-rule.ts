// Tries one rule at one place, by the way it woke up. Every slice is bounded by the rule, so a window of CONTEXT_BYTES
// around the place decides; what passes the pattern goes to judgeValue.
import type { Confidence } from '../model/levels.ts';
import { type Assignment, readAssignment, readNextInList } from './assignment.ts';
import { isSilentFile } from './generic-score.ts';
import { isHopeless } from './hopeless-value.ts';
import { judgeValue } from './judge-value.ts';
import { type GapKind, readGap } from './near-gap.ts';
import { pairSurpriseBits } from './randomness.ts';
import { readLogin, readScored } from './read-login.ts';
import { note, type RuleContext, sliceText } from './rule-context.ts';
import { type RuleProgram, secretRange, vagueness } from './rule-program.ts';

/** Longest stretch between a near word and its value, and how much of the value's surroundings an assignment needs. */
const ASSIGNMENT_BEFORE = 192;
const ASSIGNMENT_AFTER = 640;
/** What the score looks at behind a value whose end is known. */
const SCORED_AFTER = 240;

/** Names with these words wake a generic rule up wherever they assign: `SECRET_KEY` is a secret, not a key. */
const OWN_RULE = /pass|pwd|secret|token|auth|credential|api[-_]?key/i;
/** Between a name and a value as the kernel reads it, so that a rule with `assignment` has come by. */
const READ_BY_KERNEL = /^[\w.$-]*["'`\])]{0,4}[ \t]{0,8}(?:[:=]>?|:=|[,(>])?[ \t]{0,8}[ \t"'`[(\\]{0,8}$/;
/** Everything but what names and values are made of. `%3D`, `\\n` and `\\u0022` end in letters or digits. */
const MAY_OPEN = /[^A-Za-z_.$+/-]/;
/** Shorter values say too little about their letters. */
const SHORTEST_JUDGED = 20;
/** Words and identifiers have 3.5 to 5 bits a pair, random letters and digits about 7. */
const WORDS_BELOW_BITS = 5.3;
/** Share of the letters in words of one case from which a value of several parts is an identifier. */
const WORDS_SHARE = 0.6;
/** `ec2.InstanceType`, `WINDOWS_CORE_2019_x86_64`: each part is letters with a few digits behind, or a small number. */
const IDENTIFIER = /^(?:[A-Za-z]{1,20}\d{0,3}|\d{1,4})(?:[._:/-]{1,2}(?:[A-Za-z]{1,20}\d{0,3}|\d{1,4})){1,12}$/;

/** True for identifiers and paths that happen to have a rule's form; hex and decimal values are never words. */
function looksLikeWords(value: string): boolean {
  if (!/[g-z]/i.test(value)) return false;
  const isWordy = (letters: string): boolean => pairSurpriseBits(letters.toLowerCase()) < WORDS_BELOW_BITS;
  if (IDENTIFIER.test(value) && isWordy(value.replace(/[^A-Za-z]/g, ''))) return true;
  if (value.length < SHORTEST_JUDGED) return false;
  if (pairSurpriseBits(value) < WORDS_BELOW_BITS) return true;
  const words = value.split(/[^A-Za-z]+/).filter((part) => /^(?:[A-Z]?[a-z]{2,12}|[A-Z]{3,12})$/.test(part));
  const letters = words.join('');
  return words.length >= 3 && letters.length >= value.length * WORDS_SHARE && isWordy(letters);
}

/** `0e5b7d…` in hex, a UUID, one word or a version: as often the id of a thing as its key. */
const MAYBE_ID = /^(?:[0-9a-f-]*|[0-9A-F-]*|[a-z]+\d+[a-z]*|v?\d{1,4}\.\d.*)$/;

/** How sure a match is by what joins it to its word; undefined: as sure as the rule. */
function gapConfidence(program: RuleProgram, gap: GapKind, value: string): Confidence | undefined {
  if (gap === 'plain') return 'low';
  // A rule that knows no form believes such values only under a name of a credential.
  return gap === 'bare' && vagueness(program.matcher.id) > 0 && MAYBE_ID.test(value) ? 'low' : undefined;
}

/** True when the value is itself the name of something: `"value": {`. */
function isName(text: string, start: number, end: number): boolean {
  const quote = text[start - 1] ?? '';
  return /["'`]/.test(quote) && text[end] === quote && /^\s{0,4}(?::(?![:=])|=>)/.test(text.slice(end + 1, end + 8));
}

/** Words up to this length are found by chance inside longer ones: `ably` in `probably`, `wit_key` in `with_key`. */
const SHORT_WORD = 6;

/** True when a short or composed word is the tail of a longer word in the same case. */
function isInsideWord(context: RuleContext, position: number, wordSize: number): boolean {
  if (position === 0) return false;
  const text = sliceText(context, position - 1, position + wordSize);
  if (!/^(?:[a-z]{2}|[A-Z]{2})/.test(text)) return false;
  return wordSize <= SHORT_WORD || /[a-z][ _-][a-z]/i.test(text);
}

/** False when the text lacks what every match of the rule's pattern holds. */
function mayHold({ literal }: RuleProgram, text: string): boolean {
  return literal === undefined || text.includes(literal);
}

/** The literal stands at `position`: the pattern must match right there. */
export function matchPrefix(context: RuleContext, program: RuleProgram, position: number): void {
  const { regex, matcher } = program;
  const text = sliceText(context, position, position + matcher.maxBytes + 1);
  regex.lastIndex = 0;
  const match = mayHold(program, text) ? regex.exec(text) : undefined;
  if (!match) return note(context, program, position, 'the prefix is there, the pattern does not match');
  const [start, end] = secretRange(match);
  judgeValue(context, program, { start: position + start, end: position + end }, [
    { step: 'prefix', text: 'has the form of its provider' },
  ]);
}

/** True when the word and the value are all of a line or of a pair of braces: `acme value`, two columns of a list. */
function isPair(context: RuleContext, position: number, text: string, start: number, end: number): boolean {
  if (!/^[ \t]{1,8}$/.test(text.slice(0, start)) || !/^[ \t]{0,8}(?:[\r\n}]|$)/.test(text.slice(end, end + 9)))
    return false;
  // A digest beside a name is what lists of checksums are made of.
  if (/^[0-9a-f]*$/i.test(text.slice(start, end))) return false;
  return /(?:^|[\n{])[ \t]{0,16}$/.test(sliceText(context, position - 17, position));
}

/** First place from `from` on that stands behind a sign which can open a value; the text's end when there is none. */
function nextValueStart(text: string, from: number): number {
  let i = from;
  while (i < text.length && !MAY_OPEN.test(text[i - 1]!)) i++;
  return i;
}

/** The word stands at `position`: a value must follow within the rule's distance, with an assignment between. */
export function matchNear(context: RuleContext, program: RuleProgram, position: number, wordSize: number): void {
  const { regex, matcher } = program;
  if (matcher.wakeUp.kind !== 'near' || context.chunk.traits.isBinary) return;
  if (isInsideWord(context, position, wordSize)) return;
  const { withinBytes } = matcher.wakeUp;
  const from = position + wordSize;
  const word = sliceText(context, position, from);
  const text = sliceText(context, from, from + withinBytes + matcher.maxBytes + 1);
  regex.lastIndex = 0;
  const first = mayHold(program, text) ? regex.exec(text) : undefined;
  for (let match = first; match && match.index <= withinBytes; match = regex.exec(text)) {
    const [start, end] = secretRange(match);
    const gap =
      readGap(word, text.slice(0, start)) ?? (isPair(context, position, text, start, end) ? 'plain' : undefined);
    if (gap && !isName(text, start, end)) {
      const span = { start: from + start, end: from + end };
      if (program.isGeneric) {
        const isOwn = OWN_RULE.test(word);
        if (isOwn && (gap !== 'assigned' || READ_BY_KERNEL.test(text.slice(0, start)))) return;
        return matchAssignment(context, program, position, span.start, isOwn);
      }
      if (looksLikeWords(text.slice(start, end))) {
        return note(context, program, span.start, 'the value is made of words');
      }
      const reason = { step: 'near', text: 'stands beside its provider’s name' };
      return judgeValue(context, program, span, [reason], gapConfidence(program, gap, text.slice(start, end)));
    }
    // What was tried may have begun in the name: `KEY=value` of `ACME_KEY=value`.
    regex.lastIndex = nextValueStart(text, match.index + 1);
  }
  note(context, program, position, 'the word is there, no value of this form is assigned near it');
}

/**
 * The word stands at `position` in a name; the kernel, or a near rule, saw a value start at `valueStart`.
 *
 * @param isOwn the near rule is for names with the words that other rules wake up at
 */
export function matchAssignment(
  context: RuleContext,
  program: RuleProgram,
  position: number,
  valueStart: number,
  isOwn = false,
): void {
  const { matcher, regex } = program;
  const { traits, size } = context.chunk;
  if (traits.isBinary) return;
  if (isHopeless(context.buffer, valueStart, size, traits)) {
    return note(context, program, position, 'what is assigned is code or a sentence');
  }
  if (isSilentFile(traits)) {
    return note(context, program, position, 'the file holds digests, translations or packed code');
  }
  const from = Math.max(0, position - ASSIGNMENT_BEFORE);
  const text = sliceText(context, from, valueStart + ASSIGNMENT_AFTER);
  let assignment = readAssignment(text, position - from, valueStart - from);
  if (!assignment) return note(context, program, position, 'no value that ends is assigned');
  if (matcher.wakeUp.kind === 'near' && !isOwn && OWN_RULE.test(assignment.name)) {
    return note(context, program, position, 'the name has a word of another rule');
  }
  assignment = readLogin(text, assignment) ?? assignment;
  for (; assignment; assignment = readNextInList(text, assignment)) {
    regex.lastIndex = 0;
    if (regex.test(assignment.value)) scoreValue(context, program, position, from, assignment);
    else note(context, program, position, 'the value has not the rule’s form');
  }
}

/** @param from where the text that the assignment was read from starts in the window */
function scoreValue(
  context: RuleContext,
  program: RuleProgram,
  position: number,
  from: number,
  assignment: Assignment,
): void {
  const { confidence, reasons } = context.score(assignment, context.chunk.traits, context.trace !== undefined);
  if (!confidence) {
    const parts = reasons.map((r) => (r.weight === undefined ? r.text : `${r.text} (${r.weight})`)).join(', ');
    return note(context, program, position, `the score is too low: ${parts}`);
  }
  const span = { start: from + assignment.valueStart, end: from + assignment.valueEnd };
  judgeValue(context, program, span, reasons, confidence);
}

/** What the pattern of a scored rule found at [start, end) of the window. */
function scoreMatch(context: RuleContext, program: RuleProgram, position: number, start: number, end: number): void {
  if (context.chunk.traits.isBinary || isSilentFile(context.chunk.traits)) return;
  const from = Math.max(0, start - ASSIGNMENT_BEFORE);
  const text = sliceText(context, from, end + SCORED_AFTER);
  scoreValue(context, program, position, from, readScored(text, program.matcher.id, start - from, end - from));
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
      if (program.isGeneric) return scoreMatch(context, program, position, from + start, from + end);
      return judgeValue(context, program, { start: from + start, end: from + end }, [
        { step: 'anchor', text: 'has the form of its kind' },
      ]);
    }
    if (match[0] === '') regex.lastIndex++;
  }
  note(context, program, position, 'the mark is there, the pattern does not match');
}
