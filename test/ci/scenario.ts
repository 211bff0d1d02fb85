// A remote with a story in it, and clones of it as CI systems make them: fixed names and dates, so that ids are the same
// everywhere. For tests of what a pipeline scans.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeToken } from '../cli/made-up-secret.ts';
import { makeFolder, makeRepositoryAt, type TestRepository } from '../support/git-repository.ts';

export const ZEROS = '0'.repeat(40);

/** Tokens by what becomes of them. */
export const TOKENS = {
  /** In main since the beginning: nobody's fault today. */
  old: makeToken(101),
  /** In the feature's final state. */
  stays: makeToken(102),
  /** Came and went within the feature. */
  gone: makeToken(103),
  /** Only in a commit message. */
  said: makeToken(104),
  /** Came to main after the feature was begun. */
  later: makeToken(105),
  /** In the conflict resolution of a merge. */
  evil: makeToken(106),
} as const;

export interface Story {
  readonly origin: TestRepository;
  readonly url: string;
  readonly ids: Readonly<
    Record<'m1' | 'm2' | 'm3' | 'f1' | 'f2' | 'f3' | 'pull' | 'queue' | 'evil' | 'rewritten' | 'tag', string>
  >;
}

const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, i) => `${word} ${i + 1}\n`).join('');

/**
 * main: m1 m2 m3. feature, from m2: f1 (stays, gone) f2 (takes gone out) f3 (message with said).
 * Refs of hosts: refs/pull/7/head and /merge, refs/merge-requests/7/head, a queue's branch, a tag on f3, `evil`: a merge of
 * main into the feature whose resolution brings a token; `rewritten`: the feature after a rebase.
 */
export function makeStory(): Story {
  const origin = makeRepositoryAt(makeFolder());
  const git = (...args: string[]): string => origin.git(...args);
  origin.write('README.md', lines(20, 'line'));
  origin.write('config/old.env', `TOKEN=${TOKENS.old}\n`);
  const m1 = origin.commitAll('m1');
  origin.write('README.md', `${lines(20, 'line')}two\n`);
  const m2 = origin.commitAll('m2');
  git('switch', '--quiet', '--create', 'feature');
  origin.write('src/app.ts', `${lines(5, '// app')}const token = '${TOKENS.stays}';\n`);
  origin.write('tmp/debug.env', `TOKEN=${TOKENS.gone}\n`);
  const f1 = origin.commitAll('f1');
  origin.write('tmp/debug.env', 'TOKEN=\n');
  const f2 = origin.commitAll('f2');
  origin.write('src/app.ts', `${lines(7, '// app')}const token = '${TOKENS.stays}';\n`);
  const f3 = origin.commitAll(`f3: works with ${TOKENS.said}`);
  git('switch', '--quiet', 'main');
  origin.write('late.env', `TOKEN=${TOKENS.later}\n`);
  origin.write('tmp/debug.env', 'TOKEN=main\n');
  const m3 = origin.commitAll('m3');

  const mergeTree = (name: string, write: () => void, first: string, second: string): string => {
    git('switch', '--quiet', '--detach', first);
    origin.tryGit(['merge', '--quiet', '--no-commit', '--no-ff', second]);
    write();
    git('add', '--all');
    git('commit', '--quiet', '--no-verify', '--message', name);
    return git('rev-parse', 'HEAD');
  };
  const solve = (text: string) => () => origin.write('tmp/debug.env', text);
  const pull = mergeTree('Merge pull 7', solve('TOKEN=\n'), m3, f3);
  const queue = mergeTree('Merge queue 7', solve('TOKEN=\n'), m3, f3);
  const evil = mergeTree('Merge main', solve(`TOKEN=${TOKENS.evil}\n`), f3, m3);
  git('switch', '--quiet', '--detach', m2);
  origin.write('src/app.ts', `const token = '${TOKENS.stays}';\n`);
  const rewritten = origin.commitAll('f1 again');
  git('switch', '--quiet', 'main');
  git('update-ref', 'refs/pull/7/head', f3);
  git('update-ref', 'refs/pull/7/merge', pull);
  git('update-ref', 'refs/merge-requests/7/head', f3);
  git('update-ref', 'refs/merge-requests/7/merge', pull);
  git('branch', 'gh-readonly-queue/main/pr-7', queue);
  git('branch', 'evil', evil);
  git('tag', '--annotate', '--message', 'one', 'v1', f3);
  const tag = git('rev-parse', 'v1');
  return { origin, url: `file://${origin.path}`, ids: { m1, m2, m3, f1, f2, f3, pull, queue, evil, rewritten, tag } };
}

