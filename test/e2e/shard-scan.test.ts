// A scan that is shared out gives, put together, the very bytes of the whole scan; anything missing or foreign is an error.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { makeShardRepository } from './shard-repository.ts';

let repository: TestRepository;
let folder: string;

beforeAll(() => {
  repository = makeShardRepository();
  folder = makeFolder();
  symlinkSync('dir-1', join(repository.path, 'link'));
  repository.git('add', '--all');
  repository.write('big.bin', Buffer.alloc(5000, 7));
}, 60_000);
afterAll(removeFolders);

const run = (...words: string[]) => runUnleak(words, { cwd: repository.path });

/** Writes the shards' reports and gives their names. */
function scanShards(name: string, count: number, ...words: string[]): string[] {
  return Array.from({ length: count }, (_, i) => {
    const file = join(folder, `${name}-${i + 1}.json`);
    const { exitCode, stderr } = run('scan', '--shard', `${i + 1}/${count}`, '--output', file, ...words);
    expect([0, 1, 3], stderr).toContain(exitCode);
    return file;
  });
}

describe.each([1, 3, 9])('in %i shards', (count) => {
  it('gives the same bytes as in one piece, in other formats too', () => {
    const files = scanShards(`all-${count}`, count, '--min-confidence', 'low');
    const whole = run('scan', '--min-confidence', 'low', '--format', 'json');
    const joined = run('report', 'json', ...files.reverse());
    expect(joined.stderr).toBe('');
    expect(joined.stdout).toBe(whole.stdout);
    expect(joined.exitCode).toBe(1);
    if (count !== 3) return;
    for (const format of ['text', 'sarif', 'junit']) {
      const one = run('scan', '--min-confidence', 'low', '--format', format);
      expect(run('report', format, ...files).stdout).toBe(one.stdout);
    }
  });
});

it('gives the same for paths, with a baseline, and for an empty choice', () => {
  repository.write('empty/.keep', '');
  for (const [name, words] of [
    ['paths', ['dir-1', 'dir-3/*.txt']],
    ['one', ['dir-1/loose.txt']],
    ['none', ['link/nothing', '--include-ignored']],
  ] as const) {
    const whole = run('scan', '--format', 'json', ...words);
    if (whole.exitCode === 2) continue;
    const joined = run('report', 'json', ...scanShards(name, 2, ...words));
    expect(joined.stdout).toBe(whole.stdout);
    expect(joined.exitCode).toBe(whole.exitCode);
  }
  expect(run('baseline', 'create').exitCode).toBe(0);
  const whole = run('scan', '--format', 'json');
  const joined = run('report', 'json', ...scanShards('known', 3));
  expect(joined.stdout).toBe(whole.stdout);
  expect(joined.exitCode).toBe(0);
  expect(JSON.parse(joined.stdout).summary.suppressed).toBeGreaterThan(5);
  repository.git('clean', '--quiet', '--force', '.unleak-baseline');
});

it('takes its number from the engine, and says which part it is', () => {
  const environment = { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' };
  const { stdout, exitCode } = runUnleak(['scan', '--shard', 'auto', '--format', 'json'], {
    cwd: repository.path,
    env: environment,
  });
  const { shard, subject } = JSON.parse(stdout);
  expect(exitCode).toBe(1);
  expect({ ...shard, subject }).toEqual({
    index: 2,
    count: 3,
    commit: repository.git('rev-parse', 'HEAD'),
    rules: expect.stringMatching(/^[0-9a-f]{16}$/),
    settings: expect.stringMatching(/^[0-9a-f]{32}$/),
    subject: '.',
  });
  expect(stdout).toBe(run('scan', '--shard', '2/3', '--format', 'json').stdout);
  expect(run('scan', '--shard', '2/3').stdout.trimEnd().split('\n').at(-1)).toMatch(
    /^unleak scan \. \(shard 2 of 3\): /,
  );
});

describe('what is no whole', () => {
  let files: string[];
  beforeAll(() => {
    files = scanShards('whole', 3);
  });

  function refusal(...names: string[]): string {
    const { exitCode, stdout, stderr } = run('report', 'json', ...names);
    expect({ exitCode, stdout, lines: stderr.split('\n').length }).toEqual({ exitCode: 2, stdout: '', lines: 2 });
    return stderr.replaceAll(folder, '').trimEnd();
  }

  it('is refused', () => {
    const [one = '', two = '', three = ''] = files;
    const copy = join(folder, 'copy.json');
    writeFileSync(copy, readFileSync(two));
    expect(refusal(one, three)).toBe(
      'unleak: shard 2 of 3 is missing; give the reports of all shards, or scan again those that failed',
    );
    expect(refusal(one, two, copy, three)).toBe(
      'unleak: /copy.json: is shard 2 of 3 again, as /whole-2.json is; give each shard once',
    );
    const [other = ''] = scanShards('subject', 1, 'dir-1');
    expect(refusal(one, other)).toBe(
      'unleak: /subject-1.json: has another subject than /whole-1.json; the shards are of different scans',
    );
    const rules = scanShards('rules', 3, '--skip', 'github.*')[1] ?? '';
    expect(refusal(one, rules, three)).toBe(
      'unleak: /rules-2.json: has other rules than /whole-1.json; use the same rules for all shards',
    );
    const settings = scanShards('settings', 3, '--min-confidence', 'high')[1] ?? '';
    expect(refusal(one, settings, three)).toBe(
      'unleak: /settings-2.json: has other settings than /whole-1.json; use the same flags, configuration and baseline for all shards',
    );
    const whole = join(folder, 'no-shard.json');
    run('scan', '--output', whole);
    expect(refusal(one, two, three, whole)).toBe(
      'unleak: /no-shard.json: is no shard, but /whole-1.json is; put the shards together by themselves first',
    );
    writeFileSync(copy, readFileSync(two).subarray(0, 500));
    expect(refusal(one, copy, three)).toBe(
      'unleak: /copy.json: is no JSON, or was cut short; make one with: unleak scan --format json',
    );
  });

  it('is found in a folder, too, as CI systems lay files out', () => {
    files.forEach((file, i) => {
      mkdirSync(join(folder, 'artifacts', `shard-${i}`), { recursive: true });
      writeFileSync(join(folder, 'artifacts', `shard-${i}`, 'report.json'), readFileSync(file));
    });
    expect(run('report', 'json', join(folder, 'artifacts')).stdout).toBe(run('scan', '--format', 'json').stdout);
  });
});

it.each([
  [['scan', '--shard', '4/3'], '--shard must be I/N, such as 2/4 (from 1, at most 10000), or auto, or auto/N'],
  [['history', '--shard', 'x'], '--shard must be I/N, such as 2/4 (from 1, at most 10000), or auto, or auto/N'],
  [['scan', '--shard'], '--shard needs a value: --shard I/N'],
  [
    ['history', '--shard', '1/2', '--rewrite-plan', '../plan'],
    '--verify and --rewrite-plan need the whole history; leave out --shard',
  ],
  [['staged', '--shard', '1/2'], '--shard is not an option of "unleak staged"; see: unleak staged --help'],
])('refuses %j', (words, message) => {
  const { exitCode, stderr } = run(...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
