// The pre-commit framework (pre-commit.com): a local repository with one entry for each hook in .pre-commit-config.yaml.
import { isSeq } from 'yaml';
import { UsageError } from '../model/errors.ts';
import type { HookName } from '../model/hook-name.ts';
import { readTextFile } from './file-change.ts';
import { namePath } from './hook-place.ts';
import { isRecord } from './json-text.ts';
import type { HookCall, Manager } from './manager.ts';
import { type Program, quoteWord, removeBlocks } from './shell-block.ts';
import { appendTo, appendTop, findCollection, findPair, readYamlMap, sayTheSame, toPlain } from './yaml-text.ts';

const HOOKS: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'commit-msg'];

function entryLines(hook: HookName, program: Program): readonly string[] {
  return [
    `- id: unleak-${hook}`,
    `  name: unleak (${hook})`,
    `  entry: ${quoteWord(program)} hook run ${hook}`,
    '  language: system',
    // unleak reads the index itself. Git's message file is the only name it wants to be told.
    ...(hook === 'commit-msg' ? [] : ['  pass_filenames: false', '  always_run: true']),
    '  require_serial: true',
    `  stages: [${hook}]`,
  ];
}

function repositoryLines(hooks: readonly HookName[], program: Program): readonly string[] {
  const entries = hooks.flatMap((hook) => entryLines(hook, program));
  return ['- repo: local', '  hooks:', ...entries.map((line) => `    ${line}`)];
}

function listEntries(plain: unknown): readonly Readonly<Record<string, unknown>>[] {
  const repositories = isRecord(plain) && Array.isArray(plain.repos) ? plain.repos : [];
  return repositories.flatMap((one: unknown) =>
    isRecord(one) && Array.isArray(one.hooks) ? one.hooks.filter(isRecord) : [],
  );
}

/** Entries of ours, also those that come from our own repository by its manifest. */
function findEntry(plain: unknown, hook: HookName): Pick<HookCall, 'kind' | 'command'> | undefined {
  for (const { id, entry } of listEntries(plain)) {
    if (typeof entry === 'string' && /\bunleak\b/.test(entry) && entry.endsWith(`hook run ${hook}`))
      return { kind: 'line', command: entry };
    if (typeof id !== 'string' || entry !== undefined) continue;
    const ofManifest = hook === 'pre-commit' ? /^unleak(?:-system)?$/ : new RegExp(`^unleak-${hook}(?:-system)?$`);
    if (ofManifest.test(id)) return { kind: 'framework', command: `hook run ${hook}` };
  }
  return undefined;
}

/** The text with our entries in it. @throws UsageError when that cannot be done line by line */
export function addEntries(text: string, name: string, hooks: readonly HookName[], program: Program): string {
  const plain = toPlain(text);
  const missing = hooks.filter((hook) => !findEntry(plain, hook));
  if (missing.length === 0) return text;
  const lines = repositoryLines(missing, program);
  const top = readYamlMap(text, name);
  const repositories = top && findCollection(top, 'repos');
  const added =
    top && findPair(top, 'repos')
      ? isSeq(repositories) && appendTo(text, repositories, lines)
      : appendTop(text, ['repos:', ...lines]);
  const isGood =
    typeof added === 'string' &&
    removeBlocks(added) === text &&
    sayTheSame(text, added) &&
    hooks.every((hook) => findEntry(toPlain(added), hook));
  if (isGood) return added;
  throw new UsageError(`${name}: cannot be added to line by line; add this below repos by hand:\n${lines.join('\n')}`);
}

export const PRE_COMMIT_FRAMEWORK: Manager = {
  hooks: HOOKS,
  install: ({ place, sighting: { file }, hooks, program }) => {
    const name = namePath(file, place.top);
    const before = readTextFile(file);
    readYamlMap(before ?? '', name);
    return [{ file, name, before, after: addEntries(removeBlocks(before ?? ''), name, hooks, program), mode: 0o644 }];
  },
  uninstall: ({ place, sighting: { file } }) => {
    const before = readTextFile(file);
    if (before === undefined) return [];
    return [{ file, name: namePath(file, place.top), before, after: removeBlocks(before), mode: 0o644 }];
  },
  nextSteps: ({ hooks }) => [
    `git add .pre-commit-config.yaml && pre-commit install ${hooks.map((hook) => `--hook-type ${hook}`).join(' ')}`,
  ],
  findCall: (place, { file }, hook) => {
    const text = readTextFile(file);
    if (text === undefined) return undefined;
    readYamlMap(text, namePath(file, place.top));
    const entry = findEntry(toPlain(text), hook);
    return entry && { file, ...entry };
  },
};
