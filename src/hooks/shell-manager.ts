// Managers whose own file is a shell script for each hook: husky, git's own folder, and any other core.hooksPath.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { HOOK_NAMES, type HookName } from '../model/hook-name.ts';
import { type FileChange, readTextFile } from './file-change.ts';
import { namePath } from './hook-place.ts';
import type { HookCall, Manager } from './manager.ts';
import { findBlock, findOwnCall, insertLines, type Program, removeBlocks, shellBlock } from './shell-block.ts';
import { findStubOwner } from './stub-owner.ts';

const SHEBANG = '#!/bin/sh\n';
const SHELLS = /^#![ \t]*(?:\S*\/)?(?:env[ \t]+(?:-S[ \t]+)?)?(?:\S*\/)?(?:sh|bash|dash|zsh|ksh|ash)\b/;
/** husky before 9: this line starts the script a second time. */
const OLD_HUSKY_LINE = /^\. .*husky\.sh['"]?[ \t]*\r?$/;

/** Behind the first line and, in old husky files, behind the line that loads husky. */
function findTop(text: string): number {
  let at = 0;
  let top = 0;
  for (const line of text.split('\n').slice(0, 8)) {
    const next = Math.min(text.length, at + line.length + 1);
    if ((at === 0 && line.startsWith('#!')) || OLD_HUSKY_LINE.test(line)) top = next;
    at = next;
  }
  return top;
}

/** The text of a hook file with our block in it. @throws UsageError when it is no shell script */
export function addBlock(text: string | undefined, name: string, hook: HookName, program: Program): string {
  if (text === undefined) return SHEBANG + shellBlock(hook, program, true);
  const found = findBlock(text);
  if (found) {
    const isNewFile = text.slice(found.start, found.end).includes('file made by unleak');
    return text.slice(0, found.start) + shellBlock(hook, program, isNewFile) + text.slice(found.end);
  }
  const owner = findStubOwner(text);
  if (owner !== undefined) {
    throw new UsageError(
      `${name}: ${owner} writes this file and would write over it; use --manager ${owner}, or delete the file`,
    );
  }
  if (findOwnCall(text) !== undefined) return text;
  const first = text.split('\n', 1)[0] ?? '';
  if (first.startsWith('#!') && !SHELLS.test(first)) {
    throw new UsageError(
      `${name}: is no shell script (${first.slice(0, 60).trim()}), so it is left alone; call this from it: ${program} hook run ${hook}`,
    );
  }
  return insertLines(text, findTop(text), shellBlock(hook, program));
}

/** The text without our block; undefined when unleak made the file and nothing else was added. */
export function dropBlock(text: string): string | undefined {
  const found = findBlock(text);
  const isOurFile = found !== undefined && text.slice(found.start, found.end).includes('file made by unleak');
  const rest = removeBlocks(text);
  return isOurFile && rest === SHEBANG ? undefined : rest;
}

function planFile(
  folder: string,
  top: string,
  hook: HookName,
  change: FileChange['after'],
  before: string | undefined,
) {
  const file = join(folder, hook);
  return { file, name: namePath(file, top), before, after: change, mode: 0o755 };
}

function listHookFiles(folder: string): readonly HookName[] {
  try {
    const names = readdirSync(folder);
    return HOOK_NAMES.filter((hook) => names.includes(hook));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Lines that do something: no comments, no first line, not the line of an old husky. */
function keepCode(text: string): string {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line) && !OLD_HUSKY_LINE.test(line));
  return lines.join('\n');
}

/** Our call in a hook file. */
export function findShellCall(file: string): HookCall | undefined {
  const text = readTextFile(file);
  if (text === undefined) return undefined;
  const found = findBlock(text);
  if (found) {
    const codeBefore = keepCode(text.slice(0, found.start));
    return { file, kind: 'block', command: text.slice(found.start, found.end), codeBefore };
  }
  // What a manager has copied into its file counts where the manager says it.
  const line = findStubOwner(text) === undefined ? findOwnCall(text) : undefined;
  return line === undefined ? undefined : { file, kind: 'line', command: line };
}

/** @param nextSteps  what is to be done after installing */
export function createShellManager(hooks: readonly HookName[], nextSteps: Manager['nextSteps']): Manager {
  return {
    hooks,
    install: ({ place, sighting, hooks: wanted, program }) =>
      wanted.map((hook) => {
        const before = readTextFile(join(sighting.file, hook));
        const name = namePath(join(sighting.file, hook), place.top);
        return planFile(sighting.file, place.top, hook, addBlock(before, name, hook, program), before);
      }),
    uninstall: ({ place, sighting }) =>
      listHookFiles(sighting.file).flatMap((hook) => {
        const before = readTextFile(join(sighting.file, hook));
        return before === undefined || !findBlock(before)
          ? []
          : [planFile(sighting.file, place.top, hook, dropBlock(before), before)];
      }),
    nextSteps,
    findCall: (_place, sighting, hook) => findShellCall(join(sighting.file, hook)),
  };
}
