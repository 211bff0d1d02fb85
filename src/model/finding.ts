// One secret at one place. A Detection is what the detector returns (bytes only); a Finding is a detection that has
// been located (origin, line, column) and identified (fingerprint).
import type { SecretHistory } from './history.ts';
import type { Confidence, Severity } from './levels.ts';
import type { Origin } from './origin.ts';
import type { Secret } from './secret.ts';
import type { ShellNote } from './shell-note.ts';
import type { Span } from './span.ts';

/** One step that made the detector believe (or doubt) the value, for text output and `explain`. Never holds the value. */
export interface Reason {
  /** Short stable word, such as `prefix`, `near`, `key-name`, `checksum`, `entropy`, `placeholder`, `part`. */
  readonly step: string;
  /** One short clause for people, such as "checksum holds". */
  readonly text: string;
  /** What the step adds to a generic score; undefined when the step is no part of a score. */
  readonly weight?: number;
}

/** A companion value of a composite credential, such as the key id beside a secret key. */
export interface SecretPart {
  readonly name: string;
  readonly secret: Secret;
  readonly span: Span;
}

export interface Detection {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly secret: Secret;
  /** The bytes of the value, offsets from the start of the target. */
  readonly span: Span;
  readonly reasons: readonly Reason[];
  readonly parts: readonly SecretPart[];
}

/** Lines from 1; columns from 1 in UTF-16 units; endColumn is exclusive. */
export interface Location {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Finding extends Detection {
  readonly origin: Origin;
  readonly location: Location;
  /** 32 hex digits: HMAC of kind and value under the repository's key (design section 4). */
  readonly fingerprint: string;
  /** What the history says of the secret; only in `unleak history`. */
  readonly history?: SecretHistory;
  /** The entry of a history of commands; only in `unleak shell`. */
  readonly shell?: ShellNote;
}
