// The other CI systems: their variables as their pipelines have them, in real clones made the way their runners make them.
import { afterAll, describe, expect, test } from 'vitest';
import { runUnleak } from '../cli/unleak-process.ts';
import { removeFolders } from '../support/git-repository.ts';
import { noCi, runDiffCi } from './run-diff-ci.ts';
import { type Checkout, checkOut, makeStory, ZEROS } from './scenario.ts';

afterAll(removeFolders);

const story = makeStory();
const { ids } = story;

const message = `said at (message of commit ${ids.f3.slice(0, 12)}):1 in f3`;
const feature = ['gone at tmp/debug.env:1 in f1', message, 'stays at src/app.ts:8 in f3'];
const newest = [message];
const inMerge = ['gone at tmp/debug.env:1 in f1', message, 'stays at src/app.ts:8 in pull'];
const tree = ['late at late.env:1'];

const mr = {
  GITLAB_CI: 'true',
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: ids.m2,
  CI_COMMIT_BEFORE_SHA: ZEROS,
};
const gitlabPush = {
  GITLAB_CI: 'true',
  CI_PIPELINE_SOURCE: 'push',
  CI_COMMIT_BRANCH: 'feature',
  CI_DEFAULT_BRANCH: 'main',
  CI_COMMIT_SHA: ids.f3,
};
const bitbucket = { BITBUCKET_COMMIT: ids.f3, BITBUCKET_BRANCH: 'feature' };
const azure = { TF_BUILD: 'True', BUILD_REASON: 'PullRequest', BUILD_SOURCEVERSION: ids.pull };
const jenkins = { JENKINS_URL: 'https://ci.example/', GIT_COMMIT: ids.f3 };
const buildkite = {
  BUILDKITE: 'true',
  BUILDKITE_COMMIT: ids.f3,
  BUILDKITE_BRANCH: 'feature',
  BUILDKITE_PULL_REQUEST: 'false',
};
const travis = { TRAVIS: 'true', TRAVIS_COMMIT: ids.f3, TRAVIS_BRANCH: 'feature', TRAVIS_PULL_REQUEST: 'false' };
const drone = { DRONE: 'true', DRONE_COMMIT_AFTER: ids.f3, DRONE_BRANCH: 'feature', DRONE_REPO_BRANCH: 'main' };

type Case = readonly [
  name: string,
  env: NodeJS.ProcessEnv,
  checkout: Checkout,
  found: readonly string[],
  commits: number,
];
const at = (commit: string): Checkout => ({ commit });

