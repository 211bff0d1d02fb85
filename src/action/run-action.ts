// The GitHub Action: inputs → a scan as `unleak diff --ci` does it → annotations, reports, outputs, summary, and the exit
// code last, so that a failed step has told everything. Reads no token and opens no connection of its own.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CiArguments, CiOutcome } from '../commands/ci-arguments.ts';
import { runCi } from '../commands/ci-scan.ts';
import type { Terminal } from '../commands/terminal.ts';
import { isGitError } from '../git/git-error.ts';
import { findRepository } from '../git/repository.ts';
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { SEVERITIES } from '../model/levels.ts';
import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { formatCommand, formatGithubAnnotations } from '../reporters/github-annotations.ts';
import { redactReport } from '../reporters/redact.ts';
import { formatStepSummary, MAX_SUMMARY_BYTES } from '../reporters/step-summary.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { summarySize, writeOutputs, writeSummary } from './runner-files.ts';

const DEPTH_ADVICE = 'give actions/checkout the whole history, under "with": fetch-depth: 0';

/** An outcome without found values, and its failing findings again. */
interface ShownOutcome {
  readonly report: Report;
  readonly failing: readonly JudgedFinding[];
}

function redactOutcome({ report, failing }: CiOutcome): ShownOutcome {
  const redacted = redactReport({ ...report, reveal: false });
  const fails = new Set(failing);
  return { report: redacted, failing: redacted.findings.filter((_, index) => fails.has(report.findings[index]!)) };
}

/** @param workspace  what names of reports are relative to: that is where later steps look for them */
function toArguments(inputs: Inputs, workspace: string): CiArguments {
  const { base, head, sarifFile, reportFiles } = inputs;
  // The SARIF file keeps its format whatever its name ends with.
  const files = (sarifFile === undefined ? reportFiles : [sarifFile, ...reportFiles]).map((file) =>
    resolve(workspace, file),
  );
  return {
    settings: {
      minConfidence: inputs.minConfidence,
      minSeverity: inputs.minSeverity,
      baseline: inputs.baseline,
      failOnNewPlace: inputs.failOnNewPlace,
      allowIncomplete: inputs.allowIncomplete,
    },
    config: inputs.config,
    formats: sarifFile === undefined ? ['text'] : ['text', 'sarif'],
    outputs: ['-', ...files],
    reveal: false,
    timings: false,
    unusedIgnores: false,
    verbosity: 'normal',
    color: false,
    mode: inputs.mode,
    range: base === undefined ? undefined : `${base}..${head ?? ''}`,
    fetch: inputs.fetch,
    allRefs: inputs.allRefs,
    failOn: inputs.failOn,
    depthAdvice: DEPTH_ADVICE,
  };
}

/** Where the checkout is: a folder of the workspace. @throws UsageError for a place outside of it */
function findCheckout({ path }: Inputs, workspace: string): { readonly folder: string; readonly prefix: string } {
  const folder = resolve(workspace, path);
  const way = relative(workspace, folder);
  if (way.startsWith('..') || isAbsolute(way)) throw new UsageError('input path: must be a folder of the workspace');
  return { folder, prefix: way === '' ? '' : `${way.split(sep).join('/')}/` };
}

/**
 * In a container the checkout often belongs to another user, and git refuses it. The workspace is the job's own; it is
 * trusted for the processes started here, and nobody's git config is changed.
 */
function trustCheckout(folder: string, environment: Terminal['environment']): Terminal['environment'] {
  try {
    findRepository(folder, environment);
    return environment;
  } catch (error) {
    if (!isGitError(error, 'dubious-ownership')) throw error;
    const count = Number(environment.GIT_CONFIG_COUNT ?? 0);
    return {
      ...environment,
      GIT_CONFIG_COUNT: String(count + 1),
      [`GIT_CONFIG_KEY_${count}`]: 'safe.directory',
      [`GIT_CONFIG_VALUE_${count}`]: folder,
    };
  }
}

function createActionTerminal(terminal: Terminal, cwd: string, environment: Terminal['environment']): Terminal {
  return Object.create(terminal, { cwd: { value: cwd }, environment: { value: environment } }) as Terminal;
}

function formatWarnings({ report }: ShownOutcome, { statement }: CiOutcome): string {
  const lines = report.problems
    .filter(isIncomplete)
    .slice(0, 3)
    .map(({ path, message }) =>
      formatCommand(
        'warning',
        { title: 'unleak: not everything was read' },
        `${path === undefined ? '' : `${path}: `}${message}`,
      ),
    );
  const { policyChanges } = statement;
  if (policyChanges.length > 0) {
    lines.push(
      formatCommand(
        'notice',
        { title: 'unleak: settings change' },
        `this change also changes ${policyChanges.join(', ')}`,
      ),
    );
  }
  return lines.join('');
}

function repositoryUrl({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: name,
}: Terminal['environment']): string | undefined {
  const url = `${server}/${name}`;
  return /^https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+$/.test(url) ? url : undefined;
}

function listOutputs({ report, statement, exitCode, failing }: CiOutcome, inputs: Inputs) {
  const highest = SEVERITIES.find((level) => report.findings.some(({ finding }) => finding.severity === level));
  return {
    findings: report.findings.length,
    'new-findings': report.findings.filter(({ verdict }) => verdict.kind === 'kept').length,
    'failing-findings': failing.length,
    'highest-severity': highest ?? 'none',
    'scanned-commits': statement.commits,
    range: statement.range,
    complete: String(report.coverage.isComplete),
    'sarif-file': inputs.sarifFile ?? '',
    'report-files': inputs.reportFiles.join('\n'),
    'exit-code': exitCode,
  };
}

async function showOutcome(outcome: CiOutcome, inputs: Inputs, prefix: string, terminal: Terminal): Promise<void> {
  const { environment } = terminal;
  const shown = redactOutcome(outcome);
  const { head } = outcome.statement;
  const { failing } = shown;
  const annotations = formatGithubAnnotations(shown.report, { max: inputs.annotations, failing, head, prefix });
  await terminal.writeOut(`${annotations}${formatWarnings(shown, outcome)}`);
  writeOutputs(environment, listOutputs(outcome, inputs));
  if (!inputs.summary) return;
  const maxBytes = MAX_SUMMARY_BYTES - summarySize(environment);
  const options = { failing, repositoryUrl: repositoryUrl(environment), maxBytes };
  writeSummary(environment, formatStepSummary(shown.report, outcome.statement, options));
}

/** @returns the exit code of the step. @throws UsageError, ConfigError, GitError */
export async function runAction(terminal: Terminal): Promise<ExitCode> {
  const inputs = readInputs(terminal.environment);
  const workspace = terminal.environment.GITHUB_WORKSPACE || terminal.cwd;
  const { folder, prefix } = findCheckout(inputs, workspace);
  const inFolder = createActionTerminal(terminal, folder, trustCheckout(folder, terminal.environment));
  let outcome: CiOutcome | undefined;
  const exitCode = await runCi(toArguments(inputs, workspace), inFolder, (one) => {
    outcome = one;
  });
  if (outcome) await showOutcome(outcome, inputs, prefix, inFolder);
  return exitCode;
}
