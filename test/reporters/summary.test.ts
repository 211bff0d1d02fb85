// The counts that all formats share, and the outcome in one word.
// Works on the shared sample.
import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/reporters/summary.ts';
import { makeCleanReport, makeSampleReport } from './sample-report.ts';

describe('summarize', () => {
  it('counts findings, secrets and what fails', () => {
    expect(summarize(makeSampleReport())).toEqual({
      findings: 12,
      secrets: 6,
      failing: 10,
      knownInNewPlace: 2,
      bySeverity: { critical: 8, high: 2, medium: 1, low: 1 },
      byConfidence: { high: 10, medium: 1, low: 1 },
      suppressed: 3,
      problems: 14,
      exitReason: 'findings',
    });
  });

  it('lets findings win over incompleteness, and new places fail only when asked', () => {
    const report = makeSampleReport();
    const known = report.findings.filter(({ verdict }) => verdict.kind === 'known-new-place');
    expect(summarize(makeCleanReport()).exitReason).toBe('clean');
    expect(summarize({ ...report, findings: known }).exitReason).toBe('incomplete');
    expect(summarize({ ...report, findings: known, failOnNewPlace: true }).exitReason).toBe('findings');
  });
});
