// Shell completion: one answer for three shells. The scripts hand the words of the command line to the hidden command
// `unleak __complete`, which prints one candidate a line; no candidate means that the shell offers files.
import { UsageError } from '../model/errors.ts';
import { HOOK_NAMES } from '../model/hook-name.ts';
import { COMMANDS, findCommand } from './command-table.ts';
import { flagsOf } from './flags.ts';

export const COMPLETE_COMMAND = '__complete';
const SHELLS = ['bash', 'zsh', 'fish'] as const;

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  bash: `# unleak completion for bash; add to ~/.bashrc:  eval "$(unleak completion bash)"
_unleak() {
  local IFS=$'\\n'
  COMPREPLY=($(unleak ${COMPLETE_COMMAND} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -o bashdefault -F _unleak unleak
`,
  zsh: `#compdef unleak
# unleak completion for zsh; add to ~/.zshrc after compinit:  eval "$(unleak completion zsh)"
_unleak() {
  local -a found
  found=("\${(@f)$(unleak ${COMPLETE_COMMAND} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -- "\${found[@]}"; else _files; fi
}
compdef _unleak unleak
`,
  fish: `# unleak completion for fish; save as ~/.config/fish/completions/unleak.fish
function __unleak_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    unleak ${COMPLETE_COMMAND} $words[2..] (commandline --current-token --cut-at-cursor) 2>/dev/null
end
complete --command unleak --arguments '(__unleak_complete)'
`,
};

/** @throws UsageError when the operand names no shell that is known */
export function completionScript(operands: readonly string[]): string {
  const shell = SHELLS.find((one) => one === operands[0]);
  if (!shell || operands.length > 1) throw new UsageError(`completion needs one shell: ${SHELLS.join(', ')}`);
  return SCRIPTS[shell];
}

/** Ids, and one selector a provider. */
function listSelectors(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.map((id) => `${id.split('.')[0]}.*`)), ...ids];
}

/**
 * What may stand at the cursor.
 *
 * @param words  the words after `unleak`, the last one as far as it is typed
 * @param listRuleIds  called only when rule ids are wanted
 * @returns candidates that start with the last word; none: offer files
 */
export function completeWords(words: readonly string[], listRuleIds: () => readonly string[]): readonly string[] {
  const typed = words.at(-1) ?? '';
  const startingWithTyped = (candidates: readonly string[]) => candidates.filter((one) => one.startsWith(typed));
  if (words.length <= 1) {
    return startingWithTyped([...COMMANDS.map((command) => command.name), 'completion', '--help', '--version']);
  }
  if (words[0] === 'completion') return startingWithTyped(words.length === 2 ? SHELLS : []);
  const command = findCommand(words[0]);
  if (!command) return [];
  const flags = flagsOf(command.name);
  const before = flags.find((flag) => flag.type === 'value' && words.at(-2) === `--${flag.name}`);
  if (before?.type === 'value') {
    return startingWithTyped(before.completes === 'rules' ? listSelectors(listRuleIds()) : (before.choices ?? []));
  }
  if (typed.startsWith('-')) return startingWithTyped([...flags.map((flag) => `--${flag.name}`), '--help']);
  if (words.length === 2 && command.actions.length > 0) return startingWithTyped(command.actions);
  if (command.name === 'hook') return startingWithTyped(words.length === 3 && words[1] === 'run' ? HOOK_NAMES : []);
  return command.name === 'rules' ? startingWithTyped(listSelectors(listRuleIds())) : [];
}
