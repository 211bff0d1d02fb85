// `unleak report` on what scans have saved: the same text again, several as one, and one clear line for anything else.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
let folder: string;

beforeAll(() => {
  repository = makeRepository();
  folder = makeFolder();
  repository.write('a.txt', `token: ${makeToken(1)}\n`);
  repository.write('b/=1+1.txt', `token: ${makeToken(2)}\ntoken: ${makeToken(3)} # unleak:ignore reason="made up"\n`);
  repository.commitAll('start');
  repository.write('a.txt', 'gone\n');
  repository.commitAll('removed');
  repository.write('c.txt', `token: ${makeToken(2)}\ntoken: ${makeToken(4)}\n`);
  repository.git('add', '--all');
});
afterAll(removeFolders);

const run = (words: readonly string[], input?: string) =>
  runUnleak(words, { cwd: repository.path, ...(input === undefined ? {} : { input }) });

const INPUT = `token: ${makeToken(5)}\n`;
const SCANS: readonly (readonly string[])[] = [
  ['scan'],
  ['scan', '.', '--min-confidence', 'low', '--fail-on-new-place'],
  ['staged', '--format', 'text'],
  ['diff', 'HEAD~1..HEAD'],
  ['history', '--no-cache'],
  ['stdin', '--name', 'x.env'],
];

/** Saves a report and gives the name of the file. */
function save(name: string, ...words: string[]): string {
  const file = join(folder, name);
  const bare = words.filter((word) => !['--format', 'text'].includes(word));
  expect(run([...bare, '--format', 'json', '--output', file], INPUT).exitCode).toBeLessThan(2);
  return file;
}

describe.each(SCANS.map((words) => [words.join(' '), words] as const))('%s', (name, words) => {
  it('gives the same text from its saved report, and ends the same', () => {
    const direct = run(words, INPUT);
    const file = save(`${name.replaceAll(/\W/g, '-')}.json`, ...words);
    expect(run(['report', 'text', file])).toEqual({ ...direct, stderr: '' });
    expect(run(['report', 'json', file]).stdout).toBe(readFileSync(file, 'utf8'));
  });
});

it('reads standard input', () => {
  const text = readFileSync(save('input.json', 'scan'), 'utf8');
  expect(run(['report', 'text'], text)).toEqual({ ...run(['scan']), stderr: '' });
  expect(run(['report', 'text', '-'], text)).toEqual({ ...run(['scan']), stderr: '' });
});

it('writes several formats at once, each masked', () => {
  const file = save('many.json', 'scan', '--reveal');
  expect(readFileSync(file, 'utf8')).toContain(makeToken(2));
  const names = ['r.sarif', 'r.csv', 'r.xml', 'r.md', 'gl-secret-detection-report.json', 'r.json'];
  const outputs = names.flatMap((name) => ['--output', join(folder, name)]);
  expect(run(['report', 'sarif', file, ...outputs])).toMatchObject({ exitCode: 1, stdout: '', stderr: '' });
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text.length).toBeGreaterThan(100);
    for (const seed of [2, 3, 4]) expect(text).not.toContain(makeToken(seed));
  }
  expect(run(['report', 'json', file, '--reveal']).stdout).toBe(readFileSync(file, 'utf8'));
  expect(run(['report', 'json', join(folder, 'r.json'), '--reveal']).stderr).toBe(
    `unleak: --reveal: ${join(folder, 'r.json')} was made without it and holds no values; scan again\n`,
  );
});

it('states commit and time to GitLab, the same when SOURCE_DATE_EPOCH says so', () => {
  const file = save('gitlab.json', 'scan');
  const env = { SOURCE_DATE_EPOCH: '1767323045' };
  const report = JSON.parse(runUnleak(['report', 'gitlab', file], { cwd: repository.path, env }).stdout);
  expect(report.scan).toMatchObject({ start_time: '2026-01-02T03:04:05', end_time: '2026-01-02T03:04:05' });
  expect(report.vulnerabilities[0].location.commit.sha).toBe(repository.git('rev-parse', 'HEAD'));
  const started = JSON.parse(run(['scan', '--format', 'gitlab']).stdout).scan.start_time;
  expect(Math.abs(Date.parse(`${started}Z`) - Date.now())).toBeLessThan(120_000);
});

it('puts scans together; what two of them found counts once', () => {
  const [tree, staged, history] = [save('1.json', 'scan'), save('2.json', 'staged'), save('3.json', 'history')];
  const { stdout, exitCode } = run(['report', 'json', tree, staged, history, tree]);
  const merged = JSON.parse(stdout);
  const places = merged.findings.map((one: { path: string; line: number; origin: { commit?: string } }) =>
    [one.path, one.line, one.origin.commit === undefined ? 'now' : 'commit'].join(' '),
  );
  expect(exitCode).toBe(1);
  expect({ mode: merged.mode, subject: merged.subject }).toEqual({
    mode: 'merged',
    subject: 'tree ., staged index, history',
  });
  expect(places).toEqual([
    'a.txt 1 commit',
    'b/=1+1.txt 1 now',
    'b/=1+1.txt 1 commit',
    'c.txt 1 now',
    // The index is no commit: what stands there too is the same place.
    'c.txt 2 now',
  ]);
});

describe('exit codes', () => {
  const incomplete = () => {
    const document = JSON.parse(readFileSync(save('clean.json', 'scan', '--only', 'aws.*'), 'utf8'));
    document.problems.push({ kind: 'unreadable', path: 'x', message: 'no', isIncomplete: true });
    document.coverage.isComplete = false;
    const file = join(folder, 'incomplete.json');
    writeFileSync(file, JSON.stringify(document));
    return file;
  };

  it('are those of the report', () => {
    const clean = save('clean.json', 'scan', '--only', 'aws.*');
    expect(run(['report', 'text', clean]).exitCode).toBe(0);
    expect(run(['report', 'text', incomplete()]).exitCode).toBe(3);
    expect(run(['report', 'text', incomplete(), '--allow-incomplete']).exitCode).toBe(0);
    expect(run(['report', 'text', incomplete(), save('found.json', 'scan')]).exitCode).toBe(1);
  });
});

describe('what cannot be read', () => {
  it.each([
    [
      ['report'],
      'unleak: "unleak report" needs one of text, json, jsonl, sarif, markdown, csv, junit, gitlab, gitlab-code-quality, rdjsonl, gitleaks-json',
    ],
    [
      ['report', 'jsn'],
      'unleak: "unleak report" needs one of text, json, jsonl, sarif, markdown, csv, junit, gitlab, gitlab-code-quality, rdjsonl, gitleaks-json, not "jsn". Did you mean "json"?',
    ],
    [['report', 'text', 'no.json'], 'unleak: no.json: there is no such file; was the scan that makes it run?'],
    [['report', 'text', 'b'], 'unleak: b: there is no .json file in this folder; name the reports'],
    [['report', 'text', ''], 'unleak: "": no file is named; is a variable not set?'],
    [
      ['report', 'text', 'a.txt'],
      'unleak: a.txt: is no JSON, or was cut short; make one with: unleak scan --format json',
    ],
    [['report', 'text'], 'unleak: standard input: is empty; did the scan that makes it fail?'],
  ])('%j', (words, message) => {
    expect(run(words)).toEqual({ exitCode: 2, stdout: '', stderr: `${message}\n` });
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission (not as root)', () => {
    const file = save('locked.json', 'scan');
    chmodSync(file, 0);
    expect(run(['report', 'text', file]).stderr).toBe(`unleak: ${file}: cannot be read (EACCES)\n`);
  });
});
