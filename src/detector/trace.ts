// What `explain` listens to: each decision about a candidate, in order. Never holds a value.

export interface TraceStep {
  /** Rule that was tried. */
  readonly ruleId: string;
  /** Byte offset in the text where the rule woke up. */
  readonly position: number;
  /** Such as `pattern does not match`, `entropy 2.1 bits is below 3`, `found`. */
  readonly outcome: string;
}

export type Trace = (step: TraceStep) => void;
