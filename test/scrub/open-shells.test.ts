import { expect, test } from 'vitest';
import type { HistoryFile } from '../../src/model/shell-sighting.ts';
import { findOpenShells } from '../../src/scrub/open-shells.ts';
import { parsePs, programName, type RunningProcess, terminalName } from '../../src/scrub/process-list.ts';

const bash: HistoryFile = { path: '/home/ada/.bash_history', program: 'bash', format: 'bash' };

function running(pid: number, line: string, changes: Partial<RunningProcess> = {}): RunningProcess {
  const words = line.split(' ');
  const name = programName(words[0] ?? '');
  const environment = new Map([['HOME', '/home/ada']]);
  return { pid, parent: 1, name, words, terminal: 'pts/1', startedMs: 0, environment, ...changes };
}

const pids = (file: HistoryFile, processes: readonly RunningProcess[], rewrites = false) =>
  findOpenShells(file, processes, 99, rewrites).map(({ pid, isOurs, returns }) => [pid, isOurs, returns]);

test('shells at a terminal count; scripts, -c, other homes, other shells and processes without a terminal do not', () => {
  const processes = [
    running(10, '-bash'),
    running(11, '/bin/bash -i'),
    running(12, 'bash --rcfile x'),
    running(20, 'bash script.sh'),
    running(21, 'bash -c true'),
    running(22, 'bash -lc true'),
    running(23, 'bash', { terminal: undefined }),
    running(24, 'bash', { environment: new Map([['HOME', '/home/bob']]) }),
    running(25, 'zsh'),
    running(30, 'bash', {
      environment: new Map([
        ['HOME', '/x'],
        ['HISTFILE', '/home/ada/.bash_history'],
      ]),
    }),
    running(31, 'bash', { environment: undefined }),
  ];
  expect(pids(bash, processes).map(([pid]) => pid)).toEqual([10, 11, 12, 30, 31]);
});

test('the shell that this run was started from is marked', () => {
  const processes = [
    running(10, '-bash'),
    running(50, 'node unleak', { parent: 10 }),
    running(99, 'node', { parent: 50 }),
  ];
  expect(pids(bash, processes)).toEqual([[10, true, 'typed']]);
});

test('what comes back depends on the program', () => {
  const zsh: HistoryFile = { path: '/home/ada/.zsh_history', program: 'zsh', format: 'zsh' };
  const tcsh: HistoryFile = { path: '/home/ada/.history', program: 'tcsh', format: 'tcsh' };
  const psql: HistoryFile = { path: '/home/ada/.psql_history', program: 'psql', format: 'psql' };
  const fish: HistoryFile = { path: '/home/ada/f/fish_history', program: 'fish', format: 'fish' };
  expect(pids(zsh, [running(1, 'zsh')])).toEqual([[1, false, 'typed']]);
  expect(pids(zsh, [running(1, 'zsh')], true)).toEqual([[1, false, 'all']]);
  expect(pids(tcsh, [running(1, '-tcsh')])).toEqual([[1, false, 'all']]);
  expect(pids(psql, [running(1, 'psql app')])).toEqual([[1, false, 'typed']]);
  expect(pids(fish, [running(1, 'fish')])).toEqual([]);
});

test('lines of ps are read', () => {
  const text = '  501     1 ttys001  -zsh\n  777   501 ??       /usr/bin/node cli.js\nnonsense\n';
  expect(parsePs(text).map(({ pid, parent, name, terminal }) => [pid, parent, name, terminal])).toEqual([
    [501, 1, 'zsh', 'ttys001'],
    [777, 501, 'node', undefined],
  ]);
});

test('terminals by number', () => {
  expect([0, 34816, 34819, 1025, 1 << 20].map(terminalName)).toEqual([undefined, 'pts/0', 'pts/3', 'tty1', 'terminal']);
});
