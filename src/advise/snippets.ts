// Snippets for start-up files: they warn before a command with a secret is recorded. Enter on such a line does not run it,
// but puts a space in front of it; Enter again runs it, and the space keeps it out of the history.
import { WARN_PATTERN } from './warn-pattern.ts';

const WARNING = 'unleak: this looks like a secret. Enter again runs it unrecorded; better: unleak shell --advise';

/** bash 4.3 and newer. READLINE_LINE can be changed only by `bind -x`, so Enter is a macro of two keys. */
export const BASH_SNIPPET = `# unleak: warn before a command with a secret is recorded
if [[ $- == *i* ]]; then
  __unleak_pattern='${WARN_PATTERN}'
  case :$HISTCONTROL: in *:ignorespace:* | *:ignoreboth:*) ;; *) HISTCONTROL=\${HISTCONTROL:+$HISTCONTROL:}ignorespace ;; esac
  __unleak_enter() {
    local map action=accept-line
    if [[ $READLINE_LINE != ' '* && $READLINE_LINE =~ $__unleak_pattern ]]; then
      printf '%s\\n' '${WARNING}' >&2
      READLINE_LINE=" $READLINE_LINE" READLINE_POINT=$((READLINE_POINT + 1)) action=redraw-current-line
    fi
    for map in emacs vi-insert; do bind -m "$map" "\\"\\\\C-x\\\\C-p\\": $action"; done
  }
  for __unleak_map in emacs vi-insert; do
    bind -m "$__unleak_map" -x '"\\C-x\\C-n": __unleak_enter'
    bind -m "$__unleak_map" '"\\C-m": "\\C-x\\C-n\\C-x\\C-p"' 2>/dev/null
    bind -m "$__unleak_map" '"\\C-j": "\\C-x\\C-n\\C-x\\C-p"' 2>/dev/null
  done
  unset __unleak_map
fi
`;

/** zsh 5. The hook is a net for other ways of entering a line: a widget of a plugin, or no line editor at all. */
export const ZSH_SNIPPET = `# unleak: warn before a command with a secret is recorded
if [[ -o interactive ]]; then
  typeset -g __unleak_pattern='${WARN_PATTERN}'
  setopt HIST_IGNORE_SPACE
  __unleak_enter() {
    if [[ $BUFFER != ' '* && $BUFFER =~ $__unleak_pattern ]]; then
      BUFFER=" $BUFFER"
      (( CURSOR++ ))
      zle -M '${WARNING}'
    else
      zle .accept-line
    fi
  }
  zle -N accept-line __unleak_enter
  __unleak_keep_out() {
    [[ $1 =~ $__unleak_pattern ]] || return 0
    return 1
  }
  autoload -Uz add-zsh-hook && add-zsh-hook zshaddhistory __unleak_keep_out
fi
`;

/** fish 3 and newer; the last function is asked by fish 4. */
export const FISH_SNIPPET = `# unleak: warn before a command with a secret is recorded
if status is-interactive
    set -g __unleak_pattern '${WARN_PATTERN}'
    function __unleak_enter
        set -l line (commandline | string collect)
        if string match -rq -- $__unleak_pattern $line; and not string match -q -- ' *' $line
            commandline -r -- " $line"
            printf '\\n%s\\n' '${WARNING}' >&2
            commandline -f repaint
        else
            commandline -f execute
        end
    end
    for key in \\r \\n
        bind $key __unleak_enter
        bind -M insert $key __unleak_enter
    end
    function fish_should_add_to_history
        string match -q -- ' *' $argv; and return 1
        string match -rq -- $__unleak_pattern $argv; and return 1
        return 0
    end
end
`;

/** PSReadLine 2.2 and newer; older ones keep their default for everything else by answering true. */
export const POWERSHELL_SNIPPET = `# unleak: keep commands with a secret out of the history file, and say so
$UnleakPattern = '${WARN_PATTERN}'
Set-PSReadLineOption -AddToHistoryHandler {
  param([string]$line)
  if ($line -cmatch $UnleakPattern) {
    [Console]::Error.WriteLine("\`nunleak: this looks like a secret; it is kept in memory only. Better: unleak shell --advise powershell")
    return [Microsoft.PowerShell.AddToHistoryOption]::MemoryOnly
  }
  try { return [Microsoft.PowerShell.PSConsoleReadLine]::GetDefaultAddToHistoryOption($line) } catch { return $true }
}
`;
