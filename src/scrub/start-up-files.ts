// What start-up files say about how zsh and tcsh write their histories. Simple lines only: nothing is run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ZSH = ['.zshrc', '.zshenv', '.zprofile', '.zlogin'];
const TCSH = ['.tcshrc', '.cshrc', '.login'];

/** True when a line that is no comment matches. */
function hasSetting(home: string, files: readonly string[], pattern: RegExp): boolean {
  return files.some((name) => {
    try {
      const lines = readFileSync(join(home, name), 'utf8').split('\n');
      return lines.some((line) => pattern.test(line) && !/^\s*#/.test(line));
    } catch {
      // Most of them are not there; one that cannot be read says nothing either.
      return false;
    }
  });
}

/** zsh 5.9 then takes an fcntl lock and no link. */
export function locksZshByFcntl(home: string): boolean {
  return hasSetting(home, ZSH, /setopt\b.*hist_?fcntl_?lock/i);
}

/** zsh then writes its whole list at its end, in place of what the file holds. */
export function rewritesZsh(home: string): boolean {
  return hasSetting(home, ZSH, /unsetopt\b.*\bappend_?history|setopt\b.*\bno_?append_?history/i);
}

/** `set savehist = (100 merge lock)`. */
export function locksTcsh(home: string): boolean {
  return hasSetting(home, TCSH, /savehist\b.*\block\b/);
}
