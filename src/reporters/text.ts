// The report for people. Secrets, most harmful first, then what helps, what was not read, what was suppressed, what was
// covered, and the outcome on the last line, where the eye is when a long report has scrolled by.
import { FORGET_COMMANDS } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import { countOf, formatBytes, formatCount } from '../util/amounts.ts';
import type { Drawing } from './block.ts';
import { drawParagraph } from './block.ts';
import { baselineCommand, describeOutcome } from './describe.ts';
import { groupBySecret } from './group-secrets.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { createStyle } from './style.ts';
import type { ReportSummary } from './summary.ts';
import { summarize } from './summary.ts';
import { describeProblemCount, drawProblems } from './text-problems.ts';
import { drawSecret } from './text-secret.ts';
import { SHELL_ADVICE } from './text-shell.ts';
import { makeVisible } from './visible-text.ts';
import { clampWidth, splitWords } from './wrap.ts';

/** The inline marker that people are told to write. */
export const IGNORE_MARKER = 'unleak:ignore reason="…"';

function drawAdvice(report: Report, drawing: Drawing): string[] {
  if (report.mode === 'shell') return SHELL_ADVICE.flatMap((line) => drawParagraph(splitWords(line), drawing));
  const isHistory = report.mode === 'history';
  const rotate = 'Rotate first, then remove: a value that was committed stays in the history.';
  const ignore = ['No', 'secret?', 'Say', 'why', 'in', 'a', 'comment', 'on', 'its', 'line:', IGNORE_MARKER];
  const baseline = ['Known', 'and', 'accepted?', 'Keep', 'it', 'in', 'the', 'baseline:', baselineCommand(report)];
  const lines = [ignore, baseline].flatMap((words) => drawParagraph(words, drawing));
  // With a history each secret has its own way out.
  if (isHistory) return [...drawForgetting(report, drawing), ...lines];
  return [...drawParagraph(splitWords(rotate), drawing), ...lines];
}

/** The end of the ways out that stay on this machine. */
function drawForgetting({ findings }: Report, drawing: Drawing): string[] {
  const commands = findings.some(({ finding }) => finding.history?.wayOut.commands.length) ? FORGET_COMMANDS : [];
  if (commands.length === 0) return [];
  const text = 'At the end of a way out, let git forget what nothing keeps any more (other lost work goes with it):';
  return [...drawParagraph(splitWords(text), drawing), ...commands.map((line) => `  ${drawing.style.bold(line)}`)];
}

function describeSuppressed(report: Report): string {
  const counts = new Map<string, number>();
  for (const { verdict } of report.suppressed) {
    const name = makeVisible(verdict.by ?? verdict.kind);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const list = names.map(([name, count]) => `${name} ${formatCount(count)}`).join(', ');
  return `Suppressed: ${countOf(report.suppressed.length, 'finding')} (${list}).`;
}

function describeCoverage(report: Report): string {
  const { files, bytes, rules, ignoredFiles, commits, cached } = report.coverage;
  const texts =
    commits === undefined ? countOf(files, 'file') : `${countOf(commits, 'commit')}, ${countOf(files, 'text')}`;
  const ignored = ignoredFiles > 0 ? `; ${countOf(ignoredFiles, 'ignored file')} not opened` : '';
  const known = cached === undefined ? '' : `; ${countOf(cached, 'text')} known to be clean`;
  return `Scanned: ${texts}, ${formatBytes(bytes)}, ${countOf(rules, 'rule')}${known}${ignored}`;
}

const COMMAND_OF_MODE: Readonly<Partial<Record<Report['mode'], string>>> = { tree: 'scan', merged: 'report' };

/** The command that was run, such as `unleak scan src`; the index and standard input need no name. */
function describeRun({ mode, subject, shard }: Report): string {
  if (mode === 'staged' || mode === 'stdin') return `unleak ${mode}`;
  const part = shard ? ` (shard ${shard.index} of ${shard.count})` : '';
  return `unleak ${COMMAND_OF_MODE[mode] ?? mode} ${makeVisible(subject)}`.trimEnd() + part;
}

function paintOutcome(summary: ReportSummary, text: string, drawing: Drawing): string {
  if (summary.exitReason === 'findings') return drawing.style.bad(text);
  return summary.exitReason === 'incomplete' ? drawing.style.doubtful(text) : drawing.style.good(text);
}

/** Nothing found and nothing missing: two lines. */
function formatClean(report: Report, summary: ReportSummary, drawing: Drawing): string {
  const clauses = [describeCoverage(report), describeProblemCount(report.problems)];
  if (summary.suppressed > 0) clauses.push(`${countOf(summary.suppressed, 'finding')} suppressed`);
  const coverage = clauses.filter(Boolean).join('; ');
  const outcome = `${describeRun(report)}: ${describeOutcome(report, summary, [])}`;
  return `${coverage}.\n${paintOutcome(summary, outcome, drawing)}\n`;
}

function formatText(report: Report, options: ReporterOptions): string {
  const drawing: Drawing = { style: createStyle(options), width: clampWidth(options.width) };
  const summary = summarize(report);
  const groups = groupBySecret(report.findings);
  if (groups.length === 0 && report.coverage.isComplete) {
    return formatClean(report, summary, drawing);
  }
  const sections = groups.map((group) => drawSecret(group, report, drawing));
  if (groups.length > 0) sections.push(drawAdvice(report, drawing));
  sections.push(drawProblems(report.problems, drawing));
  const closing = [`${describeCoverage(report)}.`];
  if (summary.suppressed > 0) closing.unshift(describeSuppressed(report));
  const outcome = [`${describeRun(report)}:`, ...splitWords(describeOutcome(report, summary, groups))];
  sections.push([
    ...closing.flatMap((line) => drawParagraph(splitWords(line), drawing)),
    ...drawParagraph(outcome, drawing).map((line) => paintOutcome(summary, line, drawing)),
  ]);
  const drawn = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${drawn.join('\n\n')}\n`;
}

export const textReporter: Reporter = {
  name: 'text',
  fileEndings: ['.txt'],
  summary: 'for people: grouped by secret, with what to do next',
  canReveal: false,
  format: formatText,
};
