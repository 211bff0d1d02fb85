// A finding, a suppressed finding and what the history says, from the JSON of a saved report: the way back of
// reporters/json-record.ts and history-record.ts.
import type { Finding, Reason } from '../model/finding.ts';
import { type CommitNote, type HistoryPlace, REACHES, type SecretHistory } from '../model/history.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import type { Origin } from '../model/origin.ts';
import type { JudgedFinding } from '../model/report.ts';
import { Secret, type SecretKind } from '../model/secret.ts';
import { KEPT, type Verdict } from '../model/verdict.ts';
import { readCommand, readFingerprint, readMask, readObjectId, readRuleId } from './forms.ts';
import {
  optional,
  orElse,
  type Read,
  readInteger,
  readList,
  readNumber,
  readObject,
  readText,
  readWord,
  type Take,
} from './json-shape.ts';

const KINDS = ['token', 'password'] as const;
const PLACES: readonly HistoryPlace[] = ['file', 'name', 'commit-message', 'tag-message', 'note'];
const ORIGINS = ['file', 'staged', 'diff', 'history', 'stdin'] as const;
const PUSHED = ['yes', 'no', 'unknown'] as const;
const HOLDER_KINDS = [
  'head',
  'branch',
  'remote',
  'tag',
  'note',
  'ref',
  'stash',
  'reflog',
  'worktree',
  'index',
] as const;
/** Bytes are not in a saved report. */
const NO_SPAN = { start: 0, end: 0 } as const;
const fromOne = readInteger(1);

function takeSecret(take: Take, kind: SecretKind): Secret {
  return Secret.fromReport(take('masked', readMask), take('secret', optional(readText)), kind);
}

function readOrigin(path: string): Read<Origin> {
  return readObject((take): Origin => {
    const kind = take('kind', readWord(ORIGINS));
    const blob = take('blob', optional(readObjectId));
    const commit = take('commit', optional(readObjectId));
    if (kind === 'file' || kind === 'stdin') return { kind, path };
    if (kind === 'staged') return { kind, path, blob: take('blob', readObjectId) };
    if (kind === 'diff') return { kind, path, blob, commit };
    return { kind, path, blob, commit, place: take('place', readWord(PLACES)), versions: take('versions', fromOne) };
  });
}

const readCommitNote = readObject(
  (take): CommitNote => ({
    id: take('commit', readObjectId),
    date: take('date', readText),
    author: take('author', optional(readText)),
    path: take('path', optional(readText)),
  }),
);

const readHistory = readObject(
  (take): SecretHistory => ({
    reach: take('reach', readWord(REACHES)),
    pushed: take('pushed', readWord(PUSHED)),
    first: take('first', optional(readCommitNote)),
    last: take('last', optional(readCommitNote)),
    removed: take('removed', optional(readCommitNote)),
    paths: take(
      'paths',
      readList(readObject((path) => ({ path: path('path', readText), versions: path('versions', readInteger(0)) }))),
    ),
    holders: take(
      'holders',
      readList(
        readObject((holder) => ({
          kind: holder('kind', readWord(HOLDER_KINDS)),
          name: holder('name', readText),
          holds: holder('holds', readWord(['tip', 'history'] as const)),
        })),
      ),
    ),
    wayOut: take(
      'wayOut',
      readObject((wayOut) => ({
        text: wayOut('text', readText),
        commands: wayOut('commands', readList(readCommand)),
      })),
    ),
  }),
);

const readReason = readObject((take): Reason => {
  const weight = take('weight', optional(readNumber));
  return { step: take('step', readText), text: take('text', readText), ...(weight === undefined ? {} : { weight }) };
});

const readPart = readObject((take) => ({
  name: take('name', readText),
  secret: takeSecret(take, 'token'),
  span: NO_SPAN,
}));

/** What findings and suppressed findings share. */
function takeFinding(take: Take): Omit<Finding, 'reasons' | 'parts' | 'origin'> {
  const line = take('line', fromOne);
  return {
    ruleId: take('rule', readRuleId),
    severity: take('severity', orElse(readWord(SEVERITIES), 'low')),
    confidence: take('confidence', orElse(readWord(CONFIDENCES), 'low')),
    secret: takeSecret(take, take('kind', orElse(readWord(KINDS), 'token'))),
    span: NO_SPAN,
    location: {
      line,
      column: take('column', orElse(fromOne, 1)),
      endLine: take('endLine', orElse(fromOne, line)),
      endColumn: take('endColumn', orElse(fromOne, 1)),
    },
    fingerprint: take('fingerprint', readFingerprint),
  };
}

/** What a report does not say of why a finding is known in a new place. */
const KNOWN_NEW_PLACE: Verdict = { kind: 'known-new-place', by: 'baseline', why: undefined };

export const readReported = readObject((take): JudgedFinding => {
  const path = take('path', readText);
  // Findings have had these from the first version on.
  for (const key of ['column', 'endLine', 'endColumn']) take(key, fromOne);
  const history = take('history', optional(readHistory));
  const finding: Finding = {
    ...takeFinding(take),
    severity: take('severity', readWord(SEVERITIES)),
    confidence: take('confidence', readWord(CONFIDENCES)),
    reasons: take('reasons', readList(readReason)),
    parts: take('parts', readList(readPart)),
    origin: take('origin', readOrigin(path)),
    ...(history && { history }),
  };
  const status = take('status', readWord(['new', 'known-new-place'] as const));
  return { finding, verdict: status === 'new' ? KEPT : KNOWN_NEW_PLACE };
});

export const readSuppressed = readObject((take): JudgedFinding => {
  const path = take('path', readText);
  const finding: Finding = {
    ...takeFinding(take),
    reasons: [],
    parts: [],
    origin: take('origin', orElse(readOrigin(path), { kind: 'file', path })),
  };
  const verdict: Verdict = {
    kind: take('verdict', readWord(['dropped', 'known'] as const)),
    by: take('by', optional(readText)),
    why: take('why', optional(readText)),
  };
  return { finding, verdict };
});
