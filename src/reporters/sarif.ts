// SARIF 2.1.0 for code scanning. Holds no value and no snippet (a snippet would copy the value). Fingerprints are our
// own; primaryLocationLineHash is left to the uploader, which warns when a tool sets another value than its own.
import type { Invocation, Log, Notification, Run } from 'sarif';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import type { Problem } from '../model/problem.ts';
import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { formatCount } from '../util/amounts.ts';
import { REDACTED } from './form-index.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { toSarifResult } from './sarif-result.ts';
import { toSarifRules } from './sarif-rules.ts';
import { toArtifactLocation, toVersionControl } from './sarif-uri.ts';
import { PROBLEM_TITLES } from './text-problems.ts';
import { makeVisible } from './visible-text.ts';

const SCHEMA_URI = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME_URI = 'https://github.com/unleak/unleak';
/** GitHub shows no more results of one run. */
const MAX_RESULTS = 5000;

/** @returns at most MAX_RESULTS findings, the most harmful and surest ones, in the given order */
function limitResults(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  if (findings.length <= MAX_RESULTS) return findings;
  const rank = ({ finding }: JudgedFinding): number =>
    SEVERITIES.indexOf(finding.severity) * CONFIDENCES.length + CONFIDENCES.indexOf(finding.confidence);
  const ranked = findings.map((judged, index) => ({ judged, index, rank: rank(judged) }));
  ranked.sort((a, b) => a.rank - b.rank);
  const kept = ranked.slice(0, MAX_RESULTS).sort((a, b) => a.index - b.index);
  return kept.map(({ judged }) => judged);
}

function toNotification(problem: Problem): Notification {
  return {
    descriptor: { id: problem.kind },
    level: isIncomplete(problem) ? 'warning' : 'note',
    message: { text: makeVisible(`${PROBLEM_TITLES[problem.kind]}: ${problem.message}`) },
    ...(problem.path === undefined
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: toArtifactLocation(problem.path) } }] }),
  };
}

function toInvocation(report: Report, total: number): Invocation {
  const notifications = report.problems.map(toNotification);
  if (total > MAX_RESULTS) {
    const text = `${formatCount(total)} results; the ${formatCount(MAX_RESULTS)} most severe are listed. The JSON report has all.`;
    notifications.push({ descriptor: { id: 'too-many-results' }, level: 'warning', message: { text } });
  }
  return { executionSuccessful: report.coverage.isComplete, toolExecutionNotifications: notifications };
}

function toRun(report: Report, options: ReporterOptions): Run {
  const all = options.includeSuppressed ? [...report.findings, ...report.suppressed] : report.findings;
  const listed = limitResults(all);
  const rules = toSarifRules(report, listed);
  const indexByRule = new Map(rules.map((rule, index) => [rule.id, index]));
  const { name, version } = report.tool;
  const versionControl = options.versionControl && toVersionControl(options.versionControl);
  return {
    tool: {
      driver: {
        name,
        version,
        ...(/^\d+\.\d+\.\d+/.test(version) ? { semanticVersion: version } : {}),
        informationUri: HOME_URI,
        rules,
      },
    },
    automationDetails: { id: `${name}/${report.mode}/` },
    invocations: [toInvocation(report, all.length)],
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the scan.' } } },
    ...(versionControl ? { versionControlProvenance: [versionControl] } : {}),
    columnKind: 'utf16CodeUnits',
    redactionTokens: [REDACTED, '********'],
    results: listed.map((judged) => toSarifResult(judged, report, indexByRule)),
  };
}

function formatSarif(report: Report, options: ReporterOptions): string {
  const log: Log = { $schema: SCHEMA_URI, version: '2.1.0', runs: [toRun(report, options)] };
  return `${toJsonText(log, 2)}\n`;
}

export const sarifReporter: Reporter = {
  name: 'sarif',
  fileEndings: ['.sarif', '.sarif.json'],
  summary: 'SARIF 2.1.0 for code scanning, such as GitHub',
  canReveal: false,
  format: formatSarif,
};
