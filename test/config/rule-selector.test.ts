import { expect, test } from 'vitest';
import { findSelectorFault, isRuleOn, isRuleSelector, selectsRule } from '../../src/config/rule-selector.ts';

test('the form of a selector', () => {
  const texts = [
    'a.b',
    'slack.webhook-2',
    'slack.*',
    '1password.key',
    'a.b.c',
    '*',
    '*.a',
    'a',
    'a.',
    '.a',
    'A.b',
    'a b.c',
    '',
  ];
  expect(texts.filter(isRuleSelector)).toEqual(['a.b', 'slack.webhook-2', 'slack.*', '1password.key', 'a.b.c']);
});

test('an id selects itself, provider.* every rule of the provider', () => {
  const ids = ['slack.webhook', 'slack.token', 'slacker.token', 'slack'];
  expect(ids.filter((id) => selectsRule('slack.webhook', id))).toEqual(['slack.webhook']);
  expect(ids.filter((id) => selectsRule('slack.*', id))).toEqual(['slack.webhook', 'slack.token']);
});

test('skip beats only, only beats rules.disable', () => {
  const ids = ['a.b', 'a.c', 'd.e'];
  const on = (only: string[], skip: string[], disabledRules: string[]) =>
    ids.filter((id) => isRuleOn(id, { only, skip, disabledRules }));
  expect(on([], [], [])).toEqual(ids);
  expect(on([], ['a.*'], [])).toEqual(['d.e']);
  expect(on([], [], ['a.b'])).toEqual(['a.c', 'd.e']);
  expect(on(['a.b'], [], ['a.b'])).toEqual(['a.b']);
  expect(on(['a.*'], ['a.c'], [])).toEqual(['a.b']);
});

test('faults name the rule only when it looks like one', () => {
  const known = new Set(['slack.webhook', 'github.app-token']);
  expect(findSelectorFault('slack.*', known)).toBeUndefined();
  expect(findSelectorFault('slack.webhook', known)).toBeUndefined();
  expect(findSelectorFault('slack.webhok', known)).toBe(
    'there is no rule "slack.webhok". Did you mean "slack.webhook"?',
  );
  expect(findSelectorFault('zoo.*', known)).toBe('there is no rule "zoo.*". See "unleak rules list".');
  expect(findSelectorFault('Slack.Webhook', known)).toBe(
    'not a rule id; write <provider>.<what> or <provider>.*, see "unleak rules list". Did you mean "slack.webhook"?',
  );
  expect(findSelectorFault(`a.${'b'.repeat(60)}`, known)).toBe(
    'not a rule id; write <provider>.<what> or <provider>.*, see "unleak rules list".',
  );
});
