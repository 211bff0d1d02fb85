import { expect, test } from 'vitest';
import { fillArguments, type GivenFlag, repeatable } from '../../src/cli/fill-arguments.ts';
import type { CommandName } from '../../src/cli/flag.ts';
import { createPlanValues } from '../../src/cli/plan-flags.ts';
import { createVaultValues } from '../../src/cli/vault-flags.ts';

const NOTHING_SAID = {
  settings: {},
  config: undefined,
  formats: [],
  known: { files: [], aws: false },
  outputs: [],
  reveal: false,
  timings: false,
  unusedIgnores: false,
  color: undefined,
  isQuiet: false,
  isVerbose: false,
  verbosity: 'normal',
  includeIgnored: false,
  archives: false,
  name: undefined,
  externalKey: false,
  reason: undefined,
  owner: undefined,
  until: undefined,
  ruleFiles: [],
  branches: [],
  since: undefined,
  shard: undefined,
  historyPaths: [],
  firstParent: false,
  unreachable: true,
  authorPrivacy: false,
  recurseSubmodules: false,
  cache: true,
  rewritePlan: undefined,
  verify: [],
  reader: undefined,
  hooks: undefined,
  manager: undefined,
  isGlobal: false,
  isDryRun: false,
  agent: undefined,
  ci: false,
  fetch: true,
  failOn: 'low',
  home: undefined,
  scrub: false,
  yes: false,
  backup: false,
  shredBackup: false,
  advise: false,
  credentialFiles: false,
  vault: createVaultValues(),
  plan: createPlanValues(),
};

function fill(command: CommandName, ...flags: (readonly [string, string | boolean])[]) {
  return fillArguments({ command, operands: [], flags: flags.map(([name, value]): GivenFlag => ({ name, value })) });
}

