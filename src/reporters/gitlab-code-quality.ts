// GitLab's code quality report (artifacts:reports:codequality), which every tier shows in the merge request: a list of
// issues as Code Climate writes them. The description is what people see; it holds the masked value.
import type { Severity } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { makeUuid, nameFindings } from './finding-key.ts';
import { describeCure, describeFinding, isFailing } from './finding-message.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter } from './reporter.ts';
import { makeVisible } from './visible-text.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

function toIssue(judged: JudgedFinding, name: string, report: Report) {
  const { finding } = judged;
  const { line, endLine } = finding.location;
  return {
    type: 'issue',
    check_name: finding.ruleId,
    description: [describeFinding(judged, report), describeCure(report, finding.ruleId)].filter(Boolean).join(' '),
    categories: ['Security'],
    // GitLab compares two reports by this: it must be one's own, and must not move with the line.
    fingerprint: makeUuid(name).replaceAll('-', ''),
    severity: isFailing(judged, report) ? LEVELS[finding.severity] : 'info',
    location: { path: makeVisible(finding.origin.path), lines: { begin: line, end: endLine } },
  };
}

export const gitlabCodeQualityReporter: Reporter = {
  name: 'gitlab-code-quality',
  fileEndings: ['.codequality.json', 'gl-code-quality-report.json'],
  summary: 'GitLab code quality report, shown in merge requests of every tier',
  canReveal: false,
  format: (report) => {
    const names = nameFindings(report.findings);
    return `${toJsonText(
      report.findings.map((judged, i) => toIssue(judged, names[i] ?? '', report)),
      2,
    )}\n`;
  },
};
