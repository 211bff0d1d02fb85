// The hook's short way says the same as the parsers.
import { expect, test } from 'vitest';
import { NO_OPTIONS, wordsOfCommitHook } from '../../src/cli/commit-line.ts';
import { fillArguments } from '../../src/cli/fill-arguments.ts';

test('no options: what the full way makes of them', () => {
  const filled = fillArguments({ command: 'staged', operands: [], flags: [] });
  expect(filled).toMatchObject({ ...NO_OPTIONS });
  // What is not in NO_OPTIONS is nothing that staged looks at, or empty.
  expect(filled.known).toEqual({ files: [], aws: false });
});

test.each([
  ['staged', []],
  ['staged --quiet', ['--quiet']],
  ['hook run pre-commit', []],
  ['hook run pre-merge-commit -q', ['-q']],
  ['hook run pre-push origin', undefined],
  ['hook install', undefined],
  ['scan', undefined],
  ['', undefined],
])('%s', (line, words) => {
  expect(wordsOfCommitHook(line.split(' '))).toEqual(words);
});
