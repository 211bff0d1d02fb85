// A history that is shared out gives, put together in a clone, the very bytes of the whole scan: places, dates, holders and
// ways out too, which no shard can know alone.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, removeFolders, TestRepository } from '../support/git-repository.ts';
import { makeShardRepository } from './shard-repository.ts';

let repository: TestRepository;
let folder: string;

beforeAll(() => {
  repository = makeShardRepository();
  folder = makeFolder();
}, 60_000);
afterAll(removeFolders);

const runIn = (cwd: string, ...words: string[]) =>
  runUnleak(words, { cwd, env: { XDG_CACHE_HOME: join(folder, 'cache') } });
const run = (...words: string[]) => runIn(repository.path, ...words);

function scanShards(cwd: string, name: string, count: number, ...words: string[]): string[] {
  return Array.from({ length: count }, (_, i) => {
    const file = join(folder, `${name}-${i + 1}.json`);
    const { exitCode, stderr } = runIn(cwd, 'history', '--shard', `${i + 1}/${count}`, '--output', file, ...words);
    expect([0, 1, 3], stderr).toContain(exitCode);
    return file;
  });
}

describe.each([
  ['everything', 3, []],
  ['a range', 2, ['main..side']],
  ['what came since a day', 1, ['--since', '2000-01-01']],
  ['a path', 2, ['--path', 'dir-0']],
  ['reachable, without names', 2, ['--no-unreachable', '--author-privacy']],
  ['first parents of a branch', 2, ['--branch', 'main', '--first-parent']],
  ['read by git', 2, ['--reader', 'git']],
] as const)('%s', (name, count, words) => {
  it('gives the same bytes in shards as in one piece', () => {
    const whole = run('history', '--no-cache', '--format', 'json', ...words);
    const files = scanShards(repository.path, `${name.replaceAll(' ', '-')}-${count}`, count, '--no-cache', ...words);
    const joined = run('report', 'json', ...files.reverse());
    expect(joined.stderr).toBe('');
    expect(joined.stdout).toBe(whole.stdout);
    expect(joined.exitCode).toBe(whole.exitCode);
    expect(JSON.parse(whole.stdout).findings.length).toBeGreaterThan(0);
  });
});

it('gives the same text', () => {
  const files = scanShards(repository.path, 'text', 2);
  expect(run('report', 'text', ...files).stdout).toBe(run('history', '--no-cache').stdout);
});

it('finds a secret in each kind of place, wherever it fell', () => {
  const files = scanShards(repository.path, 'places', 2);
  const { findings } = JSON.parse(run('report', 'json', ...files).stdout) as {
    findings: { origin: { place: string } }[];
  };
  expect([...new Set(findings.map(({ origin }) => origin.place))].sort()).toEqual([
    'commit-message',
    'file',
    'name',
    'tag-message',
  ]);
});

it('has no value in a shard', () => {
  for (const file of scanShards(repository.path, 'masked', 2)) {
    const text = readFileSync(file, 'utf8');
    for (const seed of [999, 5000, 5001, 5002, 5003]) expect(text).not.toContain(makeToken(seed));
  }
});

function refusal(cwd: string, ...words: string[]): string {
  const { exitCode, stdout, stderr } = runIn(cwd, 'report', 'json', ...words);
  expect({ exitCode, stdout, lines: stderr.split('\n').length }, stderr).toEqual({ exitCode: 2, stdout: '', lines: 2 });
  return stderr.replaceAll(folder, '').trimEnd();
}

/** A copy with the same objects and refs. */
function copyRepository(name: string): TestRepository {
  const path = join(folder, name);
  cpSync(repository.path, path, { recursive: true });
  return new TestRepository(path);
}

describe('what cannot be put together', () => {
  it('is refused outside of a clone, and in a clone of something else', () => {
    const files = scanShards(repository.path, 'elsewhere', 2);
    expect(refusal(folder, ...files)).toBe(
      'unleak: shards of a history are put together inside a clone: where and since when is asked of the commits of all shards together; run it there',
    );
    const copy = copyRepository('copy');
    expect(runIn(copy.path, 'report', 'json', ...files).exitCode).toBe(1);
    copy.git('hash-object', '-w', '.unleak.yml');
    writeFileSync(join(copy.path, 'more'), 'x');
    copy.git('hash-object', '-w', 'more');
    expect(refusal(copy.path, ...files)).toBe(
      'unleak: this clone has other objects than the shards have read; run unleak report in a copy of the repository that they used',
    );
    copy.git('checkout', '--quiet', 'main');
    expect(refusal(copy.path, ...files)).toBe(
      'unleak: /elsewhere-1.json: was made at another HEAD than this clone has; run unleak report where it was made',
    );
  });

  it('is refused with other settings than the shards had', () => {
    const files = scanShards(repository.path, 'settings', 2);
    const cure = 'give unleak report the same flags, configuration and baseline as the shards';
    expect(refusal(repository.path, '--min-confidence', 'low', ...files)).toBe(
      `unleak: /settings-1.json: was made with other settings; ${cure}`,
    );
    expect(refusal(repository.path, '--only', 'github.*', ...files)).toBe(
      `unleak: /settings-1.json: was made with other rules; ${cure}`,
    );
  });

  it('is refused when the shards read clones that are packed differently, or that have changed', () => {
    const copy = copyRepository('packed');
    const [first = ''] = scanShards(copy.path, 'before', 2);
    copy.git('repack', '-a', '-d', '-f', '--depth=0', '--quiet');
    const [, second = ''] = scanShards(copy.path, 'after', 2);
    expect(refusal(copy.path, first, second)).toBe(
      'unleak: /after-2.json: has another packing of the repository than /before-1.json; two clones may be packed differently; make all shards from one copy of the repository',
    );
    writeFileSync(join(copy.path, 'new.txt'), 'new\n');
    copy.git('add', 'new.txt');
    const [, third = ''] = scanShards(copy.path, 'later', 2);
    expect(refusal(copy.path, first, third)).toBe(
      'unleak: /later-2.json: has another set of git objects than /before-1.json; something was pushed or fetched in between; make all shards from one copy of the repository',
    );
  });
});

it('tells a missing object once, and stays incomplete', () => {
  const copy = copyRepository('broken');
  const lost = copy.git('rev-parse', 'side:dir-1/loose.txt');
  const path = join(copy.path, '.git', 'objects', lost.slice(0, 2), lost.slice(2));
  // The object came after the last gc, so that it is loose.
  copy.git('cat-file', '-e', lost);
  rmSync(path);
  const whole = runIn(copy.path, 'history', '--no-cache', '--format', 'json');
  const joined = runIn(copy.path, 'report', 'json', ...scanShards(copy.path, 'broken', 3, '--no-cache'));
  expect(joined.stdout).toBe(whole.stdout);
  expect(JSON.parse(joined.stdout).coverage.isComplete).toBe(false);
});
