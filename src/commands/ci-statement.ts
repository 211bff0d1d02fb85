// What a scan in CI says about itself: which commits, and whose settings. For the log and for the step summary.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CiEvent } from '../ci/ci-event.ts';
import type { Clone } from '../ci/clone.ts';
import type { ScanPlan } from '../ci/plan-scan.ts';
import type { Policy } from '../ci/read-policy.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../config/find-config-file.ts';
import { DEFAULT_BASELINE_FILE } from '../config/settings.ts';
import { emptyTreeId } from '../git/repository.ts';
import { type CiStatement, shortId } from '../model/ci-statement.ts';
import { countOf } from '../util/amounts.ts';

/** The base of a range that leaves nothing out. */
export function isEmptyTree(clone: Clone, id: string): boolean {
  return id === emptyTreeId(clone.repository.objectFormat);
}

function describeRange(clone: Clone, { work }: ScanPlan): string {
  switch (work.kind) {
    case 'range':
    case 'trees':
      return isEmptyTree(clone, work.base)
        ? `all commits up to ${shortId(work.head)}`
        : `${shortId(work.base)}..${shortId(work.head)}`;
    case 'tree':
      return `files of ${shortId(work.head)}`;
    case 'history':
      return `history of ${shortId(work.head)}`;
    case 'nothing':
      return 'none';
  }
}

function describePolicy(plan: ScanPlan, policy: Policy | undefined, top: string): string {
  const { from } = plan.policy;
  const there = [CONFIG_FILE, IGNORE_FILE, DEFAULT_BASELINE_FILE].filter((name) => existsSync(join(top, name)));
  const files = policy === undefined ? there : policy.files;
  const list = files.length === 0 ? 'defaults, no settings there' : files.join(', ');
  if (plan.work.kind === 'nothing') return 'nowhere: nothing is scanned';
  if (from === 'none') return 'defaults: no commit at hand can be trusted for settings';
  return `${'commit' in plan.policy ? `${from} commit ${shortId(plan.policy.commit)}` : from}: ${list}`;
}

/** The number of commits is filled in after the scan. */
export function makeStatement(event: CiEvent, clone: Clone, plan: ScanPlan, policy: Policy | undefined): CiStatement {
  const { work } = plan;
  const top = clone.repository.topLevel ?? clone.repository.gitDir;
  const hasEnds = work.kind === 'range' || work.kind === 'trees';
  return {
    system: event.system,
    event: event.event,
    scanned: work.kind,
    range: describeRange(clone, plan),
    base: hasEnds && !isEmptyTree(clone, work.base) ? work.base : undefined,
    head: work.kind === 'nothing' ? undefined : work.head,
    commits: 0,
    policy: describePolicy(plan, policy, top),
    policyChanges: policy?.changed ?? [],
    notes: plan.notes,
  };
}

/** The lines for the log. */
export function formatStatement(statement: CiStatement): string {
  const { system, event, scanned, range, commits, policy, policyChanges, notes } = statement;
  const count = scanned === 'range' || scanned === 'history' ? `${countOf(commits, 'commit')} in range, ` : '';
  const lines = [
    `${system}, ${event}: ${count}${range}`,
    `settings from ${policy}`,
    ...(policyChanges.length > 0 ? [`this change also changes ${policyChanges.join(', ')}`] : []),
    ...notes,
  ];
  return lines.map((line) => `unleak: ${line}\n`).join('');
}
