// Proves rules: what `rules check` says about our rules and users' own. Each rule must find exactly what its examples
// mark, stay silent on its counter-examples, leave other rules' secrets alone, and never be slow.
import { ConfigError } from '../model/errors.ts';
import type { Rule, RuleMatcher } from '../model/rule.ts';
import { Secret } from '../model/secret.ts';
import type { Span } from '../model/span.ts';
import { findSlowParts } from './check-patterns.ts';
import { findPatternFaults } from './pattern-syntax.ts';
import { type ChecksByName, fillCounterExample, fillExample } from './placeholders.ts';
import { findSlowRun } from './pumped-input.ts';
import { wordSpellings } from './word-spellings.ts';

/** The detector with all rules, as a function of the bytes of one text. */
export type DetectFunction = (bytes: Uint8Array) => readonly { readonly ruleId: string; readonly span: Span }[];

/** What the proofs need from outside. */
export interface CheckRulesOptions {
  readonly detect: DetectFunction;
  readonly checks: ChecksByName;
  /** A clock in milliseconds; without one the patterns are not timed. */
  readonly now?: () => number;
}

/** What became of one rule. */
export interface RuleCheckResult {
  readonly ruleId: string;
  readonly file: string;
  readonly line: number;
  readonly isOk: boolean;
  /** One sentence each: what is wrong, where in the rule, what to do. No secret is in them. */
  readonly failures: readonly string[];
}

const MAX_ANCHORS = 40;
/** Rules for values of no known service. They may also see a specific rule's secret. */
const GENERIC = 'generic.';

function showSpan(span: Span): string {
  return `bytes ${span.start}-${span.end}`;
}

/** Runs a step and turns an error of the user's into a sentence. */
function attempt<T>(where: string, failures: string[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    failures.push(`${where}: ${error.message}`);
    return undefined;
  }
}

function hasWakeWord({ wakeUp }: RuleMatcher, text: string): boolean {
  if (wakeUp.kind === 'prefix') return wakeUp.words.some((word) => text.includes(word));
  const lower = text.toLowerCase();
  if (wakeUp.kind === 'near')
    return wakeUp.words.some((word) => wordSpellings(word).some((one) => lower.includes(one)));
  return wakeUp.words.some((word) => lower.includes(word.toLowerCase()));
}

function checkExample(rule: Rule, index: number, options: CheckRulesOptions, failures: string[]): void {
  const where = `example ${index + 1}`;
  const filled = attempt(where, failures, () => fillExample(rule, index, options.checks));
  if (!filled) return;
  const { id, kind, wakeUp } = rule.matcher;
  if (!hasWakeWord(rule.matcher, filled.text)) {
    failures.push(`${where}: has none of the rule's words (${wakeUp.words.join(', ')}); add one or mend the example`);
  }
  const value = new TextDecoder().decode(filled.bytes.subarray(filled.secret.start, filled.secret.end));
  const expected = `${new Secret(value, kind).masked()} at ${showSpan(filled.secret)}`;
  const found = options.detect(filled.bytes);
  const own = found.filter((d) => d.ruleId === id).map((d) => d.span);
  const [span] = own;
  if (!span) {
    failures.push(`${where}: the rule does not find ${expected}; mend the pattern, its words or the example`);
  } else if (own.length > 1) {
    failures.push(
      `${where}: the rule finds ${own.length} secrets (${own.map(showSpan).join(', ')}), expected one; shorten the example`,
    );
  } else if (span.start !== filled.secret.start || span.end !== filled.secret.end) {
    failures.push(`${where}: the rule finds ${showSpan(span)}, expected ${expected}; move « and » or mend the pattern`);
  }
  const others = new Set(found.map((d) => d.ruleId).filter((other) => other !== id && !other.startsWith(GENERIC)));
  for (const other of others)
    failures.push(`${where}: rule ${other} finds something here too; make one of the patterns narrower`);
}

function checkCounterExample(rule: Rule, index: number, options: CheckRulesOptions, failures: string[]): void {
  const where = `counter-example ${index + 1}`;
  const text = attempt(where, failures, () => fillCounterExample(rule, index, options.checks));
  if (text === undefined) return;
  const own = options.detect(new TextEncoder().encode(text)).filter((d) => d.ruleId === rule.matcher.id);
  for (const { span } of own)
    failures.push(`${where}: the rule finds ${showSpan(span)}, expected nothing; make the pattern narrower`);
}

