// Everything that keeps commits alive or remembers them: refs, HEADs, stash entries, reflogs. Each is a tip with a name
// for people. Reads reflogs as files, because they may name commits that are gone, which git refuses to walk over.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { checkGit, type GitCall, gitFailure } from '../git/run-git.ts';
import type { HolderKind } from '../model/history.ts';
import { startGit } from './start-git.ts';
import type { WorkTree } from './work-trees.ts';

export interface Tip {
  readonly kind: HolderKind;
  readonly name: string;
  readonly commit: string;
}

export interface Roots {
  /** In the order of reports: HEADs, branches, remotes, tags, notes, other refs, stash entries, reflogs. */
  readonly tips: readonly Tip[];
  /** Names of annotated tags by the id of the tag object. */
  readonly tagNames: ReadonlyMap<string, string>;
  /** Names of refs that point to a blob or tree, by its id. */
  readonly directRefs: ReadonlyMap<string, string>;
  /** Commits that a remote-tracking ref has pointed to, as its reflog says. */
  readonly oncePushed: readonly string[];
  readonly hasRemotes: boolean;
  /** Objects that refs/replace shows in another's place. */
  readonly replaced: number;
}

const PREFIXES: readonly (readonly [prefix: string, kind: HolderKind])[] = [
  ['refs/heads/', 'branch'],
  ['refs/remotes/', 'remote'],
  ['refs/tags/', 'tag'],
  ['refs/notes/', 'note'],
];
const ORDER: readonly HolderKind[] = [
  'head',
  'worktree',
  'branch',
  'remote',
  'tag',
  'note',
  'ref',
  'stash',
  'reflog',
  'index',
];
const FORMAT = '--format=%(objectname)%00%(objecttype)%00%(*objectname)%00%(*objecttype)%00%(refname)';
const LOG_LINE = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) /gm;

/** @returns kind and short name of a full ref name */
export function describeRef(ref: string): { readonly kind: HolderKind; readonly name: string } {
  const known = PREFIXES.find(([prefix]) => ref.startsWith(prefix));
  return known ? { kind: known[1], name: ref.slice(known[0].length) } : { kind: 'ref', name: ref };
}

/** Tags of tags are rare: git is asked for what is at the end. */
function peel(ref: string, call: GitCall): string {
  return checkGit(['rev-parse', '--verify', '--quiet', `${ref}^{}`], call)
    .toString('latin1')
    .trim();
}

async function readRefs(call: GitCall) {
  const args = ['for-each-ref', FORMAT];
  const { exitCode, stdout, stderr } = await startGit(args, call);
  if (exitCode !== 0) throw gitFailure(args, call.cwd, exitCode, stderr);
  const tips: Tip[] = [];
  const tagNames = new Map<string, string>();
  const directRefs = new Map<string, string>();
  const names: string[] = [];
  let replaced = 0;
  for (const line of stdout.toString('utf8').split('\n')) {
    const [id = '', type, peeled = '', peeledType, ref = ''] = line.split('\0');
    if (ref.startsWith('refs/replace/')) replaced++;
    // The stash is read from its reflog, entry by entry.
    if (ref === '' || ref === 'refs/stash' || ref.startsWith('refs/replace/')) continue;
    names.push(ref);
    const { kind, name } = describeRef(ref);
    if (type === 'tag') tagNames.set(id, name);
    const targetType = type === 'tag' ? peeledType : type;
    const target = type !== 'tag' ? id : peeledType === 'tag' ? peel(ref, call) : peeled;
    if (targetType === 'commit' || targetType === 'tag') tips.push({ kind, name, commit: target });
    else directRefs.set(target, `${kind} ${name}`);
  }
  return { tips, tagNames, directRefs, replaced, names };
}

/** Pairs of old and new id, oldest first. */
function readLog(file: string): readonly (readonly [string, string])[] {
  try {
    return [...readFileSync(file, 'latin1').matchAll(LOG_LINE)].map((match) => [match[1]!, match[2]!] as const);
  } catch {
    return []; // Gone meanwhile, or a folder: there is no log then.
  }
}

const isId = (id: string): boolean => !/^0+$/.test(id);

