// A finding, a secret and a suppressed finding as they stand in JSON reports (schemas/report.schema.json). Calls
// reveal(), only for reports with --reveal. Keys are in a fixed order: the same report gives the same bytes.
import type { Finding, Reason } from '../model/finding.ts';
import type { HistoryPlace } from '../model/history.ts';
import type { Confidence, Severity } from '../model/levels.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem, ProblemKind } from '../model/problem.ts';
import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding } from '../model/report.ts';
import type { Secret, SecretKind } from '../model/secret.ts';
import type { VerdictKind } from '../model/verdict.ts';
import type { SecretGroup } from './group-secrets.ts';
import { type HistoryRecord, toHistoryRecord } from './history-record.ts';
import { type ShellRecord, toShellRecord } from './shell-record.ts';

/** A masked value; `secret` only with --reveal. */
interface ValueRecord {
  readonly masked: string;
  readonly secret?: string;
}

interface OriginRecord {
  readonly kind: Origin['kind'];
  readonly commit?: string;
  readonly blob?: string;
  readonly place?: HistoryPlace;
  readonly versions?: number;
}

export interface FindingRecord extends ValueRecord {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: SecretKind;
  readonly fingerprint: string;
  readonly status: 'new' | 'known-new-place';
  readonly reasons: readonly Reason[];
  readonly parts: readonly ({ readonly name: string } & ValueRecord)[];
  readonly origin: OriginRecord;
  readonly history?: HistoryRecord;
  readonly shell?: ShellRecord;
}

export interface SecretRecord extends ValueRecord {
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: SecretKind;
  readonly status: 'new' | 'known-new-place';
  /** Number of findings; `paths` names each file once. */
  readonly places: number;
  readonly paths: readonly string[];
  readonly history?: HistoryRecord;
}

export interface SuppressedRecord extends ValueRecord {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: SecretKind;
  readonly fingerprint: string;
  readonly verdict: VerdictKind;
  readonly by?: string;
  readonly why?: string;
  readonly origin: OriginRecord;
}

export interface ProblemRecord {
  readonly kind: ProblemKind;
  readonly path?: string;
  readonly message: string;
  readonly isIncomplete: boolean;
}

function toValueRecord(secret: Secret, reveal: boolean): ValueRecord {
  return reveal ? { masked: secret.masked(), secret: secret.reveal() } : { masked: secret.masked() };
}

function toOriginRecord(origin: Origin): OriginRecord {
  const commit = origin.kind === 'diff' || origin.kind === 'history' ? origin.commit : undefined;
  const blob = origin.kind === 'file' || origin.kind === 'stdin' ? undefined : origin.blob;
  return {
    kind: origin.kind,
    ...(commit === undefined ? {} : { commit }),
    ...(blob === undefined ? {} : { blob }),
    ...(origin.kind === 'history' ? { place: origin.place, versions: origin.versions } : {}),
  };
}

function toReasonRecord(reason: Reason): Reason {
  const { step, text, weight } = reason;
  return weight === undefined ? { step, text } : { step, text, weight };
}

function statusOf(judged: JudgedFinding): 'new' | 'known-new-place' {
  return judged.verdict.kind === 'known-new-place' ? 'known-new-place' : 'new';
}

/** Where it is and what, the same for findings that count and for those that do not. */
function toPlaceRecord(finding: Finding, reveal: boolean) {
  const { line, column, endLine, endColumn } = finding.location;
  return {
    path: finding.origin.path,
    line,
    column,
    endLine,
    endColumn,
    rule: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    kind: finding.secret.kind,
    fingerprint: finding.fingerprint,
    ...toValueRecord(finding.secret, reveal),
  };
}

/** @param reveal also gives the value in clear */
export function toFindingRecord(judged: JudgedFinding, reveal: boolean): FindingRecord {
  const { finding } = judged;
  return {
    ...toPlaceRecord(finding, reveal),
    status: statusOf(judged),
    reasons: finding.reasons.map(toReasonRecord),
    parts: finding.parts.map((part) => ({ name: part.name, ...toValueRecord(part.secret, reveal) })),
    origin: toOriginRecord(finding.origin),
    ...(finding.history && { history: toHistoryRecord(finding.history) }),
    ...(finding.shell && { shell: toShellRecord(finding.shell) }),
  };
}

/** @param reveal also gives the value in clear */
export function toSecretRecord(group: SecretGroup, reveal: boolean): SecretRecord {
  const { secret } = group.best.finding;
  return {
    fingerprint: group.fingerprint,
    rule: group.ruleId,
    ...toValueRecord(secret, reveal),
    severity: group.severity,
    confidence: group.confidence,
    kind: secret.kind,
    status: group.isKnown ? 'known-new-place' : 'new',
    places: group.places.length,
    paths: [...new Set(group.places.map((place) => place.finding.origin.path))],
    ...(group.best.finding.history && { history: toHistoryRecord(group.best.finding.history) }),
  };
}

/** @param reveal also gives the value in clear, so that it can be taken out of the texts of a converted report */
export function toSuppressedRecord({ finding, verdict }: JudgedFinding, reveal: boolean): SuppressedRecord {
  return {
    ...toPlaceRecord(finding, reveal),
    verdict: verdict.kind,
    ...(verdict.by === undefined ? {} : { by: verdict.by }),
    ...(verdict.why === undefined ? {} : { why: verdict.why }),
    origin: toOriginRecord(finding.origin),
  };
}

export function toProblemRecord(problem: Problem): ProblemRecord {
  const { kind, path, message } = problem;
  return { kind, ...(path === undefined ? {} : { path }), message, isIncomplete: isIncomplete(problem) };
}
