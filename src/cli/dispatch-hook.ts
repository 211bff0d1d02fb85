// From the words after `unleak hook` to what does it. Part of dispatch.ts, which loads it.
import type { Terminal } from '../commands/terminal.ts';
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { HOOK_NAMES } from '../model/hook-name.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { type FilledFlags, repeatable } from './fill-arguments.ts';
import { findNodeFault } from './node-version.ts';

const ACTIONS = ['install', 'uninstall', 'doctor', 'run'] as const;

function pick<T extends string>(what: string, words: readonly T[], word: string | undefined): T {
  const found = words.find((one) => one === word);
  if (found) return found;
  const list = `"unleak hook${what}" needs one of ${words.join(', ')}`;
  if (word === undefined) throw new UsageError(list);
  const shown = repeatable(word) ? `, not "${word}"` : '';
  throw new UsageError(`${list}${shown}.${didYouMean(word, words)}`.replace(/\.$/, ''));
}

function refuseFlags(action: string, flags: FilledFlags): void {
  const { hooks, manager, isGlobal, isDryRun, agent } = flags;
  const isSetup = action === 'install' || action === 'uninstall';
  if (!isSetup && (hooks ?? manager ?? (isGlobal || isDryRun || undefined)) !== undefined) {
    throw new UsageError('--hooks, --manager, --global and --dry-run belong to "unleak hook install" and "uninstall"');
  }
  if (action !== 'run' && agent !== undefined) throw new UsageError('--agent belongs to "unleak hook run"');
}

/** @throws UsageError when the words are no line of `unleak hook`; whatever the command throws */
export async function dispatchHook(
  flags: FilledFlags,
  operands: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const [word, ...rest] = operands;
  const action = pick('', ACTIONS, word);
  refuseFlags(action, flags);
  if (action === 'run' && flags.agent === undefined) {
    const [name, ...more] = rest;
    const hook = pick(' run', HOOK_NAMES, name);
    return (await import('../commands/hook-run.ts')).runGitHook({ ...flags, hook, operands: more }, terminal);
  }
  if (rest.length > 0)
    throw new UsageError(`"unleak hook ${action}" takes no more words here; see: unleak hook --help`);
  switch (action) {
    case 'install':
      return (await import('../commands/hook-install.ts')).runHookInstall(flags, terminal);
    case 'uninstall':
      return (await import('../commands/hook-install.ts')).runHookUninstall(flags, terminal);
    case 'doctor':
      return (await import('../commands/hook-doctor.ts')).runHookDoctor({ ...flags, findNodeFault }, terminal);
    case 'run':
      return (await import('../commands/hook-agent.ts')).runAgentHook({ ...flags, agent: flags.agent! }, terminal);
  }
}
