// The short report of a commit hook: what was found, where, why, and the commands that help. Silent when all is well.
// No format of its own: the staged command calls it.

import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf } from './amounts.ts';
import type { Drawing } from './block.ts';
import { drawParagraph } from './block.ts';
import { baselineCommand, describeOutcome, describePlace, describeReasons, describeRule } from './describe.ts';
import { REDACTED } from './form-index.ts';
import { groupBySecret } from './group-secrets.ts';
import { quoteForShell } from './quote-shell.ts';
import { redactReport } from './redact.ts';
import type { ReporterOptions } from './reporter.ts';
import { createStyle } from './style.ts';
import { summarize } from './summary.ts';
import { IGNORE_MARKER } from './text.ts';
import { drawProblems } from './text-problems.ts';
import { clampWidth, splitWords } from './wrap.ts';

const MAX_FINDINGS = 10;
const MAX_FILES = 3;

function ruleWords(ruleId: string, report: Report): string[] {
  const name = describeRule(report, ruleId);
  return splitWords(name === ruleId ? ruleId : `${name} (${ruleId})`);
}

function drawFinding(judged: JudgedFinding, report: Report, drawing: Drawing): string[] {
  const { finding, verdict } = judged;
  const { style } = drawing;
  const known = verdict.kind === 'known-new-place' ? ' (known, new place)' : '';
  const reasons = splitWords(describeReasons(judged));
  return [
    `  ${style.bold(describePlace(finding))}`,
    `    ${style.bySeverity(finding.severity, finding.severity)}  ${finding.secret.masked()}${known}`,
    ...drawParagraph(ruleWords(finding.ruleId, report), drawing, '    '),
    ...(reasons.length > 0 ? drawParagraph(['why:', ...reasons], drawing, '    ') : []),
  ];
}

/** `git restore --staged -- a.ts b.ts`; the word FILE when the list is long or a name had to be redacted. */
function unstageCommand(findings: readonly JudgedFinding[]): string {
  const paths = [...new Set(findings.map(({ finding }) => finding.origin.path))];
  const isPrintable = paths.length <= MAX_FILES && !paths.some((path) => path.includes(REDACTED));
  return `git restore --staged -- ${isPrintable ? paths.map(quoteForShell).join(' ') : 'FILE'}`;
}

function drawHelp(report: Report, drawing: Drawing): string[] {
  const { bold } = drawing.style;
  return [
    'Take it out of the commit, then read it from the environment or a vault:',
    `  ${bold(unstageCommand(report.findings))}`,
    'No secret? Say why in a comment on its line:',
    `  ${bold(IGNORE_MARKER)}`,
    'Known and accepted? Keep it in the baseline:',
    `  ${bold(baselineCommand(report))}`,
  ];
}

/** @returns the text for standard error; '' when nothing was found and everything that matters was read */
export function formatHookText(unsafeReport: Report, options: ReporterOptions): string {
  const report = redactReport(unsafeReport);
  const incomplete = report.problems.filter(isIncomplete);
  if (report.findings.length === 0 && incomplete.length === 0 && report.coverage.isComplete) return '';
  const drawing: Drawing = { style: createStyle(options), width: clampWidth(options.width) };
  const groups = groupBySecret(report.findings);
  const summary = summarize(report);
  const outcome = splitWords(`unleak: ${describeOutcome(report, summary, groups)}`);
  const paint = summary.exitReason === 'findings' ? drawing.style.bad : drawing.style.doubtful;
  const sections = [drawParagraph(outcome, drawing).map(paint)];
  const findings = groups.flatMap((group) => group.places);
  for (const judged of findings.slice(0, MAX_FINDINGS)) sections.push(drawFinding(judged, report, drawing));
  const more = findings.length - MAX_FINDINGS;
  if (more > 0) sections.push([`  and ${countOf(more, 'more', 'more')}: unleak staged --format text`]);
  sections.push(drawProblems(incomplete, drawing));
  if (summary.exitReason === 'findings') sections.push(drawHelp(report, drawing));
  const drawn = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${drawn.join('\n\n')}\n`;
}
