// How short a match of each rule can be. Runs at build time for the built-in rules, and at start for the user's own.
import type { Rule, RuleMatcher } from '../model/rule.ts';
import { minLength } from './check-patterns.ts';

/** The rules' matchers with the shortest match of each pattern filled in, ready for compileMatchers. */
export function measureMatchers(rules: readonly Rule[]): Promise<RuleMatcher[]> {
  return Promise.all(rules.map(async ({ matcher }) => ({ ...matcher, minBytes: await minLength(matcher.pattern) })));
}
