// The short report of a commit hook: what was found, where, why, and the commands that help. Silent when all is well.
// No format of its own: the staged command calls it.

import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf } from '../util/amounts.ts';
import type { Drawing } from './block.ts';
import { drawParagraph } from './block.ts';
import {
  baselineCommand,
  commitOf,
  describeOutcome,
  describePlace,
  describeReasons,
  describeRule,
} from './describe.ts';
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

/** When the hook runs, which decides what helps: before a commit, on its message, before a push, or at a server. */
export type HookMoment = 'commit' | 'message' | 'push' | 'receive';

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
  // The path of a message names its commit itself.
  const commit = 'place' in finding.origin ? undefined : commitOf(finding.origin)?.slice(0, 12);
  return [
    `  ${style.bold(describePlace(finding))}${commit === undefined ? '' : `  in commit ${commit}`}`,
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

/** `git rebase --interactive COMMIT^` of the one commit, or of one among several. */
function rebaseCommand(report: Report): string {
  const commits = new Set(report.findings.flatMap(({ finding }) => commitOf(finding.origin) ?? []));
  const [only] = commits;
  return `git rebase --interactive ${commits.size === 1 && only ? only.slice(0, 12) : 'COMMIT'}^`;
}

function takeOutHelp(report: Report, moment: HookMoment): readonly [why: string, command: string] {
  if (moment === 'commit') return ['Take it out of the commit:', unstageCommand(report.findings)];
  if (moment === 'message') {
    const file = '"$(git rev-parse --git-path COMMIT_EDITMSG)"';
    return ['The message was kept. Edit it and commit again:', `git commit --edit --file ${file}`];
  }
  const isTag = report.findings.every(({ finding: { origin } }) => 'place' in origin && origin.place === 'tag-message');
  if (isTag) return ['Make the tag anew, with another message:', 'git tag --force --annotate TAG COMMIT'];
  const why = 'A later commit that removes it does not help. Make the commit anew, without it:';
  return [why, rebaseCommand(report)];
}

function drawHelp(report: Report, moment: HookMoment, drawing: Drawing): string[] {
  const help: (readonly [string, string])[] = [takeOutHelp(report, moment)];
  if (moment !== 'message') {
    help.push(['Move it to a vault, and read it from there:', 'unleak plan']);
    help.push(['No secret? Say why in a comment on its line:', IGNORE_MARKER]);
    help.push(['Known and accepted? Keep it in the baseline:', baselineCommand(report)]);
  }
  return help.flatMap(([why, command]) => [why, `  ${drawing.style.bold(command)}`]);
}

/** @returns the text for standard error; '' when nothing was found and everything that matters was read */
export function formatHookText(unsafeReport: Report, options: ReporterOptions, moment: HookMoment = 'commit'): string {
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
  if (more > 0) {
    const where = moment === 'commit' ? ': unleak staged --format text' : '';
    sections.push([`  and ${countOf(more, 'more', 'more')}${where}`]);
  }
  sections.push(drawProblems(incomplete, drawing));
  if (summary.exitReason === 'findings') sections.push(drawHelp(report, moment, drawing));
  const drawn = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${drawn.join('\n\n')}\n`;
}
