// Every event of GitHub's, in a whole clone, in a shallow one, and in one whose remote cannot be reached: which commits are
// scanned, what is found, and what is said when something is missing.
import { afterAll, describe, expect, test } from 'vitest';
import { removeFolders } from '../support/git-repository.ts';
import { runDiffCi } from './run-diff-ci.ts';
import { type Checkout, checkOut, makeStory, payloads, writePayload } from './scenario.ts';

afterAll(removeFolders);

const story = makeStory();
const { ids } = story;
const events = payloads(story);

function run(event: string, payload: unknown, checkout: Checkout, ...words: string[]) {
  const clone = checkOut(story, checkout);
  const env = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_SHA: checkout.commit,
    GITHUB_EVENT_PATH: writePayload(payload),
  };
  return runDiffCi(clone.path, env, ids, ...words);
}

const feature = [
  'gone at tmp/debug.env:1 in f1',
  'said at (message of commit XXXX):1 in f3'.replace('XXXX', ids.f3.slice(0, 12)),
  'stays at src/app.ts:8 in f3',
];
const inQueue = [feature[0]!, feature[1]!, 'stays at src/app.ts:8 in queue'];
const merge = { commit: ids.pull, ref: 'refs/remotes/pull/7/merge' };

const EVENTS: readonly (readonly [
  name: string,
  event: string,
  payload: unknown,
  checkout: Checkout,
  found: readonly string[],
  commits: number,
])[] = [
  ['pull request', 'pull_request', events.pull_request, merge, feature, 3],
  ['pull request, target', 'pull_request_target', events.pull_request, { commit: ids.m3 }, feature, 3],
  ['workflow after a fork’s pull request', 'workflow_run', events.workflow_run, { commit: ids.m3 }, feature, 3],
  ['merge queue', 'merge_group', events.merge_group, { commit: ids.queue }, inQueue, 4],
  ['push', 'push', events.push, { commit: ids.f3 }, [feature[1]!], 2],
  ['push of a new branch', 'push', events.newBranch, { commit: ids.f3 }, feature, 3],
  ['forced push', 'push', events.forced, { commit: ids.rewritten }, ['stays at src/app.ts:1 in rewritten'], 1],
  ['forced push whose old commit is gone', 'push', events.vanished, { commit: ids.f3 }, feature, 3],
  ['push of a tag', 'push', events.tag, { commit: ids.tag, ref: 'refs/tags/v1' }, feature, 3],
  ['tag, as create tells it', 'create', events.create, { commit: ids.f3, ref: 'refs/tags/v1' }, feature, 3],
];

describe('in a whole clone', () => {
  test.each(EVENTS)('%s', (_, event, payload, checkout, found, commits) => {
    const done = run(event, payload, checkout);
    expect(done.stderr).not.toContain('shallow');
    expect({ found: done.found, commits: done.commits, exitCode: done.exitCode }).toEqual({
      found,
      commits,
      exitCode: 1,
    });
  });
});

// In a shallow clone with a remote the answers are the same: test/action/events.test.ts compares them whole.

const LACKS: Readonly<Record<string, string>> = {
  head: 'the newest commit of the change is not in the clone: the files at hand were scanned',
  base: 'the commit that the change is compared with is not in the clone: all files of its newest commit were scanned',
  before: 'the clone is shallow and the commits before cannot be told apart: only the files of the commit were scanned',
};

/** What is lacking at depth 1, by event. */
const LACKING: readonly (readonly [name: string, lack: string])[] = [
  ['pull request', 'head'],
  ['pull request, target', 'head'],
  ['workflow after a fork’s pull request', 'head'],
  ['merge queue', 'base'],
  ['push', 'before'],
  ['push of a new branch', 'before'],
  ['forced push', 'before'],
  ['forced push whose old commit is gone', 'before'],
  ['push of a tag', 'before'],
  ['tag, as create tells it', 'before'],
];

describe('in a shallow clone whose remote cannot be reached all that is at hand is scanned, and the lack is told', () => {
  test.each(LACKING)('%s', (name, lack) => {
    const [, event, payload, checkout] = EVENTS.find(([one]) => one === name)!;
    const done = run(event, payload, { ...checkout, depth: 1, isOffline: true });
    const report = JSON.parse(done.stdout) as { problems: readonly unknown[]; coverage: { isComplete: boolean } };
    const message = `${LACKS[lack]} (the remote could not be reached); check out the whole history (depth 0), see docs/ci.md`;
    expect(report.problems).toEqual([{ kind: 'missing-object', message, isIncomplete: true }]);
    expect(report.coverage.isComplete).toBe(false);
    // Whatever is checked out holds the old token, so something was read.
    expect(done.found.some((one) => one.startsWith('old at config/old.env'))).toBe(true);
  });
});
