// GitLab's secret detection report (artifacts:reports:secret_detection), version 15.0, which every GitLab since 15.0 reads;
// newer ones are refused by older instances. raw_source_code_extract is left out: it would hold the value.
import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { commitOf, describeReasons } from './describe.ts';
import { makeUuid, nameFindings } from './finding-key.ts';
import { describeCure, describeFinding, isPlainUrl } from './finding-message.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { PROBLEM_TITLES } from './text-problems.ts';
import { makeVisible } from './visible-text.ts';

const VERSION = '15.0.7';
const HOME_URL = 'https://github.com/unleak/unleak';
/** What GitLab's own analyzer writes when it scans files and no commit. */
const NO_COMMIT = '0000000';
/** The start of time stands for "not known": the report itself holds no clock. */
const NO_TIME = '1970-01-01T00:00:00';
const SEVERITIES = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const;
const CWE = { type: 'cwe', name: 'CWE-798', value: '798', url: 'https://cwe.mitre.org/data/definitions/798.html' };

function listLinks(info: RuleInfo | undefined): { readonly url: string }[] {
  const urls = [info?.rotate.url, ...(info?.references ?? [])].filter((url) => url !== undefined);
  return [...new Set(urls)].filter(isPlainUrl).map((url) => ({ url }));
}

function toVulnerability(judged: JudgedFinding, id: string, report: Report, commit: string) {
  const { finding } = judged;
  const info = report.rules.get(finding.ruleId);
  const links = listLinks(info);
  const cure = describeCure(report, finding.ruleId);
  const why = describeReasons(judged);
  const description = [describeFinding(judged, report), makeVisible(info?.description ?? ''), makeVisible(why)];
  return {
    id,
    // The same for all findings of a rule: GitLab groups by it.
    name: makeVisible(info?.name ?? finding.ruleId).slice(0, 255),
    description: description.filter(Boolean).join('\n'),
    severity: SEVERITIES[finding.severity],
    ...(cure === '' ? {} : { solution: cure.slice(0, 7000) }),
    // The first is what GitLab follows a finding by.
    identifiers: [{ type: 'unleak_rule_id', name: `unleak rule ${finding.ruleId}`, value: finding.ruleId }, CWE],
    ...(links.length > 0 ? { links } : {}),
    location: {
      file: makeVisible(finding.origin.path),
      start_line: finding.location.line,
      end_line: finding.location.endLine,
      commit: { sha: commitOf(finding.origin) ?? commit },
    },
  };
}

/** `2024-01-02T03:04:05`: no zone, no fraction. */
function formatTime(milliseconds: number | undefined): string {
  return milliseconds === undefined ? NO_TIME : new Date(milliseconds).toISOString().slice(0, 19);
}

function formatGitlab(report: Report, { run }: ReporterOptions): string {
  const { name, version } = report.tool;
  const tool = { id: name, name, url: HOME_URL, version, vendor: { name } };
  const names = nameFindings(report.findings);
  const messages = report.problems.map((problem) => ({
    level: isIncomplete(problem) ? 'warn' : 'info',
    value: makeVisible(
      `${PROBLEM_TITLES[problem.kind]}: ${problem.path === undefined ? '' : `${problem.path}: `}${problem.message}`,
    ),
  }));
  const document = {
    version: VERSION,
    scan: {
      analyzer: tool,
      scanner: tool,
      type: 'secret_detection',
      start_time: formatTime(run?.startedAt),
      end_time: formatTime(run?.finishedAt),
      status: 'success',
      ...(messages.length > 0 ? { messages } : {}),
    },
    vulnerabilities: report.findings.map((judged, i) =>
      toVulnerability(judged, makeUuid(names[i] ?? ''), report, run?.commit ?? NO_COMMIT),
    ),
  };
  return `${toJsonText(document, 2)}\n`;
}

export const gitlabReporter: Reporter = {
  name: 'gitlab',
  fileEndings: ['.gitlab.json', 'gl-secret-detection-report.json'],
  summary: 'GitLab secret detection report',
  canReveal: false,
  wantsRun: true,
  format: formatGitlab,
};
