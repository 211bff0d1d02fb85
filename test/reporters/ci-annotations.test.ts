// The lines for logs of CI systems, and the step summary, whole, for the report that every format is tested with.
import { expect, test } from 'vitest';
import type { CiStatement } from '../../src/model/ci-statement.ts';
import { formatAzureIssues, formatTeamCityMessages } from '../../src/reporters/ci-annotations.ts';
import { formatCommand, formatGithubAnnotations } from '../../src/reporters/github-annotations.ts';
import { redactReport } from '../../src/reporters/redact.ts';
import { formatStepSummary } from '../../src/reporters/step-summary.ts';
import { expectGolden } from './golden.ts';
import { makeCleanReport, makeSampleReport } from './sample-report.ts';
import { COMMIT, VALUES } from './sample-values.ts';

const report = redactReport(makeSampleReport());
const failing = report.findings.filter(({ verdict }) => verdict.kind === 'kept');
const options = { failing, head: COMMIT };
const statement: CiStatement = {
  system: 'GitHub Actions',
  event: 'pull_request',
  scanned: 'range',
  range: '1a2b3c4d5e6f..6f5e4d3c2b1a',
  base: '1a2b3c4d5e6f',
  head: COMMIT,
  commits: 3,
  policy: 'base commit 1a2b3c4d5e6f: .unleak.yml',
  policyChanges: ['.unleak.yml', 'rules/`own`.yml'],
  notes: ['The clone was shallow: the missing commits were fetched.'],
};
const forSummary = { failing, repositoryUrl: 'https://github.com/acme/shop', maxBytes: 900 * 1024 };

const TEXTS = {
  'github-annotations.golden.txt': formatGithubAnnotations(report, { ...options, max: 50, prefix: 'sub/' }),
  'azure-issues.golden.txt': formatAzureIssues(report, options),
  'teamcity-messages.golden.txt': formatTeamCityMessages(report, options),
  'step-summary.golden.md': formatStepSummary(report, statement, forSummary),
};

test.each(Object.entries(TEXTS))('%s', (name, text) => {
  expectGolden(name, text);
  for (const value of Object.values(VALUES)) expect(text).not.toContain(value);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
});

test('every line of a log is one command', () => {
  for (const line of TEXTS['github-annotations.golden.txt'].trimEnd().split('\n'))
    expect(line).toMatch(/^::(?:error|warning|notice) /);
  for (const line of TEXTS['azure-issues.golden.txt'].trimEnd().split('\n')) expect(line).toMatch(/^##vso\[task\./);
  for (const line of TEXTS['teamcity-messages.golden.txt'].trimEnd().split('\n'))
    expect(line).toMatch(/^##teamcity\[\w+( \w+='(?:[^|'[\]]|\|.)*')+\]$/);
});

test('clean reports say nothing to logs, and a short summary', () => {
  const clean = redactReport(makeCleanReport());
  const none = { failing: [], head: COMMIT };
  expect(formatGithubAnnotations(clean, { ...none, max: 10, prefix: '' })).toBe('');
  expect(formatAzureIssues(clean, none)).toBe('');
  expect(formatTeamCityMessages(clean, none)).toBe('');
  expectGolden(
    'step-summary-clean.golden.md',
    formatStepSummary(clean, { ...statement, policyChanges: [], notes: [] }, { ...forSummary, failing: [] }),
  );
});

test('escapes of GitHub’s commands, and its limit of a message', () => {
  expect(formatCommand('error', { file: 'a:b,c%d', title: '' }, 'x%\r\ny')).toBe(
    '::error file=a%3Ab%2Cc%25d::x%25%0D%0Ay\n',
  );
  expect(formatCommand('notice', {}, 'x'.repeat(5000))).toHaveLength('::notice::'.length + 4000 + 1);
});
