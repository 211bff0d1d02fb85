// What every step of a rule's trial shares: the window, the checks, the listener, the list of detections.
import type { Check } from '../checks/check.ts';
import type { Detection } from '../model/finding.ts';
import type { Chunk } from './chunk.ts';
import type { ScoreAssignment } from './generic-score.ts';
import type { RuleProgram } from './rule-program.ts';
import type { Trace } from './trace.ts';

export interface RuleContext {
  /** The kernel's input. */
  readonly buffer: Buffer;
  readonly chunk: Chunk;
  readonly checks: ReadonlyMap<string, Check>;
  readonly trace: Trace | undefined;
  /** Scores a value that a name assigns. */
  readonly score: ScoreAssignment;
  /** Detections are added here. */
  readonly found: Detection[];
}

/** Latin1 text of [start, end) of the window, ends cut to it. */
export function sliceText(context: RuleContext, start: number, end: number): string {
  return context.buffer.toString('latin1', Math.max(0, start), Math.min(context.chunk.size, end));
}

/** Tells the listener of `explain` what became of a rule at a place of the window. */
export function note(context: RuleContext, program: RuleProgram, position: number, outcome: string): void {
  context.trace?.({ ruleId: program.matcher.id, position: context.chunk.baseOffset + position, outcome });
}
