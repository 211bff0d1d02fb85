// Outcomes that every check shares, and what may stand in a note: facts, never the value.
import type { CheckOutcome } from './check.ts';

export const PASS: CheckOutcome = { result: 'pass', note: undefined };
export const FAIL: CheckOutcome = { result: 'fail', note: undefined };
export const UNKNOWN: CheckOutcome = { result: 'unknown', note: undefined };

/** Joins the facts that are there: `account 1, expires 2031-01-01`. */
function joinFacts(facts: readonly (string | undefined)[]): string | undefined {
  const known = facts.filter((fact) => fact !== undefined);
  return known.length === 0 ? undefined : known.join(', ');
}

export function passWith(...facts: readonly (string | undefined)[]): CheckOutcome {
  return { result: 'pass', note: joinFacts(facts) };
}

export function failWith(...facts: readonly (string | undefined)[]): CheckOutcome {
  return { result: 'fail', note: joinFacts(facts) };
}

export function unknownWith(...facts: readonly (string | undefined)[]): CheckOutcome {
  return { result: 'unknown', note: joinFacts(facts) };
}

/**
 * A fact taken from inside a token, such as an issuer, made safe for a report line.
 *
 * @returns `label text`; undefined when `text` is no text, is longer than 100 characters or not printable ASCII
 */
export function nameFact(label: string, text: unknown): string | undefined {
  return typeof text === 'string' && /^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(text) ? `${label} ${text}` : undefined;
}

/**
 * A fact about a point in time, as a UTC date. Says what is written in the value; whether it is past is not asked here.
 *
 * @param seconds  Unix time; undefined result outside 1970 to 2999
 */
export function dateFact(label: string, seconds: unknown): string | undefined {
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds < 32_503_680_000)) return undefined;
  return `${label} ${new Date(seconds * 1000).toISOString().slice(0, 10)}`;
}
