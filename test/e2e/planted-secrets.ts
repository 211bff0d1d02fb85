// Planted secrets of many kinds, filled from the rules' own examples with seeds of this file's, and the search for them
// in what the product printed or wrote.
import { CHECKS } from '../../src/checks/registry.ts';
import type { Rule } from '../../src/model/rule.ts';
import { fillExample } from '../../src/rules/placeholders.ts';
import { readRuleFolder } from '../../src/rules/rule-files.ts';

export interface PlantedSecret {
  readonly ruleId: string;
  /** A line or some lines that hold the value as people write it. */
  readonly text: string;
  readonly value: string;
}

/** The first example of each rule whose value is long enough to be searched for; one rule a provider. */
export function plantSecrets(count: number): readonly PlantedSecret[] {
  const providers = new Set<string>();
  const rules = readRuleFolder('rules').filter((rule: Rule) => {
    if (rule.matcher.id.startsWith('generic.') || providers.has(rule.info.provider)) return false;
    providers.add(rule.info.provider);
    return true;
  });
  return rules.slice(0, count).map((rule) => {
    const { text, bytes, secret } = fillExample(rule, 0, CHECKS);
    const value = Buffer.from(bytes.subarray(secret.start, secret.end)).toString('utf8');
    return { ruleId: rule.matcher.id, text, value };
  });
}

/** Forms in which a value would give itself away; values over several lines by their longest line. */
function formsOf(value: string): readonly string[] {
  const text = value.split(/\r?\n|\\n/).reduce((a, b) => (b.length > a.length ? b : a));
  const bytes = Buffer.from(text);
  // Base64 of a value inside other text depends on where it starts: the middle of all three shifts.
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift, 'x'), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(4, -3);
  });
  return [
    text,
    encodeURIComponent(text),
    bytes.toString('hex'),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ].filter((form) => form.length >= 8);
}

/** Rule ids of the planted values that occur in the text in any form. */
export function findLeaks(text: string, planted: readonly PlantedSecret[]): readonly string[] {
  const lower = text.toLowerCase();
  return planted
    .filter(({ value }) => formsOf(value).some((form) => text.includes(form) || lower.includes(form.toLowerCase())))
    .map(({ ruleId }) => ruleId);
}
