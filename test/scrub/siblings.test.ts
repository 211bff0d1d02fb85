import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { isBackupName, listSiblings } from '../../src/scrub/siblings.ts';

test('copies, temporary files and sessions are found; other files are not', () => {
  const home = mkdtempSync(join(tmpdir(), 'unleak-siblings-'));
  const names = [
    '.bash_history',
    '.bash_history-01234.tmp',
    '.bash_history.bak',
    '.bash_history~',
    '..bash_history.swp',
    '#.bash_history#',
    'bash_history.old',
    '.bash_history.unleak-backup-1',
    '.bashrc',
    '.zsh_history',
    '.zsh_history.new',
    '.zsh_history_bad',
    '.zshrc',
    '.history',
    '.lesshst',
    '.viminfo',
    '.zsh_sessions/A1.history',
    '.local/share/fish/fish_history',
    '.local/share/fish/fish_history.Xq3',
    '.local/share/fish/fish_variables',
    'history.txt',
    '.bash_history-wal',
  ];
  for (const name of names) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), '');
  }
  symlinkSync('/pid-1/host-x', join(home, '.zsh_history.LOCK'));
  const histories = ['.bash_history', '.zsh_history', '.local/share/fish/fish_history'].map((name) => join(home, name));
  expect(listSiblings(histories, home).map((path) => relative(home, path))).toEqual([
    '#.bash_history#',
    '..bash_history.swp',
    '.bash_history-01234.tmp',
    '.bash_history.bak',
    '.bash_history.unleak-backup-1',
    '.bash_history~',
    '.lesshst',
    '.local/share/fish/fish_history.Xq3',
    '.viminfo',
    '.zsh_history.new',
    '.zsh_history_bad',
    '.zsh_sessions/A1.history',
    'bash_history.old',
  ]);
  expect(['.bash_history.unleak-backup-12', '.bash_history.bak'].map(isBackupName)).toEqual([true, false]);
});
