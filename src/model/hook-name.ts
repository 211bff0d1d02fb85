// The hooks of git's that unleak knows, and the managers that may run them. Data only: loaded by the command line too.

/** Hooks that `unleak hook run` knows; the first three are what `install` sets without a choice. */
export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'pre-push', 'commit-msg', 'pre-receive'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** Set by `install` without --hooks: pre-push is the net for rebase, cherry-pick and --no-verify, which skip pre-commit. */
export const DEFAULT_HOOKS: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push'];

/** Ways to run hooks. `git` is a plain hook file in git's own folder; `hooks-path` one in another core.hooksPath. */
export const MANAGER_NAMES = [
  'husky',
  'lefthook',
  'pre-commit',
  'simple-git-hooks',
  'lint-staged',
  'hooks-path',
  'git',
] as const;
export type ManagerName = (typeof MANAGER_NAMES)[number];

/** Coding agents whose hook protocol `unleak hook run --agent` speaks. */
export const AGENT_NAMES = ['claude-code', 'cursor', 'gemini-cli', 'copilot'] as const;
export type AgentName = (typeof AGENT_NAMES)[number];

/** In the order of HOOK_NAMES, each once. @returns undefined when a word is no hook */
export function parseHookList(text: string): readonly HookName[] | undefined {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const known = HOOK_NAMES.filter((name) => words.includes(name));
  return words.length > 0 && new Set(words).size === known.length ? known : undefined;
}
