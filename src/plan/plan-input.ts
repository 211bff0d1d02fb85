// What make-plan.ts is given: secrets with their places and clues, and ways to ask about files and entries. Made by the
// command, which alone reads files and asks the vault.
import type { SecretHistory } from '../model/history.ts';
import type { Confidence, Severity } from '../model/levels.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { DateVerdict, ReferenceFault, ValueMatch, VaultEntry, VaultIndex } from '../model/vault.ts';
import type { PlaceClues } from './clues.ts';
import type { SourceFile, Stretch } from './code-change.ts';
import type { PlanOptions, PlanPlace } from './plan.ts';

/** The few things of a history that a plan needs; a saved report has no more. */
export type HistoryNote = Pick<SecretHistory, 'reach' | 'pushed'> & { readonly since: string | undefined };

export interface PlaceInput extends PlanPlace {
  readonly clues: PlaceClues;
  /** Where the value stands in the file's text now; undefined when the file or the value is not there any more. */
  readonly value: Stretch | undefined;
}

export interface SecretInput {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly info: RuleInfo | undefined;
  readonly masked: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly history: HistoryNote | undefined;
  readonly places: readonly PlaceInput[];
}

/** A file, and all stretches of it that hold a found value, of any confidence. */
export interface FileInput {
  readonly file: SourceFile;
  readonly masks: readonly Stretch[];
}

export interface PlanInput {
  readonly tool: { readonly name: string; readonly version: string };
  readonly subject: string;
  readonly project: string | undefined;
  readonly secrets: readonly SecretInput[];
  readonly index: VaultIndex | undefined;
  readonly references: readonly ReferenceFault[];
  readonly notes: readonly string[];
  readonly options: PlanOptions;
  /** Path from the scan root → the file as git knows it; undefined when it cannot be changed. */
  readonly readFile: (path: string) => FileInput | undefined;
  /** True when a file of that name, from the top of the repository, is there. */
  readonly hasFile: (path: string) => boolean;
  readonly ownersOf: (path: string, line: number) => readonly string[];
  readonly datesOf: (entry: VaultEntry, history: HistoryNote | undefined) => DateVerdict | undefined;
  readonly valuesOf: (fingerprint: string) => readonly ValueMatch[];
}
