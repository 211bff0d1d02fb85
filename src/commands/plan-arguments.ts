// What the user said of a plan: the flags of src/cli/plan-flags.ts, checked in form and not acted on.
import type { VaultArguments } from '../model/vault-arguments.ts';
import type { PlanOptions, ShellName } from '../plan/plan.ts';
import type { CommonArguments } from './arguments.ts';

export interface PlanWishes extends PlanOptions {
  /** --write DIR. */
  readonly write: string | undefined;
  /** --print-diff FILE: nothing else is done then. */
  readonly printDiff: string | undefined;
  readonly shell: ShellName;
  readonly owners: 'codeowners' | 'blame' | 'none';
}

export interface PlanArguments extends CommonArguments {
  /** A saved JSON report, or PATHs to scan; empty means the current folder. */
  readonly operands: readonly string[];
  readonly plan: PlanWishes;
  readonly vault: VaultArguments;
}
