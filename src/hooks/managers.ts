// Which managers of hooks a repository has, which of them git really runs, and where their files are.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { HOOK_NAMES, type HookName, type ManagerName } from '../model/hook-name.ts';
import { readTextFile } from './file-change.ts';
import { type HookPlace, isInside, namePath } from './hook-place.ts';
import { LINT_STAGED, SIMPLE_GIT_HOOKS } from './json-manager.ts';
import { isRecord } from './json-text.ts';
import { LEFTHOOK } from './lefthook.ts';
import type { Manager, Sighting } from './manager.ts';
import { PRE_COMMIT_FRAMEWORK } from './pre-commit-framework.ts';
import { createShellManager } from './shell-manager.ts';
import { findStubOwner } from './stub-owner.ts';

const CLIENT_HOOKS = HOOK_NAMES.filter((hook) => hook !== 'pre-receive');

/** The file that git runs for a hook, and its text. */
export function readActiveHook(place: HookPlace, hook: HookName) {
  const file = join(place.hooksDir, hook);
  const text = readTextFile(file);
  return text === undefined ? undefined : { file, text, owner: findStubOwner(text) };
}

const isHusky = (place: HookPlace): boolean =>
  place.hooksPath !== undefined && (basename(place.hooksDir) === '_' || basename(place.hooksDir) === '.husky');

export const MANAGERS: Readonly<Record<ManagerName, Manager>> = {
  husky: createShellManager(CLIENT_HOOKS, ({ place }) =>
    isHusky(place) && existsSync(place.hooksDir) ? [] : ['npx husky'],
  ),
  lefthook: LEFTHOOK,
  'pre-commit': PRE_COMMIT_FRAMEWORK,
  'simple-git-hooks': SIMPLE_GIT_HOOKS,
  'lint-staged': LINT_STAGED,
  'hooks-path': createShellManager(HOOK_NAMES, () => []),
  git: createShellManager(HOOK_NAMES, () => []),
};

const FILES: Readonly<Partial<Record<ManagerName, readonly string[]>>> = {
  lefthook: ['yml', 'yaml', 'toml', 'json'].flatMap((end) => [
    `lefthook.${end}`,
    `.lefthook.${end}`,
    `.config/lefthook.${end}`,
  ]),
  'pre-commit': ['.pre-commit-config.yaml'],
  'simple-git-hooks': ['cjs', 'js', 'mjs', 'json'].flatMap((end) => [
    `.simple-git-hooks.${end}`,
    `simple-git-hooks.${end}`,
  ]),
  'lint-staged': [
    '.lintstagedrc',
    ...['json', 'yaml', 'yml', 'mjs', 'mts', 'js', 'ts', 'cjs', 'cts'].map((end) => `.lintstagedrc.${end}`),
    ...['mjs', 'mts', 'js', 'ts', 'cjs', 'cts'].map((end) => `lint-staged.config.${end}`),
  ],
};

interface PackageFile {
  readonly file: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** package.json at the top; undefined when there is none that can be read as JSON. */
function readPackage(top: string): PackageFile | undefined {
  const file = join(top, 'package.json');
  const text = readTextFile(file);
  if (text === undefined) return undefined;
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(content) ? { file, content } : undefined;
  } catch {
    throw new UsageError('package.json: is no JSON; mend it first');
  }
}

function dependsOn({ content }: PackageFile, name: string): boolean {
  return [content.devDependencies, content.dependencies].some((list) => isRecord(list) && name in list);
}

function sightHusky(place: HookPlace, found: PackageFile | undefined): Sighting | undefined {
  if (isHusky(place)) {
    const folder = basename(place.hooksDir) === '_' ? dirname(place.hooksDir) : place.hooksDir;
    return { manager: 'husky', why: `core.hooksPath is ${place.hooksPath?.value}`, file: folder };
  }
  const folder = join(place.top, '.husky');
  if (found && dependsOn(found, 'husky'))
    return { manager: 'husky', why: 'package.json depends on husky', file: folder };
  return existsSync(folder) ? { manager: 'husky', why: 'there is a folder .husky', file: folder } : undefined;
}

