// No found value appears in clear in any output: 60 kinds of secrets are planted, every format and stream is searched,
// also for encoded forms. The search itself is proved by --reveal, which must show them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { findLeaks, type PlantedSecret, plantSecrets } from './planted-secrets.ts';

const KINDS = 60;
let planted: readonly PlantedSecret[];
let repository: TestRepository;

beforeAll(() => {
  planted = plantSecrets(KINDS);
  repository = makeRepository();
  repository.write('readme.txt', 'nothing here\n');
  repository.commitAll('start');
  planted.forEach(({ text }, i) => {
    repository.write(`config/file-${i}.env`, `${text}\n`);
  });
  repository.write('all-in-one.yml', planted.map(({ text }) => text).join('\n\n'));
  repository.git('add', '--all');
});
afterAll(removeFolders);

const run = (...words: string[]) => runUnleak(words, { cwd: repository.path });

describe('values in outputs', () => {
  it('finds nearly all of them, so that there is something to hide', () => {
    const { stdout, exitCode } = run('scan', '--min-confidence', 'low', '--format', 'json');
    const found = new Set((JSON.parse(stdout) as { findings: { rule: string }[] }).findings.map((f) => f.rule));
    expect(exitCode).toBe(1);
    expect(planted.filter(({ ruleId }) => !found.has(ruleId)).map(({ ruleId }) => ruleId)).toEqual([]);
  });

  it('shows them with --reveal, so that the search can find them', () => {
    const { stdout } = run('scan', '--min-confidence', 'low', '--format', 'json', '--reveal');
    expect(findLeaks(stdout, planted).length).toBe(KINDS);
  });

  it.each(REPORTERS.map((reporter) => reporter.name))('scan --format %s', (format) => {
    for (const more of [[], ['--verbose', '--timings', '--unused-ignores'], ['--quiet']]) {
      const { stdout, stderr } = run('scan', '--min-confidence', 'low', '--format', format, ...more);
      expect(stdout.length).toBeGreaterThan(0);
      expect(findLeaks(stdout, planted)).toEqual([]);
      expect(findLeaks(stderr, planted)).toEqual([]);
    }
  });

  it('formats that a revealed report is converted to', () => {
    const file = join(makeFolder(), 'revealed.json');
    run('scan', '--min-confidence', 'low', '--reveal', '--output', file);
    expect(findLeaks(readFileSync(file, 'utf8'), planted).length).toBe(KINDS);
    for (const { name } of REPORTERS) {
      const { stdout, stderr, exitCode } = run('report', name, file);
      expect({ exitCode, stderr }, name).toEqual({ exitCode: 1, stderr: '' });
      expect(findLeaks(stdout, planted), name).toEqual([]);
    }
  });

  it('staged, diff, stdin, explain and the baseline', () => {
    const stdin = runUnleak(['stdin', '--min-confidence', 'low'], {
      cwd: repository.path,
      input: planted.map(({ text }) => text).join('\n'),
    });
    expect(stdin.exitCode).toBe(1);
    const outputs = [
      stdin,
      run('staged', '--min-confidence', 'low'),
      run('diff', '-', '--min-confidence', 'low'),
      run('explain', 'all-in-one.yml'),
      run('baseline', 'create'),
      run('baseline', 'show'),
      run('baseline', 'update'),
      run('baseline', 'prune'),
    ];
    for (const { stdout, stderr } of outputs) expect(findLeaks(stdout + stderr, planted)).toEqual([]);
    expect(findLeaks(readFileSync(join(repository.path, '.unleak-baseline'), 'utf8'), planted)).toEqual([]);
  });

  it('files that a report is written to', () => {
    const folder = join(repository.path, 'out');
    repository.write('out/.keep', '');
    const all = REPORTERS.map(({ fileEndings }) => `r${fileEndings[0]}`).sort();
    run('scan', '.', ...all.flatMap((name) => ['--output', join(folder, name)]));
    const names = readdirSync(folder).filter((name) => name !== '.keep');
    expect(names.sort()).toEqual(all);
    for (const name of names) expect(findLeaks(readFileSync(join(folder, name), 'utf8'), planted)).toEqual([]);
  });

  it('names of files and broken settings that hold a value', () => {
    const { value } = planted.find((p) => /^[A-Za-z0-9_-]{20,80}$/.test(p.value))!;
    const one = planted.filter((p) => p.value === value);
    repository.write(`named-${value}.txt`, `token: ${value}\n`);
    const outputs = [
      run('scan', '--min-confidence', 'low'),
      run('scan', '--min-confidence', 'low', '--format', 'json'),
      run('scan', '--min-confidence', 'low', '--format', 'sarif'),
    ];
    for (const { stdout, stderr } of outputs) expect(findLeaks(stdout + stderr, one)).toEqual([]);
    repository.write('bad.yml', `version: 1\nignore:\n  - value: '${value}('\n    reason: x\n${value}: 1\n`);
    repository.write('bad-rules.yml', `- id: ours.key\n  pattern: '${value}('\n  ${value}: 1\n`);
    for (const words of [
      ['scan', '--config', 'bad.yml'],
      ['rules', 'check', '--rules', 'bad-rules.yml'],
      ['scan', '--only', value],
    ]) {
      const { stdout, stderr, exitCode } = run(...words);
      expect(exitCode).toBe(2);
      expect(stderr).not.toBe('');
      expect(findLeaks(stdout + stderr, one), words.join(' ')).toEqual([]);
    }
  });
});
