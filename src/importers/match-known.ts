// Accepted findings of other tools against what unleak finds at the same places: which of ours are accepted with them, and
// what can no longer be matched. Pure; the texts and findings are handed in.
import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { JudgedFinding } from '../model/report.ts';
import type { ForeignFile, ForeignKnown, ForeignLeft } from './foreign-entry.ts';
import { mayBeSameRule } from './rule-names.ts';
import { digestOfSecret, findByDigest, type LinePlace, type SearchBudget } from './value-digest.ts';

/** One text as it is now, or as it was in a commit. */
export interface LookedAt {
  /** Relative to the top. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly lines: readonly string[];
  readonly judged: readonly JudgedFinding[];
}

export interface Accepted {
  readonly finding: Finding;
  readonly reason: string;
}

/** What became of accepted findings. */
export interface KnownOutcome {
  readonly accepted: Accepted[];
  readonly left: ForeignLeft[];
  /** In our baseline already. */
  already: number;
  /** The place is there, and unleak reports nothing at it. */
  quiet: number;
}

export function emptyOutcome(): KnownOutcome {
  return { accepted: [], left: [], already: 0, quiet: 0 };
}

function isKnown({ verdict }: JudgedFinding): boolean {
  return verdict.kind === 'known' || (verdict.kind === 'dropped' && verdict.by === 'baseline');
}

function isReported({ verdict }: JudgedFinding): boolean {
  return verdict.kind === 'kept' || verdict.kind === 'known-new-place';
}

/** Files findings under what is to be done with them. */
export function take(outcome: KnownOutcome, judged: readonly JudgedFinding[], reason: string): void {
  const reported = judged.filter(isReported);
  if (reported.length > 0) outcome.accepted.push(...reported.map(({ finding }) => ({ finding, reason })));
  else if (judged.some(isKnown)) outcome.already++;
  else outcome.quiet++;
}

function touches({ location }: Finding, place: LinePlace): boolean {
  if (place.line < location.line || place.line > location.endLine) return false;
  const starts = location.line < place.line || location.column < place.endColumn;
  const ends = location.endLine > place.line || location.endColumn > place.column;
  return starts && ends;
}

const leave = (entry: ForeignKnown | ForeignFile, what: string, why: string): ForeignLeft => ({
  kind: 'left',
  at: entry.at,
  what,
  why,
});

function placeOf({ path, line, commit }: ForeignKnown): string {
  return `${path}${line === undefined ? '' : `:${line}`}${commit === undefined ? '' : ` in commit ${commit.slice(0, 12)}`}`;
}

function matchValue(
  entry: ForeignKnown,
  digest: string,
  text: LookedAt,
  budget: SearchBudget,
  outcome: KnownOutcome,
): void {
  const same = text.judged.filter(({ finding }) => digestOfSecret(finding.secret) === digest);
  if (same.length > 0) return take(outcome, same, entry.reason);
  const place = findByDigest(text.lines, { digest, length: entry.length, line: entry.line }, budget);
  if (place)
    return take(
      outcome,
      text.judged.filter(({ finding }) => touches(finding, place)),
      entry.reason,
    );
  const why =
    budget.left > 0
      ? 'its value is no longer in the file'
      : 'its value was not found before the search came to its limit';
  outcome.left.push(leave(entry, `${entry.rule} at ${placeOf(entry)}`, why));
}

/** The key id beside a secret key belongs to the finding of the key, and is not reported by itself. */
function hasPartOn({ bytes, judged }: LookedAt, line: number, endLine: number): boolean {
  const parts = judged.flatMap(({ finding }) => finding.parts);
  return parts.some(({ span }) => {
    let at = 1;
    for (let i = bytes.indexOf(10); i >= 0 && i < span.start; i = bytes.indexOf(10, i + 1)) at++;
    return line <= at && at <= endLine;
  });
}

function matchPlace(entry: ForeignKnown, line: number, text: LookedAt, outcome: KnownOutcome): void {
  const end = Math.max(line, entry.endLine ?? line);
  const what = `${entry.rule} at ${placeOf(entry)}`;
  if (line > text.lines.length) return void outcome.left.push(leave(entry, what, 'the file has no such line any more'));
  const here = text.judged.filter(({ finding: { location } }) => location.line <= end && line <= location.endLine);
  const shown = here.filter((one) => isReported(one) || isKnown(one));
  const same = shown.filter(({ finding }) => mayBeSameRule(entry.rule, finding.ruleId));
  const values = new Set(same.map(({ finding }) => finding.fingerprint));
  if (values.size > 1)
    return void outcome.left.push(
      leave(entry, what, 'several secrets stand there, and it does not say which is meant'),
    );
  if (same.length > 0) return take(outcome, same, entry.reason);
  if (shown.length > 0) return void outcome.left.push(leave(entry, what, 'another kind of secret stands there now'));
  // In a commit nothing moves; what unleak sees there and does not report is no matter of the place either.
  const isSeen = here.length > shown.length || hasPartOn(text, line, end);
  if (entry.commit !== undefined || isSeen) outcome.quiet++;
  else
    outcome.left.push(
      leave(entry, what, 'unleak reports nothing there; if the line has moved, see "unleak baseline update"'),
    );
}

/** @param text undefined when the file, or the commit, is gone */
export function matchKnown(
  entry: ForeignKnown,
  text: LookedAt | undefined,
  budget: SearchBudget,
  outcome: KnownOutcome,
): void {
  const what = `${entry.rule} at ${placeOf(entry)}`;
  if (!text)
    outcome.left.push(
      leave(entry, what, entry.commit === undefined ? 'the file is gone' : 'the file or its commit is gone'),
    );
  else if (entry.digest !== undefined) matchValue(entry, entry.digest, text, budget, outcome);
  else if (entry.line !== undefined) matchPlace(entry, entry.line, text, outcome);
  else outcome.left.push(leave(entry, what, 'it has neither a value nor a line'));
}

/** Talisman hashes the name and the content of a file in this order; older versions the content alone. */
function checksumsOf(path: string, bytes: Buffer): readonly string[] {
  const name = Buffer.from(path);
  return [Buffer.concat([name, bytes]), Buffer.concat([bytes, name]), bytes].map((all) =>
    createHash('sha256').update(all).digest('hex'),
  );
}

export function matchFile(entry: ForeignFile, text: LookedAt | undefined, outcome: KnownOutcome): void {
  if (!text) return void outcome.left.push(leave(entry, entry.path, 'the file is gone'));
  if (!checksumsOf(entry.path, text.bytes).includes(entry.checksum.toLowerCase())) {
    return void outcome.left.push(leave(entry, entry.path, 'the file has changed since it was accepted'));
  }
  const reported = text.judged.filter(isReported);
  if (reported.length === 0) outcome.quiet++;
  outcome.accepted.push(...reported.map(({ finding }) => ({ finding, reason: entry.reason })));
}
