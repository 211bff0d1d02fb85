// Hooks for every repository of the user: git's configured hooks (git 2.54 and newer), a core.hooksPath that is set for
// the whole user, or a template folder that git copies into new repositories. core.hooksPath itself is never changed.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkGit, type GitCall, readGitVersion, runGitSync } from '../git/run-git.ts';
import { UsageError } from '../model/errors.ts';
import { HOOK_NAMES, type HookName } from '../model/hook-name.ts';
import { type FileChange, readTextFile } from './file-change.ts';
import { isAtLeastVersion, resolveHooksPath } from './hook-place.ts';
import { findBlock, ON_PATH, shellLine } from './shell-block.ts';
import { addBlock, dropBlock } from './shell-manager.ts';

/** One setting in the user's git configuration; without a value it is taken away. */
export interface SettingChange {
  readonly name: string;
  readonly value: string | undefined;
}

export interface GlobalPlan {
  readonly way: 'configured hooks' | 'core.hooksPath' | 'template folder';
  readonly files: readonly FileChange[];
  readonly settings: readonly SettingChange[];
  /** What the user should know or do. */
  readonly notes: readonly string[];
}

const CONFIG_HOOKS = { major: 2, minor: 54 } as const;
const nameOf = (hook: HookName): string => `hook.unleak-${hook}`;

function getGlobal(call: GitCall, name: string): string | undefined {
  const { exitCode, stdout } = runGitSync(['config', '--global', '--includes', '-z', '--get', name], call);
  return exitCode === 0 ? stdout.toString('utf8').replace(/\0$/, '') : undefined;
}

/** Settings of git 2.54's configured hooks that are not there yet. Pure apart from asking what is set. */
export function planConfiguredHooks(call: GitCall, hooks: readonly HookName[]): readonly SettingChange[] {
  const wanted = hooks.flatMap((hook) => [
    { name: `${nameOf(hook)}.command`, value: shellLine(hook, ON_PATH).replace(/ "\$[1@]"/, ' "$@"') },
    { name: `${nameOf(hook)}.event`, value: hook },
  ]);
  return wanted.filter(({ name, value }) => getGlobal(call, name) !== value);
}

function configFolder(env: NodeJS.ProcessEnv): string {
  return env.XDG_CONFIG_HOME || join(env.HOME ?? homedir(), '.config');
}

function planFiles(folder: string, hooks: readonly HookName[]): readonly FileChange[] {
  return hooks.map((hook) => {
    const file = join(folder, hook);
    const before = readTextFile(file);
    return { file, name: file, before, after: addBlock(before, file, hook, ON_PATH), mode: 0o755 };
  });
}

export function planGlobalInstall(call: GitCall, env: NodeJS.ProcessEnv, hooks: readonly HookName[]): GlobalPlan {
  const version = readGitVersion(call.cwd) ?? { major: 0, minor: 0 };
  if (isAtLeastVersion(version, CONFIG_HOOKS.major, CONFIG_HOOKS.minor)) {
    return { way: 'configured hooks', files: [], settings: planConfiguredHooks(call, hooks), notes: [] };
  }
  const hooksPath = getGlobal(call, 'core.hooksPath');
  if (hooksPath !== undefined) {
    const folder = resolveHooksPath(hooksPath, call.cwd, env);
    if (!hooksPath.startsWith('~') && folder !== hooksPath) {
      throw new UsageError(
        `core.hooksPath is the relative path ${hooksPath} for all your repositories; run "unleak hook install" in each`,
      );
    }
    return { way: 'core.hooksPath', files: planFiles(folder, hooks), settings: [], notes: [] };
  }
  const given = getGlobal(call, 'init.templateDir');
  const template =
    given === undefined ? join(configFolder(env), 'unleak', 'git-template') : resolveHooksPath(given, call.cwd, env);
  return {
    way: 'template folder',
    files: planFiles(join(template, 'hooks'), hooks),
    settings: given === undefined ? [{ name: 'init.templateDir', value: template }] : [],
    notes: [
      'Git copies a template into new clones only. For one that is there already: git init (in it)',
      `With git ${CONFIG_HOOKS.major}.${CONFIG_HOOKS.minor} and newer one setting guards all repositories; then run this command again.`,
    ],
  };
}

export function planGlobalUninstall(call: GitCall, env: NodeJS.ProcessEnv): GlobalPlan {
  const settings: SettingChange[] = HOOK_NAMES.flatMap((hook) =>
    ['command', 'event'].map((key) => ({ name: `${nameOf(hook)}.${key}`, value: undefined })),
  ).filter(({ name }) => getGlobal(call, name) !== undefined);
  const own = join(configFolder(env), 'unleak', 'git-template');
  const template = getGlobal(call, 'init.templateDir');
  if (template === own) settings.push({ name: 'init.templateDir', value: undefined });
  const hooksPath = getGlobal(call, 'core.hooksPath');
  const folders = [join(own, 'hooks')];
  if (template !== undefined && template !== own)
    folders.push(join(resolveHooksPath(template, call.cwd, env), 'hooks'));
  if (hooksPath !== undefined) folders.push(resolveHooksPath(hooksPath, call.cwd, env));
  const files = folders.flatMap((folder) =>
    HOOK_NAMES.flatMap((hook): FileChange[] => {
      const file = join(folder, hook);
      const before = readTextFile(file);
      if (before === undefined || !findBlock(before)) return [];
      return [{ file, name: file, before, after: dropBlock(before), mode: 0o755 }];
    }),
  );
  const way = hooksPath === undefined ? 'template folder' : 'core.hooksPath';
  return {
    way: settings.some(({ name }) => name.startsWith('hook.')) ? 'configured hooks' : way,
    files,
    settings,
    notes: [],
  };
}

/** The settings as commands, for a look before. */
export function formatSettings(settings: readonly SettingChange[]): string {
  const line = ({ name, value }: SettingChange) =>
    value === undefined
      ? `git config --global --unset ${name}`
      : `git config --global ${name} '${value.replaceAll("'", "'\\''")}'`;
  return settings.map((one) => `${line(one)}\n`).join('');
}

/** @throws GitError when git cannot write its configuration */
export function applySettings(call: GitCall, settings: readonly SettingChange[]): void {
  for (const { name, value } of settings) {
    checkGit(['config', '--global', ...(value === undefined ? ['--unset-all', name] : [name, value])], call);
  }
  // An empty section is a trace of ours too.
  const sections = new Set(
    settings
      .filter((one) => one.value === undefined && one.name.startsWith('hook.'))
      .map((one) => one.name.replace(/\.[^.]+$/, '')),
  );
  for (const section of sections) runGitSync(['config', '--global', '--remove-section', section], call);
}