const CASES: readonly Case[] = [
  [
    'GitLab: merge request',
    { ...mr, CI_MERGE_REQUEST_EVENT_TYPE: 'detached', CI_COMMIT_SHA: ids.f3 },
    at(ids.f3),
    feature,
    3,
  ],
  [
    'GitLab: merged result',
    {
      ...mr,
      CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
      CI_COMMIT_SHA: ids.pull,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: ids.f3,
    },
    at(ids.pull),
    feature,
    3,
  ],
  [
    'GitLab: merge train',
    {
      ...mr,
      CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train',
      CI_COMMIT_SHA: ids.queue,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: ids.f3,
    },
    at(ids.queue),
    feature,
    3,
  ],
  ['GitLab: push', { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ids.f1 }, at(ids.f3), newest, 2],
  ['GitLab: new branch', { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ZEROS }, at(ids.f3), feature, 3],
  [
    'GitLab: forced push',
    { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ids.f3, CI_COMMIT_SHA: ids.rewritten },
    at(ids.rewritten),
    ['stays at src/app.ts:1 in rewritten'],
    1,
  ],
  [
    'GitLab: tag',
    { ...gitlabPush, CI_COMMIT_BRANCH: undefined, CI_COMMIT_TAG: 'v1', CI_COMMIT_BEFORE_SHA: ids.m1 },
    at(ids.f3),
    feature,
    3,
  ],
  [
    'Bitbucket: pull request, with the short id it gives',
    {
      ...bitbucket,
      BITBUCKET_PR_ID: '7',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      BITBUCKET_PR_DESTINATION_COMMIT: ids.m3.slice(0, 12),
    },
    at(ids.f3),
    feature,
    3,
  ],
  ['Bitbucket: push to a branch', bitbucket, at(ids.f3), feature, 3],
  ['Bitbucket: tag', { BITBUCKET_COMMIT: ids.f3, BITBUCKET_TAG: 'v1' }, at(ids.f3), feature, 3],
  [
    'Azure: pull request',
    { ...azure, SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main', SYSTEM_PULLREQUEST_SOURCECOMMITID: ids.f3 },
    at(ids.pull),
    feature,
    3,
  ],
  [
    'Azure: pull request without the source commit',
    { ...azure, SYSTEM_PULLREQUEST_TARGETBRANCHNAME: 'main' },
    at(ids.pull),
    inMerge,
    4,
  ],
  [
    'Azure: push to a branch',
    { ...azure, BUILD_REASON: 'IndividualCI', BUILD_SOURCEVERSION: ids.f3, BUILD_SOURCEBRANCH: 'refs/heads/feature' },
    at(ids.f3),
    feature,
    3,
  ],
  ['Jenkins: change request', { ...jenkins, CHANGE_ID: '7', CHANGE_TARGET: 'main' }, at(ids.f3), feature, 3],
  [
    'Jenkins: branch with a last good build',
    { ...jenkins, BRANCH_NAME: 'feature', GIT_PREVIOUS_SUCCESSFUL_COMMIT: ids.f1 },
    at(ids.f3),
    newest,
    2,
  ],
  [
    'Jenkins: branch with a last build that is gone',
    { ...jenkins, GIT_BRANCH: 'origin/feature', GIT_PREVIOUS_COMMIT: '1'.repeat(40) },
    at(ids.f3),
    feature,
    3,
  ],
  ['Jenkins: tag', { ...jenkins, TAG_NAME: 'v1' }, at(ids.f3), feature, 3],
  ['CircleCI: branch', { CIRCLECI: 'true', CIRCLE_SHA1: ids.f3, CIRCLE_BRANCH: 'feature' }, at(ids.f3), feature, 3],
  ['CircleCI: tag', { CIRCLECI: 'true', CIRCLE_SHA1: ids.f3, CIRCLE_TAG: 'v1' }, at(ids.f3), feature, 3],
  [
    'Travis: pull request',
    { ...travis, TRAVIS_PULL_REQUEST: '7', TRAVIS_PULL_REQUEST_SHA: ids.f3, TRAVIS_BRANCH: 'main' },
    at(ids.pull),
    feature,
    3,
  ],
  [
    'Travis: push',
    { ...travis, TRAVIS_COMMIT_RANGE: `${ids.f1.slice(0, 12)}...${ids.f3.slice(0, 12)}` },
    at(ids.f3),
    newest,
    2,
  ],
  [
    'Travis: range of vanished commits',
    { ...travis, TRAVIS_COMMIT_RANGE: `${'1'.repeat(12)}...${ids.f3.slice(0, 12)}` },
    at(ids.f3),
    feature,
    3,
  ],
  ['Drone: push', { ...drone, DRONE_BUILD_EVENT: 'push', DRONE_COMMIT_BEFORE: ids.f1 }, at(ids.f3), newest, 2],
  ['Drone: new branch', { ...drone, DRONE_BUILD_EVENT: 'push', DRONE_COMMIT_BEFORE: ZEROS }, at(ids.f3), feature, 3],
  [
    'Drone: pull request',
    { ...drone, DRONE_BUILD_EVENT: 'pull_request', DRONE_TARGET_BRANCH: 'main' },
    at(ids.f3),
    feature,
    3,
  ],
  [
    'Woodpecker: pull request',
    { CI: 'woodpecker', CI_PIPELINE_EVENT: 'pull_request', CI_COMMIT_SHA: ids.f3, CI_COMMIT_TARGET_BRANCH: 'main' },
    at(ids.f3),
    feature,
    3,
  ],
  [
    'Buildkite: pull request',
    { ...buildkite, BUILDKITE_PULL_REQUEST: '7', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' },
    at(ids.f3),
    feature,
    3,
  ],
  [
    'Buildkite: push',
    { ...buildkite, BUILDKITE_SOURCE: 'webhook', BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main' },
    at(ids.f3),
    feature,
    3,
  ],
];

const wholeClones = new Map<string, string>();

/** Whole clones are not changed by a scan, so one of each commit is enough. */
function wholeClone(checkout: Checkout): string {
  const path = wholeClones.get(checkout.commit) ?? checkOut(story, checkout).path;
  wholeClones.set(checkout.commit, path);
  return path;
}

test.each(CASES)('%s', (_, env, checkout, found, commits) => {
  const { found: seen, commits: count, exitCode } = runDiffCi(wholeClone(checkout), env, ids);
  expect({ found: seen, commits: count, exitCode }).toEqual({ found, commits, exitCode: 1 });
});

/** Systems whose runners clone flat, and each way to name a base. */
const FLAT = CASES.filter(([name]) =>
  /^(?:GitLab: (?:merge|push|new|forced)|Bitbucket: pull|Azure: pull request$)/.test(name),
);

describe('in a shallow clone of depth 1 the missing commits are fetched, and the answer is the same', () => {
  test.each(FLAT)('%s', (_, env, checkout, found, commits) => {
    const {
      found: seen,
      commits: count,
      exitCode,
    } = runDiffCi(checkOut(story, { ...checkout, depth: 1 }).path, env, ids);
    expect({ found: seen, commits: count, exitCode }).toEqual({ found, commits, exitCode: 1 });
  });
});

const FULL: readonly (readonly [name: string, env: NodeJS.ProcessEnv])[] = [
  ['GitLab', { GITLAB_CI: 'true', CI_PIPELINE_SOURCE: 'schedule' }],
  ['Azure', { TF_BUILD: 'True', BUILD_REASON: 'Schedule' }],
  ['Travis', { TRAVIS: 'true', TRAVIS_EVENT_TYPE: 'cron' }],
  ['Drone', { DRONE: 'true', DRONE_BUILD_EVENT: 'cron' }],
  ['Woodpecker', { CI: 'woodpecker', CI_PIPELINE_EVENT: 'cron' }],
  ['Buildkite', { BUILDKITE: 'true', BUILDKITE_SOURCE: 'schedule' }],
];

test.each(FULL)('%s: a schedule scans the history', (_, env) => {
  const { found, stdout } = runDiffCi(wholeClone({ commit: ids.m3 }), env, ids);
  expect(stdout).toContain('"mode": "history"');
  expect(found.map((one) => one.split(' in ')[0])).toEqual(['later at late.env:1', 'old at config/old.env:1']);
});

const UNSAID: readonly (readonly [name: string, env: NodeJS.ProcessEnv])[] = [
  ['TeamCity', { TEAMCITY_VERSION: '2026.1', BUILD_VCS_NUMBER: ids.m3 }],
  ['Bitbucket, default branch', { BITBUCKET_COMMIT: ids.m3, BITBUCKET_BRANCH: 'main' }],
  ['Jenkins, first build', { JENKINS_URL: 'x', GIT_COMMIT: ids.m3 }],
];

test.each(UNSAID)('%s: what was pushed is not said, so the files are scanned, and that is told', (_, env) => {
  const { found, stderr, exitCode } = runDiffCi(wholeClone({ commit: ids.m3 }), env, ids);
  expect(stderr).toContain(
    'unleak: This CI system does not say what was pushed: the files of the commit were scanned.',
  );
  expect([found, exitCode]).toEqual([[...tree.map(() => 'later at late.env:1'), 'old at config/old.env:1'], 1]);
});

test('a range that is given wins over what the system says', () => {
  const env = { TEAMCITY_VERSION: '2026.1', BUILD_VCS_NUMBER: ids.f3 };
  const clone = checkOut(story, { commit: ids.f3, depth: 1 });
  expect(runDiffCi(clone.path, env, ids, 'main').found).toEqual(feature);
  expect(runDiffCi(clone.path, env, ids, `${ids.f1}..HEAD`).found).toEqual(newest);
  // CircleCI's base revision is empty for a new branch.
  expect(
    runDiffCi(clone.path, { CIRCLECI: 'true', CIRCLE_SHA1: ids.f3, CIRCLE_BRANCH: 'feature' }, ids, '').found,
  ).toEqual(feature);
});

test('an empty range says so and is clean', () => {
  const env = { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ids.f3 };
  const { exitCode, stderr, commits } = runDiffCi(checkOut(story, { commit: ids.f3 }).path, env, ids);
  const range = `${ids.f3.slice(0, 12)}..${ids.f3.slice(0, 12)}`;
  expect([exitCode, commits, stderr.split('\n')[0]]).toEqual([
    0,
    0,
    `unleak: GitLab, push: 0 commits in range, ${range}`,
  ]);
});

test('a token in the resolution of a merge is found, though no side has it', () => {
  const env = { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ids.f3, CI_COMMIT_SHA: ids.evil };
  const { found, commits } = runDiffCi(checkOut(story, { commit: ids.evil }).path, env, ids);
  // What main brought along is not of this push.
  expect({ found, commits }).toEqual({ found: ['evil at tmp/debug.env:1 in evil'], commits: 1 });
  const flat = runDiffCi(checkOut(story, { commit: ids.evil, depth: 1 }).path, env, ids);
  expect({ found: flat.found, commits: flat.commits }).toEqual({ found, commits });
});

test('outside of any CI system the range must be named', () => {
  const { exitCode, stderr } = runDiffCi(checkOut(story, { commit: ids.f3 }).path, {}, ids);
  expect([exitCode, stderr]).toEqual([
    2,
    'unleak: no CI system that is known set its variables; name what to scan: unleak diff --ci BASE\n',
  ]);
});

test('--no-fetch asks nobody', () => {
  const clone = checkOut(story, { commit: ids.f3, depth: 1 });
  const { exitCode, stdout } = runDiffCi(
    clone.path,
    { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ids.f1 },
    ids,
    '--no-fetch',
  );
  expect(stdout).toContain('(fetching is turned off)');
  expect(exitCode).toBe(1);
  expect(clone.git('cat-file', '--batch-check', '--batch-all-objects')).not.toContain(ids.f1);
});

test('fetching changes no ref and leaves no FETCH_HEAD behind', () => {
  const clone = checkOut(story, { commit: ids.f3, depth: 1 });
  const refs = clone.git('for-each-ref');
  clone.tryGit(['update-ref', '-d', 'FETCH_HEAD']);
  runDiffCi(clone.path, { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ZEROS }, ids);
  expect(clone.git('for-each-ref')).toBe(refs);
  expect(clone.git('rev-parse', '--is-shallow-repository')).toBe('false');
  expect(clone.tryGit(['rev-parse', '--verify', '--quiet', 'FETCH_HEAD']).exitCode).toBe(1);
});

test('--fail-on lets less harmful findings pass', () => {
  const env = { ...gitlabPush, CI_COMMIT_BEFORE_SHA: ids.f1 };
  const clone = checkOut(story, { commit: ids.f3 });
  expect(runDiffCi(clone.path, env, ids, '--fail-on', 'critical').exitCode).toBe(1);
  expect(runDiffCi(clone.path, env, ids, '--fail-on', 'none')).toMatchObject({ exitCode: 0, found: newest });
});

test('what belongs to --ci is refused without it', () => {
  const clone = wholeClone({ commit: ids.f3 });
  for (const words of [['--no-fetch'], ['--fail-on', 'high']]) {
    const { exitCode, stderr } = runUnleak(['diff', ...words], { cwd: clone, env: noCi() });
    expect([exitCode, stderr]).toEqual([
      2,
      'unleak: --no-fetch and --fail-on belong to --ci; add it, or leave them out\n',
    ]);
  }
});
