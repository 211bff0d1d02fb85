// Does git's hook file in this work tree lead to unleak? Looks at settings and files, runs nothing.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HookName } from '../model/hook-name.ts';
import { type DoctorCheck, good, wrong } from './doctor-check.ts';
import { readTextFile } from './file-change.ts';
import { findOnPath } from './find-program.ts';
import { type HookPlace, isInside, namePath } from './hook-place.ts';
import type { HookCall, Sighting } from './manager.ts';
import { findCalls, MANAGERS, readActiveHook, sightManagers } from './managers.ts';
import { findProgramOf, quoteWord, shellBlock } from './shell-block.ts';
import { findStubOwner } from './stub-owner.ts';

/** Why git looks where it looks, and whether there is something. */
export function checkHooksPath(place: HookPlace): DoctorCheck {
  const { hooksPath, hooksDir, top, gitVersion } = place;
  const shown = namePath(hooksDir, top);
  const version = `git ${gitVersion.major}.${gitVersion.minor}`;
  if (hooksPath === undefined) return good(`${version} runs hooks from ${shown}, its own folder`);
  const where = `core.hooksPath in ${hooksPath.origin.replace(/^file:/, '')}`;
  if (!existsSync(hooksDir)) {
    const isHusky = /(?:^|\/)\.husky(?:\/_)?$/.test(hooksPath.value.replaceAll('\\', '/'));
    return wrong(
      `${where} is ${hooksPath.value}, but this work tree has no such folder: git runs no hook and says nothing`,
      isHusky ? 'npx husky' : `mkdir -p ${quoteWord(shown)} && unleak hook install`,
    );
  }
  const isForeign =
    hooksPath.scope === 'local' &&
    !isInside(real(hooksDir), real(top)) &&
    !isInside(hooksDir, place.repository.commonDir);
  if (isForeign && hooksPath.value !== hooksDir)
    return wrong(`${where} leads out of this work tree, to ${hooksDir}`, 'git config core.hooksPath .husky/_');
  if (isForeign) {
    return wrong(
      `${where} is the whole path ${hooksDir}: other work trees run the hooks of that one`,
      `git config core.hooksPath PATH (a path from the top of the work tree, such as .husky/_)`,
    );
  }
  return good(`${version} runs hooks from ${shown}, by ${where}`);
}

function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Files in which a carriage return ends every command with "not found". */
function checkLineEnds(files: readonly string[], top: string): readonly DoctorCheck[] {
  return files.flatMap((file) => {
    if (!/\r\n/.test(readTextFile(file) ?? '')) return [];
    const name = namePath(file, top);
    const isTracked = isInside(file, top) && !name.startsWith('.git/');
    const keep = isTracked ? ` && echo '${namePath(dirname(file), top)}/* text eol=lf' >> .gitattributes` : '';
    return [
      wrong(
        `${name} has Windows line ends, with which a shell finds no command`,
        `sed -i 's/\\r$//' ${quoteWord(name)}${keep}`,
      ),
    ];
  });
}

function checkMode(file: string, top: string): readonly DoctorCheck[] {
  if (process.platform === 'win32' || (statSync(file).mode & 0o111) !== 0) return [];
  const name = namePath(file, top);
  return [wrong(`${name} is not executable, so git leaves it out`, `chmod +x ${quoteWord(name)}`)];
}

/** How a manager is told to write git's hook file again. */
function cureOf(place: HookPlace, sighting: Sighting, hook: HookName): string {
  const steps = MANAGERS[sighting.manager].nextSteps({ place, sighting, hooks: [hook], program: '' });
  return steps[0] ?? (sighting.manager === 'husky' ? 'npx husky' : 'unleak hook install');
}

const LEFTHOOK_PACKAGES = /^(?:lefthook|@evilmartians)/;

/** lefthook's own hook file says "Can't find lefthook" and lets the commit through. */
function isLefthookThere(place: HookPlace, text: string, env: NodeJS.ProcessEnv): boolean {
  if (findOnPath('lefthook', env) || env.LEFTHOOK_BIN) return true;
  const named = [...text.matchAll(/(?:^|\s)"?(\/[^\s"$]*lefthook[^\s"$]*)"? -h/gm)].map((match) => match[1] as string);
  const modules = join(place.top, 'node_modules');
  const packages = ['lefthook', '@evilmartians/lefthook', '@evilmartians/lefthook-installer'];
  return (
    named.some((file) => existsSync(file)) ||
    packages.some((name) => LEFTHOOK_PACKAGES.test(name) && existsSync(join(modules, name)))
  );
}

/** pre-commit writes the Python that it was installed with into git's hook file; it falls back to PATH. */
function isFrameworkThere(text: string, env: NodeJS.ProcessEnv): boolean {
  const python = /^INSTALL_PYTHON=(?:'([^']*)'|(\S+))/m.exec(text);
  const file = python?.[1] ?? python?.[2];
  return (file !== undefined && existsSync(file)) || findOnPath('pre-commit', env) !== undefined;
}

interface Wired {
  readonly hook: HookName;
  readonly sighting: Sighting;
  readonly call: HookCall;
}

/** True when the text that git runs comes to the call. */
function leadsTo(place: HookPlace, active: { file: string; text: string }, { sighting, call, hook }: Wired): boolean {
  const owner = findStubOwner(active.text);
  switch (sighting.manager) {
    case 'git':
    case 'hooks-path':
      return active.file === call.file;
    case 'husky':
      return active.file === call.file || (owner === 'husky' && dirname(place.hooksDir) === dirname(call.file));
    case 'simple-git-hooks':
      return owner === 'simple-git-hooks' && active.text.includes(call.command);
    case 'lefthook':
    case 'pre-commit':
      return owner === sighting.manager;
    case 'lint-staged':
      return reachesWord(place, hook, active, 'lint-staged');
  }
}

