// `unleak hook run HOOK`: what git, or a manager of hooks, calls. pre-commit and pre-merge-commit are `staged`; the others
// scan the message of a commit, or every new commit of a push. Whatever goes wrong stops what the user was about to do.
import type { Check } from '../checks/check.ts';
import { emptyTreeId, findRepository, type Repository } from '../git/repository.ts';
import { findFrameworkPush, isFrameworkByHand } from '../hooks/framework-variables.ts';
import { readInput } from '../hooks/git-hook-input.ts';
import { createMessageSource, findCleaning } from '../hooks/message-source.ts';
import type { KnownSide } from '../hooks/new-commits.ts';
import { createPushSource } from '../hooks/push-source.ts';
import { parsePrePush, parsePreReceive, type RefUpdate } from '../hooks/ref-updates.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { HookName } from '../model/hook-name.ts';
import type { Report } from '../model/report.ts';
import type { HookMoment } from '../reporters/hook-text.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import { createStagedSource, listStaged } from '../sources/staged-source.ts';
import type { CommonArguments } from './arguments.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import { openSession, type Session } from './session.ts';
import { runStaged } from './staged.ts';
import type { Terminal } from './terminal.ts';

export interface HookRunArguments extends CommonArguments {
  readonly hook: HookName;
  /** What git gives the hook. */
  readonly operands: readonly string[];
}

/** One look. What only findings need is loaded when there are some. The quick one sees every line of a changed file and knows no offline checks. */
async function look(session: Session, args: CommonArguments, open: (filter: PathFilter) => Source, isQuick: boolean) {
  const ignores = createPathIgnores(session);
  const checks: ReadonlyMap<string, Check> = isQuick ? new Map() : (await import('../checks/registry.ts')).CHECKS;
  return makeReport(session, open(ignores), ignores, { checks, reveal: args.reveal });
}

async function tell(
  report: Report,
  moment: HookMoment,
  args: CommonArguments,
  session: Session,
  terminal: Terminal,
): Promise<ExitCode> {
  const hasOutput = args.formats.length + args.outputs.length > 0;
  const hasNews = report.findings.length > 0 || (report.problems.length > 0 && args.verbosity !== 'quiet');
  if (hasOutput || hasNews) {
    const { planOutputs, reporterOptions, writeReport } = await import('./write-report.ts');
    const { formatHookText } = await import('../reporters/hook-text.ts');
    const options = reporterOptions(args, terminal, terminal.isErrorTerminal);
    if (hasOutput) await writeReport(report, planOutputs(args, terminal), args, terminal);
    else terminal.writeError(formatHookText(report, options, moment));
  }
  return exitCodeOf(report, session.settings.allowIncomplete);
}

async function runMessage(args: HookRunArguments, terminal: Terminal, place: Repository): Promise<ExitCode> {
  const [file, ...more] = args.operands;
  if (file === undefined || more.length > 0)
    throw new UsageError('"unleak hook run commit-msg" takes the file of the message, as git gives it');
  const root = place.topLevel ?? place.gitDir;
  const cleaning = findCleaning({ cwd: terminal.cwd, env: terminal.environment });
  const source = createMessageSource(file, terminal.cwd, cleaning);
  const session = await openSession(args, terminal, { root });
  return tell(await look(session, args, () => source, false), 'message', args, session, terminal);
}

async function runUpdates(
  args: HookRunArguments,
  terminal: Terminal,
  place: Repository,
  updates: readonly RefUpdate[],
  side: KnownSide,
): Promise<ExitCode> {
  if (updates.length === 0) return EXIT.clean;
  const root = place.topLevel ?? place.gitDir;
  const session = await openSession(args, terminal, { root });
  const call = { cwd: terminal.cwd, env: terminal.environment };
  const { objectsDir } = place;
  const common = { call, root, objectsDir, emptyTree: emptyTreeId(place.objectFormat), updates, side };
  let report = await look(session, args, (filter) => createPushSource({ ...filter, ...common }), true);
  const seen = [...report.findings, ...report.suppressed].flatMap(({ finding: { origin } }) =>
    'blob' in origin ? (origin.blob ?? []) : [],
  );
  if (report.findings.length + report.suppressed.length > 0) {
    const only = new Set(seen);
    report = await look(session, args, (filter) => createPushSource({ ...filter, ...common, only }), false);
  }
  return tell(report, side.kind === 'all' ? 'receive' : 'push', args, session, terminal);
}

/** By hand the pre-commit framework means its own idea of what to check: what is staged, or else every tracked file. */
async function runFrameworkByHand(args: HookRunArguments, terminal: Terminal, place: Repository): Promise<ExitCode> {
  const { runSource } = await import('./run-source.ts');
  const { createTreeSource } = await import('../sources/tree-source.ts');
  const { cwd, environment: env } = terminal;
  const root = place.topLevel ?? cwd;
  const staged = await listStaged(cwd, env, 'files');
  const hasStaged = [...staged.read(() => {})].some((batch) => batch.length > 0);
  if (hasStaged) return runSource(args, terminal, root, (filter) => createStagedSource({ ...filter, cwd, env }));
  return runSource(args, terminal, root, (filter) =>
    createTreeSource({ ...filter, cwd, env, paths: [], includeIgnored: false }),
  );
}

/** @throws UsageError when git would not call the hook this way; GitError outside of a repository; ConfigError */
export async function runGitHook(args: HookRunArguments, terminal: Terminal): Promise<ExitCode> {
  const { hook, operands } = args;
  const { environment, stdin } = terminal;
  const place = findRepository(terminal.cwd, environment);
  const framework = findFrameworkPush(environment, { cwd: terminal.cwd, env: environment });
  if (framework) return runUpdates(args, terminal, place, framework.updates, framework.side);
  if (hook === 'commit-msg') return runMessage(args, terminal, place);
  if (hook === 'pre-push') {
    const remote = operands[0];
    if (remote === undefined)
      throw new UsageError('"unleak hook run pre-push" takes the name of the remote, as git gives it');
    const input = await readInput(stdin, 'let git run the pre-push hook');
    const updates = parsePrePush(input.toString('utf8'));
    return runUpdates(args, terminal, place, updates, { kind: 'remote', name: remote });
  }
  if (hook === 'pre-receive') {
    const input = await readInput(stdin, 'let git run the pre-receive hook');
    return runUpdates(args, terminal, place, parsePreReceive(input.toString('utf8')), { kind: 'all' });
  }
  if (operands.length > 0) throw new UsageError(`"unleak hook run ${hook}" takes no operands; it reads the index`);
  return isFrameworkByHand(environment) ? runFrameworkByHand(args, terminal, place) : runStaged(args, terminal);
}
