// `unleak import` end to end: findings that other tools were told to accept, and what a scan says then.
import { afterAll, describe, expect, test } from 'vitest';
import {
  baselineOf,
  FRESH,
  importNow,
  OLD,
  PASSWORD,
  PAT,
  read,
  rulesFound,
  SECOND,
  setUp,
  sha1,
} from '../importers/import-run.ts';
import { removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

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
