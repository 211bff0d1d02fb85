// What a pipeline has to scan: finds out what is new, fetches what a shallow clone lacks, and scans it under the settings of
// the base. The final state and every commit on the way count. For `unleak diff --ci` and the GitHub Action.
import { resolve } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { type Clone, openClone } from '../ci/clone.ts';
import { planScan, type RangePlan, type ScanPlan } from '../ci/plan-scan.ts';
import { createRangeSource, openRange } from '../ci/range-source.ts';
import { type NamedFiles, type Policy, readPolicy } from '../ci/read-policy.ts';
import { createCommitTreeSource } from '../ci/tree-source.ts';
import { decideExitCode, type ExitCode } from '../model/exit-code.ts';
import { isAtLeast, SEVERITIES } from '../model/levels.ts';
import { isIncomplete } from '../model/problem.ts';
import { failingFindings, type JudgedFinding, type Report } from '../model/report.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import type { CiArguments, CiOutcome } from './ci-arguments.ts';
import { chooseEvent } from './ci-choose-event.ts';
import { makeFullReport } from './ci-full.ts';
import { dropRepeats } from './ci-repeats.ts';
import { formatStatement, isEmptyTree, makeStatement } from './ci-statement.ts';
import { runReport, type ScanListeners } from './run-report.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Blobs that hold something. */
const listHits = ({ findings, suppressed }: Report): ReadonlySet<string> =>
  new Set(
    [...findings, ...suppressed].flatMap(({ finding: { origin } }) =>
      origin.kind === 'diff' && origin.blob !== undefined ? [origin.blob] : [],
    ),
  );

async function scanRange(
  args: CiArguments,
  session: Session,
  clone: Clone,
  plan: RangePlan,
  subject: string,
): Promise<Report> {
  const range = await openRange(clone, plan, subject);
  const look = (hits: ReadonlySet<string>): Promise<Report> => {
    const ignores = createPathIgnores(session);
    const source = createRangeSource(range, ignores, (blob) => hits.has(blob));
    return makeReport(session, source, ignores, { checks: CHECKS, reveal: args.reveal });
  };
  // Nearly every commit holds nothing; only those that do are asked for the lines that they added.
  let report = await look(new Set());
  if (report.findings.length + report.suppressed.length > 0) report = await look(listHits(report));
  const ids = range.commits.map(({ id }) => id);
  const distinct = dropRepeats(report, ids, plan.head);
  return { ...distinct, coverage: { ...distinct.coverage, commits: ids.length } };
}

async function scanSourceOnly(
  args: CiArguments,
  session: Session,
  open: (filter: PathFilter) => Source,
): Promise<Report> {
  const ignores = createPathIgnores(session);
  return makeReport(session, open(ignores), ignores, { checks: CHECKS, reveal: args.reveal });
}

async function scanWork(
  args: CiArguments,
  terminal: Terminal,
  session: Session,
  clone: Clone,
  plan: ScanPlan,
  subject: string,
): Promise<Report> {
  const { work } = plan;
  const top = clone.repository.topLevel ?? clone.repository.gitDir;
  switch (work.kind) {
    case 'range':
    case 'trees':
      return scanRange(args, session, clone, work, subject);
    case 'history':
      return makeFullReport(args, terminal, session, args.allRefs);
    case 'tree':
      return scanSourceOnly(args, session, (filter) =>
        clone.find('HEAD') === work.head && !clone.repository.isBare
          ? createTreeSource({ ...filter, cwd: top, paths: [], env: terminal.environment })
          : createCommitTreeSource(clone, work.head, filter),
      );
    case 'nothing':
      return scanSourceOnly(args, session, () => ({ mode: 'diff', root: top, subject, async *targets() {} }));
  }
}

function addProblems(report: Report, plan: ScanPlan): Report {
  if (plan.problems.length === 0) return report;
  const problems = [...plan.problems, ...report.problems];
  return { ...report, problems, coverage: { ...report.coverage, isComplete: !problems.some(isIncomplete) } };
}

/**
 * Scans what the CI system, or the user, says is new.
 *
 * @param onOutcome  called once, before the reports are written
 * @throws UsageError, ConfigError, GitError
 */
export async function runCi(
  args: CiArguments,
  terminal: Terminal,
  onOutcome: (outcome: CiOutcome) => void,
): Promise<ExitCode> {
  const { cwd, environment } = terminal;
  const event = chooseEvent(args, terminal);
  const clone = openClone(cwd, environment, args.fetch);
  const plan = planScan(event, clone, { depthAdvice: args.depthAdvice });
  const named = nameFiles(args, terminal);
  const policy = plan.policy.from === 'work tree' ? undefined : layOutPolicy(clone, plan, named);
  try {
    const root = policy?.folder ?? clone.repository.topLevel ?? cwd;
    const { UNLEAK_CONFIG: _, UNLEAK_BASELINE: __, ...others } = environment;
    const own = policy
      ? { ...args, config: policy.config, settings: { ...args.settings, baseline: policy.baseline } }
      : args;
    const seen: Terminal = policy ? withEnvironment(terminal, others) : terminal;
    const draft = makeStatement(event, clone, plan, policy);
    let exitCode: ExitCode | undefined;
    const code = await runReport(own, seen, root, async (session: Session, listeners: ScanListeners) => {
      const scanned = await scanWork(own, seen, session, clone, plan, `${draft.range}, ${event.event}`);
      const report = addProblems(scanned, plan);
      const statement = { ...draft, commits: report.coverage.commits ?? 0 };
      const isFailing = ({ finding }: JudgedFinding): boolean =>
        args.failOn !== 'none' && isAtLeast(SEVERITIES, finding.severity, args.failOn);
      const failing = failingFindings(report).filter(isFailing);
      exitCode = decideExitCode(failing.length > 0, !report.coverage.isComplete, session.settings.allowIncomplete);
      if (args.verbosity !== 'quiet') terminal.writeError(formatStatement(statement));
      onOutcome({ report, statement, exitCode, failing });
      listeners.onKept?.(report.findings);
      return report;
    });
    return exitCode ?? code;
  } finally {
    policy?.remove();
  }
}

/** A terminal's members are looked up when they are asked for, so it is not copied. */
function withEnvironment(terminal: Terminal, environment: Terminal['environment']): Terminal {
  return Object.create(terminal, { environment: { value: environment } }) as Terminal;
}

function nameFiles(args: CiArguments, { cwd, environment }: Terminal): NamedFiles {
  const config = args.config ?? (environment.UNLEAK_CONFIG?.trim() || undefined);
  const baseline = args.settings.baseline ?? (environment.UNLEAK_BASELINE?.trim() || undefined);
  const absolute = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : resolve(cwd, file);
  return { config: absolute(config), baseline: absolute(baseline) };
}

function layOutPolicy(clone: Clone, plan: ScanPlan, named: NamedFiles): Policy {
  const { policy, work } = plan;
  if (!('commit' in policy)) return readPolicy(clone, undefined, undefined, named);
  const hasEnds = work.kind === 'range' || work.kind === 'trees';
  const other =
    policy.from === 'base'
      ? hasEnds
        ? work.head
        : undefined
      : hasEnds && !isEmptyTree(clone, work.base)
        ? work.base
        : undefined;
  return readPolicy(clone, policy.commit, other, named);
}
