// Puts a detector together: rules, checks and a kernel of the window's size.
import type { Check } from '../checks/check.ts';
import { createDetector, type Detector } from '../detector/detector.ts';
import type { ScoreAssignment } from '../detector/generic-score.ts';
import type { Trace } from '../detector/trace.ts';
import { createKernel, type Kernel } from '../kernel/kernel.ts';
import { type CompiledRules, deserialiseRules } from '../rules/compiled.ts';
import { readBuiltRules } from './built-files.ts';
import { WINDOW_BYTES } from './text-window.ts';

/** The built-in rules, compiled by the build and laid beside the bundle. */
export function loadBuiltInRules(): CompiledRules {
  return deserialiseRules(readBuiltRules());
}

/** Is shown each list of candidates of the outer text, before rules are tried; see Kernel.candidates. */
export type CandidateListener = (candidates: Int32Array, count: number) => void;

export interface Listeners {
  readonly onCandidates?: CandidateListener;
  /** Decisions, for explain. */
  readonly trace?: Trace;
  /** Remembers scores, for many versions of the same text. */
  readonly score?: ScoreAssignment;
  /** Milliseconds of each try of a rule, for --timings. */
  readonly onRuleTime?: (ruleId: string, milliseconds: number) => void;
}

function listenTo(kernel: Kernel, onCandidates: CandidateListener): Kernel {
  const tell = (count: number): number => {
    onCandidates(kernel.candidates, count);
    return count;
  };
  return { ...kernel, begin: (size) => tell(kernel.begin(size)), next: () => tell(kernel.next()) };
}

/** @param checks from src/checks/registry.ts; a map without them finds the same values, at the rules' own confidence */
export function createRulesDetector(
  rules: CompiledRules,
  checks: ReadonlyMap<string, Check>,
  listeners: Listeners = {},
): Detector {
  const { trace, score, onRuleTime, onCandidates } = listeners;
  const plain = createKernel(rules.wake.kernelTables, WINDOW_BYTES);
  const kernel = onCandidates ? listenTo(plain, onCandidates) : plain;
  const meter =
    onRuleTime &&
    ((ruleId: string, work: () => void): void => {
      const start = performance.now();
      work();
      onRuleTime(ruleId, performance.now() - start);
    });
  return createDetector({
    rules,
    checks,
    kernel,
    ...(trace && { trace }),
    ...(score && { score }),
    ...(meter && { meter }),
  });
}
