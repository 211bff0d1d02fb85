// From a command line to the command that does it: what the operands mean, and nothing else. Each command is imported when
// it is wanted: together they are 2 MB, and a scan needs none of what `rules check` needs.

import type { BaselineArguments, RulesArguments } from '../commands/arguments.ts';
import type { Terminal } from '../commands/terminal.ts';
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { FORMAT_NAMES } from '../reporters/format-names.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { type CommandLine, type FilledFlags, fillArguments, repeatable } from './fill-arguments.ts';

const BASELINE_ACTIONS: readonly BaselineArguments['action'][] = ['create', 'update', 'prune', 'show'];
const RULES_ACTIONS: readonly RulesArguments['action'][] = ['list', 'show', 'check'];

function pickAction<T extends string>(command: string, actions: readonly T[], word: string | undefined): T {
  const action = actions.find((one) => one === word);
  if (action) return action;
  const list = `"unleak ${command}" needs one of ${actions.join(', ')}`;
  if (word === undefined) throw new UsageError(list);
  const shown = repeatable(word) ? `, not "${word}"` : '';
  throw new UsageError(`${list}${shown}.${didYouMean(word, actions)}`.replace(/\.$/, ''));
}

function refuseOperands(command: string, operands: readonly string[]): void {
  if (operands.length === 0) return;
  throw new UsageError(`"unleak ${command}" takes no operands; to scan files: unleak scan PATH`);
}

/** `FILE`, `FILE:LINE` or, as reports print it, `FILE:LINE:COLUMN`. */
export function splitPlace(place: string): { readonly file: string; readonly line: number | undefined } {
  const parts = /^(.+?):([1-9]\d{0,8})(?::\d{1,9})?:?$/.exec(place);
  return parts?.[1] === undefined ? { file: place, line: undefined } : { file: parts[1], line: Number(parts[2]) };
}

/** Flags that would do nothing must not look as if they did. */
function refuseCiFlags({ ci, fetch, failOn }: FilledFlags): void {
  if (!ci && (!fetch || failOn !== 'low'))
    throw new UsageError('--no-fetch and --fail-on belong to --ci; add it, or leave them out');
}

/**
 * Runs the command that a command line names.
 *
 * @throws UsageError when flags or operands are not the command's; whatever the command throws
 */
export async function dispatch(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const flags = fillArguments(line);
  const { operands } = line;
  switch (line.command) {
    case 'scan':
      return (await import('../commands/scan.ts')).runScan({ ...flags, paths: operands }, terminal);
    case 'staged':
      refuseOperands('staged', operands);
      return (await import('../commands/staged.ts')).runStaged(flags, terminal);
    case 'hook':
      return (await import('./dispatch-hook.ts')).dispatchHook(flags, operands, terminal);
    case 'diff':
      if (operands.length > 1)
        throw new UsageError('"unleak diff" takes one range: BASE, BASE..HEAD, or - for a diff on standard input');
      refuseCiFlags(flags);
      if (flags.ci)
        return (await import('../commands/ci-diff.ts')).runCiDiff({ ...flags, range: operands[0] }, terminal);
      return (await import('../commands/diff.ts')).runDiff({ ...flags, range: operands[0] }, terminal);
    case 'history':
      return (await import('../commands/history.ts')).runHistory({ ...flags, revisions: operands }, terminal);
    case 'report': {
      const [format, ...files] = operands;
      return (await import('../commands/report.ts')).runReportCommand(
        { ...flags, format: pickAction('report', FORMAT_NAMES, format), files },
        terminal,
      );
    }
    case 'import':
      return (await import('../commands/import.ts')).runImport({ ...flags, files: operands }, terminal);
    case 'shell':
      return (await import('../commands/shell.ts')).runShell({ ...flags, operands }, terminal);
    case 'stdin':
      refuseOperands('stdin', operands);
      return (await import('../commands/stdin.ts')).runStdin(flags, terminal);
    case 'baseline': {
      const [word, ...paths] = operands;
      return (await import('../commands/baseline.ts')).runBaseline(
        { ...flags, action: pickAction('baseline', BASELINE_ACTIONS, word), paths },
        terminal,
      );
    }
    case 'explain': {
      const [place, ...more] = operands;
      if (place === undefined || more.length > 0)
        throw new UsageError('"unleak explain" takes one place: FILE or FILE:LINE');
      return (await import('../commands/explain.ts')).runExplain({ ...flags, ...splitPlace(place) }, terminal);
    }
    case 'plan':
      return (await import('../commands/plan.ts')).runPlan({ ...flags, operands }, terminal);
    case 'rules': {
      const [word, ...ids] = operands;
      const action = pickAction('rules', RULES_ACTIONS, word);
      return (await import('../commands/rules.ts')).runRules(
        { ...flags, action, ids, files: flags.ruleFiles, json: flags.formats.at(-1) === 'json' },
        terminal,
      );
    }
  }
}
