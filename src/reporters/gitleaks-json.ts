// The JSON that gitleaks writes, for tools that read it (DefectDojo and many scripts). Secret and Match hold the mask: whoever
// needs the value looks at the place. Entropy is 0: it would say something about the value.
import type { Finding } from '../model/finding.ts';
import type { CommitNote } from '../model/history.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { commitOf, describeRule } from './describe.ts';
import { toJsonText } from './json-string.ts';
import type { Reporter } from './reporter.ts';
import { makeVisible } from './visible-text.ts';

/** The note about the very commit that the finding stands in; others' authors would be wrong. */
function noteOf({ history }: Finding, commit: string | undefined): CommitNote | undefined {
  return [history?.first, history?.last].find((note) => note !== undefined && note.id === commit);
}

function splitAuthor(author: string | undefined): { readonly name: string; readonly mail: string } {
  const parts = /^(.*?)\s*<([^>]*)>$/.exec(author ?? '');
  return { name: makeVisible(parts?.[1] ?? author ?? ''), mail: makeVisible(parts?.[2] ?? '') };
}

function toRecord({ finding }: JudgedFinding, report: Report) {
  const { line, column, endLine, endColumn } = finding.location;
  const file = makeVisible(finding.origin.path);
  const commit = commitOf(finding.origin) ?? '';
  const note = noteOf(finding, commit);
  const author = splitAuthor(note?.author);
  const masked = finding.secret.masked();
  return {
    RuleID: finding.ruleId,
    Description: describeRule(report, finding.ruleId),
    StartLine: line,
    EndLine: endLine,
    StartColumn: column,
    // Ours is the column behind the value.
    EndColumn: Math.max(endColumn - 1, 1),
    Match: masked,
    Secret: masked,
    File: file,
    SymlinkFile: '',
    Commit: commit,
    Entropy: 0,
    Author: author.name,
    Email: author.mail,
    Date: note?.date ?? '',
    Message: '',
    Tags: [finding.severity, `confidence-${finding.confidence}`],
    Fingerprint: `${commit === '' ? '' : `${commit}:`}${file}:${finding.ruleId}:${line}`,
  };
}

export const gitleaksJsonReporter: Reporter = {
  name: 'gitleaks-json',
  fileEndings: ['.gitleaks.json'],
  summary: 'JSON as gitleaks writes it, with masked values',
  canReveal: false,
  format: (report) =>
    `${toJsonText(
      report.findings.map((judged) => toRecord(judged, report)),
      1,
    )}\n`,
};
