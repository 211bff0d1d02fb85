// Several reports as one: what stands in two of them counts once, and the worse verdict wins.
import { expect, it } from 'vitest';
import { mergeReports } from '../../src/merge/merge-reports.ts';
import { joinProblems, joinSuppressions } from '../../src/merge/merge-shards.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { JudgedFinding, Report } from '../../src/model/report.ts';
import { KEPT } from '../../src/model/verdict.ts';
import { summarize } from '../../src/reporters/summary.ts';
import { makeHistoryReport } from '../reporters/sample-history.ts';
import { makeCleanReport, makeSampleReport } from '../reporters/sample-report.ts';

const asKey = ({ finding }: JudgedFinding): string =>
  `${finding.origin.path} ${finding.location.line}:${finding.location.column} ${finding.ruleId} ${finding.origin.kind}`;

it('leaves a single report as it is', () => {
  const report = makeSampleReport();
  expect(mergeReports([report])).toBe(report);
});

it('counts a finding at one place once', () => {
  const report = makeSampleReport();
  const merged = mergeReports([report, { ...report }]);
  expect(merged.findings.map(asKey)).toEqual(report.findings.map(asKey));
  expect(merged.suppressed.map(asKey)).toEqual(report.suppressed.map(asKey));
  expect(merged.problems).toHaveLength(report.problems.length);
  expect({ mode: merged.mode, subject: merged.subject }).toEqual({ mode: 'tree', subject: '.' });
  expect(merged.coverage.files).toBe(2 * report.coverage.files);
});

it('puts scans of different kinds together, and says of which', () => {
  const [tree, history] = [makeSampleReport(), makeHistoryReport()];
  const merged = mergeReports([tree, history]);
  expect({ mode: merged.mode, subject: merged.subject }).toEqual({
    mode: 'merged',
    subject: 'tree ., history main..dev',
  });
  // The one finding of the sample that stands in a commit is in both.
  expect(merged.findings).toHaveLength(tree.findings.length + history.findings.length - 1);
  expect(merged.coverage).toEqual({
    files: 2408,
    bytes: 74_800_000,
    ignoredFiles: 34,
    rules: 312,
    cached: 3,
    isComplete: false,
  });
  expect(merged.rules).toEqual(tree.rules);
});

it('reports what one scan reported and another suppressed or knew', () => {
  const report = makeSampleReport();
  const [first] = report.suppressed;
  const strict: Report = { ...makeCleanReport(), findings: [{ ...first!, verdict: KEPT }] };
  for (const order of [
    [report, strict],
    [strict, report],
  ]) {
    const merged = mergeReports(order);
    expect(merged.suppressed).toHaveLength(report.suppressed.length - 1);
    expect(merged.findings.map(asKey)).toContain(asKey(first!));
  }
  const known = report.findings.find(({ verdict }) => verdict.kind === 'known-new-place')!;
  const failing: Report = { ...makeCleanReport(), findings: [{ ...known, verdict: KEPT }] };
  for (const order of [
    [report, failing],
    [failing, report],
  ]) {
    expect(summarize(mergeReports(order)).failing).toBe(summarize(report).failing + 1);
  }
});

it('is complete, masked and lenient only when all are', () => {
  const [clean, full] = [makeCleanReport(), makeSampleReport()];
  expect(mergeReports([clean, clean]).coverage.isComplete).toBe(true);
  expect(mergeReports([clean, full]).coverage.isComplete).toBe(false);
  expect(mergeReports([{ ...clean, reveal: true }, clean]).reveal).toBe(false);
  expect(mergeReports([{ ...clean, failOnNewPlace: true }, clean]).failOnNewPlace).toBe(true);
});

it('gives the same findings in whatever order the reports come', () => {
  const reports = [makeSampleReport(), makeHistoryReport(), makeCleanReport()];
  const backwards = mergeReports([...reports].reverse());
  expect(mergeReports(reports).findings.map(asKey)).toEqual(backwards.findings.map(asKey));
});

it('tells a problem as often as the scan that met it most often', () => {
  const problem = (path: string | undefined): Problem => ({ kind: 'cut', path, message: 'm' });
  const lists = [[problem('a'), problem(undefined)], [problem('a'), problem('a'), problem('b')], [problem(undefined)]];
  expect(joinProblems(lists).map(({ path }) => path)).toEqual([undefined, 'a', 'a', 'b']);
});

it('adds up suppressions, those of files first', () => {
  const use = (name: string, count: number) => ({ name, count });
  const lists = [
    [use('.unleakignore:3', 1), use('config ignore 1', 0), use('inline b', 1)],
    [use('.unleakignore:3', 2), use('config ignore 1', 0), use('inline a', 1)],
  ];
  expect(joinSuppressions(lists)).toEqual([
    use('.unleakignore:3', 3),
    use('config ignore 1', 0),
    use('inline a', 1),
    use('inline b', 1),
  ]);
});
