// What the history says of a secret, for people: when it came and went, where it still is, whether it was pushed, and the
// cheapest way out.
import {
  type CommitNote,
  FORGET_COMMANDS,
  type Holder,
  type HolderKind,
  type Reach,
  type SecretHistory,
} from '../model/history.ts';
import { countOf } from '../util/amounts.ts';
import { type Drawing, drawLabelled } from './block.ts';
import { makeVisible } from './visible-text.ts';
import { splitWords } from './wrap.ts';

const MAX_NAMES = 4;
const MAX_PATHS = 5;

const REACH_TEXTS: Readonly<Record<Reach, string>> = {
  head: 'in the files of HEAD',
  refs: 'in the tip of a branch or tag, not of HEAD',
  history: 'in older commits only',
  unreachable: 'in no branch and no tag',
};

const HOLDER_TITLES: Readonly<Record<HolderKind, readonly [singular: string, plural: string]>> = {
  head: ['detached', 'detached'],
  worktree: ['HEAD of work tree', 'HEADs of work trees'],
  branch: ['branch', 'branches'],
  remote: ['remote branch', 'remote branches'],
  tag: ['tag', 'tags'],
  note: ['notes', 'notes'],
  ref: ['ref', 'refs'],
  stash: ['stash', 'stashes'],
  reflog: ['reflog of', 'reflogs of'],
  index: ['index of', 'indexes of'],
};

/** `2024-01-02 with 1a2b3c4d5e6f by Ada <ada@example.org> in src/a.ts` */
function commitWords(verb: string, note: CommitNote): string[] {
  const words = [verb, makeVisible(note.date.slice(0, 10)), 'with', 'commit', note.id.slice(0, 12)];
  if (note.author !== undefined) words.push('by', ...splitWords(note.author));
  return note.path === undefined ? words : [...words, 'in', makeVisible(note.path)];
}

function joinNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(makeVisible);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${countOf(more, 'more', 'more')}` : shown.join(', ');
}

function nameHolder({ kind, name }: Holder): string {
  return kind === 'index' && name === '' ? 'this work tree' : name;
}

/** `branches main, dev; tag v1 (its history); stash stash@{0}` */
export function describeHolders(holders: readonly Holder[]): string {
  const groups = new Map<string, { kind: HolderKind; holds: Holder['holds']; names: string[] }>();
  for (const holder of holders) {
    const key = `${holder.kind} ${holder.holds}`;
    const group = groups.get(key) ?? { kind: holder.kind, holds: holder.holds, names: [] };
    groups.set(key, group);
    group.names.push(nameHolder(holder));
  }
  return [...groups.values()]
    .map(({ kind, holds, names }) => {
      const [singular, plural] = HOLDER_TITLES[kind];
      const isOld = holds === 'history' && kind !== 'reflog';
      return `${names.length === 1 ? singular : plural} ${joinNames(names)}${isOld ? ' (older commits)' : ''}`;
    })
    .join('; ');
}

function pushedText({ pushed, holders }: SecretHistory): string {
  if (pushed === 'no') return 'no';
  if (pushed === 'unknown') {
    const isTagged = holders.some(({ kind }) => kind === 'tag');
    return isTagged ? 'unknown: git does not remember which tags it has sent' : 'unknown: there are no remote branches';
  }
  const remotes = holders.filter(({ kind }) => kind === 'remote').map(({ name }) => name);
  return remotes.length > 0 ? `yes: ${joinNames(remotes)}` : 'yes: a remote branch held it once';
}

/** Paths and their versions; only when there is more to say than the places do. */
function pathLines({ paths }: SecretHistory): string[][] {
  if (paths.length < 2 && (paths[0]?.versions ?? 1) < 2) return [];
  const lines = paths
    .slice(0, MAX_PATHS)
    .map(({ path, versions }) => [makeVisible(path), `(${countOf(versions, 'version')})`]);
  const more = paths.length - MAX_PATHS;
  return more > 0 ? [...lines, splitWords(`and ${countOf(more, 'more', 'more')}`)] : lines;
}

/** @returns lines without an empty line around them */
export function drawHistory(history: SecretHistory, drawing: Drawing): string[] {
  const { first, last, removed, reach, holders, wayOut } = history;
  const story: string[][] = [];
  if (first) story.push(commitWords('came', first));
  if (removed) story.push(commitWords('removed', removed));
  else if (last && reach !== 'head' && last.id !== first?.id) story.push(commitWords('last seen', last));
  if (!first) story.push(['in', 'no', 'commit']);
  const where = [splitWords(REACH_TEXTS[reach])];
  if (holders.length > 0) where.push(splitWords(describeHolders(holders)));
  const paths = pathLines(history);
  // These end every way out; the report says them once.
  const commands = wayOut.commands.filter((line) => !FORGET_COMMANDS.includes(line));
  return [
    ...(paths.length > 0 ? drawLabelled('paths', paths, drawing) : []),
    ...drawLabelled('history', story, drawing),
    ...drawLabelled('reach', where, drawing),
    ...drawLabelled('pushed', [splitWords(pushedText(history))], drawing),
    ...drawLabelled(
      'way out',
      [splitWords(wayOut.text), ...commands.map((line) => [drawing.style.bold(line)])],
      drawing,
    ),
  ];
}
