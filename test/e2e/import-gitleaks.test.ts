// `unleak import` end to end: a configuration of gitleaks, shown and written; files that are not there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { baselineOf, importNow, PAT, read, rulesFound, run, setUp } from '../importers/import-run.ts';
import { removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

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
  .gitleaks.toml:10: 1 commit of allowlist: unleak ignores no commits; accept what they hold with "unleak baseline create"
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
