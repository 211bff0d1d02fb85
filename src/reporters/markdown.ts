// A summary in Markdown for merge requests, wikis and tickets: the outcome, one row a secret, where to rotate, what was not
// read. Foreign text is written as character references, so that it can neither break the table nor mention anybody.
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { Report } from '../model/report.ts';
import { countOf, formatBytes } from '../util/amounts.ts';
import { baselineCommand, commitOf, describeOutcome, describePlace, describeRule } from './describe.ts';
import { isPlainUrl } from './finding-message.ts';
import { groupBySecret, type SecretGroup } from './group-secrets.ts';
import type { Reporter } from './reporter.ts';
import { summarize } from './summary.ts';
import { PROBLEM_TITLES } from './text-problems.ts';
import { makeVisible } from './visible-text.ts';

/** A comment of GitHub or GitLab takes 65,536 characters or more; a row has about 300. */
const MAX_SECRETS = 150;
const MAX_PLACES = 3;
const MAX_PROBLEMS = 30;
const ICONS = { findings: '❌', incomplete: '⚠️', clean: '✅' } as const;

/** Everything that Markdown, HTML or a forge could take for more than a letter. */
function escapeMarkdown(text: string): string {
  return makeVisible(text).replace(/[&<>|`@*_~#[\](){}\\!:$"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

function listPlaces({ places }: SecretGroup): string {
  const shown = places.slice(0, MAX_PLACES).map(({ finding }) => {
    const commit = commitOf(finding.origin);
    return `${code(describePlace(finding))}${commit === undefined ? '' : ` in ${code(commit.slice(0, 12))}`}`;
  });
  const more = places.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${countOf(more, 'more', 'more')}`] : [])].join('<br>');
}

function formatRow(group: SecretGroup, report: Report): string {
  const history = group.best.finding.history;
  const state = [
    `confidence ${group.confidence}`,
    ...(history ? [`reach ${history.reach}`, `pushed ${history.pushed}`] : []),
    ...(group.isKnown ? ['known, new place'] : []),
  ];
  const cells = [
    group.severity,
    `${escapeMarkdown(describeRule(report, group.ruleId))}<br>${code(group.ruleId)}`,
    code(group.best.finding.secret.masked()),
    listPlaces(group),
    state.join('<br>'),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function formatTable(groups: readonly SecretGroup[], report: Report): string {
  if (groups.length === 0) return '';
  const rows = groups.slice(0, MAX_SECRETS).map((group) => formatRow(group, report));
  const more = groups.length - rows.length;
  const rest =
    more > 0 ? `\n**${countOf(more, 'more secret')}** are not in this table; the JSON report has all.\n` : '';
  return `\n| Severity | Rule | Value | Places | State |\n| --- | --- | --- | --- | --- |\n${rows.join('')}${rest}`;
}

function formatRotations(groups: readonly SecretGroup[], report: Report): string {
  const ids = [...new Set(groups.map((group) => group.ruleId))];
  const lines = ids.flatMap((id) => {
    const info = report.rules.get(id);
    if (!info) return [];
    const { where, url } = info.rotate;
    const link = url !== undefined && isPlainUrl(url) ? ` (<${url.replace(/[<>]/g, encodeURIComponent)}>)` : '';
    return [`- ${escapeMarkdown(info.name)}: ${escapeMarkdown(where)}${link}\n`];
  });
  const advice = `\nNo secret? Write ${code('unleak:ignore reason="…"')} in a comment on its line, or run ${code(baselineCommand(report))}.\n`;
  return groups.length === 0 ? '' : `\n### Rotate first, then remove\n\n${lines.join('')}${advice}`;
}

function formatProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const effect = problems.some(isIncomplete) ? 'the result is incomplete' : 'the result is complete without them';
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ kind, path, message }) => {
    const where = path === undefined ? '' : `${code(path)}: `;
    return `- ${PROBLEM_TITLES[kind]}: ${where}${escapeMarkdown(message)}\n`;
  });
  const more = problems.length - lines.length;
  const rest = more > 0 ? `- and ${countOf(more, 'more', 'more')}; the JSON report has all\n` : '';
  return `\n### Not read, or not whole: ${countOf(problems.length, 'input')}; ${effect}\n\n${lines.join('')}${rest}`;
}

function formatMarkdown(report: Report): string {
  const summary = summarize(report);
  const groups = groupBySecret(report.findings);
  const { files, bytes, rules, ignoredFiles } = report.coverage;
  const facts = [
    `${countOf(files, 'text')}, ${formatBytes(bytes)} scanned with ${countOf(rules, 'rule')}`,
    ...(ignoredFiles > 0 ? [`${countOf(ignoredFiles, 'ignored file')} not opened`] : []),
    ...(summary.suppressed > 0 ? [`${countOf(summary.suppressed, 'finding')} suppressed`] : []),
  ];
  const title = `## ${ICONS[summary.exitReason]} unleak: ${describeOutcome(report, summary, groups)}\n`;
  const run = `\n${code(`${report.mode} ${report.subject}`.trimEnd())}: ${facts.join('; ')}.\n`;
  return `${title}${run}${formatTable(groups, report)}${formatRotations(groups, report)}${formatProblems(report.problems)}`;
}

export const markdownReporter: Reporter = {
  name: 'markdown',
  fileEndings: ['.md'],
  summary: 'a summary for merge requests, wikis and tickets',
  canReveal: false,
  format: formatMarkdown,
};
