// Managers that are set up in package.json or a JSON file of their own: simple-git-hooks and lint-staged.
import { basename } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { HookName } from '../model/hook-name.ts';
import { readTextFile } from './file-change.ts';
import { namePath } from './hook-place.ts';
import { addMember, changeRawString, isRecord, parseJsonFile, prefixString, removeMember } from './json-text.ts';
import type { Manager } from './manager.ts';
import { findMarkedLine, markedLine, type Program, shellLine } from './shell-block.ts';

const SIMPLE_HOOKS: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'commit-msg'];
/** Every file, written in a way that nobody else writes it, so that no key is taken. */
const EVERY_FILE = '{*,**/*}';

/** Members that lead to the manager's object: in package.json under its name, else the file itself. */
function pathOf(file: string, key: string): readonly string[] {
  return basename(file) === 'package.json' ? [key] : [];
}

function refuseCode(file: string, name: string, line: string): void {
  if (file.endsWith('.json') || basename(file) === '.lintstagedrc') return;
  throw new UsageError(`${name}: is a program, so it is left alone; add this to it by hand: ${line}`);
}

function sectionOf(text: string, name: string, path: readonly string[]): Readonly<Record<string, unknown>> {
  const whole = parseJsonFile(text, name);
  const section = path.length === 0 ? whole : whole[path[0] as string];
  if (isRecord(section)) return section;
  throw new UsageError(`${name}: "${path.join('.')}" is no object; mend it first`);
}

function addSimpleHook(text: string, name: string, path: readonly string[], hook: HookName, program: Program): string {
  const value = sectionOf(text, name, path)[hook];
  if (value === undefined) return addMember(text, path, hook, markedLine(hook, program, true));
  if (typeof value !== 'string') throw new UsageError(`${name}: "${hook}" is no string; mend it first`);
  if (/\bunleak\b.* (?:hook run|staged)\b/.test(value)) return text;
  return prefixString(text, [...path, hook], markedLine(hook, program, false));
}

function dropSimpleHook(text: string, name: string, path: readonly string[], hook: HookName): string {
  const value = sectionOf(text, name, path)[hook];
  const marked = typeof value === 'string' ? findMarkedLine(value) : undefined;
  if (typeof value !== 'string' || !marked) return text;
  if (marked.start === 0 && marked.end === value.length) return removeMember(text, [...path, hook]);
  const ours = JSON.stringify(value.slice(marked.start, marked.end)).slice(1, -1);
  return changeRawString(text, [...path, hook], (raw) => raw.replace(ours, ''));
}

export const SIMPLE_GIT_HOOKS: Manager = {
  hooks: SIMPLE_HOOKS,
  install: ({ place, sighting: { file }, hooks, program }) => {
    const name = namePath(file, place.top);
    refuseCode(file, name, `'pre-commit': ${JSON.stringify(markedLine('pre-commit', program, true))}`);
    const path = pathOf(file, 'simple-git-hooks');
    const before = readTextFile(file) ?? '{}\n';
    const clean = SIMPLE_HOOKS.reduce((text, hook) => dropSimpleHook(text, name, path, hook), before);
    const after = hooks.reduce((text, hook) => addSimpleHook(text, name, path, hook, program), clean);
    return [{ file, name, before, after, mode: 0o644 }];
  },
  uninstall: ({ place, sighting: { file } }) => {
    const name = namePath(file, place.top);
    const before = readTextFile(file);
    if (before === undefined || !file.endsWith('.json')) return [];
    const path = pathOf(file, 'simple-git-hooks');
    const after = SIMPLE_HOOKS.reduce((text, hook) => dropSimpleHook(text, name, path, hook), before);
    return [{ file, name, before, after, mode: 0o644 }];
  },
  nextSteps: () => ['npx simple-git-hooks'],
  findCall: (place, { file }, hook) => {
    const text = file.endsWith('.json') ? readTextFile(file) : undefined;
    if (text === undefined) return undefined;
    const value = sectionOf(text, namePath(file, place.top), pathOf(file, 'simple-git-hooks'))[hook];
    if (typeof value !== 'string') return undefined;
    const marked = findMarkedLine(value);
    if (marked)
      return {
        file,
        kind: 'line',
        command: value.slice(marked.start, marked.end).replace(/; printf[^;]*\| $|; $/, ''),
      };
    return /\bunleak\b.* (?:hook run|staged)\b/.test(value) ? { file, kind: 'line', command: value } : undefined;
  },
};

/** lint-staged has no shell and adds file names; `sh -c` takes them as its own and leaves them. */
function lintStagedTask(program: Program): string {
  return `sh -c "${shellLine('pre-commit', program).replaceAll(/["\\$]/g, '\\$&')}"`;
}

export const LINT_STAGED: Manager = {
  hooks: ['pre-commit'],
  install: ({ place, sighting: { file }, program }) => {
    const name = namePath(file, place.top);
    const task = lintStagedTask(program);
    refuseCode(file, name, `'*': () => ${JSON.stringify(`${program} hook run pre-commit`)}`);
    const path = pathOf(file, 'lint-staged');
    const before = readTextFile(file) ?? '{}\n';
    const clean = removeMember(before, [...path, EVERY_FILE]);
    sectionOf(clean, name, path);
    return [{ file, name, before, after: addMember(clean, path, EVERY_FILE, task), mode: 0o644 }];
  },
  uninstall: ({ place, sighting: { file } }) => {
    const name = namePath(file, place.top);
    const before = readTextFile(file);
    if (before === undefined || !(file.endsWith('.json') || basename(file) === '.lintstagedrc')) return [];
    const path = pathOf(file, 'lint-staged');
    const value = sectionOf(before, name, path)[EVERY_FILE];
    const isOurs = typeof value === 'string' && value.includes('hook run pre-commit');
    return [{ file, name, before, after: isOurs ? removeMember(before, [...path, EVERY_FILE]) : before, mode: 0o644 }];
  },
  nextSteps: () => [],
  findCall: (place, { file }, hook) => {
    const text = file.endsWith('.json') || basename(file) === '.lintstagedrc' ? readTextFile(file) : undefined;
    if (text === undefined || hook !== 'pre-commit') return undefined;
    const value = sectionOf(text, namePath(file, place.top), pathOf(file, 'lint-staged'))[EVERY_FILE];
    return typeof value === 'string' ? { file, kind: 'line', command: value } : undefined;
  },
};
