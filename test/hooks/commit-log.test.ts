// The reader of git's log: real git output in pieces of any size, and bytes that git would not print.
import { afterAll, expect, test } from 'vitest';
import { checkGit } from '../../src/git/run-git.ts';
import { COMMIT_FORMAT, CommitLogParser, type LoggedCommit } from '../../src/hooks/commit-log.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeRepository, removeFolders, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

function readLog(bytes: Buffer, sizes: () => number): LoggedCommit[] {
  const commits: LoggedCommit[] = [];
  const parser = new CommitLogParser((commit) => commits.push(commit));
  for (let at = 0; at < bytes.length; ) {
    const size = sizes();
    parser.push(bytes.subarray(at, at + size));
    at += size;
  }
  parser.end();
  return commits;
}

test('commits, merges, empty commits, odd names and messages, in pieces of any size', () => {
  const repository = makeRepository();
  repository.write('a', 'one\n');
  repository.write('ü\n:b', 'two\n');
  const root = repository.commitAll('root');
  repository.git('switch', '--quiet', '--create', 'side');
  repository.write('a', 'one\nside\n');
  const side = repository.commitAll(':100644 looks like a record\n\n\u0001like a header\n');
  repository.git('switch', '--quiet', 'main');
  repository.git('commit', '--quiet', '--allow-empty', '--allow-empty-message', '-m', '');
  const empty = repository.git('rev-parse', 'HEAD');
  repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
  repository.write('a', 'one\nside\nevil\n');
  const merge = repository.commitAll('merge');
  const args = ['log', '--raw', '-c', '-z', '--no-abbrev', '--no-renames', COMMIT_FORMAT];
  const bytes = checkGit(args, { cwd: repository.path, env: testEnvironment() });
  const blob = (spec: string) => repository.git('rev-parse', spec);
  const whole = readLog(bytes, () => bytes.length);
  expect(
    whole.map(({ id, parents, message, paths }) => [
      id,
      parents,
      message.toString(),
      paths.map(({ path, newId }) => [path, newId]),
    ]),
  ).toEqual([
    [merge, [empty, side], 'merge\n', [['a', blob('HEAD:a')]]],
    [empty, [root], '', []],
    [side, [root], ':100644 looks like a record\n\n\u0001like a header\n', [['a', blob('side:a')]]],
    [
      root,
      [],
      'root\n',
      [
        ['a', blob(`${root}:a`)],
        ['ü\n:b', blob(`${root}:ü\n:b`)],
      ],
    ],
  ]);
  const seed = 20_260_916;
  const random = new RandomText(seed);
  for (let round = 0; round < 200; round++) {
    expect({ seed, round, commits: readLog(bytes, () => 1 + random.integer(60)) }).toEqual({
      seed,
      round,
      commits: whole,
    });
  }
  for (let round = 0; round < 3000; round++) {
    const broken = Buffer.from(bytes);
    for (let n = random.integer(4); n >= 0; n--) broken[random.integer(broken.length)] = random.integer(256);
    try {
      readLog(broken.subarray(0, random.integer(broken.length)), () => 50);
    } catch (error) {
      expect({ seed, round, error: (error as Error).constructor.name }).toEqual({ seed, round, error: 'TypeError' });
    }
  }
});
