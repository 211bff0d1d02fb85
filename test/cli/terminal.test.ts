// Output on a real terminal, which util-linux's `script` makes, against output in a pipe.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTerminal } from '../../src/cli/terminal.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { makeToken } from './made-up-secret.ts';
import { plainEnvironment, runUnleak, UNLEAK } from './unleak-process.ts';

let folder: string;
beforeAll(() => {
  folder = makeFolder();
  writeFileSync(join(folder, 'a.env'), `GITHUB_TOKEN=${makeToken()}\n`);
});
afterAll(removeFolders);

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;
const ESCAPE = '\u001b[';

function runOnTerminal(words: string, env: NodeJS.ProcessEnv = {}) {
  const line = `stty cols 72; '${process.execPath}' '${UNLEAK}' ${words}`;
  const done = spawnSync('script', ['-qec', line, '/dev/null'], {
    cwd: folder,
    env: plainEnvironment({ TERM: 'xterm', CI: undefined, ...env }),
    encoding: 'utf8',
    input: '',
  });
  return { exitCode: done.status, text: done.stdout };
}

test.runIf(hasScript)('a terminal gets colours, unless somebody says no', () => {
  const { exitCode, text } = runOnTerminal('scan');
  expect(exitCode).toBe(1);
  expect(text).toContain(ESCAPE);
  expect(runOnTerminal('scan --no-color').text).not.toContain(ESCAPE);
  expect(runOnTerminal('scan', { NO_COLOR: '1' }).text).not.toContain(ESCAPE);
  expect(runOnTerminal('scan', { TERM: 'dumb' }).text).not.toContain(ESCAPE);
});

test.runIf(hasScript)('the width of the terminal is used', () => {
  const lines = runOnTerminal('scan --help').text.split(/\r?\n/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
  expect(lines.some((line) => line.length > 60)).toBe(true);
});

test('a pipe gets none, unless somebody asks', () => {
  expect(runUnleak(['scan'], { cwd: folder }).stdout).not.toContain(ESCAPE);
  expect(runUnleak(['scan', '--color'], { cwd: folder }).stdout).toContain(ESCAPE);
});

test('this process as a terminal', () => {
  const terminal = createTerminal();
  expect(terminal.cwd).toBe(process.cwd());
  expect(terminal.environment).toBe(process.env);
  expect(terminal.today).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
  expect(terminal.columns).toBeGreaterThan(0);
});
