// `unleak history [REV…]`: everything that was ever committed, and what git still keeps of what was not.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { sumUses } from '../filters/judge.ts';
import { isGitError } from '../git/git-error.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { createBlobLooker } from '../history/blob-look.ts';
import { createGitReader } from '../history/git-reader.ts';
import { type MemoryKeeper, NO_MEMORY, openMemory } from '../history/history-memory.ts';
import { isReportable, isWorthALook, type LookPolicy } from '../history/look-share.ts';
import { createOwnReader } from '../history/own-reader.ts';
import { findCacheFolder, NO_CACHE, openScanCache, type ScanCache } from '../history/scan-cache.ts';
import { type HistoryOutcome, scanHistory } from '../history/scan-history.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import type { HistoryShare, Shard } from '../model/shard.ts';
import { KEPT } from '../model/verdict.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { createHistoryCompanion } from '../pipeline/history-companion.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import type { HistoryArguments } from './arguments.ts';
import { environmentElsewhere, listSkipped, scanSubmodules } from './history-submodules.ts';
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

const NO_CACHES = { cache: NO_CACHE, memory: NO_MEMORY };

/** Everything that decides whether an object is clean: the program, the rules, and what is worth a look. */
function openCaches(
  session: Session,
  terminal: Terminal,
  repository: string,
): { readonly cache: ScanCache; readonly memory: MemoryKeeper } {
  const folder = findCacheFolder(terminal.environment, process.platform);
  if (folder === undefined) return NO_CACHES;
  const folderOfProgram = import.meta.dirname;
  const program = readdirSync(folderOfProgram)
    .filter((name) => /\.cjs$|^rules\.bin$|^command-rules\.json$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folderOfProgram, name)));
  const digest = createHash('sha256');
  for (const bytes of program) digest.update(bytes);
  const key = [digest.digest('hex'), session.rules.hash, session.settings.minConfidence].join('\n');
  return { cache: openScanCache(folder, key), memory: openMemory(folder, `${repository}\n${key}`) };
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

/** A submodule has revisions, files and a plan of its own. */
function refuseNarrowRecursion(args: HistoryArguments): void {
  const { revisions, branches, historyPaths, rewritePlan, shard } = args;
  const isNarrow = revisions.length + branches.length + historyPaths.length > 0;
  if (args.recurseSubmodules && (isNarrow || rewritePlan !== undefined || shard !== undefined)) {
    throw new UsageError(
      '--recurse-submodules reads whole histories; leave out revisions, --branch, --path, --shard and --rewrite-plan',
    );
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
    ...(args.recurseSubmodules ? ['--recurse-submodules'] : []),
    ...historyPaths.map((path) => `--path ${path}`),
    ...(verify.length > 1 ? [`--verify (${verify.length} secrets)`] : verify.map((one) => `--verify ${one}`)),
  ];
  return words.join(' ');
}

/** A scan that is shared out: one shard of it, or the first look of all shards. */
export interface HistoryPart {
  readonly shard?: Shard;
  readonly shares?: readonly HistoryShare[];
  /** What git said of the repository, when it was asked already. */
  readonly repository?: Repository;
}

/** A path that no commit ever touched is a slip of the pen. Without commits since a date, or in a range, there may be none. */
function findEmptySelection(args: HistoryArguments, { commits, problems }: HistoryOutcome): readonly Problem[] {
  const { historyPaths, since, revisions, branches } = args;
  const isNarrow = since !== undefined || revisions.length + branches.length > 0;
  if (historyPaths.length === 0 || isNarrow || commits > 0 || problems.length > 0) return [];
  const message = 'no commit touches what --path names; paths are seen from the top of the repository';
  return [{ kind: 'nothing-to-scan', path: undefined, message }];
}

