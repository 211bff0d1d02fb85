// CI systems that need only a few variables: one small reader each. What a system does not say is left open; the clone and
// its remote answer it later (plan-scan.ts). Sources: the systems' own lists of predefined variables.
import {
  branchRef,
  byId,
  type CiEvent,
  type Environment,
  isNoId,
  type Revision,
  type Wish,
  wordOf,
} from './ci-event.ts';

export type ReadEvent = (env: Environment) => CiEvent;

interface PushFacts {
  /** Undefined: the system does not say; zeros: the ref is new. */
  readonly before?: string | undefined;
  readonly after: string | undefined;
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  readonly defaultBranch?: string | undefined;
}

function pushWish({ before, after, branch, tag, defaultBranch }: PushFacts): Wish {
  const tagName = wordOf(tag);
  const ref =
    tagName === undefined ? branchRef(branch) : tagName.startsWith('refs/') ? tagName : `refs/tags/${tagName}`;
  const known = wordOf(before);
  return {
    kind: 'push',
    push: {
      before: tagName !== undefined ? 'none' : known === undefined ? 'unknown' : isNoId(known) ? 'none' : known,
      after: byId(after ?? 'HEAD', ref),
      ref,
      defaultBranch: wordOf(defaultBranch),
    },
  };
}

function change(base: Revision, head: Revision): Wish {
  return { kind: 'change', base, head };
}

/** Such as `false`, which stands for "no pull request" in several systems. */
function isYes(text: string | undefined): boolean {
  return !/^(?:false|0|no)?$/i.test(text?.trim() ?? '');
}

const named = (system: string, event: string, wish: Wish): CiEvent => ({ system, event, wish, notes: [] });

export function readBitbucket(env: Environment): CiEvent {
  if (isYes(env.BITBUCKET_PR_ID)) {
    const base = byId(env.BITBUCKET_PR_DESTINATION_COMMIT, branchRef(env.BITBUCKET_PR_DESTINATION_BRANCH));
    return named(
      'Bitbucket',
      'pull request',
      change(base, byId(env.BITBUCKET_COMMIT, branchRef(env.BITBUCKET_BRANCH))),
    );
  }
  const { BITBUCKET_COMMIT: after, BITBUCKET_BRANCH: branch, BITBUCKET_TAG: tag } = env;
  return named('Bitbucket', tag ? 'tag' : 'push', pushWish({ after, branch, tag }));
}

export function readAzure(env: Environment): CiEvent {
  const reason = wordOf(env.BUILD_REASON) ?? 'unknown';
  const target = wordOf(env.SYSTEM_PULLREQUEST_TARGETBRANCH) ?? wordOf(env.SYSTEM_PULLREQUEST_TARGETBRANCHNAME);
  if (reason === 'PullRequest' && target !== undefined) {
    const head = byId(env.SYSTEM_PULLREQUEST_SOURCECOMMITID ?? 'HEAD', branchRef(env.SYSTEM_PULLREQUEST_SOURCEBRANCH));
    return named('Azure Pipelines', reason, change(byId(undefined, branchRef(target)), head));
  }
  if (reason === 'Schedule' || reason === 'Manual') return named('Azure Pipelines', reason, { kind: 'history' });
  const ref = wordOf(env.BUILD_SOURCEBRANCH);
  const tag = ref?.startsWith('refs/tags/') ? ref : undefined;
  return named('Azure Pipelines', reason, pushWish({ after: env.BUILD_SOURCEVERSION, branch: ref, tag }));
}

