// `unleak diff --ci`: the scan of a pipeline from the command line. Systems that read findings out of the log get them there,
// as long as standard output is not a report that another program reads.
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { CommonArguments } from './arguments.ts';
import type { CiArguments, CiOutcome } from './ci-arguments.ts';
import { runCi } from './ci-scan.ts';
import type { Terminal } from './terminal.ts';

/** How to get all commits, for messages. */
const DEPTH_ADVICE = 'check out the whole history (depth 0), see docs/ci.md';

/** Lines for the log of the system, or ''. */
async function formatForLog({ report, failing, statement }: CiOutcome): Promise<string> {
  const { redactReport } = await import('../reporters/redact.ts');
  const redacted = redactReport({ ...report, reveal: false });
  const fails = new Set(failing);
  const shown = redacted.findings.filter((_, index) => fails.has(report.findings[index]!));
  const options = { failing: shown, head: statement.head };
  switch (statement.system) {
    case 'GitHub Actions': {
      const { formatGithubAnnotations } = await import('../reporters/github-annotations.ts');
      return formatGithubAnnotations(redacted, { ...options, max: 10, prefix: '' });
    }
    case 'Azure Pipelines': {
      const { formatAzureIssues } = await import('../reporters/ci-annotations.ts');
      return formatAzureIssues(redacted, options);
    }
    case 'TeamCity': {
      const { formatTeamCityMessages } = await import('../reporters/ci-annotations.ts');
      return formatTeamCityMessages(redacted, options);
    }
    default:
      return '';
  }
}

/** Standard output is the text for people: no format was chosen for it. */
function isLogForPeople({ formats, outputs }: CommonArguments): boolean {
  return formats.length <= outputs.length && !outputs.includes('-');
}

/** `unleak diff --ci [BASE[..HEAD]]`; an empty BASE counts as none. @throws UsageError, ConfigError, GitError */
export async function runCiDiff(
  args: CommonArguments & Pick<CiArguments, 'range' | 'fetch' | 'failOn'>,
  terminal: Terminal,
): Promise<ExitCode> {
  if (args.range === '-') throw new UsageError('--ci asks git and reads no diff from standard input; leave one out');
  const range = args.range?.trim() || undefined;
  let outcome: CiOutcome | undefined;
  const exitCode = await runCi(
    { ...args, range, mode: 'auto', allRefs: false, depthAdvice: DEPTH_ADVICE },
    terminal,
    (one) => {
      outcome = one;
    },
  );
  if (outcome && isLogForPeople(args)) await terminal.writeOut(await formatForLog(outcome));
  return exitCode;
}
