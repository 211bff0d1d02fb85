// The first look at an assigned value, on bytes: most of what is assigned to `token` or `password` is code or a sentence,
// and to find that out must cost next to nothing. Never turns down what the score would report.
import type { TextTraits } from './chunk.ts';

const LONGEST_VALUE = 512;
/** From this on a quoted value is a sentence. */
const BLANKS_OF_SENTENCE = 3;
const BLANKS_OF_JSON = 12;
const LONGEST_EXPRESSION = 80;

const isQuote = (c: number): boolean => c === 34 || c === 39 || c === 96;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
/** Letters, digits, _ $ . - : what an expression starts with. */
const isExpressionByte = (c: number): boolean =>
  ((c | 0x20) - 97) >>> 0 < 26 || isDigit(c) || c === 95 || c === 36 || c === 46 || c === 45;

/** A value in quotes that does not close on its line, or holds several blanks. */
function isSentence(bytes: Uint8Array, start: number, end: number): boolean {
  const quote = bytes[start - 1]!;
  // A piece of JSON has blanks of its own.
  let blanks = bytes[start] === 123 ? -BLANKS_OF_JSON : 0;
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (c === quote) return false;
    if (c === 10 || c === 13) return true;
    if (c === 32 && ++blanks >= BLANKS_OF_SENTENCE) return true;
    if (c === 92) i++;
  }
  return false;
}

/** Without quotes in code: an expression, unless what ends it or the digits in it show that it stands inside a text. */
function isExpression(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (isDigit(c)) digits++;
    if (isExpressionByte(c)) continue;
    // Quotes and & % @ ! # * / \ : the value stands inside a longer text.
    if (isQuote(c) || c === 38 || c === 37 || c === 64 || c === 33 || c === 35 || c === 42 || c === 47 || c === 92)
      return false;
    // A line's end or a blank: a note in a comment has digits, an identifier seldom two.
    return c > 32 || digits < 2 || i - start < 6;
  }
  return digits < 2;
}

/**
 * @param start where the value starts; the byte before tells whether it is quoted
 * @param size bytes of the window
 * @param traits asked only about values without quotes
 * @cost tens of nanoseconds
 */
export function isHopeless(
  bytes: Uint8Array,
  start: number,
  size: number,
  traits: Pick<TextTraits, 'isCode'>,
): boolean {
  if (isQuote(bytes[start - 1]!)) return isSentence(bytes, start, Math.min(size, start + LONGEST_VALUE));
  return traits.isCode() && isExpression(bytes, start, Math.min(size, start + LONGEST_EXPRESSION));
}
