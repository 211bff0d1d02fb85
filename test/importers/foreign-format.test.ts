// Which format a file has; and that no reader fails but by a UsageError, whatever the text is.
import { expect, test } from 'vitest';
import { type OurRules, readForeignFile, recogniseFormat } from '../../src/importers/foreign-format.ts';
import { importedId } from '../../src/importers/rule-draft.ts';
import { UsageError } from '../../src/model/errors.ts';
import { FOREIGN_FORMATS } from '../../src/model/foreign-format.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = 1913;
const OURS: OurRules = { providers: new Set(['slack']), importedId };

test.each([
  ['.gitleaks.toml', '', 'gitleaks-config'],
  ['.betterleaks.toml', '', 'gitleaks-config'],
  ['.gitleaksignore', '', 'gitleaks-ignore'],
  ['report.json', '[{"RuleID":"x"}]', 'gitleaks-report'],
  ['x.json', '[]', 'gitleaks-report'],
  ['.secrets.baseline', '{"results":{},"generated_at":"x"}', 'detect-secrets'],
  ['a.sarif', '', 'sarif'],
  ['a.json', '{"runs":[]}', 'sarif'],
  ['baseline.yml', 'ExactFindings:\n  matches: []\n', 'kingfisher'],
  ['b.yaml', 'version: 2\nfingerprint_algorithm: kingfisher-v1\n', 'kingfisher'],
  ['.talismanrc', '', 'talisman'],
  ['.secretsignore', '', 'ripsecrets'],
  ['.secretlintrc.yml', '', 'secretlint'],
  ['.secretlintignore', '', 'secretlint-ignore'],
  ['.gitallowed', '', 'git-secrets'],
  ['trufflehog-exclude.txt', '', 'trufflehog'],
  ['package.json', '{"name":"x"}', undefined],
  ['broken.json', '{', undefined],
  ['notes.txt', 'x', undefined],
])('%s', (name, text, format) => {
  expect(recogniseFormat(name, text)).toBe(format);
});

/** A text of each format that says something. */
const SAMPLES = [
  '[extend]\nuseDefault = true\n[[rules]]\nid = "x"\nregex = \'\'\'a(b)\'\'\'\n[[allowlists]]\npaths = ["x"]\nstopwords=["a"]\ncondition="AND"\n',
  '[{"RuleID":"x","File":"a","StartLine":1,"Secret":"abc","Commit":"00"}]',
  '{"results":{"a":[{"type":"x","hashed_secret":"da39a3ee5e6b4b0d3255bfef95601890afd80709","line_number":1}]},"filters_used":[{"path":"detect_secrets.filters.regex.should_exclude_file","pattern":["a"]}],"generated_at":"x"}',
  '{"runs":[{"results":[{"ruleId":"x","locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":1}}}]}]}]}',
  'version: 2\nfingerprint_algorithm: kingfisher-v1\nrepositories:\n- id: x\n  findings:\n  - {path: a, line: 1, rule_id: x}\n',
  'fileignoreconfig:\n- filename: a\n  checksum: 00\nallowed_patterns: [x]\ncustom_patterns: [y]\n',
  'rules:\n- id: "@secretlint/secretlint-rule-slack"\n  options: {allows: ["/x/", y]}\n',
  'a:b:1\n# c\n^src/.*\n[secrets]\nx\n',
];

test(`readers answer or say what is wrong (seed ${SEED})`, () => {
  const random = new RandomText(SEED);
  let entries = 0;
  let refused = 0;
  for (let round = 0; round < 1200; round++) {
    const sample = SAMPLES[round % SAMPLES.length]!;
    const at = (Number.parseInt(random.text('digits', 4), 10) * 7) % sample.length;
    const cut = round % 7;
    const put = ['', 'é', '\0', '[', '{}', '\n- ', '"', random.text('base62', 3)][(round >> 3) % 8]!;
    const text = round < SAMPLES.length * 12 ? sample : sample.slice(0, at) + put + sample.slice(at + cut);
    const format = FOREIGN_FORMATS[Math.floor(round / SAMPLES.length) % FOREIGN_FORMATS.length]!;
    try {
      entries += readForeignFile(format, { file: 'f', path: 'f', text }, OURS).length;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      expect(error.message).toMatch(/^f(?::\d+)?: (?:is|has) [^\n]+$/);
      refused++;
    }
  }
  expect([entries > 500, refused > 100]).toEqual([true, true]);
});

test.each([
  [
    'talisman',
    `a: &x [b]\n${Array.from(
      { length: 12 },
      (_, i) =>
        `k${i}: &y${i} [${Array(10)
          .fill(i === 0 ? '*x' : `*y${i - 1}`)
          .join(', ')}]`,
    ).join('\n')}\n`,
    'f: has aliases that grow without end; write the values out',
  ],
  ['kingfisher', '- a\n', 'f: is no baseline of kingfisher'],
  ['sarif', '[]', 'f: is no SARIF log (it has no "runs")'],
  ['detect-secrets', '{}', 'f: is no baseline of detect-secrets (it has no "results")'],
  ['gitleaks-report', '{}', 'f: is no report of gitleaks (a list of findings)'],
  ['secretlint', '{}', 'f: is no .secretlintrc (it has no "rules")'],
] as const)('%s that is none', (format, text, message) => {
  expect(() => readForeignFile(format, { file: 'f', path: 'f', text }, OURS)).toThrow(message);
});
