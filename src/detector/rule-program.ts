// A rule made ready to run: its regular expressions, compiled at first use (building one is free, the first run costs).
import type { RuleMatcher, RulePart } from '../model/rule.ts';
import { requiredLiteral } from './required-literal.ts';

export interface PartProgram {
  readonly part: RulePart;
  readonly regex: RegExp;
}

export interface RuleProgram {
  readonly matcher: RuleMatcher;
  /** Anchored at lastIndex for prefixes, searching otherwise; group 1 or the whole match is the secret. */
  readonly regex: RegExp;
  /** What every match holds, undefined when nothing is sure: asked before the pattern, which costs more. */
  readonly literal: string | undefined;
  readonly parts: readonly PartProgram[];
  /** Scored by generic-score.ts instead of being believed. */
  readonly isGeneric: boolean;
}

const BEFORE = '(?<![A-Za-z0-9])';
const AFTER = '(?![A-Za-z0-9])';

export function isGenericRule(ruleId: string): boolean {
  return ruleId.startsWith('generic.');
}

/** Rules that know the place but no provider: a rule for the value's own form says more. */
const GENERAL = /^(?:service|http-auth)\./;

/** Rules that know a value by the words around it. */
const BY_PLACE = /^(?:shell|windows|url|sql|connection-string|postgresql|mongodb\.uri|network|netrc)\./;

/** A rule for values of no known service: what the place says is worth more. */
export function isGeneralRule(ruleId: string): boolean {
  return vagueness(ruleId) > 0 || BY_PLACE.test(ruleId);
}

/** How little a rule knows of what it finds: 0 a provider's form, 1 a known place, 2 only a name. */
export function vagueness(ruleId: string): number {
  return isGenericRule(ruleId) ? 2 : GENERAL.test(ruleId) ? 1 : 0;
}

export function buildRuleProgram(matcher: RuleMatcher): RuleProgram {
  const { pattern, wakeUp } = matcher;
  const flags = `d${matcher.ignoreCase ? 'i' : ''}`;
  const regex = {
    prefix: () => new RegExp(`(?:${pattern})${AFTER}`, `${flags}y`),
    near: () => new RegExp(`${BEFORE}(?:${pattern})${AFTER}`, `${flags}g`),
    assignment: () => new RegExp(`^(?:${pattern})$`, flags),
    anchor: () => new RegExp(pattern, `${flags}g`),
  }[wakeUp.kind]();
  return {
    matcher,
    regex,
    literal: matcher.ignoreCase ? undefined : requiredLiteral(pattern),
    parts: matcher.parts.map((part) => ({ part, regex: new RegExp(part.pattern, 'dg') })),
    isGeneric: isGenericRule(matcher.id),
  };
}

/** Start and end of group 1, or of the whole match, in the searched text. Needs the `d` flag. */
export function secretRange(match: RegExpExecArray): readonly [number, number] {
  const ranges = match.indices!;
  return ranges[1] ?? ranges[0]!;
}