export function readJenkins(env: Environment): CiEvent {
  const target = wordOf(env.CHANGE_TARGET);
  if (target !== undefined) {
    return named(
      'Jenkins',
      'change request',
      change(byId(undefined, branchRef(target)), byId(env.GIT_COMMIT ?? 'HEAD')),
    );
  }
  const before = wordOf(env.GIT_PREVIOUS_SUCCESSFUL_COMMIT) ?? wordOf(env.GIT_PREVIOUS_COMMIT);
  const branch = (wordOf(env.BRANCH_NAME) ?? wordOf(env.GIT_BRANCH))?.replace(/^origin\//, '');
  const tag = wordOf(env.TAG_NAME);
  return named('Jenkins', tag ? 'tag' : 'push', pushWish({ before, after: env.GIT_COMMIT, branch, tag }));
}

export function readCircle(env: Environment): CiEvent {
  const { CIRCLE_SHA1: after, CIRCLE_BRANCH: branch, CIRCLE_TAG: tag } = env;
  return named('CircleCI', tag ? 'tag' : 'push', pushWish({ after, branch, tag }));
}

export function readTravis(env: Environment): CiEvent {
  const event = wordOf(env.TRAVIS_EVENT_TYPE) ?? 'push';
  if (isYes(env.TRAVIS_PULL_REQUEST)) {
    const base = byId(undefined, branchRef(env.TRAVIS_BRANCH));
    const number = wordOf(env.TRAVIS_PULL_REQUEST);
    return named('Travis CI', event, change(base, byId(env.TRAVIS_PULL_REQUEST_SHA, `refs/pull/${number}/head`)));
  }
  if (event === 'cron' || event === 'api') return named('Travis CI', event, { kind: 'history' });
  // A...B; empty for the first build of a branch. Its commits may have vanished in a forced push.
  const before = wordOf(env.TRAVIS_COMMIT_RANGE)?.split(/\.{2,3}/)[0] ?? '0';
  const { TRAVIS_COMMIT: after, TRAVIS_BRANCH: branch, TRAVIS_TAG: tag } = env;
  return named('Travis CI', event, pushWish({ before, after, branch, tag }));
}

export function readDrone(env: Environment): CiEvent {
  const event = wordOf(env.DRONE_BUILD_EVENT) ?? 'push';
  const after = wordOf(env.DRONE_COMMIT_AFTER) ?? env.DRONE_COMMIT_SHA;
  if (event === 'pull_request') {
    return named('Drone', event, change(byId(undefined, branchRef(env.DRONE_TARGET_BRANCH)), byId(after)));
  }
  if (event === 'cron' || event === 'custom') return named('Drone', event, { kind: 'history' });
  const { DRONE_COMMIT_BEFORE: before, DRONE_BRANCH: branch, DRONE_TAG: tag, DRONE_REPO_BRANCH: defaultBranch } = env;
  return named('Drone', event, pushWish({ before, after, branch, tag, defaultBranch }));
}

export function readWoodpecker(env: Environment): CiEvent {
  const event = wordOf(env.CI_PIPELINE_EVENT) ?? 'push';
  const after = env.CI_COMMIT_SHA;
  if (event.startsWith('pull_request')) {
    return named('Woodpecker', event, change(byId(undefined, branchRef(env.CI_COMMIT_TARGET_BRANCH)), byId(after)));
  }
  if (event === 'cron' || event === 'manual') return named('Woodpecker', event, { kind: 'history' });
  const { CI_PREV_COMMIT_SHA: before, CI_COMMIT_BRANCH: branch, CI_COMMIT_TAG: tag } = env;
  const defaultBranch = env.CI_REPO_DEFAULT_BRANCH;
  return named('Woodpecker', event, pushWish({ before, after, branch, tag, defaultBranch }));
}

export function readBuildkite(env: Environment): CiEvent {
  const after = wordOf(env.BUILDKITE_COMMIT);
  if (isYes(env.BUILDKITE_PULL_REQUEST)) {
    const base = byId(undefined, branchRef(env.BUILDKITE_PULL_REQUEST_BASE_BRANCH));
    const number = wordOf(env.BUILDKITE_PULL_REQUEST);
    return named('Buildkite', 'pull request', change(base, byId(after, `refs/pull/${number}/head`)));
  }
  const source = wordOf(env.BUILDKITE_SOURCE) ?? 'push';
  if (source === 'schedule' || source === 'ui') return named('Buildkite', source, { kind: 'history' });
  const { BUILDKITE_BRANCH: branch, BUILDKITE_TAG: tag, BUILDKITE_PIPELINE_DEFAULT_BRANCH: defaultBranch } = env;
  return named('Buildkite', tag ? 'tag' : source, pushWish({ after, branch, tag, defaultBranch }));
}

/** TeamCity hands on the commit alone; the range is given as BASE..HEAD from its parameters (docs/ci.md). */
export function readTeamCity(env: Environment): CiEvent {
  return named('TeamCity', 'build', pushWish({ after: env.BUILD_VCS_NUMBER }));
}
