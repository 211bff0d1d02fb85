// How users name rules: an id (`slack.webhook`) or every rule of a provider (`slack.*`). Used by the config file, flags,
// the environment and inline markers.
import { didYouMean } from '../util/did-you-mean.ts';
import type { Settings } from './settings.ts';

const FORM = /^[a-z0-9][a-z0-9-]*\.(?:\*|[a-z0-9][a-z0-9.-]*)$/;

/** True for text that has the form of a selector; says nothing about whether such a rule exists. */
export function isRuleSelector(text: string): boolean {
  return FORM.test(text);
}

export function selectsRule(selector: string, ruleId: string): boolean {
  return selector.endsWith('.*') ? ruleId.startsWith(selector.slice(0, -1)) : selector === ruleId;
}

function selectsAny(selectors: readonly string[], ruleId: string): boolean {
  return selectors.some((selector) => selectsRule(selector, ruleId));
}

/** False when `skip`, `only` or `rules.disable` turn the rule off. `skip` is strongest; `only` beats `rules.disable`. */
export function isRuleOn(ruleId: string, settings: Pick<Settings, 'only' | 'skip' | 'disabledRules'>): boolean {
  if (selectsAny(settings.skip, ruleId)) return false;
  if (settings.only.length > 0) return selectsAny(settings.only, ruleId);
  return !selectsAny(settings.disabledRules, ruleId);
}

/**
 * What is wrong with a selector, or undefined. Text that does not have the form of a rule id is not repeated: it may be
 * a value pasted to the wrong place.
 */
export function findSelectorFault(selector: string, knownRuleIds: ReadonlySet<string>): string | undefined {
  if (!isRuleSelector(selector) || selector.length > 40) {
    return `not a rule id; write <provider>.<what> or <provider>.*, see "unleak rules list".${didYouMean(selector, knownRuleIds)}`;
  }
  for (const id of knownRuleIds) if (selectsRule(selector, id)) return undefined;
  return `there is no rule "${selector}".${didYouMean(selector, knownRuleIds) || ' See "unleak rules list".'}`;
}
