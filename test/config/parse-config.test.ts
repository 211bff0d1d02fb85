// The whole of .unleak.yml: the full example, every fault with its line at once, and foreign bytes.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { RandomText } from '../../src/util/random-text.ts';

const RULES = new Set(['generic.password', 'generic.api-key', 'slack.webhook', 'twilio.api-key']);
const options = { file: '.unleak.yml', folder: '/repo', knownRuleIds: () => RULES };
const parse = (text: string) => parseConfig(text, options);
const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/config/${name}/.unleak.yml`, import.meta.url), 'utf8');

async function messageOf(text: string): Promise<string> {
  try {
    await parse(text);
  } catch (error) {
    expect((error as Error).name).toBe('ConfigError');
    return (error as Error).message;
  }
  throw new Error('no error');
}

test('the full example', async () => {
  const settings = await parse(fixture('full'));
  expect(settings).toEqual({
    minConfidence: 'high',
    minSeverity: 'medium',
    failOnNewPlace: true,
    disabledRules: ['generic.password', 'twilio.*'],
    severities: new Map([['slack.webhook', 'low']]),
    ruleFiles: ['/repo/security/our-rules.yml'],
    ignores: [
      {
        name: 'config ignore 1 (.unleak.yml:10)',
        paths: ['test/fixtures/**', 'docs'],
        matchesPath: expect.any(Function),
        rule: undefined,
        value: undefined,
        fingerprint: undefined,
        reason: 'made-up data',
        until: undefined,
      },
      {
        name: 'config ignore 2 (.unleak.yml:12)',
        paths: [],
        matchesPath: expect.any(Function),
        rule: 'generic.api-key',
        value: /^pk_test_/,
        fingerprint: undefined,
        reason: 'publishable keys',
        until: '2027-03-01',
      },
      {
        name: 'config ignore 3 (.unleak.yml:16)',
        paths: [],
        matchesPath: expect.any(Function),
        rule: undefined,
        value: undefined,
        fingerprint: '0123456789abcdef0123456789abcdef',
        reason: 'revoked',
        until: undefined,
      },
    ],
    baseline: '/repo/known/.baseline',
    aws: { profile: 'audit', regions: ['eu-west-1'], namePrefix: 'team/', names: '/repo/aws-names.json' },
  });
  const paths = ['test/fixtures/a/.b', 'test/fixtures', 'docs', 'docs/a.md', 'doc', 'x/docs/a', 'docs.md'];
  expect(paths.filter((path) => settings.ignores?.[0]?.matchesPath(path))).toEqual([
    'test/fixtures/a/.b',
    'docs',
    'docs/a.md',
  ]);
});

test('a file with the version alone says nothing, and the rules are not asked for', async () => {
  const knownRuleIds = () => {
    throw new Error('asked');
  };
  expect(await parseConfig('version: 1\n', { ...options, knownRuleIds })).toEqual({});
});

test('rules of the user count as known', async () => {
  const seen: (readonly string[])[] = [];
  const knownRuleIds = async (files: readonly string[]) => {
    seen.push(files);
    return new Set(['ours.token']);
  };
  const text = 'version: 1\nrules: { files: ours.yml, disable: ours.token }';
  expect(await parseConfig(text, { ...options, knownRuleIds })).toEqual({
    disabledRules: ['ours.token'],
    severities: undefined,
    ruleFiles: ['/repo/ours.yml'],
  });
  expect(seen).toEqual([['/repo/ours.yml']]);
});

test('every fault at once, in file order', async () => {
  expect((await messageOf(fixture('faults'))).split('\n')).toMatchInlineSnapshot(`
    [
      ".unleak.yml:1: unknown key "min_confidence" in the file. Did you mean "minConfidence"?",
      ".unleak.yml:1: the version is missing; write "version: 1" as the first line",
      ".unleak.yml:2: minSeverity: must be one of critical, high, medium, low. Did you mean "high"?",
      ".unleak.yml:4: there is no rule "generic.pasword". Did you mean "generic.password"?",
      ".unleak.yml:4: not a rule id; write <provider>.<what> or <provider>.*, see "unleak rules list".",
      ".unleak.yml:5: the severity of a rule must be one of critical, high, medium, low.",
      ".unleak.yml:5: severity: takes rule ids, not "provider.*"; write each id",
      ".unleak.yml:5: there is no rule "nobody.knows". See "unleak rules list".",
      ".unleak.yml:6: files: is an empty list; add to it or remove it",
      ".unleak.yml:8: the path pattern is absolute and can match nothing; write it relative to this file",
      ".unleak.yml:8: the pattern holds "." or ".." as a folder and can match nothing; write the path from the top folder on",
      ".unleak.yml:8: the path pattern holds a back-slash; paths are written with /",
      ".unleak.yml:8: the path pattern is empty; write a path or remove it",
      ".unleak.yml:8: the path pattern starts or ends with a blank; remove it",
      ".unleak.yml:8: a path pattern cannot be negated; name the paths to ignore, or use .unleakignore",
      ".unleak.yml:8: the braces of the path pattern are not closed or stand inside each other",
      ".unleak.yml:8: the bracket of the path pattern is not closed",
      ".unleak.yml:8: the pattern holds "//" and can match nothing; write one slash",
      ".unleak.yml:10: the entry hides every file; name the paths that you mean, or add rule or value",
      ".unleak.yml:12: the entry says not what to ignore; add paths, rule, value or fingerprint",
      ".unleak.yml:13: value: the regular expression fits every secret; narrow it or leave it out",
      ".unleak.yml:13: the entry has no reason; add reason: and say why this is no leak",
      ".unleak.yml:14: value: the regular expression has a repeat inside a repeat, which can take for ever; write it without the outer one",
      ".unleak.yml:16: value: the regular expression is no valid JavaScript regular expression; mend it, and quote it with single quotes",
      ".unleak.yml:18: value: the regular expression has too many free repeats; start it with ^, leave out .* at its ends, or bound them, such as {1,20}",
      ".unleak.yml:21: until: is not a date; write YYYY-MM-DD",
      ".unleak.yml:22: fingerprint: must be text (quote it), not a number",
      ".unleak.yml:23: reason: is empty; fill it in or remove it",
      ".unleak.yml:24: ignore: entry 9 must be a map of keys and values, not text",
      ".unleak.yml:25: baseline: must be text (quote it), not a number",
      ".unleak.yml:26: failOnNewPlace: must be true or false, not text",
      ".unleak.yml:27: unknown key "profil" in aws. Did you mean "profile"?",
      ".unleak.yml:27: regions: is no AWS region; write such as eu-west-1",
      ".unleak.yml:27: namePrefix: holds a sign that names in Secrets Manager cannot have; use A-Z a-z 0-9 / _ + = . @ -",
    ]
  `);
});

describe('faults of the file as YAML', () => {
  test.each([
    ['', '.unleak.yml:1: the version is missing; write "version: 1" as the first line'],
    ['version: 2', '.unleak.yml:1: version: must be 1, the only one that this unleak knows; update unleak or write 1'],
    [
      'version: "1"',
      '.unleak.yml:1: version: must be 1, the only one that this unleak knows; update unleak or write 1',
    ],
    ['- a', '.unleak.yml:1: the file must be a map of keys and values, not a list'],
    ['version: 1\nversion: 1', '.unleak.yml:2: the key is there twice; keep one'],
    ['version: 1\n---\nversion: 1', '.unleak.yml:2: there is more than one document (---); keep one'],
    [
      'version: 1\nbaseline: *x',
      '.unleak.yml:2: baseline: must be text (quote it), not an alias; aliases are not used here, write the value out',
    ],
    [
      'version: 1\nx: &a 1\nbaseline: *a',
      '.unleak.yml:2: unknown key "x" in the file. Known keys: version, minConfidence, minSeverity, failOnNewPlace, rules, ignore, baseline, aws.',
    ],
    [
      'version: 1\nignore:\n  - paths: [*.ts]\n    reason: r',
      '.unleak.yml:3: paths: entry 1 must be text (quote it), not an alias; aliases are not used here, write the value out',
    ],
    ['version: 1\nrules: {', '.unleak.yml:2: the indentation is not even; line the keys up'],
    ['version: 1\nbaseline: "a', '.unleak.yml:2: a sign is missing, such as a closing quote or bracket'],
    ['version: 1\nbaseline: !x a', '.unleak.yml:2: is not valid YAML here; check indentation, quotes and colons'],
  ])('%j', async (text, message) => {
    expect((await messageOf(text)).split('\n')[0]).toBe(message);
  });

  test('a file that is too large', async () => {
    expect(await messageOf(`#${' '.repeat(256 * 1024)}`)).toBe(
      '.unleak.yml:1: the file is larger than 256 KiB; move lists of paths to .unleakignore',
    );
  });
});

