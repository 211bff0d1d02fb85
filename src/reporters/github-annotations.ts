// Findings as workflow commands of GitHub Actions (`::error file=…::…`), which the runner shows at the lines of a change.
// Of each step it keeps the first ten of a level, so the worst come first and the rest is one line. Values are masked, and
// never announced by ::add-mask::, which would print them.
import { SEVERITIES } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf } from '../util/amounts.ts';
import { commitOf, describeRule } from './describe.ts';
import { makeVisible } from './visible-text.ts';

export interface AnnotationOptions {
  /** Findings at most; the runner keeps ten of a level. */
  readonly max: number;
  /** The findings that fail the run; all others are warnings. */
  readonly failing: readonly JudgedFinding[];
  /** Commit of the final state; findings of other commits stand in no file of it. */
  readonly head: string | undefined;
  /** Folder of the checkout below the workspace, with `/` at the end; '' for the workspace itself. */
  readonly prefix: string;
}

/** The runner cuts messages at 4,096 characters. */
const MAX_MESSAGE = 4000;

type Level = 'error' | 'warning' | 'notice';

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** One workflow command, with its line break. */
export function formatCommand(
  level: Level,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
  const list = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${level}${list === '' ? '' : ` ${list}`}::${escapeData(message.slice(0, MAX_MESSAGE))}\n`;
}

/** True when the finding stands in the files of the final state. */
export function isInFinalState({ finding }: JudgedFinding, head: string | undefined): boolean {
  const { origin } = finding;
  if (origin.path.startsWith('(')) return false;
  if (origin.kind === 'history') return finding.history?.reach === 'head';
  return origin.kind === 'file' || commitOf(origin) === head;
}

/** The worst first, what stands in the final state before what is gone, failing before the rest. */
export function sortForPeople(
  findings: readonly JudgedFinding[],
  { failing, head }: Pick<AnnotationOptions, 'failing' | 'head'>,
): readonly JudgedFinding[] {
  const fails = new Set(failing);
  const rank = (judged: JudgedFinding): number =>
    (fails.has(judged) ? 0 : 100) +
    10 * SEVERITIES.indexOf(judged.finding.severity) +
    (isInFinalState(judged, head) ? 0 : 1);
  return findings
    .map((judged, index) => ({ judged, index, rank: rank(judged) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ judged }) => judged);
}

function annotate(judged: JudgedFinding, report: Report, options: AnnotationOptions, level: Level): string {
  const { finding, verdict } = judged;
  const { line, column, endLine, endColumn } = finding.location;
  const path = makeVisible(finding.origin.path);
  const commit = commitOf(finding.origin);
  const isHere = isInFinalState(judged, options.head);
  const title = describeRule(report, finding.ruleId);
  const rotate = report.rules.get(finding.ruleId)?.rotate.where;
  const clauses = [
    `${finding.secret.masked()} (${finding.severity}, ${finding.ruleId})`,
    ...(isHere || commit === undefined ? [] : [`in commit ${commit.slice(0, 12)}: ${path}:${line}`]),
    ...(verdict.kind === 'known-new-place' ? ['known, in a new place'] : []),
  ];
  const message = `${clauses.join(', ')}.${rotate === undefined ? '' : ` Rotate it: ${makeVisible(rotate)}`}`;
  // Columns count only within one line, and only a file of the final state can be shown.
  const place = isHere
    ? {
        file: `${options.prefix}${path}`,
        line,
        endLine,
        ...(endLine === line ? { col: column, endColumn } : {}),
      }
    : {};
  return formatCommand(level, { ...place, title }, message);
}

/** @param report redacted by the caller, as every report; its findings are those of `failing` or equal to them by order */
export function formatGithubAnnotations(report: Report, options: AnnotationOptions): string {
  const fails = new Set(options.failing);
  const sorted = sortForPeople(report.findings, options);
  const shown = sorted.slice(0, options.max);
  const lines = shown.map((judged) => annotate(judged, report, options, fails.has(judged) ? 'error' : 'warning'));
  const more = sorted.length - shown.length;
  if (more > 0) {
    lines.push(
      formatCommand(
        'notice',
        { title: 'unleak' },
        `${countOf(more, 'more finding')} in the step summary and the reports`,
      ),
    );
  }
  return lines.join('');
}
