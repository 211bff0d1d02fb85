// `unleak history [REV…]`: everything that was ever committed, and what git still keeps of what was not.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { sumUses } from '../filters/judge.ts';
import { findRepository } from '../git/repository.ts';
import { createGitReader } from '../history/git-reader.ts';
import { createOwnReader } from '../history/own-reader.ts';
import { findCacheFolder, NO_CACHE, openScanCache, type ScanCache } from '../history/scan-cache.ts';
import { scanHistory } from '../history/scan-history.ts';
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Finding } from '../model/finding.ts';
import { CONFIDENCES, isAtLeast } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { KEPT } from '../model/verdict.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import type { HistoryArguments } from './arguments.ts';
import { createSessionJudge, isReported, sumUpReport } from './judge-session.ts';
import { checkPlanFolder, writePlan } from './rewrite-plan.ts';
import { runReport, type ScanListeners } from './run-report.ts';
import { createPathIgnores, type PathIgnores } from './scan-report.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Leaves out places that the user's ignores hide; each path counts once. */
function dropIgnored(findings: readonly Finding[], ignores: PathIgnores): readonly Finding[] {
  const hidden = new Map<string, boolean>();
  return findings.filter(({ origin: { path } }) => {
    let isHidden = hidden.get(path);
    if (isHidden === undefined) {
      isHidden = ignores.isIgnored(path);
      hidden.set(path, isHidden);
      if (isHidden) ignores.onIgnored(path);
    }
    return !isHidden;
  });
}

/** Everything that decides whether an object is clean: the program, the rules, and what is worth a look. */
function openCache(session: Session, terminal: Terminal): ScanCache {
  const folder = findCacheFolder(terminal.environment, process.platform);
  if (folder === undefined) return NO_CACHE;
  const folderOfProgram = import.meta.dirname;
  const program = readdirSync(folderOfProgram)
    .filter((name) => /\.cjs$|^rules\.jsonl$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folderOfProgram, name)));
  const digest = createHash('sha256');
  for (const bytes of program) digest.update(bytes);
  return openScanCache(
    folder,
    [digest.digest('hex'), session.rulesText ?? '', session.settings.minConfidence].join('\n'),
  );
}

/** For --verify: neither a baseline nor an ignore makes a value gone. */
function keepNamed(findings: readonly Finding[], fingerprints: readonly string[]): readonly JudgedFinding[] {
  return findings
    .filter(({ fingerprint }) => fingerprints.includes(fingerprint))
    .map((finding) => ({ finding, verdict: KEPT }));
}

/** A proof that leaves something out proves nothing. */
function refuseNarrowProof(args: HistoryArguments): void {
  const { verify, revisions, branches, since, historyPaths, firstParent, unreachable, settings } = args;
  if (verify.length === 0) return;
  const isNarrow = revisions.length + branches.length + historyPaths.length > 0 || since !== undefined || firstParent;
  const hasRules = (settings.only ?? []).length + (settings.skip ?? []).length > 0;
  if (isNarrow || !unreachable || hasRules || args.rewritePlan !== undefined) {
    throw new UsageError('--verify looks at everything with all rules; leave out what narrows it');
  }
}

/** Such as `main..dev --since=2024-01-01`; `all` without a choice. */
function describeSubject(args: HistoryArguments): string {
  const { revisions, branches, since, historyPaths, firstParent, unreachable, verify } = args;
  const words = [
    ...revisions,
    ...branches.map((name) => `--branch ${name}`),
    ...(since === undefined ? [] : [`--since ${since}`]),
    ...(firstParent ? ['--first-parent'] : []),
    ...(unreachable ? [] : ['--no-unreachable']),
    ...historyPaths.map((path) => `--path ${path}`),
    ...(verify.length > 1 ? [`--verify (${verify.length} secrets)`] : verify.map((one) => `--verify ${one}`)),
  ];
  return words.join(' ');
}

async function makeHistoryReport(
  args: HistoryArguments,
  terminal: Terminal,
  session: Session,
  listeners: ScanListeners,
): Promise<Report> {
  const { settings } = session;
  const { onRuleTime } = listeners;
  const judge = createSessionJudge(session);
  const ignores = createPathIgnores(session);
  const scanner = createTextScanner(createRulesDetector(session.rules, CHECKS, onRuleTime && { onRuleTime }));
  const call = { cwd: session.root, env: terminal.environment };
  const isVerifying = args.verify.length > 0;
  const cache = args.cache && !isVerifying ? openCache(session, terminal) : NO_CACHE;
  const outcome = await scanHistory({
    call,
    selection: {
      revisions: args.revisions,
      branches: args.branches,
      since: args.since,
      paths: args.historyPaths,
      isFirstParent: args.firstParent,
    },
    hasUnreachable: args.unreachable,
    hasAuthors: !args.authorPrivacy,
    openReader: () => (args.reader === 'git' ? createGitReader(call) : createOwnReader(call)),
    scanner,
    identify: judge.identify,
    adopt: judge.adopt,
    isReportable: ({ confidence }) => isVerifying || isAtLeast(CONFIDENCES, confidence, settings.minConfidence),
    // The path of a blob may still raise what a generic rule thinks of it.
    isWorthALook: ({ ruleId, confidence }) =>
      isVerifying || ruleId.startsWith('generic.') || isAtLeast(CONFIDENCES, confidence, settings.minConfidence),
    cache,
    onProgress: (texts, total, bytes) => listeners.onProgress?.(texts, total, bytes),
  });
  cache.save();
  const judged = isVerifying
    ? keepNamed(outcome.findings, args.verify)
    : judge.judge(dropIgnored(outcome.findings, ignores));
  listeners.onKept?.(judged.filter(isReported));
  return sumUpReport(session, {
    mode: 'history',
    subject: describeSubject(args),
    judged,
    suppressions: sumUses(ignores.uses(), judge.uses()),
    problems: outcome.problems,
    coverage: {
      files: outcome.texts,
      bytes: outcome.bytes,
      ignoredFiles: ignores.ignoredFiles(),
      commits: outcome.commits,
      ...(outcome.cached > 0 && { cached: outcome.cached }),
    },
    reveal: args.reveal,
  });
}

/** @throws GitError outside of a repository, UsageError, ConfigError */
export function runHistory(args: HistoryArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, environment } = terminal;
  refuseNarrowProof(args);
  const root = findRepository(cwd, environment).topLevel ?? cwd;
  const plan = args.rewritePlan === undefined ? undefined : checkPlanFolder(args.rewritePlan, cwd, root);
  return runReport(args, terminal, root, async (session, listeners) => {
    const report = await makeHistoryReport(args, terminal, session, listeners);
    if (plan !== undefined && report.findings.length > 0) {
      const file = writePlan(report, plan);
      if (args.verbosity !== 'quiet') terminal.writeError(`unleak: the plan is in ${file}\n`);
    }
    return report;
  });
}