function sightByFile(place: HookPlace, manager: ManagerName, found: PackageFile | undefined): Sighting | undefined {
  const name = FILES[manager]?.find((one) => existsSync(join(place.top, one)));
  if (name !== undefined) return { manager, why: `there is ${name}`, file: join(place.top, name) };
  const isInPackage =
    found && (manager === 'simple-git-hooks' || manager === 'lint-staged') && manager in found.content;
  const named = isInPackage ? found.content[manager] : undefined;
  // simple-git-hooks takes the name of another file too.
  if (typeof named === 'string') return { manager, why: `package.json names ${named}`, file: join(place.top, named) };
  return isInPackage ? { manager, why: `package.json has "${manager}"`, file: found.file } : undefined;
}

/** True when git's hook files, as they are now, lead to this manager. */
function isActive(place: HookPlace, { manager }: Sighting): boolean {
  if (manager === 'husky') return isHusky(place);
  return HOOK_NAMES.some((hook) => readActiveHook(place, hook)?.owner === manager);
}

/** What is there, the manager to use first. lint-staged is run by the others, so it is never the first choice. */
export function sightManagers(place: HookPlace): readonly Sighting[] {
  const found = place.repository.topLevel === undefined ? undefined : readPackage(place.top);
  const files = (['lefthook', 'pre-commit', 'simple-git-hooks'] as const).map((name) =>
    sightByFile(place, name, found),
  );
  const candidates = [sightHusky(place, found), ...files].filter((one) => one !== undefined);
  const active = candidates.filter((one) => isActive(place, one));
  const others = candidates.filter((one) => !active.includes(one));
  const plain: Sighting =
    place.hooksPath === undefined
      ? { manager: 'git', why: 'git takes hooks from its own folder', file: place.hooksDir }
      : { manager: 'hooks-path', why: `core.hooksPath is ${place.hooksPath.value}`, file: place.hooksDir };
  const lintStaged = sightByFile(place, 'lint-staged', found);
  // A foreign core.hooksPath is what git runs, whatever else lies about.
  const rest = place.hooksPath !== undefined && !isHusky(place) ? [plain, ...others] : [...others, plain];
  return [...active, ...rest, ...(lintStaged ? [lintStaged] : [])];
}

/**
 * The manager to put unleak into.
 *
 * @throws UsageError when the wanted one is not there, or would not be run
 */
export function chooseManager(place: HookPlace, wanted: ManagerName | undefined): Sighting {
  const sightings = sightManagers(place);
  const chosen = wanted === undefined ? sightings[0] : sightings.find((one) => one.manager === wanted);
  if (!chosen) {
    const names = sightings.map((one) => one.manager).join(', ');
    throw new UsageError(`--manager ${wanted}: nothing of it is in this repository; found: ${names}`);
  }
  const isOwn = isInside(chosen.file, place.top) || isInside(chosen.file, place.repository.commonDir);
  if (chosen.manager === 'hooks-path' && !isOwn) {
    throw new UsageError(
      `core.hooksPath is ${chosen.file}, outside of this repository, where other repositories may use it too; to add unleak there: unleak hook install --global`,
    );
  }
  return chosen;
}

/** Such as `husky (core.hooksPath is .husky/_)`. */
export function describeSighting({ manager, why }: Sighting): string {
  return `${manager} (${why})`;
}

/** Where our calls stand now, whoever is to run them. */
export function findCalls(place: HookPlace, hook: HookName) {
  return sightManagers(place).flatMap((sighting) => {
    if (sighting.manager === 'hooks-path' && !existsSync(sighting.file)) return [];
    const call = MANAGERS[sighting.manager].findCall(place, sighting, hook);
    return call ? [{ sighting, call, name: namePath(call.file, place.top) }] : [];
  });
}
