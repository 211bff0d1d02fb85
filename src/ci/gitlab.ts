// GitLab CI: its variables → what there is to scan. In merged-result pipelines and merge trains the commit at hand is a
// merge that GitLab made; the commits that count are those of the source branch.
import { branchRef, byId, type CiEvent, type Environment, isNoId, type Wish, wordOf } from './ci-event.ts';

const FULL = new Set(['schedule', 'web', 'api', 'trigger', 'pipeline', 'chat']);

function readMergeRequest(env: Environment): Wish {
  const number = wordOf(env.CI_MERGE_REQUEST_IID);
  const head = wordOf(env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA) ?? env.CI_COMMIT_SHA;
  return {
    kind: 'change',
    base: byId(env.CI_MERGE_REQUEST_DIFF_BASE_SHA, branchRef(env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME)),
    head: byId(head, number === undefined ? undefined : `refs/merge-requests/${number}/head`),
  };
}

function readWish(env: Environment, source: string): Wish | undefined {
  if (source === 'merge_request_event' || wordOf(env.CI_MERGE_REQUEST_IID) !== undefined) return readMergeRequest(env);
  const tag = wordOf(env.CI_COMMIT_TAG);
  const branch = wordOf(env.CI_COMMIT_BRANCH);
  if (source === 'push' || source === 'external') {
    const ref = tag === undefined ? branchRef(branch) : `refs/tags/${tag}`;
    const before = tag !== undefined || isNoId(env.CI_COMMIT_BEFORE_SHA) ? 'none' : env.CI_COMMIT_BEFORE_SHA!;
    const defaultBranch = wordOf(env.CI_DEFAULT_BRANCH);
    return { kind: 'push', push: { before, after: byId(env.CI_COMMIT_SHA, ref), ref, defaultBranch } };
  }
  return FULL.has(source) ? { kind: 'history' } : undefined;
}

export function readGitlab(env: Environment): CiEvent {
  const source = wordOf(env.CI_PIPELINE_SOURCE) ?? 'unknown';
  const type = wordOf(env.CI_MERGE_REQUEST_EVENT_TYPE);
  const event = type === undefined ? source : `${source} (${type})`;
  const wish = readWish(env, source);
  if (wish) return { system: 'GitLab', event, wish, notes: [] };
  return {
    system: 'GitLab',
    event,
    wish: { kind: 'tree', commit: byId(env.CI_COMMIT_SHA) },
    notes: [`The pipeline source ${source} names no range of commits: the files of the commit were scanned.`],
  };
}
