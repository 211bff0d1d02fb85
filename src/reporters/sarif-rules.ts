// The rules of a SARIF run: only those that its results use, with what GitHub reads from a rule. Severity
// and precision are those of the findings, because the user may have changed a rule's own.
import type { ReportingDescriptor } from 'sarif';
import type { Confidence, Severity } from '../model/levels.ts';
import { CONFIDENCES, isAtLeast, SEVERITIES } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { makeVisible } from './visible-text.ts';

/** SARIF's own scale. */
export const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** GitHub: over 9.0 critical, from 7.0 high, from 4.0 medium, below low. It wants strings. */
const SECURITY_SEVERITIES = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' } as const;
const TAGS = ['security', 'secret', 'external/cwe/cwe-798'];

/** The highest levels that a rule's findings have: the user may have changed them, so the rule's own do not count. */
interface RuleLevels {
  severity: Severity;
  confidence: Confidence;
}

function collectLevels(findings: readonly JudgedFinding[]): Map<string, RuleLevels> {
  const levels = new Map<string, RuleLevels>();
  for (const { finding } of findings) {
    const known = levels.get(finding.ruleId);
    if (!known) {
      levels.set(finding.ruleId, { severity: finding.severity, confidence: finding.confidence });
      continue;
    }
    if (!isAtLeast(SEVERITIES, known.severity, finding.severity)) known.severity = finding.severity;
    if (!isAtLeast(CONFIDENCES, known.confidence, finding.confidence)) known.confidence = finding.confidence;
  }
  return levels;
}

/** `github.personal-access-token` → `GithubPersonalAccessToken`: SARIF wants a word without spaces. */
function toRuleName(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function pickHelpUri(info: RuleInfo): string | undefined {
  return [...info.references, info.rotate.url].find((url) => url !== undefined && /^https:\/\/[\x21-\x7e]+$/.test(url));
}

function listHelp(info: RuleInfo): { label: string; text: string }[] {
  const rotate = [info.rotate.where, info.rotate.url, info.rotate.notes].filter((part) => part !== undefined);
  const help = [{ label: 'Rotate', text: rotate.join('. ') }];
  if (info.temporary !== undefined) help.push({ label: 'Instead', text: info.temporary });
  help.push({ label: 'No secret', text: 'say why in a comment on its line: unleak:ignore reason="…"' });
  return help.map(({ label, text }) => ({ label, text: makeVisible(text) }));
}

function describe(info: RuleInfo): Partial<ReportingDescriptor> {
  const description = makeVisible(info.description);
  const help = listHelp(info);
  const helpUri = pickHelpUri(info);
  return {
    shortDescription: { text: makeVisible(info.name) },
    fullDescription: { text: description },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: {
      text: [description, ...help.map(({ label, text }) => `${label}: ${text}`)].join('\n'),
      markdown: [description, ...help.map(({ label, text }) => `- **${label}**: ${text}`)].join('\n'),
    },
  };
}

/** @returns the rules of the given findings, sorted by id */
export function toSarifRules(report: Report, findings: readonly JudgedFinding[]): ReportingDescriptor[] {
  const levels = [...collectLevels(findings)].sort(([a], [b]) => (a < b ? -1 : 1));
  return levels.map(([id, { severity, confidence }]) => {
    const info = report.rules.get(id);
    return {
      id,
      name: toRuleName(id),
      ...(info ? describe(info) : { shortDescription: { text: id } }),
      defaultConfiguration: { level: LEVELS[severity] },
      properties: { tags: TAGS, 'security-severity': SECURITY_SEVERITIES[severity], precision: confidence },
    };
  });
}
