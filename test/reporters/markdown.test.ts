// The Markdown summary: foreign text breaks no table, draws nothing, mentions nobody; long reports say what is left out.
// The expected files are compared in registry.test.ts.
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import { makeHistoryReport } from './sample-history.ts';
import { makeLargeReport, makeSampleReport, PLAIN } from './sample-report.ts';

const format = (report: Report): string => findReporter('markdown')?.format(report, PLAIN) ?? '';

const rowsOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('| '));

function withPath(path: string): Report {
  const report = makeSampleReport();
  const findings = report.findings.slice(0, 1).map(({ finding, verdict }) => ({
    finding: { ...finding, origin: { kind: 'file', path } as const },
    verdict,
  }));
  const problems = [{ kind: 'unreadable', path, message: path } as const];
  return { ...report, subject: path, findings, suppressed: [], problems };
}

/** Character references as letters again. */
const decode = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe('markdown', () => {
  it.each([
    'a | b | c.md',
    '<img src=x onerror=alert(1)>',
    '</code></td><h1>x',
    '@everyone #1 https://evil.example !5 ~team :smile:',
    '[click](http://evil.example) ![x](y)',
    '`code` **bold** __x__ $math$ {{x}}',
    'line\nbreak\r\n| x |',
  ])('shows foreign text as text: %j', (path) => {
    const text = format(withPath(path));
    const rows = rowsOf(text);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row.split('|')).toHaveLength(7);
    const foreign = text
      .split('\n')
      .flatMap((line) => [...line.matchAll(/<code>(.*?)<\/code>/g)].map(([, inside]) => inside ?? ''));
    expect(foreign.filter((inside) => /[<>|`@*_~[\](){}\\!:$"']|&(?!#\d+;)|#(?!\d+;)/.test(inside))).toEqual([]);
    const shown = path.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    expect(foreign.map(decode)).toContain(`${shown}:1:1`);
    expect(text.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/<(?!br>|https:\/\/)/);
  });

  it('says how many secrets did not fit', () => {
    const text = format(makeLargeReport(400));
    expect(rowsOf(text)).toHaveLength(152);
    expect(text).toContain('\n**250 more secrets** are not in this table; the JSON report has all.\n');
    expect(text.length).toBeLessThan(65_536);
  });

  it('says reach and whether it was pushed', () => {
    expect(format(makeHistoryReport())).toMatch(/confidence high<br>reach (?:head|history)<br>pushed (?:yes|unknown)/);
  });
});
