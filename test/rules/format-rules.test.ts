import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatCheckResults, formatRule, formatRuleList, formatRuleListJson } from '../../src/rules/format-rules.ts';
import { parseRuleFile } from '../../src/rules/parse-rules.ts';
import { fillExample } from '../../src/rules/placeholders.ts';
import { OPTIONS, SAMPLE_CHECKS } from './sample-rules.ts';

const rules = parseRuleFile(readFileSync('fixtures/rules/every-field.yml', 'utf8'), 'rules/acme.yml', OPTIONS);

test('rules list', () => {
  expect(formatRuleList(rules)).toBe(`ID              SEVERITY  WAKES UP AT             NAME
acme.app-token  critical  prefix acme_, acmx_     Acme app token
acme.near-key   low       near acme               Acme key
acme.password   high      assigned acmepw         Acme password
acme.armour     medium    anchor -----ACME BEGIN  Acme armour

4 rules
`);
});

test('rules list as JSON', () => {
  expect(JSON.parse(formatRuleListJson(rules.slice(3)))).toEqual([
    {
      id: 'acme.armour',
      name: 'Acme armour',
      description: 'Signs.',
      provider: 'acme',
      severity: 'medium',
      confidence: 'high',
      kind: 'token',
      wakeUp: { kind: 'anchor', words: ['-----ACME BEGIN'], beforeBytes: 10 },
      check: null,
      references: ['https://acme.example/docs'],
      file: 'rules/acme.yml',
      line: 49,
    },
  ]);
});

test('rules show', () => {
  const rule = rules[0]!;
  const { text, secret } = fillExample(rule, 0, SAMPLE_CHECKS);
  const value = text.slice(secret.start);
  const shown = formatRule(rule, SAMPLE_CHECKS);
  expect(shown).not.toContain(value);
  expect(shown).toBe(`acme.app-token: Acme app token
Acts as the app.

  severity       critical
  confidence     medium
  kind           token
  provider       acme
  wakes up at    prefix acme_, acmx_
  pattern        acm[ex]_[a-z0-9]{24}  (any case)
  longest match  120 bytes
  offline check  acme-sum
  entropy        at least 2.5 bits a character
  part           accountId (required) within 200 bytes: acct-([0-9]{8})
  part           region within 50 bytes: [a-z]{2}-[0-9]
  example        TOKEN=«acme********${value.slice(-2)}»
  rotate at      Acme > Tokens
                 https://acme.example/tokens
                 Look at the log first.
  instead use    A session lives one hour.
  in AWS         api-token token id
  reference      https://acme.example/docs
  defined in     rules/acme.yml:2
`);
});

test('rules check', () => {
  const place = { file: 'rules/acme.yml', line: 3 };
  const right = { ...place, ruleId: 'acme.a', isOk: true, failures: [] };
  const wrong = { ...place, ruleId: 'acme.b', isOk: false, failures: ['one', 'two'] };
  expect(formatCheckResults([right])).toBe('1 rule checked, all proved\n');
  expect(formatCheckResults([right, wrong])).toBe(
    'rules/acme.yml:3: rule acme.b: one\nrules/acme.yml:3: rule acme.b: two\n2 rules checked, 1 wrong (2 failures)\n',
  );
});
