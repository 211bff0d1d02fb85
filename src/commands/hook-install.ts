// `unleak hook install` and `unleak hook uninstall`: a marked line or block in the file of the manager that is in use, or
// for every repository of the user. Shows what it does; with --dry-run it does nothing else.
import { statSync } from 'node:fs';
import { applyChanges, type FileChange, formatChanges, isChange } from '../hooks/file-change.ts';
import { findProgram } from '../hooks/find-program.ts';
import {
  applySettings,
  formatSettings,
  type GlobalPlan,
  planGlobalInstall,
  planGlobalUninstall,
} from '../hooks/global-hooks.ts';
import { findHookPlace, type HookPlace } from '../hooks/hook-place.ts';
import type { Sighting } from '../hooks/manager.ts';
import { chooseManager, describeSighting, MANAGERS, readActiveHook, sightManagers } from '../hooks/managers.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { DEFAULT_HOOKS, type HookName, type ManagerName } from '../model/hook-name.ts';
import type { CommonArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';

export interface HookSetupArguments extends CommonArguments {
  /** --hooks LIST; undefined: the usual ones. */
  readonly hooks: readonly HookName[] | undefined;
  readonly manager: ManagerName | undefined;
  /** --global: for every repository of the user. */
  readonly isGlobal: boolean;
  readonly isDryRun: boolean;
}

interface Outcome {
  readonly files: readonly FileChange[];
  readonly settings: GlobalPlan['settings'];
  /** The first line, such as `husky (core.hooksPath is .husky/_)`. */
  readonly title: string;
  /** Said when there is nothing to do. */
  readonly nothing: string;
  readonly notes: readonly string[];
  readonly next: readonly string[];
}

function describeFile({ name, before, after }: FileChange): string {
  if (before === undefined) return `made     ${name}`;
  return after === undefined ? `removed  ${name}` : `changed  ${name}`;
}

async function carryOut(outcome: Outcome, args: HookSetupArguments, terminal: Terminal): Promise<ExitCode> {
  const { settings, title, nothing, notes, next } = outcome;
  const files = outcome.files.filter(isChange);
  const isQuiet = args.verbosity === 'quiet';
  if (files.length + settings.length === 0) {
    await terminal.writeOut(`${title}: ${nothing}\n`);
  } else if (args.isDryRun) {
    await terminal.writeOut(
      `${title}: this would change, nothing was written\n\n${await formatChanges(files)}${formatSettings(settings)}`,
    );
  } else {
    applyChanges(files);
    applySettings({ cwd: terminal.cwd, env: terminal.environment }, settings);
    const lines = [...files.map(describeFile), ...formatSettings(settings).trimEnd().split('\n').filter(Boolean)];
    await terminal.writeOut(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
  if (!isQuiet) for (const note of notes) await terminal.writeOut(`Note: ${note}\n`);
  if (args.isDryRun) return EXIT.clean;
  for (const step of next) await terminal.writeOut(`Next: ${step}\n`);
  return EXIT.clean;
}

/** Hooks to set with a manager; a choice that it cannot run is refused, of the usual ones it takes what it can. */
function pickHooks(sighting: Sighting, wanted: readonly HookName[] | undefined): readonly HookName[] {
  const { hooks } = MANAGERS[sighting.manager];
  const impossible = (wanted ?? []).filter((hook) => !hooks.includes(hook));
  if (impossible.length > 0) {
    throw new UsageError(
      `--hooks ${impossible.join(',')}: ${sighting.manager} does not run it; it runs ${hooks.join(', ')}`,
    );
  }
  return wanted ?? DEFAULT_HOOKS.filter((hook) => hooks.includes(hook));
}

/** What the user should know that is not wrong by itself. */
function collectNotes(
  place: HookPlace,
  sighting: Sighting,
  hooks: readonly HookName[],
  files: readonly FileChange[],
): readonly string[] {
  const notes: string[] = [];
  const others = sightManagers(place).filter(
    ({ manager }) => manager !== sighting.manager && manager !== 'git' && manager !== 'hooks-path',
  );
  if (others.length > 0) {
    notes.push(`also found: ${others.map(describeSighting).join(', ')}; to use another: --manager NAME`);
  }
  if (sighting.manager === 'lint-staged')
    notes.push('lint-staged guards what its own hook guards: no merges, no pushes');
  if (sighting.manager !== 'git' && sighting.manager !== 'hooks-path') return notes;
  for (const hook of hooks) {
    const active = readActiveHook(place, hook);
    const isSwitchedOff =
      active &&
      process.platform !== 'win32' &&
      !files.some((one) => one.before === undefined && one.file === active.file) &&
      !isExecutable(active.file);
    if (isSwitchedOff)
      notes.push(
        `git does not run ${active.file}, because it is not executable; look at what else is in it, then: chmod +x ${active.file}`,
      );
  }
  return notes;
}

function isExecutable(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0;
}

/** Steps of a manager that its hooks still need; none when git's hook files lead to it already. */
function pickNextSteps(
  place: HookPlace,
  sighting: Sighting,
  hooks: readonly HookName[],
  isChanged: boolean,
  program: string,
): readonly string[] {
  const steps = MANAGERS[sighting.manager].nextSteps({ place, sighting, hooks, program });
  const leads = hooks.every((hook) => readActiveHook(place, hook)?.owner === sighting.manager);
  const isCopied = sighting.manager === 'simple-git-hooks';
  return leads && !(isCopied && isChanged) && sighting.manager !== 'husky' ? [] : steps;
}

function installHere(args: HookSetupArguments, terminal: Terminal): Outcome {
  const place = findHookPlace(terminal.cwd, terminal.environment);
  const sighting = chooseManager(place, args.manager);
  const hooks = pickHooks(sighting, args.hooks);
  const program = findProgram(place, terminal.cwd);
  const files = MANAGERS[sighting.manager].install({ place, sighting, hooks, program });
  const isChanged = files.some(isChange);
  return {
    files,
    settings: [],
    title: `unleak in ${describeSighting(sighting)}`,
    nothing: `is there already for ${hooks.join(', ')}`,
    notes: collectNotes(place, sighting, hooks, files),
    next: [...pickNextSteps(place, sighting, hooks, isChanged, program), 'unleak hook doctor'],
  };
}

function uninstallHere(args: HookSetupArguments, terminal: Terminal): Outcome {
  const place = findHookPlace(terminal.cwd, terminal.environment);
  const sightings = args.manager === undefined ? sightManagers(place) : [chooseManager(place, args.manager)];
  const hasSimple = sightings.find(({ manager }) => manager === 'simple-git-hooks');
  const planned = sightings.map((sighting) => MANAGERS[sighting.manager].uninstall({ place, sighting }));
  const files = planned.flat();
  const isSimpleChanged = hasSimple && (planned[sightings.indexOf(hasSimple)] ?? []).some(isChange);
  return {
    files,
    settings: [],
    title: 'unleak is taken out',
    nothing: 'there was nothing of it in any hook',
    notes: [],
    next: isSimpleChanged
      ? MANAGERS['simple-git-hooks'].nextSteps({ place, sighting: hasSimple, hooks: [], program: '' })
      : [],
  };
}

function globally(plan: GlobalPlan, title: string, nothing: string, isInstall: boolean): Outcome {
  return {
    files: plan.files,
    settings: plan.settings,
    title: `${title} (${plan.way})`,
    nothing,
    notes: plan.notes,
    next: isInstall ? ['npm install --global unleak (when "unleak --version" is not found)'] : [],
  };
}

/** @throws UsageError when nothing can be changed safely; GitError outside of a repository */
export async function runHookInstall(args: HookSetupArguments, terminal: Terminal): Promise<ExitCode> {
  if (!args.isGlobal) return carryOut(installHere(args, terminal), args, terminal);
  if (args.manager !== undefined) throw new UsageError('--global takes no --manager; it works by git itself');
  const call = { cwd: terminal.cwd, env: terminal.environment };
  const plan = planGlobalInstall(call, terminal.environment, args.hooks ?? DEFAULT_HOOKS);
  return carryOut(globally(plan, 'unleak for all your repositories', 'is there already', true), args, terminal);
}

/** @throws UsageError when a file cannot be changed safely; GitError outside of a repository */
export async function runHookUninstall(args: HookSetupArguments, terminal: Terminal): Promise<ExitCode> {
  if (args.hooks !== undefined)
    throw new UsageError('"unleak hook uninstall" takes every hook out; leave --hooks away');
  if (!args.isGlobal) return carryOut(uninstallHere(args, terminal), args, terminal);
  if (args.manager !== undefined) throw new UsageError('--global takes no --manager; it works by git itself');
  const plan = planGlobalUninstall({ cwd: terminal.cwd, env: terminal.environment }, terminal.environment);
  return carryOut(
    globally(plan, 'unleak is taken out for all your repositories', 'there was nothing of it', false),
    args,
    terminal,
  );
}
