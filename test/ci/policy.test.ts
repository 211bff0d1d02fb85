// Whose settings count: those of the base in a pull request, so that a change cannot silence itself; those of the pushed
// commit in a push. A change of settings is always told.
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { noCi } from './run-diff-ci.ts';
import { writePayload } from './scenario.ts';

afterAll(removeFolders);

const TOKEN = makeToken(201);
const CONFIG = 'version: 1\nignore:\n  - paths: [hidden/**]\n    reason: made-up data\n';
const RULES = `- id: acme.key
  name: Acme key
  description: Opens Acme.
  severity: high
  prefixes: [acmedk_]
  pattern: 'acmedk_[a-z0-9]{24}'
  examples: ['ACME_KEY=«acmedk_{{base36:24}}»']
  counterExamples: ['acmedk_tooshort']
  rotate: { where: 'Acme console > Keys' }
  references: [https://docs.acme.example/keys]
`;

interface Change {
  readonly repository: TestRepository;
  readonly base: string;
  readonly head: string;
}

function makeChange(before: (repository: TestRepository) => void, after: (repository: TestRepository) => void): Change {
  const repository = makeRepository();
  repository.write('README.md', 'text\n');
  before(repository);
  const base = repository.commitAll('base');
  repository.write('hidden/a.env', `TOKEN=${TOKEN}\n`);
  after(repository);
  return { repository, base, head: repository.commitAll('change') };
}

function run({ repository, base, head }: Change, event: 'pull_request' | 'push', ...words: string[]) {
  const payload =
    event === 'push'
      ? { ref: 'refs/heads/main', before: base, after: head, repository: { default_branch: 'main' } }
      : { pull_request: { number: 1, base: { sha: base, ref: 'main' }, head: { sha: head, ref: 'x' } } };
  const env = { ...noCi(), GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: writePayload(payload) };
  const done = runUnleak(['diff', '--ci', '--format', 'json', ...words], { cwd: repository.path, env });
  const ids = new Map([
    [base.slice(0, 12), 'BASE'],
    [head.slice(0, 12), 'HEAD'],
  ]);
  const said = done.stderr.replace(/[0-9a-f]{12}/g, (id) => ids.get(id) ?? id);
  return { exitCode: done.exitCode, said: said.split('\n').filter((line) => /settings|changes/.test(line)), done };
}

const nothing = (): void => {};

describe('in a pull request', () => {
  test('an ignore that the change brings along has no effect, and is told', () => {
    const { exitCode, said } = run(
      makeChange(nothing, (r) => r.write('.unleak.yml', CONFIG)),
      'pull_request',
    );
    expect({ exitCode, said }).toEqual({
      exitCode: 1,
      said: [
        'unleak: settings from base commit BASE: defaults, no settings there',
        'unleak: this change also changes .unleak.yml',
      ],
    });
  });

  test('the same of .unleakignore and of a baseline, and of a file that is named', () => {
    const ignore = run(
      makeChange(nothing, (r) => r.write('.unleakignore', 'hidden/\n')),
      'pull_request',
    );
    expect([ignore.exitCode, ignore.said[1]]).toEqual([1, 'unleak: this change also changes .unleakignore']);
    const change = makeChange(nothing, (r) => r.write('ci/own.yml', CONFIG));
    const named = run(change, 'pull_request', '--config', 'ci/own.yml');
    expect([named.exitCode, named.said[1]]).toEqual([1, 'unleak: this change also changes ci/own.yml']);
  });

  test('an ignore of the base counts, also when the change takes it away', () => {
    const { exitCode, said } = run(
      makeChange(
        (r) => r.write('.unleak.yml', CONFIG),
        (r) => r.write('.unleak.yml', 'version: 1\n'),
      ),
      'pull_request',
    );
    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: ['unleak: settings from base commit BASE: .unleak.yml', 'unleak: this change also changes .unleak.yml'],
    });
  });

  test('a baseline of the base knows the value; the change may not add to it', () => {
    const known = makeRepository();
    known.write('old.env', `TOKEN=${TOKEN}\n`);
    runUnleak(['baseline', 'create'], { cwd: known.path });
    const base = known.commitAll('base');
    known.write('old.env', `TOKEN=${TOKEN}\n# more\nTOKEN=${TOKEN}\n`);
    const head = known.commitAll('change');
    expect(run({ repository: known, base, head }, 'pull_request').exitCode).toBe(0);

    const added = makeChange(nothing, (r) => {
      runUnleak(['baseline', 'create'], { cwd: r.path });
    });
    const { exitCode, said } = run(added, 'pull_request');
    expect([exitCode, said[1]]).toEqual([1, 'unleak: this change also changes .unleak-baseline']);
  });

  test('rule files of the base are used, by name and by pattern', () => {
    const config = "version: 1\nrules:\n  files: ['security/*.yml']\n";
    const value = `acmedk_${new RandomText(9).text('base36', 24)}`;
    const change = makeChange(
      (r) => {
        r.write('security/own.yml', RULES);
        r.write('.unleak.yml', config);
      },
      (r) => {
        r.write('hidden/a.env', `key=${value}\n`);
        r.write('security/own.yml', RULES.replaceAll('acmedk_', 'nonedk_'));
      },
    );
    const { exitCode, said, done } = run(change, 'pull_request');
    expect(done.stdout).toContain('"rule": "acme.key"');
    expect({ exitCode, said }).toEqual({
      exitCode: 1,
      said: [
        'unleak: settings from base commit BASE: .unleak.yml, security/own.yml',
        'unleak: this change also changes security/own.yml',
      ],
    });
  });

  test('a broken configuration of the base is told with its own name', () => {
    const { exitCode, done } = run(
      makeChange((r) => r.write('.unleak.yml', 'version: 9\n'), nothing),
      'pull_request',
    );
    expect({ exitCode, stderr: done.stderr }).toEqual({
      exitCode: 2,
      stderr:
        'unleak: .unleak.yml:1: version: must be 1, the only one that this unleak knows; update unleak or write 1\n',
    });
  });

  test('a temporary folder inside of the checkout does not bring its settings back', () => {
    const change = makeChange(nothing, (r) => r.write('.unleak.yml', CONFIG));
    const env = { TMPDIR: change.repository.path };
    const payload = {
      pull_request: { number: 1, base: { sha: change.base, ref: 'main' }, head: { sha: change.head } },
    };
    const done = runUnleak(['diff', '--ci', '--format', 'json'], {
      cwd: change.repository.path,
      env: {
        ...noCi(),
        ...env,
        GITHUB_ACTIONS: 'true',
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: writePayload(payload),
      },
    });
    expect(done.exitCode).toBe(1);
    // Nothing of it stays behind.
    expect(change.repository.git('status', '--porcelain')).toBe('');
  });
});

test('in a push the settings of the pushed commit count, and their change is told', () => {
  const { exitCode, said } = run(
    makeChange(nothing, (r) => r.write('.unleak.yml', CONFIG)),
    'push',
  );
  expect({ exitCode, said }).toEqual({
    exitCode: 0,
    said: ['unleak: settings from head commit HEAD: .unleak.yml', 'unleak: this change also changes .unleak.yml'],
  });
});

test('a file outside of the repository is taken as it is', () => {
  const outside = makeRepository();
  outside.write('own.yml', CONFIG);
  const { exitCode } = run(makeChange(nothing, nothing), 'pull_request', '--config', join(outside.path, 'own.yml'));
  expect(exitCode).toBe(0);
});
