// The summary of a CI run as GitHub-flavoured Markdown: what was scanned and under whose settings, then what was found and
// what to do. Foreign text stands in <code> as character references, so that it can neither mention people nor draw.
import type { CiStatement } from '../model/ci-statement.ts';
import { shortId } from '../model/ci-statement.ts';
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf, formatBytes, formatCount } from '../util/amounts.ts';
import { baselineCommand, commitOf, describeRule } from './describe.ts';
import { isInFinalState, sortForPeople } from './github-annotations.ts';
import { PROBLEM_TITLES } from './text-problems.ts';
import { makeVisible } from './visible-text.ts';

export interface StepSummaryOptions {
  readonly failing: readonly JudgedFinding[];
  /** Such as `https://github.com/owner/repo`; places are links when it is given. */
  readonly repositoryUrl: string | undefined;
  /** Bytes at most. GitHub drops a summary over 1 MiB whole. */
  readonly maxBytes: number;
}

export const MAX_SUMMARY_BYTES = 900 * 1024;
const MAX_PROBLEMS = 50;
const MAX_SUPPRESSED = 50;

/** Everything that Markdown or GitHub could take for more than a letter. */
function escapeText(text: string): string {
  return makeVisible(text).replace(/[&<>|`@*_~#[\]()\\!:$"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function code(text: string): string {
  return `<code>${escapeText(text)}</code>`;
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}

function encodePath(path: string): string {
  return path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function describePlace(
  { finding }: JudgedFinding,
  { repositoryUrl }: StepSummaryOptions,
  head: string | undefined,
): string {
  const { origin, location } = finding;
  const isFile = !origin.path.startsWith('(');
  const shown = code(isFile ? `${origin.path}:${location.line}` : origin.path);
  const commit = commitOf(origin) ?? head;
  // Such a name cannot be in a link, nor found by one.
  if (repositoryUrl === undefined || commit === undefined || makeVisible(origin.path) !== origin.path) return shown;
  const target = isFile ? `blob/${commit}/${encodePath(origin.path)}#L${location.line}` : `commit/${commit}`;
  return `<a href="${repositoryUrl}/${target}">${shown}</a>`;
}

function describeState(judged: JudgedFinding, head: string | undefined): string {
  if (judged.verdict.kind === 'known-new-place') return 'known, new place';
  if (isInFinalState(judged, head)) return 'in the files';
  const commit = commitOf(judged.finding.origin);
  return commit === undefined ? 'in the history' : `in commit ${code(shortId(commit))} only`;
}

function formatRow(
  judged: JudgedFinding,
  report: Report,
  options: StepSummaryOptions,
  head: string | undefined,
  isFailing: boolean,
): string {
  const { finding } = judged;
  const fails = isFailing ? '' : ' (does not fail)';
  const rule = `${escapeText(describeRule(report, finding.ruleId))}<br>${code(finding.ruleId)}`;
  const cells = [
    `${finding.severity}${fails}`,
    rule,
    describePlace(judged, options, head),
    code(finding.secret.masked()),
    describeState(judged, head),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** `2 Git LFS pointer, 1 submodule`; `nothing` without problems. */
function describeSkipped(problems: readonly Problem[], ignoredFiles: number): string {
  const counts = new Map<string, number>();
  for (const { kind } of problems) counts.set(PROBLEM_TITLES[kind], (counts.get(PROBLEM_TITLES[kind]) ?? 0) + 1);
  const parts = [...counts].map(([title, count]) => `${formatCount(count)} × ${title}`);
  if (ignoredFiles > 0) parts.push(`${countOf(ignoredFiles, 'file')} by the ignores`);
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

const SCANNED: Readonly<Record<CiStatement['scanned'], string>> = {
  range: 'each commit, and the final state',
  trees: 'the difference between the two ends only',
  tree: 'the files of one commit',
  history: 'the history, and the files',
  nothing: 'nothing',
};

function formatFacts(report: Report, statement: CiStatement): string {
  const { coverage } = report;
  const rows: readonly (readonly [string, string])[] = [
    ['Event', `${code(statement.event)} (${escapeText(statement.system)})`],
    ['Range', `${code(statement.range)}: ${SCANNED[statement.scanned]}`],
    ['Commits', countOf(statement.commits, 'commit')],
    ['Read', `${countOf(coverage.files, 'text')}, ${formatBytes(coverage.bytes)}, ${countOf(coverage.rules, 'rule')}`],
    ['Skipped', describeSkipped(report.problems, coverage.ignoredFiles)],
    ['Settings', escapeText(statement.policy)],
  ];
  return `| | |\n| --- | --- |\n${rows.map(([name, text]) => `| ${name} | ${text} |\n`).join('')}\n`;
}

function formatNotes(report: Report, statement: CiStatement): string {
  const notes = statement.notes.map((note) => `- ${escapeText(note)}\n`);
  const { policyChanges } = statement;
  if (policyChanges.length > 0) {
    const isBase = statement.policy.startsWith('base');
    const effect = isBase ? 'It takes effect when it is merged; here the settings of the base count.' : 'Look at it.';
    notes.push(`- **This change also changes ${policyChanges.map(code).join(', ')}.** ${effect}\n`);
  }
  const incomplete = report.problems.filter(isIncomplete);
  if (incomplete.length > 0) notes.push(`- **Not everything was read**: see below.\n`);
  return notes.length === 0 ? '' : `${notes.join('')}\n`;
}

function formatHeading(report: Report, { failing }: StepSummaryOptions): string {
  const others = report.findings.length - failing.length;
  const also = others > 0 ? `, ${countOf(others, 'finding')} that ${others === 1 ? 'does' : 'do'} not fail` : '';
  const isComplete = report.coverage.isComplete;
  const mark = failing.length > 0 ? '❌' : isComplete ? '✅' : '⚠️';
  const found = failing.length > 0 ? countOf(failing.length, 'new finding') : 'no new findings';
  return `### ${mark} unleak: ${found}${also}${isComplete ? '' : ', but not everything was read'}\n\n`;
}

function formatDetails(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n<details><summary>${title}</summary>\n\n${lines.join('')}\n</details>\n`;
}

function formatProblems(problems: readonly Problem[]): string {
  const shown = problems.slice(0, MAX_PROBLEMS).map(({ kind, path, message }) => {
    const where = path === undefined ? '' : `${code(path)}: `;
    return `- ${PROBLEM_TITLES[kind]}${isIncomplete({ kind, path, message }) ? ' (makes the result incomplete)' : ''}: ${where}${escapeText(message)}\n`;
  });
  const more = problems.length - shown.length;
  if (more > 0) shown.push(`- and ${formatCount(more)} more; the JSON report has all\n`);
  return formatDetails(`Not read, or not whole: ${countOf(problems.length, 'input')}`, shown);
}

function formatSuppressed(suppressed: readonly JudgedFinding[]): string {
  const shown = suppressed.slice(0, MAX_SUPPRESSED).map(({ finding, verdict }) => {
    const why = verdict.why === undefined ? '' : `: ${escapeText(verdict.why)}`;
    return `- ${code(`${finding.origin.path}:${finding.location.line}`)} ${code(finding.ruleId)}, ${escapeText(verdict.by ?? verdict.kind)}${why}\n`;
  });
  const more = suppressed.length - shown.length;
  if (more > 0) shown.push(`- and ${formatCount(more)} more; the JSON report has all\n`);
  return formatDetails(`Suppressed: ${countOf(suppressed.length, 'finding')}`, shown);
}

function formatNextSteps(report: Report, head: string | undefined): string {
  if (report.findings.length === 0) return '';
  const rules = [...new Set(report.findings.map(({ finding }) => finding.ruleId))];
  const rotate = rules.flatMap((id) => {
    const info = report.rules.get(id);
    return info === undefined ? [] : [`- ${escapeText(info.name)}: ${escapeText(info.rotate.where)}\n`];
  });
  const isGone = report.findings.some((judged) => !isInFinalState(judged, head));
  const steps = [
    '1. Rotate what is real: whoever can read the commits has it.\n',
    '2. Take it out of the files, and read it from the environment or a vault.\n',
    ...(isGone
      ? [
          `3. What stands only in commits stays there: squash or rewrite them before you merge; ${code('unleak history')} shows the way.\n`,
        ]
      : []),
    `\nNo secret? Add ${code('unleak:ignore')} with ${code('reason="…"')} in a comment on its line, or run ${code(baselineCommand(report))}.\n`,
  ];
  return `\n#### What to do\n\n${steps.join('')}${formatDetails('Where to rotate', rotate.slice(0, 30))}`;
}

/** @param report redacted by the caller */
export function formatStepSummary(report: Report, statement: CiStatement, options: StepSummaryOptions): string {
  const { head } = statement;
  const top = `${formatHeading(report, options)}${formatFacts(report, statement)}${formatNotes(report, statement)}`;
  const tail = `${formatNextSteps(report, head)}${formatProblems(report.problems)}${formatSuppressed(report.suppressed)}`;
  if (report.findings.length === 0) return `${top}${tail}`;
  const tableHead = '| Severity | Rule | Place | Secret | State |\n| --- | --- | --- | --- | --- |\n';
  let room = options.maxBytes - sizeOf(top) - sizeOf(tail) - sizeOf(tableHead) - 200;
  const rows: string[] = [];
  const fails = new Set(options.failing);
  const sorted = sortForPeople(report.findings, { failing: options.failing, head });
  for (const judged of sorted) {
    const row = formatRow(judged, report, options, head, fails.has(judged));
    room -= sizeOf(row);
    if (room < 0) break;
    rows.push(row);
  }
  const more = sorted.length - rows.length;
  const rest = more > 0 ? `\n**${countOf(more, 'more finding')}** did not fit here; the reports have all.\n` : '';
  return `${top}${tableHead}${rows.join('')}${rest}${tail}`;
}