test('no message repeats what may be a secret', async () => {
  const value = `s3cr3t${new RandomText(9).text('base62', 30)}`;
  const places = [
    value,
    `${value}: 1`,
    `version: ${value}`,
    `version: 1\nrules: { disable: [${value}] }`,
    `version: 1\nrules: { severity: { ${value}: low } }`,
    `version: 1\nignore: [{ value: '(${value}', reason: r }]`,
    `version: 1\nignore: [{ value: '(${value}+)+', reason: r }]`,
    `version: 1\nignore: [{ rule: ${value}, reason: r }]`,
    `version: 1\nignore: [{ fingerprint: ${value}, reason: r }]`,
    `version: 1\nignore: [{ paths: '/${value}', reason: r }]`,
    `version: 1\nignore: ${value}`,
    `version: 1\nminSeverity: ${value}`,
    `version: 1\naws: { namePrefix: ' ${value}' }`,
    `version: 1\n"${value}`,
    `version: 1\nbaseline: *${value}`,
    `version: 1\nbaseline: !${value} x`,
  ];
  for (const text of places) expect(await messageOf(text)).not.toContain(value.slice(0, 20));
});

test('foreign bytes give settings or a ConfigError, never another error (seed 5150)', async () => {
  const random = new RandomText(5150);
  const full = fixture('full');
  for (let round = 0; round < 400; round++) {
    const bytes = Buffer.from(full);
    for (let n = random.integer(6); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
    const start = random.integer(bytes.length);
    const text =
      round % 3 === 0 ? bytes.subarray(0, start).toString('utf8') : bytes.toString(round % 2 ? 'latin1' : 'utf8');
    await parse(text).catch((error: Error) =>
      expect(`${error.name} ${error.message}`).toMatch(/^ConfigError \.unleak\.yml:\d+: /),
    );
  }
  await expect(parse('['.repeat(60_000))).rejects.toThrow(/^\.unleak\.yml:\d+: /);
});
