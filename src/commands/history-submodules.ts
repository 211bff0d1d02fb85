// `unleak history --recurse-submodules`: the histories of submodules that are checked out, each a repository of its own. What is
// found there is told under the submodule's path. Never fetches: what is not there is listed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isGitError } from '../git/git-error.ts';
import type { HistoryOutcome } from '../history/scan-history.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';

/** Submodules of submodules are followed so deep. */
const DEEPEST = 10;
const NOT_SCANNED = 'a repository of its own; run unleak history in it';
const NOT_THERE = 'a submodule that is not checked out; run: git submodule update --init';

/** Variables that say which repository git works in. */
const PLACE_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];

/** The environment for a git in another repository. */
export function environmentElsewhere(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !PLACE_VARIABLES.includes(name)));
}

function submoduleProblem(path: string, message: string): Problem {
  return { kind: 'submodule', path, message };
}

/** Lists submodules as not looked at. */
export function listSkipped({ submodules, ...outcome }: HistoryOutcome): HistoryOutcome {
  const skipped = submodules.map((path) => submoduleProblem(path, NOT_SCANNED));
  return { ...outcome, submodules, problems: [...outcome.problems, ...skipped] };
}

export interface SubmoduleWork {
  /** Scans the repository in a folder, whole. */
  readonly scan: (folder: string) => Promise<HistoryOutcome>;
  /** See HistoryOptions. */
  readonly adopt: (copy: Finding, original: Finding) => Finding;
}

function moveBelow(path: string, outcome: HistoryOutcome, { adopt }: SubmoduleWork): HistoryOutcome {
  const move = (finding: Finding): Finding =>
    adopt({ ...finding, origin: { ...finding.origin, path: `${path}/${finding.origin.path}` } }, finding);
  const tell = (problem: Problem): Problem => ({
    ...problem,
    path: problem.path === undefined ? path : `${path}/${problem.path}`,
  });
  return { ...outcome, findings: outcome.findings.map(move), problems: outcome.problems.map(tell) };
}

function addOutcome(sum: HistoryOutcome, more: HistoryOutcome): HistoryOutcome {
  return {
    ...sum,
    findings: [...sum.findings, ...more.findings],
    problems: [...sum.problems, ...more.problems],
    texts: sum.texts + more.texts,
    bytes: sum.bytes + more.bytes,
    commits: sum.commits + more.commits,
    cached: sum.cached + more.cached,
  };
}

/**
 * Adds what the submodules hold.
 *
 * @param folder  top of the work tree that `outcome` is of
 */
export async function scanSubmodules(
  outcome: HistoryOutcome,
  folder: string,
  work: SubmoduleWork,
  depth = 0,
): Promise<HistoryOutcome> {
  let sum = outcome;
  const addProblem = (path: string, message: string): void => {
    sum = { ...sum, problems: [...sum.problems, submoduleProblem(path, message)] };
  };
  for (const path of outcome.submodules) {
    const inner = join(folder, path);
    // Without a git folder of its own git would take the outer repository for it.
    if (!existsSync(join(inner, '.git'))) addProblem(path, NOT_THERE);
    else if (depth >= DEEPEST) addProblem(path, NOT_SCANNED);
    else {
      try {
        const own = await scanSubmodules(await work.scan(inner), inner, work, depth + 1);
        sum = addOutcome(sum, moveBelow(path, own, work));
      } catch (error) {
        if (!isGitError(error, 'not-a-repository') && !isGitError(error, 'dubious-ownership')) throw error;
        const { message } = error;
        sum = { ...sum, problems: [...sum.problems, { kind: 'unreadable', path, message }] };
      }
    }
  }
  return sum;
}
