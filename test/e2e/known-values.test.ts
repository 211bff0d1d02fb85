// `--known FILE` and `--known-aws` end to end: found in every form and by every command, never printed, never half-read.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const VALUE = `${new RandomText(3).text('base62', 9)} +/"x`;
const OTHER = new RandomText(4).text('base62', 16);

function setUp() {
  const repository = makeRepository();
  const file = join(makeFolder(), 'values.env');
  writeFileSync(file, `# values\nDB_PASS='${VALUE}'\n${OTHER}\nPIN=1234\n`, { mode: 0o600 });
  repository.write(
    'notes.txt',
    [
      `see ${VALUE}`,
      `auth ${Buffer.from(`me:${VALUE}`).toString('base64')}`,
      `url ${encodeURIComponent(VALUE)}`,
      `hex ${Buffer.from(VALUE).toString('hex')}`,
      `json ${JSON.stringify({ text: VALUE })}`,
      `list,${OTHER},end`,
      'changeme is not asked for',
    ].join('\n'),
  );
  return { repository, file };
}

const PLACES = [1, 2, 3, 4, 5, 6].map((line) => ['known.value', 'notes.txt', line]);

function placesOf(stdout: string) {
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; path: string; line: number }[] };
  return findings.map(({ rule, path, line }) => [rule, path, line]);
}

/** No form of a value is in what was printed. */
function expectHidden(text: string): void {
  for (const value of [VALUE, OTHER]) {
    const forms = [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString('hex'),
      JSON.stringify(value).slice(1, -1),
    ];
    for (const form of forms) expect(text).not.toContain(form);
  }
}

test('scan, staged, diff, stdin and history find every form and print none', () => {
  const { repository, file } = setUp();
  const run = (words: readonly string[], input = '') => {
    const outcome = runUnleak([...words, '--known', file, '--format', 'json'], { cwd: repository.path, input });
    expectHidden(outcome.stdout + outcome.stderr);
    expect(outcome.stderr).toBe(`unleak: ${file}:4: shorter than 6 characters; not looked for\n`);
    expect(outcome.exitCode).toBe(1);
    return placesOf(outcome.stdout);
  };
  expect(run(['scan'])).toEqual(PLACES);
  repository.git('add', '.');
  expect(run(['staged'])).toEqual(PLACES);
  repository.git('commit', '-qm', 'one');
  expect(run(['history'])).toEqual(PLACES);
  const patch = repository.git('show');
  expect(run(['diff', '-'], String(patch))).toEqual(PLACES);
});

test('history finds a value that only a delta in the middle of a pack holds', () => {
  const { repository, file } = setUp();
  const lines = Array.from({ length: 900 }, (_, i) => `line ${i} ${new RandomText(i + 1).text('lower', 20)}`);
  const commit = (at: number, text: string) => {
    repository.write('notes.txt', [...lines.slice(0, at), text, ...lines.slice(at)].join('\n'));
    return repository.commitAll(`at ${at}`);
  };
  commit(100, 'nothing');
  commit(400, `old ${OTHER}`);
  commit(700, 'nothing');
  commit(750, 'still nothing');
  repository.git('gc', '-q', '--aggressive');
  const { stdout } = runUnleak(['history', '--known', file, '--format', 'json'], { cwd: repository.path });
  expect(placesOf(stdout)).toEqual([['known.value', 'notes.txt', 401]]);
});

test('a value across the border of two windows is found once, at its place', () => {
  const { repository, file } = setUp();
  const before = 'x'.repeat((1 << 20) + 18_432 - 5);
  repository.write('notes.txt', `${before}${OTHER}\n${'y'.repeat(70_000)}\n`);
  const { stdout } = runUnleak(['scan', '--known', file, '--format', 'json'], { cwd: repository.path });
  expect(placesOf(stdout)).toEqual([['known.value', 'notes.txt', 1]]);
});

test('the text says which value it is, and that nothing of it is shown', () => {
  const { repository, file } = setUp();
  repository.write('notes.txt', `see ${VALUE}\n`);
  const { stdout } = runUnleak(['scan', '--known', file], { cwd: repository.path });
  expect(stdout.split('\n').slice(0, 6)).toEqual([
    'CRITICAL  A value of your own',
    '  value     ******** (confidence high, rule known.value)',
    '  why       equals DB_PASS of your values',
    '  place     notes.txt:1:5',
    '  rotate    Where the value was made',
    '            Whoever can read this place has the value.',
  ]);
});

test('a placeholder that the user names counts; without the flag nothing does', () => {
  const repository = makeRepository();
  const file = join(makeFolder(), 'values');
  writeFileSync(file, 'your-password-here\n', { mode: 0o600 });
  repository.write('a.ini', 'password = "your-password-here"\n');
  expect(runUnleak(['scan'], { cwd: repository.path }).exitCode).toBe(0);
  const { stdout, exitCode } = runUnleak(['scan', '--known', file, '--format', 'json'], { cwd: repository.path });
  expect([exitCode, placesOf(stdout)]).toEqual([1, [['known.value', 'a.ini', 1]]]);
});

test('the AWS credentials file, where AWS looks for it', () => {
  const repository = makeRepository();
  const home = makeFolder();
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'credentials'), `[work]\naws_secret_access_key = ${OTHER}\n`, { mode: 0o600 });
  repository.write('a.txt', `${OTHER}\n`);
  const scan = (env: NodeJS.ProcessEnv) =>
    runUnleak(['scan', '--known-aws', '--format', 'json'], { cwd: repository.path, env });
  const outcome = scan({ HOME: home });
  expect([outcome.exitCode, outcome.stderr, placesOf(outcome.stdout)]).toEqual([1, '', [['known.value', 'a.txt', 1]]]);
  const missing = join(home, 'none');
  expect(scan({ HOME: home, AWS_SHARED_CREDENTIALS_FILE: missing })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `unleak: --known-aws: ${missing}: there is no such file; nothing was scanned\n`,
  });
});

test('one line for what cannot be used, never what stands in it', () => {
  const { repository, file } = setUp();
  const short = join(makeFolder(), 'short');
  writeFileSync(short, 'abc\n', { mode: 0o600 });
  const fails = (...words: string[]) => {
    const { exitCode, stdout, stderr } = runUnleak(['scan', ...words], { cwd: repository.path });
    expect([exitCode, stdout]).toEqual([2, '']);
    return stderr;
  };
  expect(fails('--known', repository.path)).toBe(
    `unleak: --known: ${repository.path}: is a folder, not a file; nothing was scanned\n`,
  );
  expect(fails('--known', short)).toBe(
    `unleak: ${short}:1: shorter than 6 characters; not looked for\nunleak: --known: ${short}: holds no value that can be looked for\n`,
  );
  expect(fails('--known', file, '--reveal', '--format', 'json')).toBe(
    'unleak: --reveal would print the values of --known; give one of them\n',
  );
});

test.skipIf(process.platform === 'win32')('a file that others may read is warned of', () => {
  const { repository, file } = setUp();
  chmodSync(file, 0o640);
  const { stderr } = runUnleak(['scan', '--known', file], { cwd: repository.path });
  expect(stderr.split('\n')[0]).toBe(`unleak: ${file}: others may read it (mode 640); use chmod 600`);
});