function checkExamples(rule: Rule, options: CheckRulesOptions, failures: string[]): void {
  if (rule.examples.length === 0) failures.push('examples: there is none; add a text with the secret between « and »');
  if (rule.counterExamples.length === 0)
    failures.push('counterExamples: there is none; add a text that looks alike and is no secret');
  for (const index of rule.examples.keys()) checkExample(rule, index, options, failures);
  for (const index of rule.counterExamples.keys()) checkCounterExample(rule, index, options, failures);
}

function checkLinks({ info }: Rule, failures: string[]): void {
  if (info.references.length === 0)
    failures.push('references: there is none; add the https URL that describes the format');
  const links = info.rotate.url === undefined ? info.references : [...info.references, info.rotate.url];
  for (const link of links) {
    if (!URL.canParse(link) || new URL(link).protocol !== 'https:')
      failures.push(`references: ${link} is no https URL; mend or delete it`);
  }
}

/** The first example's match as latin1; '' when it cannot be filled, which checkExample reports. */
function sampleOf(rule: Rule, checks: ChecksByName): string {
  const filled = rule.examples.length > 0 ? attempt('', [], () => fillExample(rule, 0, checks)) : undefined;
  if (!filled) return '';
  const { pattern, ignoreCase } = rule.matcher;
  return new RegExp(pattern, ignoreCase ? 'i' : '').exec(Buffer.from(filled.bytes).toString('latin1'))?.[0] ?? '';
}

async function checkPatterns(rule: Rule, options: CheckRulesOptions, failures: string[]): Promise<void> {
  const { matcher } = rule;
  const named = [
    { name: 'pattern', pattern: matcher.pattern },
    ...matcher.parts.map((p) => ({ name: `part ${p.name}`, pattern: p.pattern })),
  ];
  const before = failures.length;
  for (const { name, pattern } of named) {
    const faults = findPatternFaults(pattern);
    const all = faults.length > 0 ? faults : await findSlowParts(pattern, matcher.ignoreCase);
    for (const fault of all) failures.push(`${name}: the pattern ${fault}`);
  }
  // Only what is proved not to be exponential may run; otherwise this would not end.
  const { now } = options;
  const slow =
    now && failures.length === before ? findSlowRun(matcher, sampleOf(rule, options.checks), now) : undefined;
  if (slow)
    failures.push(
      `pattern: takes ${Math.round(slow.elapsedMs)} ms on ${slow.lengthBytes} bytes; bound its repeats more tightly or lower maxBytes`,
    );
}

/** Faults that only show when all rules are seen together, by position in `rules`. */
function checkTogether(rules: readonly Rule[]): string[][] {
  const firstWithId = new Map<string, Rule>();
  const anchors = new Set<string>();
  return rules.map((rule) => {
    const failures: string[] = [];
    const { id, wakeUp } = rule.matcher;
    const { provider } = rule.info;
    const first = firstWithId.get(id);
    if (first) failures.push(`id: ${first.place.file}:${first.place.line} has it too; rename one`);
    else firstWithId.set(id, rule);
    if (!id.startsWith(`${provider}.`))
      failures.push(`id: must start with "${provider}.", as its file is named; rename the rule or move it`);
    if (wakeUp.kind === 'anchor') for (const word of wakeUp.words) anchors.add(word.toLowerCase());
    if (wakeUp.kind === 'anchor' && anchors.size > MAX_ANCHORS) {
      failures.push(`anchors: all rules together have more than ${MAX_ANCHORS}; use prefixes or near`);
    }
    return failures;
  });
}

/**
 * Proves every rule.
 *
 * @param rules all rules that `options.detect` knows, in the order of the report
 * @returns one result a rule, same order
 */
export async function checkRules(rules: readonly Rule[], options: CheckRulesOptions): Promise<RuleCheckResult[]> {
  const together = checkTogether(rules);
  const results: RuleCheckResult[] = [];
  for (const [index, rule] of rules.entries()) {
    const failures = together[index] ?? [];
    checkLinks(rule, failures);
    await checkPatterns(rule, options, failures);
    checkExamples(rule, options, failures);
    const { file, line } = rule.place;
    results.push({ ruleId: rule.matcher.id, file, line, isOk: failures.length === 0, failures });
  }
  return results;
}
