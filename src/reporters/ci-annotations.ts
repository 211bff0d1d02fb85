// Findings as lines that other CI systems read in a log: Azure Pipelines' logging commands, TeamCity's service messages.
// Values are masked. GitHub's commands are in github-annotations.ts.
import type { JudgedFinding, Report } from '../model/report.ts';
import { commitOf, describeRule } from './describe.ts';
import { isInFinalState, sortForPeople } from './github-annotations.ts';
import { makeVisible } from './visible-text.ts';

export interface CiAnnotationOptions {
  readonly failing: readonly JudgedFinding[];
  /** Commit of the final state. */
  readonly head: string | undefined;
}

/** Findings at most: the log of a system is no report. */
const MAX_LINES = 100;

function describeFinding({ finding }: JudgedFinding, report: Report): string {
  return `${describeRule(report, finding.ruleId)}: ${finding.secret.masked()} (${finding.severity}, ${finding.ruleId})`;
}

function withCommit(judged: JudgedFinding, head: string | undefined, text: string): string {
  const commit = commitOf(judged.finding.origin);
  if (isInFinalState(judged, head) || commit === undefined) return text;
  const { path } = judged.finding.origin;
  return `${text} in commit ${commit.slice(0, 12)}: ${makeVisible(path)}:${judged.finding.location.line}`;
}

/** Data and properties are escaped alike; a percent sign first. */
function escapeAzure(text: string): string {
  return text
    .replaceAll('%', '%AZP25')
    .replaceAll(';', '%3B')
    .replaceAll(']', '%5D')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

/** `##vso[task.logissue …]` lines, and one that sets the result when something fails. @param report redacted */
export function formatAzureIssues(report: Report, options: CiAnnotationOptions): string {
  const fails = new Set(options.failing);
  const lines = sortForPeople(report.findings, options)
    .slice(0, MAX_LINES)
    .map((judged) => {
      const { origin, location } = judged.finding;
      const place = isInFinalState(judged, options.head)
        ? `;sourcepath=${escapeAzure(makeVisible(origin.path))};linenumber=${location.line};columnnumber=${location.column}`
        : '';
      const type = fails.has(judged) ? 'error' : 'warning';
      const text = withCommit(judged, options.head, describeFinding(judged, report));
      return `##vso[task.logissue type=${type}${place};code=${judged.finding.ruleId}]${escapeAzure(text)}\n`;
    });
  if (fails.size > 0) lines.push('##vso[task.complete result=Failed]unleak found secrets\n');
  return lines.join('');
}

/** @source TeamCity, service messages: `|` escapes, and every sign outside of ASCII as |0xXXXX */
function escapeTeamCity(text: string): string {
  return text
    .replace(/[|'[\]]/g, (sign) => `|${sign}`)
    .replaceAll('\n', '|n')
    .replaceAll('\r', '|r')
    .replace(/[^\x20-\x7e]/g, (sign) => `|0x${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function message(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}='${escapeTeamCity(String(value))}'`);
  return `##teamcity[${name}${list.join('')}]\n`;
}

/** Inspections, and a build problem when something fails. @param report redacted */
export function formatTeamCityMessages(report: Report, options: CiAnnotationOptions): string {
  const fails = new Set(options.failing);
  const shown = sortForPeople(report.findings, options).slice(0, MAX_LINES);
  const rules = [...new Set(shown.map(({ finding }) => finding.ruleId))];
  const types = rules.map((id) =>
    message('inspectionType', {
      id,
      name: describeRule(report, id),
      description: makeVisible(report.rules.get(id)?.description ?? id),
      category: 'Secrets',
    }),
  );
  const inspections = shown.map((judged) => {
    const { origin, location, ruleId } = judged.finding;
    return message('inspection', {
      typeId: ruleId,
      message: withCommit(judged, options.head, describeFinding(judged, report)),
      file: makeVisible(origin.path),
      line: location.line,
      SEVERITY: fails.has(judged) ? 'ERROR' : 'WARNING',
    });
  });
  const count = options.failing.length;
  const problem =
    count > 0
      ? [
          message('buildProblem', {
            description: `unleak found ${count} new ${count === 1 ? 'secret' : 'secrets'}`,
            identity: 'unleak',
          }),
        ]
      : [];
  return [...types, ...inspections, ...problem].join('');
}
