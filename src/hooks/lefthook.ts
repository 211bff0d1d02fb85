// lefthook: one YAML file, with `jobs` (a list) or `commands` (a map) for each hook.
import { isSeq, type YAMLMap } from 'yaml';
import { UsageError } from '../model/errors.ts';
import type { HookName } from '../model/hook-name.ts';
import { readTextFile } from './file-change.ts';
import { namePath } from './hook-place.ts';
import { isRecord } from './json-text.ts';
import type { Manager } from './manager.ts';
import { type Program, removeBlocks, shellLine } from './shell-block.ts';
import { appendTo, appendTop, findCollection, findPair, readYamlMap, sayTheSame, toPlain } from './yaml-text.ts';

const HOOKS: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'commit-msg'];

/** lefthook puts the arguments of git in for these words. */
function runOf(hook: HookName, program: Program): string {
  return shellLine(hook, program).replace(' "$1"', ' {1}').replace(' "$@"', ' {0}');
}

function memberLines(hook: HookName, program: Program): readonly string[] {
  return [`run: ${JSON.stringify(runOf(hook, program))}`, ...(hook === 'pre-push' ? ['use_stdin: true'] : [])];
}

function jobLines(hook: HookName, program: Program): readonly string[] {
  return ['- name: unleak', ...memberLines(hook, program).map((line) => `  ${line}`)];
}

function commandLines(hook: HookName, program: Program): readonly string[] {
  return ['unleak:', ...memberLines(hook, program).map((line) => `  ${line}`)];
}

const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`);

function failByHand(name: string, hook: HookName, program: Program): never {
  const lines = [`${hook}:`, '  jobs:', ...indented(jobLines(hook, program), 4)];
  throw new UsageError(`${name}: cannot be added to line by line; add this by hand:\n${lines.join('\n')}`);
}

function findUnleak(plain: unknown, hook: HookName): string | undefined {
  const section = isRecord(plain) ? plain[hook] : undefined;
  if (!isRecord(section)) return undefined;
  const jobs = Array.isArray(section.jobs) ? section.jobs : [];
  const commands = isRecord(section.commands) ? Object.values(section.commands) : [];
  const runs = [...jobs, ...commands].map((job) => (isRecord(job) ? job.run : undefined));
  return runs.find((run): run is string => typeof run === 'string' && /\bunleak\b.* (?:hook run|staged)\b/.test(run));
}

function addToSection(
  text: string,
  top: YAMLMap<unknown, unknown>,
  hook: HookName,
  program: Program,
): string | undefined {
  const section = findCollection(top, hook);
  if (section === undefined || section === 'flow' || isSeq(section)) return undefined;
  const jobs = findCollection(section, 'jobs');
  if (jobs !== undefined) return isSeq(jobs) ? appendTo(text, jobs, jobLines(hook, program)) : undefined;
  const commands = findCollection(section, 'commands');
  if (commands === 'flow' || isSeq(commands)) return undefined;
  if (commands) return appendTo(text, commands, commandLines(hook, program));
  return appendTo(text, section, ['jobs:', ...indented(jobLines(hook, program), 2)]);
}

/** The text with unleak as one more job of the hook. @throws UsageError when that cannot be done line by line */
export function addLefthookJob(text: string, name: string, hook: HookName, program: Program): string {
  if (findUnleak(toPlain(text), hook) !== undefined) return text;
  const top = readYamlMap(text, name);
  const isNew = !top || !findPair(top, hook);
  const added = isNew
    ? appendTop(text, [`${hook}:`, '  jobs:', ...indented(jobLines(hook, program), 4)])
    : addToSection(text, top, hook, program);
  if (added === undefined || top?.flow || !isFaithful(text, added, hook)) failByHand(name, hook, program);
  return added;
}

/** Nothing but our job is new, and it is really there. */
function isFaithful(before: string, after: string, hook: HookName): boolean {
  const isBack = removeBlocks(after) === removeBlocks(before);
  return isBack && sayTheSame(before, after) && findUnleak(toPlain(after), hook) !== undefined;
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

export const LEFTHOOK: Manager = {
  hooks: HOOKS,
  install: ({ place, sighting: { file }, hooks, program }) => {
    const name = namePath(file, place.top);
    if (!isYaml(file)) failByHand(name, hooks[0] ?? 'pre-commit', program);
    const before = readTextFile(file);
    const after = hooks.reduce((text, hook) => addLefthookJob(text, name, hook, program), removeBlocks(before ?? ''));
    return [{ file, name, before, after, mode: 0o644 }];
  },
  uninstall: ({ place, sighting: { file } }) => {
    const before = readTextFile(file);
    if (before === undefined || !isYaml(file)) return [];
    return [{ file, name: namePath(file, place.top), before, after: removeBlocks(before), mode: 0o644 }];
  },
  nextSteps: () => ['npx lefthook install'],
  findCall: (place, { file }, hook) => {
    const text = isYaml(file) ? readTextFile(file) : undefined;
    if (text === undefined) return undefined;
    readYamlMap(text, namePath(file, place.top));
    const command = findUnleak(toPlain(text), hook);
    return command === undefined ? undefined : { file, kind: 'line', command };
  },
};