/** The scan itself, for commands that do more with its report. @throws GitError, UsageError */
export async function makeHistoryReport(
  args: HistoryArguments,
  terminal: Terminal,
  session: Session,
  listeners: ScanListeners,
  part: HistoryPart = {},
): Promise<Report> {
  const { settings } = session;
  const { onRuleTime } = listeners;
  const judge = createSessionJudge(session);
  const ignores = createPathIgnores(session);
  const byRules = createRulesDetector(session.rules, CHECKS, onRuleTime && { onRuleTime });
  const scanner = createTextScanner(session.withKnown?.(byRules) ?? byRules, createHistoryCompanion());
  const isVerifying = args.verify.length > 0;
  const policy: LookPolicy = { isEverything: isVerifying, minConfidence: settings.minConfidence };
  const scan = async (cwd: string, env: NodeJS.ProcessEnv, own: HistoryPart): Promise<HistoryOutcome> => {
    const call = { cwd, env };
    const { cache, memory } =
      args.cache && !isVerifying && !session.withKnown ? openCaches(session, terminal, cwd) : NO_CACHES;
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
      openReader: (repository) =>
        args.reader === 'git' ? createGitReader(call, repository) : createOwnReader(call, repository),
      scanner,
      identify: judge.identify,
      adopt: judge.adopt,
      isReportable: (detection) => isReportable(policy, detection),
      policy,
      looker: createBlobLooker({
        rules: session.rules,
        checks: CHECKS,
        isWorthALook: (detection) => isWorthALook(policy, detection),
        isReportable: (detection) => isReportable(policy, detection),
        ...(onRuleTime && { onRuleTime }),
        ...(session.withKnown && { extend: session.withKnown }),
      }),
      rulesBytes: session.rulesBytes,
      // Workers do not measure rules, and know no values of the user's.
      jobs: onRuleTime || session.withKnown ? 1 : settings.jobs,
      cache,
      memory,
      onProgress: (texts, total, bytes) => listeners.onProgress?.(texts, total, bytes),
      ...own,
    });
    cache.save();
    return outcome;
  };
  const main = await scan(session.root, terminal.environment, part);
  const elsewhere = environmentElsewhere(terminal.environment);
  const outcome = args.recurseSubmodules
    ? await scanSubmodules(main, session.root, { scan: (folder) => scan(folder, elsewhere, {}), adopt: judge.adopt })
    : listSkipped(main);
  const judged = isVerifying
    ? keepNamed(outcome.findings, args.verify)
    : judge.judge(dropIgnored(outcome.findings, ignores));
  listeners.onKept?.(judged.filter(isReported));
  const report = sumUpReport(session, {
    mode: 'history',
    subject: describeSubject(args),
    judged,
    suppressions: sumUses(ignores.uses(), judge.uses()),
    problems: [...outcome.problems, ...findEmptySelection(args, outcome)],
    coverage: {
      files: outcome.texts,
      bytes: outcome.bytes,
      ignoredFiles: ignores.ignoredFiles(),
      commits: outcome.commits,
      ...(outcome.cached > 0 && { cached: outcome.cached }),
    },
    reveal: args.reveal,
  });
  if (!part.shard) return report;
  const { makeShardNote } = await import('./shard-note.ts');
  return { ...report, shard: makeShardNote(session, part.shard, terminal, [args.reveal], outcome.share) };
}

/** @throws UsageError for a shard that is none, or of what only the whole can do */
async function readShard(args: HistoryArguments, terminal: Terminal): Promise<HistoryPart> {
  if (args.shard === undefined) return {};
  if (args.verify.length > 0 || args.rewritePlan !== undefined) {
    throw new UsageError('--verify and --rewrite-plan need the whole history; leave out --shard');
  }
  const { findShard, parseShard } = await import('../merge/find-shard.ts');
  return { shard: findShard(parseShard(args.shard), terminal.environment) };
}

/** What a proof proves and what it cannot. */
function tellProof(count: number, terminal: Terminal): void {
  const what = count === 1 ? 'this fingerprint' : `one of these ${count} fingerprints`;
  terminal.writeError(
    `unleak: nothing with ${what} is in any object, stash, reflog or index of this clone\n` +
      'unleak: not seen: other clones, forks and hosts; a value where no rule recognises it; fingerprints made with another baseline key\n',
  );
}

/** @throws GitError outside of a repository, UsageError, ConfigError */
export async function runHistory(args: HistoryArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, environment } = terminal;
  refuseNarrowProof(args);
  refuseNarrowRecursion(args);
  const part = await readShard(args, terminal);
  let repository: Repository;
  try {
    repository = findRepository(cwd, environment);
  } catch (error) {
    // The command line is right; the repository is there, and was not read.
    if (!isGitError(error, 'dubious-ownership')) throw error;
    terminal.writeError(`unleak: ${error.message}\n`);
    return EXIT.incomplete;
  }
  const root = repository.topLevel ?? cwd;
  const plan = args.rewritePlan === undefined ? undefined : checkPlanFolder(args.rewritePlan, cwd, root);
  return runReport(args, terminal, root, async (session, listeners) => {
    const report = await makeHistoryReport(args, terminal, session, listeners, { ...part, repository });
    if (plan !== undefined && report.findings.length > 0) {
      const file = writePlan(report, plan);
      if (args.verbosity !== 'quiet') terminal.writeError(`unleak: the plan is in ${file}\n`);
    }
    const isProven = args.verify.length > 0 && report.findings.length === 0 && report.coverage.isComplete;
    if (isProven && args.verbosity !== 'quiet') tellProof(args.verify.length, terminal);
    return report;
  });
}
