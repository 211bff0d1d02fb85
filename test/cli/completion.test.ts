import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { completeWords, completionScript } from '../../src/cli/completion.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { UNLEAK } from './unleak-process.ts';

afterAll(removeFolders);

const RULE_IDS = ['aws.access-key', 'github.app-token', 'github.oauth-token'];
const complete = (line: string) => completeWords(line.split(' '), () => RULE_IDS);

test.each([
  [
    '',
    [
      'scan',
      'staged',
      'diff',
      'history',
      'shell',
      'stdin',
      'baseline',
      'explain',
      'plan',
      'rules',
      'hook',
      'report',
      'import',
      'completion',
      '--help',
      '--version',
    ],
  ],
  ['s', ['scan', 'staged', 'shell', 'stdin']],
  ['zebra', []],
  ['scan ', []],
  ['scan --min', ['--min-confidence', '--min-severity']],
  ['scan --min-confidence ', ['high', 'medium', 'low']],
  ['scan --format js', ['json', 'jsonl']],
  ['rules list --format ', ['text', 'json']],
  ['scan --config ', []],
  ['scan --only ', ['aws.*', 'github.*', ...RULE_IDS]],
  ['scan --skip github.o', ['github.oauth-token']],
  ['rules ', ['list', 'show', 'check']],
  ['rules show a', ['aws.*', 'aws.access-key']],
  ['baseline u', ['update']],
  ['hook ', ['install', 'uninstall', 'doctor', 'run']],
  ['hook run p', ['pre-commit', 'pre-merge-commit', 'pre-push', 'pre-receive']],
  ['completion ', ['bash', 'zsh', 'fish']],
  ['zebra --', []],
])('"unleak %s"', (line, expected) => {
  expect(complete(line)).toEqual(expected);
});

test('rule ids are looked up only when they are wanted', () => {
  const refuse = () => {
    throw new Error('looked up');
  };
  expect(completeWords(['scan', '--no'], refuse)).toEqual([]);
  expect(completeWords(['scan', '--only', 'a'].slice(0, 2), refuse)).toEqual(['--only']);
});

test('an unknown shell is a mistake', () => {
  expect(() => completionScript([])).toThrow('completion needs one shell: bash, zsh, fish');
  expect(() => completionScript(['powershell'])).toThrow('completion needs one shell: bash, zsh, fish');
});

/** A folder with a command `unleak`, for PATH. */
function makeBin(): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'unleak'), `#!/bin/sh\nexec '${process.execPath}' '${UNLEAK}' "$@"\n`);
  chmodSync(join(folder, 'unleak'), 0o755);
  return folder;
}

test.skipIf(process.platform === 'win32')('bash completes with the script', () => {
  const script = `eval "$(unleak completion bash)"
COMP_WORDS=(unleak scan --only 'github.personal-access-t'); COMP_CWORD=3; _unleak; echo "\${COMPREPLY[@]}"
COMP_WORDS=(unleak st); COMP_CWORD=1; _unleak; echo "\${COMPREPLY[@]}"`;
  const env = { ...process.env, PATH: `${makeBin()}:${process.env.PATH}` };
  const done = spawnSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' });
  expect({ stdout: done.stdout, stderr: done.stderr }).toEqual({
    stdout: 'github.personal-access-token\nstaged stdin\n',
    stderr: '',
  });
});

const hasShell = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

test.skipIf(!hasShell('zsh'))('zsh can read the script', () => {
  const done = spawnSync('zsh', ['-n'], { input: completionScript(['zsh']), encoding: 'utf8' });
  expect([done.status, done.stderr]).toEqual([0, '']);
});

test.skipIf(!hasShell('fish'))('fish can read the script', () => {
  const script = join(makeFolder(), 'unleak.fish');
  writeFileSync(script, completionScript(['fish']));
  const done = spawnSync('fish', ['--no-execute', script], { encoding: 'utf8' });
  expect([done.status, done.stderr]).toEqual([0, '']);
});
