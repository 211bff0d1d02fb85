// Puts a detector together: rules, checks and a kernel of the window's size.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../checks/check.ts';
import { createDetector, type Detector } from '../detector/detector.ts';
import type { Trace } from '../detector/trace.ts';
import { createKernel } from '../kernel/kernel.ts';
import { type CompiledRules, deserialiseRules } from '../rules/compiled.ts';
import { WINDOW_BYTES } from './text-window.ts';

/** The built-in rules, compiled by the build and laid beside the bundle. */
export function loadBuiltInRules(): CompiledRules {
  return deserialiseRules(readFileSync(join(import.meta.dirname, 'rules.jsonl'), 'latin1'));
}

export interface Listeners {
  /** Decisions, for explain. */
  readonly trace?: Trace;
  /** Milliseconds of each try of a rule, for --timings. */
  readonly onRuleTime?: (ruleId: string, milliseconds: number) => void;
}

/** @param checks from src/checks/registry.ts; a map without them finds the same values, at the rules' own confidence */
export function createRulesDetector(
  rules: CompiledRules,
  checks: ReadonlyMap<string, Check>,
  listeners: Listeners = {},
): Detector {
  const kernel = createKernel(rules.wake.kernelTables, WINDOW_BYTES);
  const { trace, onRuleTime } = listeners;
  const meter =
    onRuleTime &&
    ((ruleId: string, work: () => void): void => {
      const start = performance.now();
      work();
      onRuleTime(ruleId, performance.now() - start);
    });
  return createDetector({ rules, checks, kernel, ...(trace && { trace }), ...(meter && { meter }) });
}
