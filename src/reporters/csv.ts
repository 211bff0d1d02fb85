// CSV (RFC 4180, LF, UTF-8 without BOM): one finding a row, masked, the header always there. Every text stands in quotes, and
// what a spreadsheet would take for a formula gets an apostrophe in front.
import type { JudgedFinding, Report } from '../model/report.ts';
import { commitOf, describeReasons, describeRule } from './describe.ts';
import { describeCure } from './finding-message.ts';
import type { Reporter } from './reporter.ts';
import { makeVisible } from './visible-text.ts';

/** Stable: new columns come at the end. */
export const CSV_COLUMNS = [
  'path',
  'line',
  'column',
  'endLine',
  'endColumn',
  'rule',
  'name',
  'severity',
  'confidence',
  'status',
  'secret',
  'fingerprint',
  'commit',
  'reach',
  'pushed',
  'firstDate',
  'why',
  'rotate',
] as const;

/** Formulas start with these; full-width forms count in some programs. */
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** The same behind what another locale takes for the end of a cell. */
const FORMULA_INSIDE = /([,;|]\s*"*)([=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function toCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = makeVisible(value).replace(FORMULA_INSIDE, "$1'$2");
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function toRow(judged: JudgedFinding, report: Report): string {
  const { finding, verdict } = judged;
  const { line, column, endLine, endColumn } = finding.location;
  const cells: Readonly<Record<(typeof CSV_COLUMNS)[number], string | number | undefined>> = {
    path: finding.origin.path,
    line,
    column,
    endLine,
    endColumn,
    rule: finding.ruleId,
    name: describeRule(report, finding.ruleId),
    severity: finding.severity,
    confidence: finding.confidence,
    status: verdict.kind === 'known-new-place' ? 'known-new-place' : 'new',
    secret: finding.secret.masked(),
    fingerprint: finding.fingerprint,
    commit: commitOf(finding.origin),
    reach: finding.history?.reach,
    pushed: finding.history?.pushed,
    firstDate: finding.history?.first?.date,
    why: describeReasons(judged),
    rotate: describeCure(report, finding.ruleId),
  };
  return `${CSV_COLUMNS.map((name) => toCell(cells[name])).join(',')}\n`;
}

export const csvReporter: Reporter = {
  name: 'csv',
  fileEndings: ['.csv'],
  summary: 'a table for spreadsheets: one finding a row',
  canReveal: false,
  format: (report) => `${CSV_COLUMNS.join(',')}\n${report.findings.map((judged) => toRow(judged, report)).join('')}`,
};
