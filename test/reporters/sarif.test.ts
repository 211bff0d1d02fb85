// SARIF against the schema of the standard, and what code scanning needs of it.
// The expected files are compared in registry.test.ts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ajvDraft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import type { ReporterOptions } from '../../src/reporters/reporter.ts';
import { makeCleanReport, makeLargeReport, makeSampleReport, PLAIN } from './sample-report.ts';

function compileSchema() {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // One pattern of the schema is no valid regular expression under the u flag.
  const ajv = new ajvDraft04.default({ strict: false, unicodeRegExp: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile<Log>(JSON.parse(readFileSync(file, 'utf8')) as object);
}

const validate = compileSchema();

function run(report: Report = makeSampleReport(), options: ReporterOptions = PLAIN): Run {
  const log: unknown = JSON.parse(findReporter('sarif')?.format(report, options) ?? '');
  if (!validate(log)) throw new Error(JSON.stringify(validate.errors));
  return log.runs[0]!;
}

function resultAt(sarif: Run, uri: string): Result | undefined {
  return sarif.results?.find((result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri === uri);
}

describe('sarif', () => {
  it('is valid by the schema, full, clean and with everything', () => {
    expect(run().results).toHaveLength(12);
    expect(run(makeCleanReport()).results).toEqual([]);
    expect(run(makeSampleReport(), { ...PLAIN, includeSuppressed: true }).results).toHaveLength(15);
  });

  it('uses a schema that refuses what is wrong', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  it('percent-encodes paths', () => {
    const uris = run().results?.map((result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    expect(uris).toEqual([
      'a.ts',
      'backup/%5BREDACTED%5D/.env',
      'docs/slack.md',
      'docs/with%20space.md',
      'infra/main.tf',
      'keys/id.pem',
      'src/%1B%5B31mred%E2%80%AEgpj.ts',
      'src/100%25/%231%3F.ts',
      'src/%E6%97%A5%E6%9C%AC%E8%AA%9E/%5Bid%5D.ts',
      'stdin',
      'tokens/%5BREDACTED%5D.txt',
      'tokens/z.txt',
    ]);
  });

  it('copies no text of the file and leaves the line hash to the uploader', () => {
    const text = JSON.stringify(run());
    expect(text).not.toMatch(/snippet|contextRegion|primaryLocationLineHash/);
    for (const result of run().results ?? []) {
      expect(Object.keys(result.partialFingerprints ?? {})).toEqual(['secretFingerprint/v1']);
    }
  });

  it('makes a known value in a new place a note, unless that fails the run', () => {
    expect(resultAt(run(), 'tokens/z.txt')?.level).toBe('note');
    expect(resultAt(run({ ...makeSampleReport(), failOnNewPlace: true }), 'tokens/z.txt')?.level).toBe('error');
  });

  it('marks suppressed results, inline ones as in the source', () => {
    const sarif = run(makeSampleReport(), { ...PLAIN, includeSuppressed: true });
    expect(resultAt(sarif, 'test/api.test.ts')?.suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'made up: [REDACTED]' },
    ]);
    expect(resultAt(sarif, 'test/old.ts')?.suppressions).toEqual([{ kind: 'external', status: 'accepted' }]);
    expect(resultAt(sarif, 'a.ts')?.suppressions).toBeUndefined();
  });

  it('refers to each rule by its place in the list', () => {
    const sarif = run(makeSampleReport(), { ...PLAIN, includeSuppressed: true });
    for (const result of sarif.results ?? []) {
      expect(sarif.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    }
  });

  it('names the revision without credentials', () => {
    const versionControl = {
      repositoryUri: `https://me:${'pass'}word@example.com/team/a.git?x=1`,
      revisionId: 'f'.repeat(40),
      branch: 'main',
    };
    expect(run(makeSampleReport(), { ...PLAIN, versionControl }).versionControlProvenance).toEqual([
      { repositoryUri: 'https://example.com/team/a.git', revisionId: 'f'.repeat(40), branch: 'main' },
    ]);
    const local = { ...versionControl, repositoryUri: '/home/me/a' };
    expect(run(makeSampleReport(), { ...PLAIN, versionControl: local }).versionControlProvenance).toBeUndefined();
  });

  it('lists the 5,000 most severe results, in the order of the report, and says so', () => {
    const report = makeLargeReport(10_000);
    const sarif = run(report);
    const listed = sarif.results?.map((result) => result.partialFingerprints?.['secretFingerprint/v1']);
    // Severities take turns, so the upper half is what is critical or high.
    const upper = report.findings.filter(({ finding }) => ['critical', 'high'].includes(finding.severity));
    expect(listed).toEqual(upper.map(({ finding }) => finding.fingerprint));
    expect(sarif.invocations?.[0]?.toolExecutionNotifications).toEqual([
      {
        descriptor: { id: 'too-many-results' },
        level: 'warning',
        message: { text: '10,000 results; the 5,000 most severe are listed. The JSON report has all.' },
      },
    ]);
  });

  it('lists 5,000 results without a notification', () => {
    const sarif = run(makeLargeReport(5000));
    expect(sarif.results).toHaveLength(5000);
    expect(sarif.invocations?.[0]?.toolExecutionNotifications).toEqual([]);
  });
});
