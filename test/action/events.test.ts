// The Action for every event: log, annotations, outputs and summary, whole. The same in a checkout of depth 1.
import { afterAll, expect, test } from 'vitest';
import { type Checkout, checkOut, makeStory, payloads, writePayload } from '../ci/scenario.ts';
import { removeFolders } from '../support/git-repository.ts';
import { expectGolden } from './golden.ts';
import { type ActionRun, installAction, runAction } from './run-action.ts';

afterAll(removeFolders);

const story = makeStory();
const { ids } = story;
const events = payloads(story);
const installed = installAction();

/** What is other parts' business, and changes with every new rule. */
const withoutRules = (text: string): string => text.replace(/[\d,]+ rules/g, 'N rules');

/** Everything that a run leaves, as one text; of the log the commands for the runner, for the report has tests of its own. */
function describeRun({ exitCode, stdout, stderr, summary, outputs }: ActionRun): string {
  const list = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
  const parts = {
    commands: commands.map((line) => `${line}\n`).join(''),
    log: stderr,
    outputs: list.join(''),
    summary: withoutRules(summary),
    'exit code': `${exitCode}\n`,
  };
  return Object.entries(parts)
    .map(([name, text]) => `===== ${name}\n${text}`)
    .join('');
}

const merge = { commit: ids.pull, ref: 'refs/remotes/pull/7/merge' };

const EVENTS: readonly (readonly [name: string, event: string, payload: unknown, checkout: Checkout])[] = [
  ['pull-request', 'pull_request', events.pull_request, merge],
  ['pull-request-target', 'pull_request_target', events.pull_request, { commit: ids.m3 }],
  ['workflow-run', 'workflow_run', events.workflow_run, { commit: ids.m3 }],
  ['push', 'push', events.push, { commit: ids.f3 }],
  ['push-new-branch', 'push', events.newBranch, { commit: ids.f3 }],
  ['push-forced', 'push', events.forced, { commit: ids.rewritten }],
  ['push-vanished', 'push', events.vanished, { commit: ids.f3 }],
  ['push-deleted', 'push', events.deleted, { commit: ids.m3 }],
  ['push-tag', 'push', events.tag, { commit: ids.tag, ref: 'refs/tags/v1' }],
  ['create', 'create', events.create, { commit: ids.f3, ref: 'refs/tags/v1' }],
  ['merge-group', 'merge_group', events.merge_group, { commit: ids.queue }],
  ['schedule', 'schedule', events.schedule, { commit: ids.m3 }],
  ['workflow-dispatch', 'workflow_dispatch', events.workflow_dispatch, { commit: ids.m3 }],
  ['repository-dispatch', 'repository_dispatch', events.repository_dispatch, { commit: ids.m3 }],
  ['release', 'release', events.release, { commit: ids.f3 }],
  ['issue-comment', 'issue_comment', events.issue_comment, { commit: ids.m3 }],
  ['unknown', 'sponsorship', {}, { commit: ids.m3 }],
];

test.each(EVENTS)('%s', (name, event, payload, checkout) => {
  const file = writePayload(payload);
  const runIn = (depth: number): ActionRun =>
    runAction(installed, {
      workspace: checkOut(story, { ...checkout, depth }).path,
      event,
      payload: file,
      sha: checkout.commit,
    });
  const whole = describeRun(runIn(0));
  expectGolden(`${name}.golden.txt`, whole);
  // What was fetched is told; nothing else may differ.
  const withoutFetching = (text: string): string =>
    text.replace(/^(?:unleak:|-) The clone was shallow.*\n/gm, '').replace(/\n{3,}/g, '\n\n');
  const shallow = describeRun(runIn(1));
  // A history also tells which refs hold a secret, and a shallow clone knows fewer.
  if (whole.includes('the history, and the files')) expectGolden(`${name}-shallow.golden.txt`, shallow);
  else expect(withoutFetching(shallow)).toBe(withoutFetching(whole));
});