/** How a pipeline checks out. */
export interface Checkout {
  /** Commit to check out. */
  readonly commit: string;
  /** Local name of what was fetched, such as `refs/remotes/origin/main`. */
  readonly ref?: string;
  /** 0 or undefined: everything, with all branches and tags. */
  readonly depth?: number;
  /** Deletes the remote's address afterwards, as if it could not be reached. */
  readonly isOffline?: boolean;
}

/** Clones as actions/checkout and the runners of others do: an empty repository, one fetch, a detached HEAD. */
export function checkOut(story: Story, { commit, ref, depth = 0, isOffline = false }: Checkout): TestRepository {
  const clone = makeRepositoryAt(makeFolder());
  clone.git('remote', 'add', 'origin', story.url);
  const local = ref ?? 'refs/remotes/origin/at';
  if (depth === 0) {
    clone.git(
      'fetch',
      '--quiet',
      '--no-tags',
      'origin',
      '+refs/heads/*:refs/remotes/origin/*',
      '+refs/tags/*:refs/tags/*',
    );
  }
  clone.git(
    'fetch',
    '--quiet',
    '--no-tags',
    ...(depth > 0 ? [`--depth=${depth}`] : []),
    'origin',
    `+${commit}:${local}`,
  );
  clone.git('checkout', '--quiet', '--detach', commit);
  if (isOffline) clone.git('remote', 'set-url', 'origin', 'file:///nowhere');
  return clone;
}

/** Writes a payload; gives the file. */
export function writePayload(payload: unknown): string {
  const file = join(makeFolder(), 'event.json');
  writeFileSync(file, JSON.stringify(payload));
  return file;
}

const REPOSITORY = { full_name: 'acme/shop', default_branch: 'main' };

/** Payloads of GitHub's with the fields that are read. */
export function payloads({ ids }: Story) {
  const pull_request = {
    number: 7,
    base: { sha: ids.m3, ref: 'main' },
    head: { sha: ids.f3, ref: 'feature', repo: { fork: true, full_name: 'stranger/shop' } },
  };
  const push = (before: string, after: string, ref: string, more = {}) => ({
    ref,
    before,
    after,
    forced: false,
    created: /^0+$/.test(before),
    deleted: /^0+$/.test(after),
    commits: [],
    repository: REPOSITORY,
    ...more,
  });
  return {
    pull_request: { action: 'synchronize', number: 7, pull_request, repository: REPOSITORY },
    push: push(ids.f1, ids.f3, 'refs/heads/feature'),
    newBranch: push(ZEROS, ids.f3, 'refs/heads/feature'),
    forced: push(ids.f2, ids.rewritten, 'refs/heads/feature', { forced: true }),
    vanished: push('1'.repeat(40), ids.f3, 'refs/heads/feature', { forced: true }),
    deleted: push(ids.f3, ZEROS, 'refs/heads/feature'),
    tag: push(ZEROS, ids.tag, 'refs/tags/v1'),
    create: { ref: 'v1', ref_type: 'tag', master_branch: 'main', repository: REPOSITORY },
    merge_group: {
      action: 'checks_requested',
      merge_group: {
        head_sha: ids.queue,
        head_ref: 'refs/heads/gh-readonly-queue/main/pr-7',
        base_sha: ids.m3,
        base_ref: 'refs/heads/main',
      },
      repository: REPOSITORY,
    },
    workflow_run: {
      action: 'completed',
      workflow_run: {
        event: 'pull_request',
        head_sha: ids.f3,
        head_branch: 'feature',
        head_repository: { full_name: 'stranger/shop' },
        pull_requests: [],
      },
      repository: REPOSITORY,
    },
    schedule: { schedule: '0 3 * * *' },
    workflow_dispatch: { ref: 'refs/heads/main', inputs: {}, repository: REPOSITORY },
    repository_dispatch: { action: 'rescan', branch: 'main', client_payload: {}, repository: REPOSITORY },
    release: { action: 'published', release: { tag_name: 'v1' }, repository: REPOSITORY },
    issue_comment: { action: 'created', repository: REPOSITORY },
  } as const;
}
