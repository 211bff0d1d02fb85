// Reviewdog's rdjsonl: one diagnostic a line, which reviewdog turns into review comments of GitHub, GitLab, Bitbucket, Gerrit
// or Gitea. Its columns count bytes and ours UTF-16 units, so only lines are given, which is where comments stand.
import type { Severity } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { describeCure, describeFinding, isFailing, isPlainUrl } from './finding-message.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter } from './reporter.ts';
import { makeVisible } from './visible-text.ts';

const HOME_URL = 'https://github.com/unleak/unleak';
const LEVELS: Readonly<Record<Severity, string>> = { critical: 'ERROR', high: 'ERROR', medium: 'WARNING', low: 'INFO' };

function formatDiagnostic(judged: JudgedFinding, report: Report): string {
  const { finding } = judged;
  const { line, endLine } = finding.location;
  const url = report.rules.get(finding.ruleId)?.rotate.url;
  const diagnostic = {
    message: [describeFinding(judged, report), describeCure(report, finding.ruleId)].filter(Boolean).join(' '),
    location: {
      path: makeVisible(finding.origin.path),
      range: { start: { line }, end: { line: endLine } },
    },
    severity: isFailing(judged, report) ? LEVELS[finding.severity] : 'INFO',
    source: { name: report.tool.name, url: HOME_URL },
    code: { value: finding.ruleId, ...(url !== undefined && isPlainUrl(url) ? { url } : {}) },
  };
  return `${toJsonText(diagnostic, 0)}\n`;
}

export const rdjsonlReporter: Reporter = {
  name: 'rdjsonl',
  fileEndings: ['.rdjsonl'],
  summary: 'reviewdog diagnostics, for review comments; nothing when nothing was found',
  canReveal: false,
  format: (report) => report.findings.map((judged) => formatDiagnostic(judged, report)).join(''),
};
