// SHA-1 of values, the form in which detect-secrets keeps them and in which all values of foreign files travel here: the clear
// text of a baseline goes no further than its parser. Finds the places in a text where a value with a digest stands.
import { createHash } from 'node:crypto';
import type { Secret } from '../model/secret.ts';

/** Lines longer than this are searched near the ends of their words only up to here. */
const LONGEST_LINE = 4000;
/** Places in one line that are tried against each other as ends of a value. */
const MOST_BOUNDARIES = 240;

export function digestOf(value: string): string {
  return createHash('sha1').update(value, 'utf8').digest('hex');
}

export function digestOfSecret(secret: Secret): string {
  return digestOf(secret.reveal());
}

/** A stretch of one line; columns from 1 in UTF-16 units, the end exclusive. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

const isWordSign = (sign: string): boolean => /[A-Za-z0-9]/.test(sign);

/** Places where a value may begin or end: all but those inside a word. */
function boundariesOf(text: string): readonly number[] {
  const at = [0, text.length];
  for (let i = 1; i < text.length && at.length < MOST_BOUNDARIES; i++) {
    if (!(isWordSign(text[i]!) && isWordSign(text[i - 1]!))) at.push(i);
  }
  return [...new Set(at)].sort((a, b) => a - b);
}

/** Digests that may still be made; shared over many searches, so that a huge baseline ends in time. */
export interface SearchBudget {
  left: number;
}

function findInLine(
  text: string,
  { digest, length }: Wanted,
  budget: SearchBudget,
): readonly [number, number] | undefined {
  const fits = (start: number, end: number): boolean => {
    budget.left--;
    return digestOf(text.slice(start, end)) === digest;
  };
  if (length !== undefined) {
    for (let start = 0; start + length <= text.length; start++)
      if (fits(start, start + length)) return [start, start + length];
    return undefined;
  }
  const at = boundariesOf(text);
  for (let i = 0; i < at.length; i++) {
    for (let k = i + 1; k < at.length; k++) if (fits(at[i]!, at[k]!)) return [at[i]!, at[k]!];
  }
  return undefined;
}

/** What is looked for: a digest, and the value's length and line where they are known. */
export interface Wanted {
  readonly digest: string;
  readonly length: number | undefined;
  readonly line: number | undefined;
}

/**
 * Where the value with this digest stands: the line that is hinted at first, then the others.
 *
 * @returns undefined when it is not there, or when the budget came to its end first
 */
export function findByDigest(lines: readonly string[], wanted: Wanted, budget: SearchBudget): LinePlace | undefined {
  const look = (index: number): LinePlace | undefined => {
    const span = findInLine((lines[index] ?? '').slice(0, LONGEST_LINE), wanted, budget);
    return span && { line: index + 1, column: span[0] + 1, endColumn: span[1] + 1 };
  };
  const hinted = wanted.line === undefined ? undefined : look(wanted.line - 1);
  if (hinted) return hinted;
  for (let index = 0; index < lines.length && budget.left > 0; index++) {
    const place = look(index);
    if (place) return place;
  }
  return undefined;
}
