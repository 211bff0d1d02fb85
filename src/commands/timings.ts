// --timings: where the time went, by step and by rule, as text for stderr. Without the flag it costs nothing.

export interface Timings {
  /** Ends a step. */
  readonly mark: (step: string) => void;
  readonly onRuleTime: ((ruleId: string, milliseconds: number) => void) | undefined;
  /** '' without the flag. */
  readonly format: () => string;
}

const SHOWN_RULES = 15;

export function createTimings(isWanted: boolean): Timings {
  if (!isWanted) return { mark: () => {}, onRuleTime: undefined, format: () => '' };
  const steps: { readonly step: string; readonly milliseconds: number }[] = [];
  const rules = new Map<string, { tries: number; milliseconds: number }>();
  let last = performance.now();
  return {
    mark: (step) => {
      const now = performance.now();
      steps.push({ step, milliseconds: now - last });
      last = now;
    },
    onRuleTime: (ruleId, milliseconds) => {
      const entry = rules.get(ruleId) ?? { tries: 0, milliseconds: 0 };
      entry.tries++;
      entry.milliseconds += milliseconds;
      rules.set(ruleId, entry);
    },
    format: () => {
      const rows = steps.map(({ step, milliseconds }) => `${milliseconds.toFixed(1).padStart(10)} ms  ${step}`);
      const dearest = [...rules].sort((a, b) => b[1].milliseconds - a[1].milliseconds).slice(0, SHOWN_RULES);
      for (const [id, { tries, milliseconds }] of dearest) {
        rows.push(`${milliseconds.toFixed(1).padStart(10)} ms  rule ${id}, tried ${tries} times`);
      }
      return `timings (on one thread):\n${rows.join('\n')}\n`;
    },
  };
}
