// JSON Lines: one finding a line as soon as it is found, and a last line `{"summary":…}` without which the output is
// not whole. Lines are the `finding` and `summaryLine` of schemas/report.schema.json.
import type { JudgedFinding, Report } from '../model/report.ts';
import { SCHEMA_VERSION, toCoverageRecord, toSuppressionRecord } from './json.ts';
import { toFindingRecord, toProblemRecord } from './json-record.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter } from './reporter.ts';
import { toShardRecord } from './shard-record.ts';
import { summarize } from './summary.ts';

function formatFinding(judged: JudgedFinding, reveal: boolean): string {
  return `${toJsonText(toFindingRecord(judged, reveal), 0)}\n`;
}

function formatEnd(report: Report): string {
  const { tool, mode, subject, reveal, failOnNewPlace } = report;
  const line = {
    summary: summarize(report),
    schemaVersion: SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    mode,
    subject,
    options: { reveal, failOnNewPlace },
    coverage: toCoverageRecord(report.coverage),
    problems: report.problems.map(toProblemRecord),
    suppressions: report.suppressions.map(toSuppressionRecord),
    ...(report.shard && { shard: toShardRecord(report.shard) }),
  };
  return `${toJsonText(line, 0)}\n`;
}

export const jsonlReporter: Reporter = {
  name: 'jsonl',
  fileEndings: ['.jsonl', '.ndjson'],
  summary: 'for programs: one finding a line as found, a summary on the last line',
  canReveal: true,
  format: (report) =>
    report.findings.map((judged) => formatFinding(judged, report.reveal)).join('') + formatEnd(report),
  stream: (_options, reveal) => ({
    finding: (judged) => formatFinding(judged, reveal),
    end: formatEnd,
  }),
};
