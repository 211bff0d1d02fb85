// GitHub Actions: the name of the event and its payload → what there is to scan. The payload is foreign text: every value
// is tested before it is used. The list of commits in it is capped and is never used.
import { isJsonObject, type JsonObject } from '../util/json-object.ts';
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

export const GITHUB = 'GitHub Actions';

/** The text at a path of keys, or undefined. */
function textAt(payload: JsonObject, ...keys: readonly string[]): string | undefined {
  let value: unknown = payload;
  for (const key of keys) value = isJsonObject(value) ? value[key] : undefined;
  return typeof value === 'string' ? wordOf(value) : undefined;
}

function numberAt(payload: JsonObject, ...keys: readonly string[]): number | undefined {
  let value: unknown = payload;
  for (const key of keys) value = isJsonObject(value) ? value[key] : undefined;
  return typeof value === 'number' ? value : undefined;
}

function readPullRequest(payload: JsonObject): Wish | undefined {
  const base = textAt(payload, 'pull_request', 'base', 'sha');
  const head = textAt(payload, 'pull_request', 'head', 'sha');
  if (base === undefined || head === undefined) return undefined;
  const number = numberAt(payload, 'pull_request', 'number') ?? numberAt(payload, 'number');
  return {
    kind: 'change',
    base: byId(base, branchRef(textAt(payload, 'pull_request', 'base', 'ref'))),
    head: byId(head, number === undefined ? undefined : `refs/pull/${number}/head`),
  };
}

function readPush(payload: JsonObject): Wish | undefined {
  const before = textAt(payload, 'before');
  const after = textAt(payload, 'after');
  const ref = textAt(payload, 'ref');
  if (after === undefined || ref === undefined) return undefined;
  if (isNoId(after)) return { kind: 'nothing', why: `${ref} was deleted` };
  const defaultBranch = textAt(payload, 'repository', 'default_branch');
  return {
    kind: 'push',
    push: {
      before: before === undefined || isNoId(before) ? 'none' : before,
      after: byId(after, ref),
      ref,
      defaultBranch,
    },
  };
}

/** A branch or tag that was made without a push of its own, or together with one. */
function readCreate(payload: JsonObject, environment: Environment): Wish | undefined {
  const name = textAt(payload, 'ref');
  if (name === undefined) return undefined;
  const ref = name.startsWith('refs/') ? name : `refs/${payload.ref_type === 'tag' ? 'tags' : 'heads'}/${name}`;
  const defaultBranch = textAt(payload, 'repository', 'default_branch');
  return {
    kind: 'push',
    push: { before: 'none', after: byId(environment.GITHUB_SHA, ref), ref, defaultBranch },
  };
}

function readMergeGroup(payload: JsonObject): Wish | undefined {
  const base = textAt(payload, 'merge_group', 'base_sha');
  const head = textAt(payload, 'merge_group', 'head_sha');
  if (base === undefined || head === undefined) return undefined;
  return {
    kind: 'change',
    base: byId(base, branchRef(textAt(payload, 'merge_group', 'base_ref'))),
    head: byId(head, textAt(payload, 'merge_group', 'head_ref')),
  };
}

/** What another workflow ran on. From a fork the list of pull requests is empty: then the default branch is the base. */
function readWorkflowRun(payload: JsonObject): Wish | undefined {
  const sha = textAt(payload, 'workflow_run', 'head_sha');
  if (sha === undefined) return undefined;
  const headBranch = textAt(payload, 'workflow_run', 'head_branch');
  const defaultBranch = textAt(payload, 'repository', 'default_branch');
  const isFork =
    textAt(payload, 'workflow_run', 'head_repository', 'full_name') !== textAt(payload, 'repository', 'full_name');
  const run = payload.workflow_run;
  const pulls = isJsonObject(run) && Array.isArray(run.pull_requests) ? (run.pull_requests as unknown[]) : [];
  const pull = pulls.find(isJsonObject);
  if (pull !== undefined) {
    const number = numberAt(pull, 'number');
    return {
      kind: 'change',
      base: byId(textAt(pull, 'base', 'sha'), branchRef(textAt(pull, 'base', 'ref'))),
      head: byId(sha, number === undefined ? undefined : `refs/pull/${number}/head`, branchRef(headBranch)),
    };
  }
  const head: Revision = byId(sha, isFork ? undefined : branchRef(headBranch));
  // On the default branch itself nothing says what is new.
  if (!isFork && headBranch !== undefined && headBranch === defaultBranch) return { kind: 'tree', commit: head };
  if (defaultBranch === undefined) return { kind: 'tree', commit: head };
  return { kind: 'change', base: { id: undefined, refs: [`refs/heads/${defaultBranch}`] }, head };
}

const READERS: Readonly<Record<string, (payload: JsonObject, environment: Environment) => Wish | undefined>> = {
  pull_request: readPullRequest,
  pull_request_target: readPullRequest,
  pull_request_review: readPullRequest,
  pull_request_review_comment: readPullRequest,
  push: readPush,
  create: readCreate,
  merge_group: readMergeGroup,
  workflow_run: readWorkflowRun,
  delete: (payload) => ({ kind: 'nothing', why: `${textAt(payload, 'ref') ?? 'a ref'} was deleted` }),
  schedule: () => ({ kind: 'history' }),
  workflow_dispatch: () => ({ kind: 'history' }),
  repository_dispatch: () => ({ kind: 'history' }),
};

/** Events that bring no commits: the files at hand are scanned, and that is no reason to warn. */
const TREE_EVENTS = new Set([
  'release',
  'issue_comment',
  'issues',
  'deployment',
  'deployment_status',
  'registry_package',
  'status',
  'check_run',
  'check_suite',
  'workflow_call',
  'page_build',
  'public',
  'label',
  'milestone',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
  'branch_protection_rule',
]);

/** @param payload  what GITHUB_EVENT_PATH holds; undefined when it cannot be read */
export function readGithub(environment: Environment, payload: JsonObject | undefined): CiEvent {
  const event = wordOf(environment.GITHUB_EVENT_NAME) ?? 'unknown';
  const commit = byId(environment.GITHUB_SHA, environment.GITHUB_REF);
  const tree: Wish = { kind: 'tree', commit };
  const reader = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (reader === undefined) {
    const notes = TREE_EVENTS.has(event)
      ? []
      : [`The event ${event} is not known to this version: the files of the commit were scanned.`];
    return { system: GITHUB, event, wish: tree, notes };
  }
  const wish = reader(payload ?? {}, environment);
  if (wish) return { system: GITHUB, event, wish, notes: [] };
  const what = payload === undefined ? 'could not be read' : 'does not name the commits';
  return {
    system: GITHUB,
    event,
    wish: tree,
    notes: [`The payload of the event ${what}: the files of the commit were scanned.`],
  };
}
