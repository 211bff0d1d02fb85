// The plan: what to do with each secret, in the order of its risk. Plain data without any value; made by make-plan.ts,
// written down by the renderers.
import type { Pushed, Reach } from '../model/history.ts';
import type { Confidence, Severity } from '../model/levels.ts';
import type { DateVerdict, ReferenceFault, ValueMatch, VaultEntry, VaultSource, VaultStore } from '../model/vault.ts';
import type { Snippet } from './code-change.ts';
import type { MatchLevel } from './match-entries.ts';

/**
 * What becomes of a secret (SEC02-BP03): `replace` by temporary credentials; `store` in the vault; `managed` by the service
 * that owns it; `delete`: nothing needs it.
 */
export const DISPOSITIONS = ['replace', 'store', 'managed', 'delete'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export interface PlanPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface InventoryItem {
  /** `api-token`, `database`, `private-key` …; from the rule. */
  readonly kind: string;
  /** `production`, `staging` …; undefined when nothing says it. */
  readonly environment: string | undefined;
  /** Services or folders that use it. */
  readonly usedBy: readonly string[];
  readonly disposition: Disposition;
  readonly why: string;
  /** What temporary credential can take its place, in one sentence. */
  readonly temporary: string | undefined;
  /** From CODEOWNERS or blame. */
  readonly owners: readonly string[];
}

/** One entry that may belong to the secret. */
export interface PlanCandidate {
  readonly entry: VaultEntry;
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface PlanMatch {
  readonly level: MatchLevel | 'none';
  /** The entry that the plan uses; undefined for a new one. */
  readonly chosen: VaultEntry | undefined;
  readonly candidates: readonly PlanCandidate[];
  /** Names that the evidence cannot tell apart. */
  readonly ties: readonly string[];
}

/** Where the value goes. */
export interface PlanTarget {
  readonly store: VaultStore;
  readonly name: string;
  readonly isNew: boolean;
  readonly why: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly arn: string | undefined;
  readonly kmsKey: string | undefined;
  /** Keys of the JSON value; the first of `secretKeys` is the one that leaked. */
  readonly jsonKeys: readonly string[];
  readonly leakedKey: string;
  /** Name for environment variables. */
  readonly variable: string;
}

export const STEP_IDS = ['rotate', 'store', 'code', 'access', 'clean', 'prove'] as const;
export type StepId = (typeof STEP_IDS)[number];

export type ShellName = 'sh' | 'fish' | 'powershell';

export interface CommandBlock {
  readonly title: string;
  readonly shell: ShellName;
  readonly lines: readonly string[];
}

export interface CodeAdvice {
  readonly path: string;
  readonly line: number;
  readonly language: string;
  /** Name of the patch below patches/; undefined when the change is not mechanical. */
  readonly patch: string | undefined;
  /** Why it is not. */
  readonly refused: string | undefined;
  readonly snippet: Snippet;
  readonly packages: readonly string[];
  readonly notes: readonly string[];
}

/** A file of JSON that a step needs, such as a policy. */
export interface PolicyFile {
  /** Name below policies/. */
  readonly name: string;
  readonly title: string;
  readonly document: unknown;
}

export interface PlanStep {
  readonly id: StepId;
  readonly title: string;
  readonly text: readonly string[];
  readonly commands: readonly CommandBlock[];
  readonly code: readonly CodeAdvice[];
  readonly policies: readonly PolicyFile[];
}

export interface PlannedSecret {
  /** From 1, in the order of risk. */
  readonly number: number;
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly masked: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly reach: Reach | undefined;
  readonly pushed: Pushed;
  /** Date of the first commit with it, ISO 8601. */
  readonly since: string | undefined;
  /** The vault says that this very value is in use. */
  readonly isLive: boolean;
  readonly places: readonly PlanPlace[];
  readonly inventory: InventoryItem;
  readonly match: PlanMatch;
  readonly target: PlanTarget | undefined;
  readonly dates: DateVerdict | undefined;
  readonly values: readonly ValueMatch[];
  readonly steps: readonly PlanStep[];
}

/** A stored patch: values are masked; `unleak plan --print-diff` puts them back. */
export interface PlanPatch {
  /** Name below patches/. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** Numbers of the secrets it is for. */
  readonly secrets: readonly number[];
}

export interface Plan {
  readonly tool: { readonly name: string; readonly version: string };
  readonly subject: string;
  readonly secrets: readonly PlannedSecret[];
  readonly patches: readonly PlanPatch[];
  readonly vault: {
    /** `none`: no names were asked for. */
    readonly state: 'checked' | 'not-checked' | 'none';
    readonly entries: number;
    readonly sources: readonly VaultSource[];
  };
  readonly references: readonly ReferenceFault[];
  /** What was left out or could not be read. */
  readonly notes: readonly string[];
}

/** What the user wishes beside the findings. */
export interface PlanOptions {
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly kmsKey: string | undefined;
  readonly vpcEndpoint: string | undefined;
  /** Account whose roles shall read the secrets. */
  readonly readerAccount: string | undefined;
  readonly replicaRegions: readonly string[];
  readonly rotationDays: number;
}