/** True when the hook file, or the manager's file that it leads to, says the word. */
function reachesWord(place: HookPlace, hook: HookName, active: { text: string }, word: string): boolean {
  const others = sightManagers(place).filter(({ manager }) => manager !== 'lint-staged');
  const files = others.map(({ manager, file }) => (manager === 'husky' ? join(file, hook) : file));
  const owner = findStubOwner(active.text);
  const texts =
    owner === undefined
      ? [active.text]
      : [
          active.text,
          ...files.map((file) => (existsSync(file) && statSync(file).isFile() ? (readTextFile(file) ?? '') : '')),
        ];
  return texts.some((text) => new RegExp(`^[^#\\n]*\\b${word}\\b(?!"\\s*:)`, 'm').test(text));
}

/** A block that was changed by hand is not trusted to run first and to stop. */
function checkBlock({ hook, call }: Wired, top: string): readonly DoctorCheck[] {
  if (call.kind !== 'block') return [];
  const name = namePath(call.file, top);
  if (/^\s*(?:exit|exec)\b/m.test(call.codeBefore ?? '')) {
    return [
      wrong(`${name} may end before it comes to the lines of unleak`, 'unleak hook uninstall && unleak hook install'),
    ];
  }
  const program = findProgramOf(call.command) ?? '';
  const expected = [true, false].map((isNew) => shellBlock(hook, program, isNew));
  if (expected.includes(call.command.replaceAll('\r\n', '\n'))) return [];
  return [wrong(`the lines of unleak in ${name} were changed, or are of another version`, 'unleak hook install')];
}

function checkOne(place: HookPlace, wired: Wired, env: NodeJS.ProcessEnv): readonly DoctorCheck[] {
  const { hook, sighting, call } = wired;
  const { top } = place;
  const said = namePath(call.file, top);
  const active = readActiveHook(place, hook);
  if (!active) {
    const lost = `${hook}: ${said} calls unleak, but git runs ${namePath(join(place.hooksDir, hook), top)}, which is not there`;
    return [wrong(lost, cureOf(place, sighting, hook))];
  }
  const shown = namePath(active.file, top);
  if (!leadsTo(place, active, wired)) {
    const owner = active.owner ?? 'something else';
    const cure =
      sighting.manager === 'lint-staged'
        ? 'unleak hook install --manager husky (lint-staged is not run by any hook)'
        : cureOf(place, sighting, hook);
    return [
      wrong(
        `${hook}: ${said} calls unleak, but git runs ${shown}, which belongs to ${owner} and does not lead there`,
        active.owner && active.owner !== sighting.manager ? `unleak hook install --manager ${active.owner}` : cure,
      ),
    ];
  }
  const isShell = call.kind === 'block' || ['husky', 'git', 'hooks-path'].includes(sighting.manager);
  const faults = [
    ...checkMode(active.file, top),
    ...checkLineEnds([...new Set([active.file, ...(isShell ? [call.file] : [])])], top),
    ...checkBlock(wired, top),
  ];
  if (sighting.manager === 'lefthook' && !isLefthookThere(place, active.text, env)) {
    faults.push(wrong('lefthook is not there: its hook then says so and lets the commit through', 'npm install'));
  }
  if (sighting.manager === 'pre-commit' && !isFrameworkThere(active.text, env)) {
    faults.push(wrong('pre-commit is not there, so its hook stops every commit', 'pip install pre-commit'));
  }
  const way = active.file === call.file ? shown : `${shown}, which leads to ${said}`;
  return faults.length > 0 ? faults : [good(`${hook}: git runs ${way} (${sighting.manager})`)];
}

export interface Wiring {
  readonly checks: readonly DoctorCheck[];
  /** The call that a commit reaches, if any. */
  readonly commitCall: Wired | undefined;
  readonly commitFile: string | undefined;
  readonly calls: readonly Wired[];
}

/** Every hook that calls unleak, and how git gets there. */
export function checkWiring(place: HookPlace, hooks: readonly HookName[], env: NodeJS.ProcessEnv): Wiring {
  const calls = hooks.flatMap((hook) =>
    findCalls(place, hook).map(({ sighting, call }): Wired => ({ hook, sighting, call })),
  );
  if (calls.length === 0) {
    return {
      checks: [wrong('no hook of this repository calls unleak', 'unleak hook install')],
      commitCall: undefined,
      commitFile: undefined,
      calls,
    };
  }
  // One manager that works is enough; another one that lies about is then no fault.
  const byHook = hooks.flatMap((hook) => {
    const own = calls.filter((one) => one.hook === hook);
    const results = own.map((one) => checkOne(place, one, env));
    const working = results.find((checks) => checks.every(({ state }) => state === 'good'));
    return own.length === 0
      ? []
      : [{ hook, calls: own, checks: working ?? results.flat(), best: own[working ? results.indexOf(working) : 0] }];
  });
  const checks = byHook.flatMap((one) => one.checks);
  const commit = byHook.find((one) => one.hook === 'pre-commit');
  if (!commit) checks.push(wrong('pre-commit does not call unleak', 'unleak hook install'));
  return { checks, commitCall: commit?.best, commitFile: readActiveHook(place, 'pre-commit')?.file, calls };
}
