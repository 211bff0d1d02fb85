// The clone at hand: small questions about commits, answered by git alone; and, where the remote may be asked, the commits
// that are missing. Every answer of the remote is kept in mind, so that nothing is asked twice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRepository, type Repository } from '../git/repository.ts';
import { checkGit, type GitCall, runGitSync } from '../git/run-git.ts';
import type { Revision } from './ci-event.ts';
import { fetchObjects, listRemoteRefs } from './run-fetch.ts';

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Ids on one command line; Windows takes 32 KB. */
const OBJECTS_AT_ONCE = 500;

export interface Clone {
  readonly repository: Repository;
  readonly call: GitCall & { readonly env: NodeJS.ProcessEnv };
  /** Why commits could not be fetched; the last refusal. */
  readonly refusal: () => string | undefined;
  /** Id of the commit that a name or an id stands for, tags peeled; undefined when the clone does not have it. */
  readonly find: (revision: string) => string | undefined;
  /** The same, fetched when the clone does not have it. */
  readonly obtain: (revision: Revision) => string | undefined;
  /** Fetches that many commits behind the given ones. False: the remote refused. */
  readonly deepen: (commits: readonly string[], depth: number) => boolean;
  /** Fetches all that is missing of the commits' history. */
  readonly unshallow: (commits: readonly string[]) => boolean;
  readonly isShallow: () => boolean;
  /** Commits whose parents the clone does not have. */
  readonly boundary: () => ReadonlySet<string>;
  /** Ids of commits that lead to the wanted and not to the unwanted, newest first. @throws GitError */
  readonly listCommits: (
    wanted: readonly string[],
    unwanted: readonly string[],
    options?: readonly string[],
  ) => readonly string[];
  /** True parents, as the commit itself says, also at the edge of a shallow clone. */
  readonly parentsOf: (commit: string) => readonly string[];
  /** Fetches objects for a partial clone, as far as the remote gives them. */
  readonly obtainObjects: (ids: readonly string[]) => void;
  /** Short name of the remote's default branch. */
  readonly defaultBranch: () => string | undefined;
  /** Output of a git command that should not fail, or undefined. */
  readonly ask: (...args: readonly string[]) => string | undefined;
}

/** @param mayFetch  false: the remote is never asked */
export function openClone(cwd: string, env: NodeJS.ProcessEnv, mayFetch: boolean): Clone {
  const call = { cwd, env };
  const repository = findRepository(cwd, env);
  let refusal: string | undefined;
  const refused = new Set<string>();

  const ask = (...args: readonly string[]): string | undefined => {
    const { exitCode, stdout } = runGitSync(args, call);
    return exitCode === 0 ? stdout.toString('utf8').replace(/\n$/, '') : undefined;
  };
  const find = (revision: string): string | undefined => {
    if (revision === '' || revision.startsWith('-')) return undefined;
    return ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`) || undefined;
  };
  const isShallow = (): boolean => ask('rev-parse', '--is-shallow-repository') === 'true';

  const remotes = ask('remote')?.split('\n').filter(Boolean) ?? [];
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];

  const tryFetch = (options: readonly string[], wants: readonly string[]): boolean => {
    const key = [...options, ...wants].join(' ');
    if (refused.has(key)) return false;
    if (!mayFetch || remote === undefined) {
      refusal ??= mayFetch ? 'the clone has no remote' : 'fetching is turned off';
      return false;
    }
    const answer = fetchObjects(remote, options, wants, call);
    if (!answer.isDone) {
      refused.add(key);
      refusal = answer.reason;
    }
    return answer.isDone;
  };
  /** A depth would make a whole clone shallow, so only a shallow one gets it. */
  const fetchOne = (want: string): boolean => tryFetch(isShallow() ? ['--depth=1'] : [], [want]);

  const remoteIds = new Map<string, string | undefined>();
  let remoteDefault: string | undefined;
  const askRemote = (name: string): string | undefined => {
    if (remoteIds.has(name)) return remoteIds.get(name);
    const answer = mayFetch && remote !== undefined ? listRemoteRefs(remote, [name], call) : undefined;
    if (answer && !answer.isDone) refusal = answer.reason;
    for (const line of answer?.stdout.split('\n') ?? []) {
      const [value = '', ref = ''] = line.split('\t');
      if (value.startsWith('ref: refs/heads/')) remoteDefault = value.slice('ref: refs/heads/'.length);
      else if (ref === name && ID.test(value)) remoteIds.set(name, value);
    }
    if (!remoteIds.has(name)) remoteIds.set(name, undefined);
    return remoteIds.get(name);
  };

  /** What the clone has of a ref of the remote's. */
  const findRef = (ref: string): string | undefined => {
    const tracking = remote === undefined ? [] : [ref.replace(/^refs\/heads\//, `refs/remotes/${remote}/`)];
    for (const name of tracking) if (name !== ref && find(name)) return find(name);
    return ref.startsWith('refs/tags/') ? find(ref) : undefined;
  };

  return {
    repository,
    call,
    ask,
    find,
    isShallow,
    refusal: () => refusal,
    obtain: ({ id, refs }) => {
      const known = id === undefined ? undefined : find(id);
      if (known) return known;
      if (id !== undefined && ID.test(id)) {
        fetchOne(id);
        if (find(id)) return find(id);
        // A remote that gives away only what a ref names.
        for (const ref of refs) if (fetchOne(ref) && find(id)) return find(id);
        return undefined;
      }
      for (const ref of refs) {
        const local = findRef(ref);
        if (local) return local;
        const there = askRemote(ref);
        if (there === undefined) continue;
        if (!find(there)) fetchOne(ref);
        const commit = find(there);
        if (commit) return commit;
      }
      return refs.map((ref) => find(ref)).find((commit) => commit !== undefined);
    },
    // Not --deepen: remotes count it from their refs, and so it does nothing for commits that a forced push left behind.
    deepen: (commits, depth) => tryFetch([`--depth=${depth}`], commits),
    unshallow: (commits) => tryFetch(['--unshallow'], commits),
    boundary: () => {
      try {
        return new Set(readFileSync(join(repository.commonDir, 'shallow'), 'utf8').split('\n').filter(Boolean));
      } catch {
        return new Set(); // No such file: the clone is whole.
      }
    },
    listCommits: (wanted, unwanted, options = []) => {
      const input = Buffer.from([...wanted, ...unwanted.map((id) => `^${id}`), ''].join('\n'), 'latin1');
      const out = checkGit(['rev-list', ...options, '--stdin'], { ...call, input });
      return out.toString('latin1').split('\n').filter(Boolean);
    },
    parentsOf: (commit) => {
      const head = ask('cat-file', 'commit', commit)?.split('\n\n')[0] ?? '';
      return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] as string);
    },
    obtainObjects: (ids) => {
      // Which of them are missing is not asked: git ends at the first one that is.
      for (let at = 0; at < ids.length; at += OBJECTS_AT_ONCE) {
        // What is not given is told later, by those who read it.
        if (!tryFetch(['--no-filter'], ids.slice(at, at + OBJECTS_AT_ONCE))) return;
      }
    },
    defaultBranch: () => {
      const local = remote && ask('symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`);
      if (local) return local.replace(`refs/remotes/${remote}/`, '');
      askRemote('HEAD');
      return remoteDefault;
    },
  };
}
