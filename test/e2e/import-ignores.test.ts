// `unleak import` end to end: paths, values and lines that other tools leave out; the whole of what is written.
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { FRESH, importNow, OLD, read, rulesFound, run, setUp } from '../importers/import-run.ts';
import { removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

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