function stashTips(entries: readonly (readonly [string, string])[]): readonly Tip[] {
  return entries
    .map(([, commit], i) => ({ kind: 'stash', name: `stash@{${entries.length - 1 - i}}`, commit }) as const)
    .reverse();
}

function listLogFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

function readReflogs(repository: Repository, trees: readonly WorkTree[]) {
  const tips: Tip[] = [];
  const oncePushed: string[] = [];
  const folder = join(repository.commonDir, 'logs');
  const add = (file: string, name: string): void => {
    const ids = new Set(readLog(file).flat().filter(isId));
    for (const commit of ids) tips.push({ kind: 'reflog', name, commit });
  };
  for (const ref of listLogFiles(folder)) {
    const file = join(folder, ref);
    if (ref === 'refs/stash') tips.push(...stashTips(readLog(file)));
    else if (ref.startsWith('refs/remotes/')) oncePushed.push(...readLog(file).flat().filter(isId));
    else add(file, ref.startsWith('refs/') ? describeRef(ref).name : ref);
  }
  for (const { gitDir, name } of trees) {
    if (gitDir !== repository.commonDir) add(join(gitDir, 'logs', 'HEAD'), name === '' ? 'HEAD' : `HEAD of ${name}`);
  }
  return { tips, oncePushed };
}

/** Newer gits may keep refs and their logs in tables, which only they read. Extensions stand in the shared config. */
function isReftable({ commonDir }: Repository): boolean {
  try {
    return /^\s*refstorage\s*=\s*"?reftable/im.test(readFileSync(join(commonDir, 'config'), 'utf8'));
  } catch {
    return false; // No config: git's own defaults.
  }
}

/**
 * Logs as git shows them: only for refs that are there, newest first, and without the oldest entry's old side.
 *
 * @param refs  full names
 */
export async function readReflogsByGit(call: GitCall, refs: readonly string[]) {
  const tips: Tip[] = [];
  const oncePushed: string[] = [];
  for (const ref of refs) {
    const { exitCode, stdout } = await startGit(['reflog', 'show', '--format=%H', ref, '--'], call);
    if (exitCode !== 0) continue; // No log of this ref.
    const ids = stdout.toString('latin1').split('\n').filter(Boolean);
    if (ref === 'refs/stash') {
      tips.push(...ids.map((commit, i): Tip => ({ kind: 'stash', name: `stash@{${i}}`, commit })));
    } else if (ref.startsWith('refs/remotes/')) oncePushed.push(...ids);
    else {
      const name = ref.startsWith('refs/') ? describeRef(ref).name : ref;
      tips.push(...[...new Set(ids)].map((commit): Tip => ({ kind: 'reflog', name, commit })));
    }
  }
  return { tips, oncePushed };
}

/** HEADs that no branch points to as well. */
function headTips(trees: readonly WorkTree[], refs: readonly Tip[]): readonly Tip[] {
  const branches = new Set(refs.filter(({ kind }) => kind === 'branch').map(({ commit }) => commit));
  return trees.flatMap(({ name, head }): Tip[] => {
    if (head === undefined || branches.has(head)) return [];
    return [name === '' ? { kind: 'head', name: 'HEAD', commit: head } : { kind: 'worktree', name, commit: head }];
  });
}

/** @throws GitError */
export async function findRoots(repository: Repository, trees: readonly WorkTree[], call: GitCall): Promise<Roots> {
  const refs = await readRefs(call);
  const logs = isReftable(repository)
    ? await readReflogsByGit(call, ['HEAD', 'refs/stash', ...refs.names])
    : readReflogs(repository, trees);
  const tips = [...headTips(trees, refs.tips), ...refs.tips, ...logs.tips];
  const hasRemotes = refs.tips.some(({ kind }) => kind === 'remote');
  const rank = ({ kind }: Tip): number => ORDER.indexOf(kind);
  const sorted = tips.map((tip, i) => ({ tip, i })).sort((a, b) => rank(a.tip) - rank(b.tip) || a.i - b.i);
  return { ...refs, tips: sorted.map(({ tip }) => tip), oncePushed: logs.oncePushed, hasRemotes };
}
