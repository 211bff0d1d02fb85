// The whole of what leads to HEAD, and the work tree: what a nightly run in CI scans. Two scans, one report; what both found
// is told once, with what the history knows of it.
import { CHECKS } from '../checks/registry.ts';
import { sumUses } from '../filters/judge.ts';
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import type { CommonArguments } from './arguments.ts';
import { makeHistoryReport } from './history.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

function keyOf({ finding }: JudgedFinding): string {
  return `${finding.fingerprint} ${finding.ruleId} ${finding.origin.path}`;
}

/** The first list, and of the second what the first does not have. */
function join(first: readonly JudgedFinding[], second: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const known = new Set(first.map(keyOf));
  return [...first, ...second.filter((judged) => !known.has(keyOf(judged)))];
}

function joinProblems(first: readonly Problem[], second: readonly Problem[]): readonly Problem[] {
  const textOf = ({ kind, path, message }: Problem): string => `${kind} ${path ?? ''} ${message}`;
  const known = new Set(first.map(textOf));
  return [...first, ...second.filter((problem) => !known.has(textOf(problem)))];
}

/** One report of two scans of the same repository under the same settings. */
export function joinReports(history: Report, tree: Report): Report {
  const problems = joinProblems(history.problems, tree.problems);
  return {
    ...history,
    findings: join(history.findings, tree.findings),
    suppressed: join(history.suppressed, tree.suppressed),
    suppressions: sumUses(history.suppressions, tree.suppressions),
    problems,
    coverage: {
      ...history.coverage,
      files: history.coverage.files + tree.coverage.files,
      bytes: history.coverage.bytes + tree.coverage.bytes,
      ignoredFiles: Math.max(history.coverage.ignoredFiles, tree.coverage.ignoredFiles),
      isComplete: !problems.some(isIncomplete),
    },
    rules: new Map([...history.rules, ...tree.rules]),
  };
}

/** @param allRefs  every ref, not only what leads to HEAD */
export async function makeFullReport(
  args: CommonArguments,
  terminal: Terminal,
  session: Session,
  allRefs: boolean,
): Promise<Report> {
  const history = await makeHistoryReport(
    {
      ...args,
      revisions: allRefs ? [] : ['HEAD'],
      branches: [],
      since: undefined,
      historyPaths: [],
      firstParent: false,
      unreachable: false,
      authorPrivacy: true,
      rewritePlan: undefined,
      verify: [],
      cache: false,
      reader: undefined,
    },
    terminal,
    session,
    {},
  );
  const ignores = createPathIgnores(session);
  const source = createTreeSource({ ...ignores, cwd: session.root, paths: [], env: terminal.environment });
  const tree = await makeReport(session, source, ignores, { checks: CHECKS, reveal: args.reveal });
  return joinReports(history, tree);
}
