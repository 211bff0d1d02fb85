// The formats of other tools that are JSON, against their public shapes, and what their readers need of them.
// The expected files are compared in registry.test.ts.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import type { ReporterOptions } from '../../src/reporters/reporter.ts';
import { makeHistoryReport } from './sample-history.ts';
import { makeCleanReport, makeLargeReport, makeSampleReport, PLAIN } from './sample-report.ts';
import { COMMIT } from './sample-values.ts';

function compile(name: string) {
  const file = new URL(`../support/schemas/${name}.schema.json`, import.meta.url);
  return new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}

function format(name: string, report: Report, options: ReporterOptions = PLAIN): string {
  const reporter = findReporter(name);
  if (!reporter) throw new Error(`no format ${name}`);
  return reporter.format(report, options);
}

/** The sample, changed to fail on new places, clean, with a history, and large. */
const REPORTS: readonly (readonly [string, Report])[] = [
  ['full', makeSampleReport()],
  ['failing on new places', { ...makeSampleReport(), failOnNewPlace: true }],
  ['clean', makeCleanReport()],
  ['history', makeHistoryReport()],
  ['large', makeLargeReport(3000)],
];

/** The same findings ten lines further down. */
function moveDown(report: Report): Report {
  const findings = report.findings.map(({ finding, verdict }) => {
    const { line, endLine } = finding.location;
    return {
      finding: { ...finding, location: { ...finding.location, line: line + 10, endLine: endLine + 10 } },
      verdict,
    };
  });
  return { ...report, findings };
}

describe('gitlab', () => {
  const validate = compile('gitlab-secret-detection');
  const read = (report: Report, options: ReporterOptions = PLAIN) => {
    const document: unknown = JSON.parse(format('gitlab', report, options));
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    return document as {
      scan: { start_time: string; end_time: string; messages?: unknown[] };
      vulnerabilities: { id: string; name: string; severity: string; location: { commit: { sha: string } } }[];
    };
  };

  it.each(REPORTS)('is valid by the shape of GitLab: %s', (_, report) => {
    expect(read(report).vulnerabilities).toHaveLength(report.findings.length);
  });

  it('uses a shape that refuses what is wrong', () => {
    const document = JSON.parse(format('gitlab', makeSampleReport())) as Record<string, unknown>;
    expect(validate({ ...document, version: '16.0.0' })).toBe(false);
    expect(validate({ ...document, vulnerabilities: [{ raw_source_code_extract: 'x' }] })).toBe(false);
  });

  it('states time and commit of the run when it is told', () => {
    const run = {
      commit: COMMIT,
      startedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      finishedAt: Date.UTC(2026, 0, 2, 3, 4, 6),
    };
    const { scan, vulnerabilities } = read(makeSampleReport(), { ...PLAIN, run });
    expect(scan).toMatchObject({ start_time: '2026-01-02T03:04:05', end_time: '2026-01-02T03:04:06' });
    expect(new Set(vulnerabilities.map(({ location }) => location.commit.sha))).toEqual(new Set([COMMIT]));
  });

  it('has an id for each finding that does not move with its line', () => {
    const ids = read(makeSampleReport()).vulnerabilities.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(read(moveDown(makeSampleReport())).vulnerabilities.map(({ id }) => id)).toEqual(ids);
  });

  it('has names without anything of one finding', () => {
    const names = new Set(read(makeLargeReport(100)).vulnerabilities.map(({ name }) => name));
    expect([...names]).toEqual(['GitHub personal access token (classic)']);
  });
});

describe('gitlab-code-quality', () => {
  const validate = compile('code-quality');
  const read = (report: Report) => {
    const document: unknown = JSON.parse(format('gitlab-code-quality', report));
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    return document as { fingerprint: string; severity: string; location: { path: string } }[];
  };

  it.each(REPORTS)('is valid by the shape of GitLab: %s', (_, report) => {
    expect(read(report)).toHaveLength(report.findings.length);
  });

  it('has fingerprints of its own that do not move with the line', () => {
    const prints = read(makeSampleReport()).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(read(moveDown(makeSampleReport())).map(({ fingerprint }) => fingerprint)).toEqual(prints);
  });

  it('only informs of what does not fail', () => {
    const at = (issues: ReturnType<typeof read>) => issues.find(({ location }) => location.path === 'docs/slack.md');
    expect(at(read(makeSampleReport()))?.severity).toBe('info');
    expect(at(read({ ...makeSampleReport(), failOnNewPlace: true }))?.severity).toBe('major');
  });
});

describe('rdjsonl', () => {
  const validate = compile('rdjson-diagnostic');

  it.each(REPORTS)('has one valid diagnostic a line: %s', (_, report) => {
    const text = format('rdjsonl', report);
    const lines = text.split('\n').slice(0, -1);
    expect(lines).toHaveLength(report.findings.length);
    for (const line of lines) expect(validate(JSON.parse(line)) ? [] : validate.errors).toEqual([]);
  });
});

describe('gitleaks-json', () => {
  const validate = compile('gitleaks-report');
  const read = (report: Report) => {
    const document: unknown = JSON.parse(format('gitleaks-json', report));
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    return document as Record<string, unknown>[];
  };

  it.each(REPORTS)('has the shape that readers of gitleaks expect: %s', (_, report) => {
    expect(read(report)).toHaveLength(report.findings.length);
  });

  it('names the author of the very commit, and nobody else', () => {
    const report = makeHistoryReport();
    const records = read(report);
    report.findings.forEach(({ finding }, i) => {
      const { first, last } = finding.history ?? {};
      const commit = finding.origin.kind === 'history' ? finding.origin.commit : undefined;
      const note = [first, last].find((one) => one !== undefined && one.id === commit);
      const name = note?.author === undefined ? '' : note.author.replace(/ <.*/, '');
      expect(records[i]).toMatchObject({ Commit: commit ?? '', Author: name, Date: note?.date ?? '' });
    });
    expect(records.some(({ Author }) => Author !== '')).toBe(true);
  });
});
