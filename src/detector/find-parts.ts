// Companion values of a composite credential: an access key id near its secret key, an account id near its token.
import type { SecretPart } from '../model/finding.ts';
import { Secret } from '../model/secret.ts';
import type { Span } from '../model/span.ts';
import { type RuleProgram, secretRange } from './rule-program.ts';

export type FoundParts = readonly SecretPart[] | undefined;

/**
 * Looks for each part before and after the secret, nearest first.
 *
 * @param slice latin1 text of [start, end) of the window, ends cut to the window
 * @param secret the secret's place in the window
 * @param baseOffset added to the spans
 * @returns undefined when a required part is missing
 */
export function findParts(
  program: RuleProgram,
  slice: (start: number, end: number) => string,
  secret: Span,
  baseOffset: number,
): FoundParts {
  const found: SecretPart[] = [];
  for (const { part, regex } of program.parts) {
    const from = Math.max(0, secret.start - part.withinBytes);
    const text = slice(from, secret.end + part.withinBytes);
    let best: Span | undefined;
    let bestDistance = Number.POSITIVE_INFINITY;
    regex.lastIndex = 0;
    for (let match = regex.exec(text); match; match = regex.exec(text)) {
      const [start, end] = secretRange(match);
      if (match[0] === '') regex.lastIndex++;
      const span = { start: from + start, end: from + end };
      if (span.start < secret.end && secret.start < span.end) continue;
      const distance = Math.max(secret.start - span.end, span.start - secret.end);
      if (distance < bestDistance) {
        best = span;
        bestDistance = distance;
      }
    }
    if (best) {
      const value = text.slice(best.start - from, best.end - from);
      found.push({
        name: part.name,
        secret: new Secret(value, 'token'),
        span: { start: best.start + baseOffset, end: best.end + baseOffset },
      });
    } else if (part.isRequired) {
      return undefined;
    }
  }
  return found;
}
