// Removes found values from everything else a report prints: paths, messages, reasons, names of suppressions. Applied
// once for every format (registry.ts, hook-text.ts), so that a format cannot forget it. Calls reveal().
import type { Finding, Reason } from '../model/finding.ts';
import type { CommitNote, SecretHistory } from '../model/history.ts';
import type { Origin } from '../model/origin.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import type { Secret } from '../model/secret.ts';
import type { ShellNote } from '../model/shell-note.ts';
import type { Verdict } from '../model/verdict.ts';
import { FormIndex } from './form-index.ts';
import { listForms } from './secret-forms.ts';

/** Text in, text without found values out. */
type Redact = (text: string) => string;

function addSecret(index: FormIndex, secret: Secret): void {
  for (const form of listForms(secret.reveal())) index.add(form);
}

/** Values of one finding: the secret and its parts. */
function listSecrets(finding: Finding): Secret[] {
  return [finding.secret, ...finding.parts.map((part) => part.secret)];
}

/** @returns the text without the given values, in clear or encoded; plain short words stay (see isWorthHiding) */
export function redactText(text: string, secrets: readonly Secret[]): string {
  const index = new FormIndex();
  for (const secret of secrets) addSecret(index, secret);
  return index.redact(text);
}

function redactOrigin(origin: Origin, redact: Redact): Origin {
  const path = redact(origin.path);
  return path === origin.path ? origin : { ...origin, path };
}

function redactReasons(reasons: readonly Reason[], redact: Redact): readonly Reason[] {
  if (reasons.every((reason) => redact(reason.text) === reason.text)) return reasons;
  return reasons.map((reason) => ({ ...reason, text: redact(reason.text) }));
}

function redactVerdict(verdict: Verdict, redact: Redact): Verdict {
  if (verdict.why === undefined) return verdict;
  const why = redact(verdict.why);
  return why === verdict.why ? verdict : { ...verdict, why };
}

function redactNote(note: CommitNote | undefined, redact: Redact): CommitNote | undefined {
  if (!note) return undefined;
  const author = note.author === undefined ? undefined : redact(note.author);
  return { ...note, author, path: note.path === undefined ? undefined : redact(note.path) };
}

/** Paths, people and names of refs may hold a value. */
function redactHistory(history: SecretHistory, redact: Redact): SecretHistory {
  const { first, last, removed, paths, holders, wayOut } = history;
  return {
    ...history,
    first: redactNote(first, redact),
    last: redactNote(last, redact),
    removed: redactNote(removed, redact),
    paths: paths.map((one) => ({ ...one, path: redact(one.path) })),
    holders: holders.map((one) => ({ ...one, name: redact(one.name) })),
    wayOut: { text: redact(wayOut.text), commands: wayOut.commands.map(redact) },
  };
}

/** A command may hold other values than its own. */
function redactShell(shell: ShellNote, redact: Redact): ShellNote {
  return { ...shell, command: redact(shell.command), safely: shell.safely.map(redact) };
}

/** The same object when nothing had to be removed: the usual case, which then costs no memory. */
function redactJudged(judged: JudgedFinding, redact: Redact): JudgedFinding {
  const origin = redactOrigin(judged.finding.origin, redact);
  const reasons = redactReasons(judged.finding.reasons, redact);
  const verdict = redactVerdict(judged.verdict, redact);
  const { history, shell } = judged.finding;
  const isSame =
    !history &&
    !shell &&
    origin === judged.finding.origin &&
    reasons === judged.finding.reasons &&
    verdict === judged.verdict;
  if (isSame) return judged;
  const finding = {
    ...judged.finding,
    origin,
    reasons,
    ...(history && { history: redactHistory(history, redact) }),
    ...(shell && { shell: redactShell(shell, redact) }),
  };
  return { finding, verdict };
}

function redactAll(report: Report, redact: Redact): Report {
  return {
    ...report,
    subject: redact(report.subject),
    findings: report.findings.map((judged) => redactJudged(judged, redact)),
    suppressed: report.suppressed.map((judged) => redactJudged(judged, redact)),
    suppressions: report.suppressions.map((use) => ({ ...use, name: redact(use.name) })),
    problems: report.problems.map((problem) => ({
      ...problem,
      path: problem.path === undefined ? undefined : redact(problem.path),
      message: redact(problem.message),
    })),
  };
}

/** Remembers answers: paths and reasons repeat in most reports. */
function withMemory(redact: Redact): Redact {
  const answers = new Map<string, string>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = redact(text);
    answers.set(text, answer);
    return answer;
  };
}

/**
 * Removes every value found in the report, suppressed ones and parts included, from all other texts of the report.
 *
 * @returns a report that may be printed; findings without such a text are the same objects
 * @cost linear in the number of secrets and the length of the texts
 */
export function redactReport(report: Report): Report {
  const index = new FormIndex();
  const seen = new Set<string>();
  for (const judgedList of [report.findings, report.suppressed]) {
    for (const { finding, verdict } of judgedList) {
      // What is only "perhaps a secret" is mostly a word, and words must stay readable in paths and messages.
      if (finding.confidence === 'low' && verdict.by === 'minimum-level') continue;
      for (const secret of listSecrets(finding)) {
        const value = secret.reveal();
        if (seen.has(value)) continue;
        seen.add(value);
        for (const form of listForms(value)) index.add(form);
      }
    }
  }
  if (seen.size === 0) return report;
  return redactAll(
    report,
    withMemory((text) => index.redact(text)),
  );
}

/** For streams: removes the values seen so far, the finding's own included. Later values are not known yet. */
export function createFindingRedactor(): (judged: JudgedFinding) => JudgedFinding {
  const index = new FormIndex();
  return (judged) => {
    for (const secret of listSecrets(judged.finding)) addSecret(index, secret);
    return redactJudged(judged, (text) => index.redact(text));
  };
}
