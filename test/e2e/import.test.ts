// `unleak import` end to end: each format, made at test time; the whole of what is shown and written; and what a scan says then.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

afterAll(removeFolders);

const [OLD, SECOND, FRESH] = [makeToken(1), makeToken(2), makeToken(3)];
const PASSWORD = new RandomText(8).text('base62', 14);
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** Two accepted tokens and a password in two files. */
function setUp(): TestRepository {
  const repository = makeRepository();
  repository.write('src/a.py', `import os\ntoken = "${OLD}"\npassword = "${PASSWORD}"\n`);
  repository.write('src/b.yml', `token: ${SECOND}\n`);
  return repository;
}

function run(repository: TestRepository, ...words: string[]) {
  return runUnleak(words, { cwd: repository.path });
}

function rulesFound(repository: TestRepository, ...words: string[]) {
  const { stdout } = run(repository, ...(words.length > 0 ? words : ['scan', 'src']), '--format', 'json');
  const { findings } = JSON.parse(stdout) as { findings: { path: string; line: number }[] };
  return findings.map(({ path, line }) => `${path}:${line}`);
}

const read = (repository: TestRepository, file: string) => readFileSync(join(repository.path, file), 'utf8');

/** Imports for good; the lists below the diff. */
function importNow(repository: TestRepository, ...words: string[]): string {
  const { exitCode, stdout, stderr } = run(repository, 'import', ...words, '--yes');
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

/** Entries of the baseline without fingerprints. */
function baselineOf(repository: TestRepository): readonly string[] {
  return read(repository, '.unleak-baseline')
    .split('\n')
    .filter((line) => /^[0-9a-f]{32} /.test(line))
    .map((line) => line.slice(33))
    .sort();
}

const PAT = 'github.personal-access-token';

describe('accepted findings', () => {
  test('.gitleaksignore: by place and by commit, comments as reasons; what cannot be matched is listed', () => {
    const repository = setUp();
    const commit = repository.commitAll('one');
    repository.write('src/b.yml', '\n\n\nmoved: here\n');
    repository.write(
      '.gitleaksignore',
      [
        '# revoked in May',
        'src/a.py:github-pat:2',
        '',
        `${commit}:src/b.yml:github-pat:1`,
        'src/a.py:slack-bot-token:3',
        'src/a.py:github-pat:99',
        'src/gone.py:github-pat:1',
        `${'0'.repeat(40)}:src/b.yml:github-pat:1`,
        'src/b.yml:github-pat:4',
        'data.zip!a.py:github-pat:1',
        'nonsense',
      ].join('\n'),
    );
    expect(importNow(repository, '.gitleaksignore')).toBe(`Not carried over:
  .gitleaksignore:10: data.zip!a.py: it stands in an archive, where lines mean nothing here
  .gitleaksignore:11: a line: it is no fingerprint of gitleaks
  .gitleaksignore:6: github-pat at src/a.py:99: the file has no such line any more
  .gitleaksignore:7: github-pat at src/gone.py:1: the file is gone
  .gitleaksignore:8: github-pat at src/b.yml:1 in commit 000000000000: the file or its commit is gone
  .gitleaksignore:9: github-pat at src/b.yml:4: unleak reports nothing there; if the line has moved, see "unleak baseline update"

.gitleaksignore (gitleaks-ignore): 3 findings accepted
Written: .unleak-baseline. Look at them with git diff, then: unleak scan
`);
    expect(baselineOf(repository)).toEqual([
      `generic.password src/a.py reason="from .gitleaksignore"`,
      `${PAT} src/a.py reason="revoked in May"`,
      `${PAT} src/b.yml reason="from .gitleaksignore"`,
    ]);
    expect([rulesFound(repository), rulesFound(repository, 'history', '--no-cache')]).toEqual([[], []]);
    // No quieter: a new value on an accepted line is a finding.
    repository.write('src/a.py', `import os\ntoken = "${FRESH}"\n`);
    expect(rulesFound(repository)).toEqual(['src/a.py:2']);
  });

  test('a place where another kind of secret stands is not accepted', () => {
    const repository = setUp();
    repository.write('.gitleaksignore', 'src/a.py:stripe-access-token:2\n');
    expect(importNow(repository, '.gitleaksignore')).toBe(`Not carried over:
  .gitleaksignore:1: stripe-access-token at src/a.py:2: another kind of secret stands there now

.gitleaksignore (gitleaks-ignore): nothing to carry over
Nothing to write.
`);
    expect(rulesFound(repository)).toEqual(['src/a.py:2', 'src/a.py:3', 'src/b.yml:1']);
  });

  test('a place with two secrets of the same kind is left open', () => {
    const repository = setUp();
    repository.write('src/b.yml', `tokens: ["${OLD}", "${SECOND}"]\n`);
    repository.write('.gitleaksignore', 'src/b.yml:github-pat:1\n');
    expect(importNow(repository, '.gitleaksignore')).toContain(
      'github-pat at src/b.yml:1: several secrets stand there, and it does not say which is meant\n',
    );
    expect(rulesFound(repository, 'scan', 'src/b.yml')).toEqual(['src/b.yml:1', 'src/b.yml:1']);
  });

  test('reports of gitleaks: by value wherever it moved in its file, by place when it is redacted', () => {
    const repository = setUp();
    const item = { Description: 'x', StartLine: 90, EndLine: 90, File: 'src/a.py', Commit: '' };
    repository.write(
      'report.json',
      JSON.stringify([
        { ...item, RuleID: 'github-pat', Secret: OLD },
        { ...item, RuleID: 'github-pat', Secret: FRESH },
        { ...item, RuleID: 'github-pat', Secret: 'REDACTED', File: 'src/b.yml', StartLine: 1, EndLine: 1 },
        { RuleID: 'x' },
      ]),
    );
    expect(importNow(repository, 'report.json')).toBe(`Not carried over:
  report.json entry 4: an entry: it names no File or no RuleID
  report.json entry 2: github-pat at src/a.py:90: its value is no longer in the file

report.json (gitleaks-report): 2 findings accepted
Written: .unleak-baseline. Look at them with git diff, then: unleak scan
`);
    expect(rulesFound(repository)).toEqual(['src/a.py:3']);
    expect(read(repository, '.unleak-baseline')).not.toContain(OLD);
  });

  test('baselines of detect-secrets: by hash, with audit labels and expressions', () => {
    const repository = setUp();
    repository.write('docs/x.md', `token ${FRESH}\n`);
    repository.write(
      '.secrets.baseline',
      JSON.stringify({
        version: '1.5.0',
        plugins_used: [],
        filters_used: [
          { path: 'detect_secrets.filters.heuristic.is_sequential_string' },
          { path: 'detect_secrets.filters.regex.should_exclude_file', pattern: ['^docs/.*', '.*'] },
          { path: 'detect_secrets.filters.regex.should_exclude_secret', pattern: ['^dummy'] },
          { path: 'detect_secrets.filters.wordlist.should_exclude_secret', file_name: 'words.txt' },
        ],
        results: {
          'src/a.py': [
            { type: 'GitHub Token', hashed_secret: sha1(OLD), is_secret: true, line_number: 40 },
            { type: 'Secret Keyword', hashed_secret: sha1(PASSWORD), is_secret: false, line_number: 3 },
            { type: 'Secret Keyword', hashed_secret: sha1('import'), line_number: 1 },
            { type: 'Secret Keyword', hashed_secret: sha1('gone'), line_number: 1 },
          ],
        },
      }),
    );
    expect(importNow(repository, '.secrets.baseline')).toBe(`Not carried over:
  .secrets.baseline filters_used: should_exclude_secret: unleak cannot run it
  .secrets.baseline should_exclude_file: path **: it would hide everything; refused
  .secrets.baseline src/a.py, entry 4: Secret Keyword at src/a.py:1: its value is no longer in the file

.secrets.baseline (detect-secrets): 3 ignores, 2 findings accepted, 1 that unleak does not report anyway
Written: .unleak-baseline, .unleak.yml. Look at them with git diff, then: unleak scan
`);
    expect(baselineOf(repository)).toEqual([
      'generic.password src/a.py reason="audited in .secrets.baseline: no secret"',
      `${PAT} src/a.py reason="audited in .secrets.baseline: a real secret"`,
    ]);
    expect(read(repository, '.unleak.yml')).toBe(`version: 1
ignore:
  - paths:
      - .secrets.baseline
    value: ^[0-9a-f]{40}$
    reason: hashes of .secrets.baseline
  - paths:
      - docs/**
    reason: from .secrets.baseline
  - value: ^dummy
    reason: from .secrets.baseline
`);
    expect(rulesFound(repository, 'scan')).toEqual(['src/b.yml:1']);
  });

  test('kingfisher, old and new, and SARIF: by place', () => {
    const repository = setUp();
    repository.write(
      'kingfisher.yml',
      'version: 2\nfingerprint_algorithm: kingfisher-v1\nrepositories:\n- id: local\n  findings:\n' +
        "  - {path: src/a.py, fingerprint: '1', rule_id: betterleaks.github-pat, line: 2}\n",
    );
    repository.write(
      'old.yml',
      "ExactFindings:\n  matches:\n  - {filepath: src/b.yml, fingerprint: '2', linenum: Line 1}\n",
    );
    const result = (line: number) => ({
      ruleId: 'generic-api-key',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.py' }, region: { startLine: line } } }],
    });
    repository.write(
      'log.sarif',
      JSON.stringify({ runs: [{ results: [result(3), { ...result(2), baselineState: 'absent' }, { ruleId: 'x' }] }] }),
    );
    expect(importNow(repository, 'kingfisher.yml', 'old.yml', 'log.sarif')).toBe(`Not carried over:
  log.sarif result 2: src/a.py: the log says that it is gone
  log.sarif result 3: a result: it has no path or no line

kingfisher.yml (kingfisher): 1 finding accepted
old.yml (kingfisher): 1 finding accepted
log.sarif (sarif): 1 finding accepted
Written: .unleak-baseline. Look at them with git diff, then: unleak scan
`);
    expect(rulesFound(repository)).toEqual([]);
  });

  test('SARIF with suppressions: only what is suppressed is accepted', () => {
    const repository = setUp();
    const result = (line: number, more: object) => ({
      ruleId: 'github-pat',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.py' }, region: { startLine: line } } }],
      ...more,
    });
    repository.write(
      'log.sarif',
      JSON.stringify({ runs: [{ results: [result(2, { suppressions: [{ kind: 'external' }] }), result(3, {})] }] }),
    );
    expect(importNow(repository, 'log.sarif')).toBe(`Not carried over:
  log.sarif result 2: github-pat at src/a.py:3: it is not suppressed, unlike others of the log

log.sarif (sarif): 1 finding accepted
Written: .unleak-baseline. Look at them with git diff, then: unleak scan
`);
  });
});

describe('ignores', () => {
  test('trufflehog path lists become globs; what hides everything is refused', () => {
    const repository = setUp();
    repository.write('exclude.txt', '# ours\n^src/b\n(^|/)vendor/\n.*\n\\w+\\.txt\n');
    expect(run(repository, 'import', 'exclude.txt')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('exclude.txt: its format is not recognised; say it with --from gitleaks-config|'),
    });
    expect(importNow(repository, '--from', 'trufflehog', 'exclude.txt')).toBe(`Not carried over:
  exclude.txt:5: path expression \\w+\\.txt: the expression repeats what a path pattern cannot repeat; write paths in .unleakignore
  exclude.txt:4: path **: it would hide everything; refused

exclude.txt (trufflehog): 2 ignores
Written: .unleak.yml. Look at them with git diff, then: unleak scan
`);
    expect(read(repository, '.unleak.yml')).toBe(`version: 1
ignore:
  - paths:
      - src/b*
      - src/b*/**
    reason: from exclude.txt
  - paths:
      - "**/vendor/**"
    reason: from exclude.txt
`);
    expect(rulesFound(repository)).toEqual(['src/a.py:2', 'src/a.py:3']);
  });

  test('.secretlintignore and .secretsignore extend .unleakignore; values become fingerprints', () => {
    const repository = setUp();
    repository.write('.unleakignore', 'build/');
    repository.write('.secretlintignore', '# x\n**/*.snap\nbuild/\n*\n**/*\n.\n');
    repository.write('.secretsignore', `src/b.yml\n\n[secrets]\n${OLD}\n${FRESH}\nnot a secret\n`);
    expect(importNow(repository, '.secretlintignore', '.secretsignore')).toBe(`Not carried over:
  .secretlintignore:4: pattern *: it would hide everything; refused
  .secretlintignore:5: pattern **/*: it would hide everything; refused
  .secretlintignore:6: pattern .: the pattern holds "." or ".." as a folder and can match nothing; write the path from the top folder on
  .secretsignore:6: an accepted value: unleak finds no such value in the tree

.secretlintignore (secretlint-ignore): 2 ignores
.secretsignore (ripsecrets): 3 ignores
Written: .unleakignore, .unleak-baseline, .unleak.yml. Look at them with git diff, then: unleak scan
`);
    expect(read(repository, '.unleakignore')).toBe(
      'build/\n# from .secretlintignore\n**/*.snap\n# from .secretsignore\nsrc/b.yml\n',
    );
    expect(read(repository, '.unleak.yml')).toMatch(
      /^version: 1\nignore:\n(?: {2}- fingerprint: "?[0-9a-f]{32}"?\n {4}reason: from \.secretsignore\n){2}$/,
    );
    expect(rulesFound(repository)).toEqual(['src/a.py:3']);
  });

  test('.gitallowed accepts what is on such lines now', () => {
    const repository = setUp();
    repository.write('.gitallowed', '^src/b\\.yml:1:\npassword\n.*\nnowhere\n');
    expect(importNow(repository, '.gitallowed')).toBe(`Not carried over:
  .gitallowed:3: an expression for lines: it fits every line; refused
  .gitallowed:4: an expression for lines: unleak reports nothing on lines that fit it

.gitallowed (git-secrets): 2 findings accepted
Written: .unleak-baseline. Look at them with git diff, then: unleak scan
`);
    expect(rulesFound(repository)).toEqual(['src/a.py:2']);
  });

  test('.talismanrc: a file counts as long as it is the same', () => {
    const repository = setUp();
    const content = read(repository, 'src/b.yml');
    const sum = createHash('sha256').update(`src/b.yml${content}`).digest('hex');
    repository.write(
      '.talismanrc',
      `fileignoreconfig:
- filename: src/b.yml
  checksum: ${sum}
- filename: src/a.py
  checksum: ${'0'.repeat(64)}
- filename: gen/x.js
  ignore_detectors: [filecontent]
allowed_patterns:
- dummy-[a-z]*
custom_patterns:
- acme_live_[a-z0-9]{24}
threshold: high
`,
    );
    expect(importNow(repository, '.talismanrc')).toBe(`Not carried over:
  .talismanrc:12: threshold: unleak has no counterpart; it knows lock files, and has severities of its own
  .talismanrc:4: src/a.py: the file has changed since it was accepted

.talismanrc (talisman): 1 rule, 2 ignores, 1 finding accepted
Written: unleak-rules.yml, .unleak-baseline, .unleak.yml. Look at them with git diff, then: unleak scan
`);
    expect(read(repository, '.unleak.yml')).toBe(`version: 1
rules:
  files:
    - unleak-rules.yml
ignore:
  - paths:
      - gen/x.js
    reason: from .talismanrc
  - value: ^(?:dummy-[a-z]*)$
    reason: from .talismanrc
`);
    expect(rulesFound(repository)).toEqual(['src/a.py:2', 'src/a.py:3']);
  });

  test('.secretlintrc: allows of a rule are limited to our rules of that name; programs are not run', () => {
    const repository = setUp();
    const config = {
      rules: [
        {
          id: '@secretlint/secretlint-rule-preset-recommend',
          rules: [
            {
              id: '@secretlint/secretlint-rule-slack',
              options: { allows: ['/^xoxb-test/i', OLD] },
              allowMessageIds: ['X'],
            },
            { id: '@secretlint/secretlint-rule-npm', disabled: true },
            { id: '@secretlint/secretlint-rule-nobody', options: { allows: ['/x/'] } },
          ],
        },
        {
          id: '@secretlint/secretlint-rule-pattern',
          options: { patterns: [{ name: 'acme', pattern: '/acme_live_[a-z0-9]{24}/' }] },
        },
      ],
    };
    repository.write('.secretlintrc.json', JSON.stringify(config));
    expect(importNow(repository, '.secretlintrc.json')).toBe(`Not carried over:
  .secretlintrc.json rule slack: allowMessageIds: unleak has no messages of these ids
  .secretlintrc.json rule npm: npm is turned off: if you want the same here: rules: { disable: ['npm.*'] }
  .secretlintrc.json rule nobody: allow of nobody: unleak has no rules of that name; add rule: yourself

.secretlintrc.json (secretlint): 1 rule, 2 ignores
Written: unleak-rules.yml, .unleak-baseline, .unleak.yml. Look at them with git diff, then: unleak scan
`);
    expect(rulesFound(repository)).toEqual(['src/a.py:3', 'src/b.yml:1']);
    repository.write('.secretlintrc.js', 'process.exit(0)');
    expect(run(repository, 'import', '.secretlintrc.js')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'unleak: .secretlintrc.js: is a program, which is not run; write it as .secretlintrc.json and import that\n',
    });
  });
});