function complaint(command: CommandName, name: string, value: string | boolean): string {
  try {
    fill(command, [name, value]);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no complaint';
}

test('no flag says nothing', () => {
  expect(fill('scan')).toEqual(NOTHING_SAID);
});

test('each flag of history fills its member', () => {
  const said = fill(
    'history',
    ['branch', 'main'],
    ['branch', 'dev'],
    ['since', '2.weeks.ago'],
    ['path', 'src'],
    ['first-parent', true],
    ['unreachable', false],
    ['author-privacy', true],
    ['recurse-submodules', true],
  );
  expect(said).toEqual({
    ...NOTHING_SAID,
    branches: ['main', 'dev'],
    since: '2.weeks.ago',
    historyPaths: ['src'],
    firstParent: true,
    unreachable: false,
    authorPrivacy: true,
    recurseSubmodules: true,
  });
  expect(complaint('rules', 'jobs', '2')).toMatch(/^--jobs is not an option of "unleak rules"/);
});

test('each flag of scan fills its member, long or short', () => {
  const said = fill(
    'scan',
    ['c', 'mine.yml'],
    ['b', 'known'],
    ['f', 'json'],
    ['format', 'sarif'],
    ['o', 'a.json'],
    ['output', 'b.sarif'],
    ['min-confidence', 'high'],
    ['min-severity', 'critical'],
    ['only', 'github.*, slack.webhook'],
    ['only', 'aws.access-key'],
    ['skip', 'generic.password'],
    ['fail-on-new-place', true],
    ['allow-incomplete', true],
    ['include-ignored', true],
    ['shard', '2/4'],
    ['reveal', true],
    ['j', '4'],
    ['unused-ignores', true],
    ['timings', true],
    ['q', true],
    ['color', false],
  );
  expect(said).toEqual({
    ...NOTHING_SAID,
    settings: {
      baseline: 'known',
      minConfidence: 'high',
      minSeverity: 'critical',
      only: ['github.*', 'slack.webhook', 'aws.access-key'],
      skip: ['generic.password'],
      failOnNewPlace: true,
      allowIncomplete: true,
      jobs: 4,
    },
    config: 'mine.yml',
    formats: ['json', 'sarif'],
    outputs: ['a.json', 'b.sarif'],
    includeIgnored: true,
    shard: '2/4',
    reveal: true,
    unusedIgnores: true,
    timings: true,
    isQuiet: true,
    verbosity: 'quiet',
    color: false,
  });
});

test('each flag of hook fills its member', () => {
  const said = fill(
    'hook',
    ['hooks', 'pre-push, pre-commit'],
    ['manager', 'husky'],
    ['global', true],
    ['dry-run', true],
    ['agent', 'cursor'],
  );
  const filled = {
    hooks: ['pre-commit', 'pre-push'],
    manager: 'husky',
    isGlobal: true,
    isDryRun: true,
    agent: 'cursor',
  };
  expect(said).toEqual({ ...NOTHING_SAID, ...filled });
});

test('the flags of single commands', () => {
  expect(fill('stdin', ['name', 'a/.env'])).toEqual({ ...NOTHING_SAID, name: 'a/.env' });
  expect(
    fill('baseline', ['external-key', true], ['reason', 'made up'], ['owner', 'ada'], ['until', '2031-02-28']),
  ).toEqual({ ...NOTHING_SAID, externalKey: true, reason: 'made up', owner: 'ada', until: '2031-02-28' });
  expect(fill('diff', ['ci', true], ['fetch', false], ['fail-on', 'high'])).toEqual({
    ...NOTHING_SAID,
    ci: true,
    fetch: false,
    failOn: 'high',
  });
  expect(fill('diff', ['fail-on', 'none'])).toEqual({ ...NOTHING_SAID, failOn: 'none' });
  expect(fill('rules', ['rules', 'a.yml'], ['rules', 'b.yml'], ['format', 'json'])).toEqual({
    ...NOTHING_SAID,
    ruleFiles: ['a.yml', 'b.yml'],
    formats: ['json'],
  });
});

test('of a single value the last one wins, and a switch can be taken back', () => {
  expect(fill('scan', ['config', 'a'], ['config', 'b'], ['reveal', true], ['reveal', false])).toEqual({
    ...NOTHING_SAID,
    config: 'b',
  });
});

test.each([
  ['scan', 'onyl', 'x', 'unknown option --onyl of "unleak scan". Did you mean "--only"?'],
  ['scan', 'zebra', true, 'unknown option --zebra of "unleak scan". See: unleak scan --help'],
  ['scan', 'x', true, 'unknown option -x of "unleak scan". See: unleak scan --help'],
  ['scan', 'name', 'x', '--name is not an option of "unleak scan"; see: unleak scan --help'],
  ['rules', 'reveal', true, '--reveal is not an option of "unleak rules"; see: unleak rules --help'],
  [
    'scan',
    'format',
    'jsn',
    '--format must be one of text, json, jsonl, sarif, markdown, csv, junit, gitlab, gitlab-code-quality, rdjsonl, gitleaks-json. Did you mean "json"?',
  ],
  [
    'scan',
    'format',
    'pdf',
    '--format must be one of text, json, jsonl, sarif, markdown, csv, junit, gitlab, gitlab-code-quality, rdjsonl, gitleaks-json',
  ],
  ['rules', 'format', 'sarif', '--format must be one of text, json'],
  ['scan', 'min-severity', 'hihg', '--min-severity must be one of critical, high, medium, low. Did you mean "high"?'],
  ['scan', 'only', '', '--only needs a value: --only RULE'],
  ['scan', 'config', true, '--config needs a value: --config FILE'],
  ['scan', 'only', false, 'unknown option --no-only of "unleak scan". Did you mean "--only"?'],
  ['scan', 'quiet', 'yes', '--quiet takes no value'],
  ['scan', 'jobs', '0', '--jobs must be a whole number from 1 to 256'],
  ['baseline', 'until', '2031-02-30', '--until must be a day that exists, written YYYY-MM-DD'],
] as const)('%s with %s=%s is a mistake', (command, name, value, message) => {
  expect(complaint(command, name, value)).toBe(message);
});

test('quiet and verbose contradict each other', () => {
  expect(() => fill('scan', ['quiet', true], ['verbose', true])).toThrow(
    '--quiet and --verbose contradict each other; give one',
  );
});

test('a word that may be a value is not repeated', () => {
  const pasted = 'A9'.repeat(20);
  expect(complaint('scan', pasted, 'x')).toBe('"unleak scan" has no such option; see: unleak scan --help');
  expect(repeatable(pasted)).toBeUndefined();
  expect(repeatable('scna')).toBe('scna');
  expect(repeatable('a\u001b[31m')).toBeUndefined();
});
