// Which rules of other tools may mean one of ours: in doubt none.
import { expect, test } from 'vitest';
import { mayBeSameRule } from '../../src/importers/rule-names.ts';

test.each([
  ['github-pat', 'github.personal-access-token', true],
  ['GitHub Token', 'github.personal-access-token', true],
  ['aws-access-token', 'aws.secret-access-key', true],
  ['AWS Access Key', 'aws.access-key-id', true],
  ['generic-api-key', 'stripe.secret-key', true],
  ['Secret Keyword', 'slack.bot-token', true],
  ['slack-bot-token', 'generic.api-key', true],
  ['private-key', 'private-key.pem', true],
  ['Google API Key', 'gcp.api-key', true],
  ['private-key', 'gcp.service-account-key-base64', true],
  ['private-key', 'stripe.secret-key', false],
  ['slack-bot-token', 'github.personal-access-token', false],
  ['stripe-access-token', 'aws.secret-access-key', false],
  ['SlackDetector', 'stripe.secret-key', false],
])('%s and %s: %s', (foreign, ours, isSame) => {
  expect(mayBeSameRule(foreign, ours)).toBe(isSame);
});