const TOML = `title = "ours"
[extend]
useDefault = true
disabledRules = ["slack-bot-token"]

[allowlist]
description = "made up"
paths = ['''^docs/''', '''.*''']
regexes = ['''^EXAMPLE''', '']
commits = ["abc"]

[[allowlists]]
condition = "AND"
paths = ['''^test/''']
stopwords = ["dummy"]

[[allowlists]]
condition = "AND"
regexTarget = "line"
regexes = ['''nosec''']
paths = ['''^x/''']

[[rules]]
id = "acme-live"
description = "Acme live key"
regex = '''\\b(acme_live_[a-z0-9]{24})(?:[\\x60'"\\s;]|\\\\[nr]|$)'''
keywords = ["acme_live_"]
entropy = 3
  [[rules.allowlists]]
  regexes = ['''^acme_live_0''']

[[rules]]
id = "github-again"
regex = '''ghp_[0-9a-zA-Z]{36}'''

[[rules]]
id = "possessive"
regex = '''a++b'''

[[rules]]
id = "by-path"
path = '''\\.p12$'''
`;

describe('configurations of gitleaks', () => {
  test('shown first, then written, then nothing more to do', () => {
    const repository = setUp();
    repository.write('.gitleaks.toml', TOML);
    repository.write('.unleak.yml', '# ours\nversion: 1 # the only one\nminConfidence: medium\n');
    const lists = `Not carried over:
  .gitleaks.toml:4: disabledRules: slack-bot-token: unleak has rules of its own; see "unleak rules list", then rules.disable
  .gitleaks.toml:10: 1 commits of allowlist: unleak ignores no commits; accept what they hold with "unleak baseline create"
  .gitleaks.toml:17: allowlists: all of its conditions must hold, and some have no counterpart
  .gitleaks.toml:40: rule by-path: it has no regex; unleak has no rules for names of files
  .gitleaks.toml:36: rule possessive: its expression has a possessive repeat
  .gitleaks.toml:32: rule github-again: unleak has github.personal-access-token for it
  .gitleaks.toml:8: path **: it would hide everything; refused
  .gitleaks.toml:6: an ignore: value: the regular expression is empty and would fit every secret; narrow it or leave it out

.gitleaks.toml (gitleaks-config): 1 rule, 4 ignores
`;
    const dry = run(repository, 'import', '.gitleaks.toml');
    expect([dry.exitCode, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toContain(
      '--- a/.unleak.yml\n+++ b/.unleak.yml\n@@ -2,2 +2,18 @@\n version: 1 # the only one\n minConfidence: medium\n+rules:\n',
    );
    expect(dry.stdout).toContain(`${lists}Nothing is written yet. To write unleak-rules.yml, .unleak.yml: add --yes\n`);
    expect(existsSync(join(repository.path, 'unleak-rules.yml'))).toBe(false);

    expect(importNow(repository, '.gitleaks.toml')).toBe(
      `${lists}Written: unleak-rules.yml, .unleak.yml. Look at them with git diff, then: unleak scan\n`,
    );
    expect(read(repository, '.unleak.yml')).toBe(`# ours
version: 1 # the only one
minConfidence: medium
rules:
  files:
    - unleak-rules.yml
ignore:
  - paths:
      - docs/**
    reason: made up
  - value: ^EXAMPLE
    reason: made up
  - paths:
      - test/**
    value: "[dD][uU][mM][mM][yY]"
    reason: allowlists of .gitleaks.toml
  - rule: imported.acme-live
    value: ^acme_live_0
    reason: allowlists of rule acme-live of .gitleaks.toml
`);
    expect(importNow(repository, '.gitleaks.toml')).toBe(`${lists}Nothing to write.\n`);
    expect(run(repository, 'rules', 'check', 'imported.*').stdout).toBe('1 rule checked, all proved\n');
    const random = new RandomText(5);
    repository.write(
      'src/c.js',
      `a("acme_live_${random.text('base36', 24)}")\nb("acme_live_0${random.text('base36', 23)}")\n`,
    );
    expect(rulesFound(repository)).toEqual(['src/a.py:2', 'src/a.py:3', 'src/b.yml:1', 'src/c.js:1']);
  });

  test('an existing baseline is extended with its own key', () => {
    const repository = setUp();
    run(repository, 'baseline', 'create', 'src/b.yml', '--reason', 'mine');
    const header = read(repository, '.unleak-baseline').split('\n').slice(0, 4);
    repository.write('.gitleaksignore', 'src/a.py:github-pat:2\nsrc/b.yml:github-pat:1\n');
    expect(importNow(repository, '.gitleaksignore')).toContain('1 finding accepted, 1 in the baseline already\n');
    expect(read(repository, '.unleak-baseline').split('\n').slice(0, 4)).toEqual(header);
    expect(baselineOf(repository)).toEqual([
      `${PAT} src/a.py reason="from .gitleaksignore"`,
      `${PAT} src/b.yml reason=mine`,
    ]);
  });

  test.each([
    ['a.toml', 'x = [', 'unleak: a.toml:1: is no valid TOML; mend it\n'],
    ['a.sarif', '{', 'unleak: a.sarif: is no valid JSON; mend it, or say what it is with --from\n'],
    ['.talismanrc', 'a: [', 'unleak: .talismanrc: is no valid YAML (bad_indent); mend it\n'],
  ])('%s that is broken: one line, nothing written', (file, text, message) => {
    const repository = setUp();
    repository.write(file, text);
    expect(run(repository, 'import', file, '--yes')).toEqual({ exitCode: 2, stdout: '', stderr: message });
  });

  test('without a file, and with one that is not there', () => {
    const repository = setUp();
    expect(run(repository, 'import')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'unleak: "unleak import" needs the files of the other tool, such as: unleak import .gitleaks.toml .gitleaksignore\n',
    });
    expect(run(repository, 'import', 'no.toml').stderr).toBe(
      'unleak: no.toml: there is no such file; nothing was written\n',
    );
  });
});
