// The report for people: whole outputs at several widths, and the cases that change its shape.
// The output at 100 columns is compared in registry.test.ts.
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import type { Report } from '../../src/model/report.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import type { ReporterOptions } from '../../src/reporters/reporter.ts';
import { measureColumns } from '../../src/reporters/visible-text.ts';
import { expectGolden } from './golden.ts';
import { makeCleanReport, makeSampleReport, PLAIN } from './sample-report.ts';

function format(report: Report = makeSampleReport(), options: Partial<ReporterOptions> = {}): string {
  return findReporter('text')?.format(report, { ...PLAIN, ...options }) ?? '';
}

describe('text', () => {
  it.each([60, 80, 120])('gives the expected file at width %i', (width) => {
    expectGolden(`text-${width}.golden.txt`, format(makeSampleReport(), { width }));
  });

  it.each([60, 80, 120])('keeps to width %i', (width) => {
    const lines = format(makeSampleReport(), { width }).split('\n');
    expect(lines.filter((line) => measureColumns(line) > width)).toEqual([]);
  });

  it('clamps the width', () => {
    expect(format(makeSampleReport(), { width: 10 })).toBe(format(makeSampleReport(), { width: 60 }));
    expect(format(makeSampleReport(), { width: 500 })).toBe(format(makeSampleReport(), { width: 120 }));
    expect(format(makeSampleReport(), { width: Number.NaN })).toBe(format(makeSampleReport(), { width: 80 }));
  });

  it('never breaks a path', () => {
    const path = `deep/${'long folder name/'.repeat(12)}a b.ts`;
    const report = makeSampleReport();
    const [first] = report.findings;
    const origin = { kind: 'file', path } as const;
    const findings = [{ ...first!, finding: { ...first!.finding, origin } }];
    const problems = [{ kind: 'unreadable', path, message: 'EACCES: permission denied' } as const];
    const lines = format({ ...report, findings, problems }, { width: 60 }).split('\n');
    expect(lines).toContain(`  place     ${path}:1:1`);
    expect(lines).toContain(`    ${path}:`);
  });

  it('adds colour and links only when asked, and the text stays the same', () => {
    const painted = format(makeSampleReport(), { color: true, links: true });
    expect(painted).toContain(
      '\u001b[1;31mCRITICAL\u001b[0m  \u001b[1mGitHub personal access token (classic)\u001b[0m',
    );
    expect(painted).toContain(
      '\u001b]8;;https://github.com/settings/tokens\u001b\\https://github.com/settings/tokens\u001b]8;;\u001b\\',
    );
    for (const width of [60, 61, 65, 80, 120]) {
      const options = { color: true, links: true, width };
      expect(stripVTControlCharacters(format(makeSampleReport(), options))).toBe(format(makeSampleReport(), { width }));
    }
    expect(format(makeSampleReport(), { color: true })).not.toContain('\u001b]8');
    expect(format(makeSampleReport(), { links: true })).not.toContain('\u001b[');
  });

  it('makes no link of an address with control characters or another scheme', () => {
    for (const url of ['javascript:alert(1)', 'https://a/\u001b\\x']) {
      const report = makeSampleReport();
      const rules = new Map([...report.rules].map(([id, rule]) => [id, { ...rule, rotate: { ...rule.rotate, url } }]));
      expect(format({ ...report, rules }, { links: true })).not.toContain('\u001b');
    }
  });

  it('needs two lines when nothing was found', () => {
    const harmless: Problem = { kind: 'symlink', path: 'a', message: 'points to b' };
    const report = { ...makeCleanReport([harmless]), suppressed: makeSampleReport().suppressed };
    expect(format(report)).toBe(
      'Scanned: 1,204 files, 37.4 MB, 312 rules; 17 ignored files not opened; 1 input not read; 3 findings suppressed.\n' +
        'unleak scan .: No secrets found.\n',
    );
  });

  it('says what was not read when nothing was found', () => {
    const problem: Problem = { kind: 'nothing-to-scan', path: undefined, message: 'no file matches *.rs' };
    expect(format(makeCleanReport([problem]))).toBe(
      [
        'Not read, or not whole: 1 input; the result is incomplete',
        '  nothing to scan (1)',
        '    no file matches *.rs',
        '',
        'Scanned: 1,204 files, 37.4 MB, 312 rules; 17 ignored files not opened.',
        'unleak scan .: No secrets found, but some of the input was not read.',
        '',
      ].join('\n'),
    );
  });

  it('does not call a known secret in a new place a failure, unless it is one', () => {
    const report = makeSampleReport();
    const findings = report.findings.filter(({ finding }) => finding.ruleId === 'slack.bot-token');
    const known = { ...makeCleanReport(), findings };
    expect(format(known)).toMatch(/\nunleak scan \.: No new secrets, 1 known secret in 1 new place\.\n$/);
    expect(format({ ...known, failOnNewPlace: true })).toMatch(/\nunleak scan \.: 1 secret in 1 place: 1 medium\.\n$/);
  });

  it('caps a long list of one kind', () => {
    const problems = Array.from({ length: 25 }, (_, i): Problem => ({ kind: 'cut', path: `${i}.js`, message: 'long' }));
    const lines = format(makeCleanReport(problems)).split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'Not read, or not whole: 25 inputs; the result is incomplete',
      '  cut short at a limit (25)',
    ]);
    expect(lines.slice(11, 13)).toEqual(['    9.js: long', '    and 15 more']);
  });
});
