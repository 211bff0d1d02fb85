// The JSON report, for programs: everything the report holds. Its shape is published as schemas/report.schema.json.
// No time, no machine, no user: the same report gives the same bytes.
import type { Coverage, Report, SuppressionUse } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { groupBySecret } from './group-secrets.ts';
import { toFindingRecord, toProblemRecord, toSecretRecord, toSuppressedRecord } from './json-record.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter } from './reporter.ts';
import { toShardRecord } from './shard-record.ts';
import { summarize } from './summary.ts';

/** Grows by one when a key is removed or changes its meaning; new keys do not count. */
export const SCHEMA_VERSION = 1;

/** Picks the keys one by one, so that an object with more of them cannot leak any into the report. */
export function toCoverageRecord({
  files,
  bytes,
  ignoredFiles,
  rules,
  commits,
  cached,
  isComplete,
}: Coverage): Coverage {
  return {
    files,
    bytes,
    ignoredFiles,
    rules,
    ...(commits === undefined ? {} : { commits }),
    ...(cached === undefined ? {} : { cached }),
    isComplete,
  };
}

/** See toCoverageRecord. */
export function toSuppressionRecord({ name, count }: SuppressionUse): SuppressionUse {
  return { name, count };
}

function toRuleRecord(info: RuleInfo): Record<string, unknown> {
  const { id, name, description, severity, provider, rotate, temporary, vault, references } = info;
  const { where, url, notes } = rotate;
  const vaultRecord = vault && { kind: vault.kind, jsonKeys: vault.jsonKeys };
  // JSON.stringify leaves undefined keys out.
  const rotateRecord = { where, url, notes };
  return { id, name, description, severity, provider, rotate: rotateRecord, temporary, vault: vaultRecord, references };
}

function listRules(report: Report): Record<string, unknown>[] {
  const rules = [...report.rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return rules.map(toRuleRecord);
}

function formatJson(report: Report): string {
  const { tool, mode, subject, reveal, failOnNewPlace } = report;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    mode,
    subject,
    options: { reveal, failOnNewPlace },
    summary: summarize(report),
    coverage: toCoverageRecord(report.coverage),
    problems: report.problems.map(toProblemRecord),
    rules: listRules(report),
    secrets: groupBySecret(report.findings).map((group) => toSecretRecord(group, reveal)),
    findings: report.findings.map((judged) => toFindingRecord(judged, reveal)),
    suppressed: report.suppressed.map((judged) => toSuppressedRecord(judged, reveal)),
    suppressions: report.suppressions.map(toSuppressionRecord),
    ...(report.shard && { shard: toShardRecord(report.shard) }),
  };
  return `${toJsonText(document, 2)}\n`;
}

export const jsonReporter: Reporter = {
  name: 'json',
  fileEndings: ['.json'],
  summary: 'for programs: one object with everything (schemas/report.schema.json)',
  canReveal: true,
  format: formatJson,
};
