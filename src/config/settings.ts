// What the user wants, as two types: LowSettings is what one place said (file, environment or flags; everything
// optional), Settings is the merged whole that the rest of the product reads. Pure; nothing is looked up here.
import type { Confidence, Severity } from '../model/levels.ts';
import type { IgnoreEntry } from './ignore-entry.ts';

export const DEFAULT_BASELINE_FILE = '.unleak-baseline';

export interface LowAwsSettings {
  readonly profile?: string | undefined;
  readonly regions?: readonly string[] | undefined;
  /** Only entries whose name starts with it are listed. */
  readonly namePrefix?: string | undefined;
  /** File with names, so that AWS is not asked. */
  readonly names?: string | undefined;
}

/** What one place said; undefined means "said nothing". */
export interface LowSettings {
  readonly minConfidence?: Confidence | undefined;
  readonly minSeverity?: Severity | undefined;
  /** Rule selectors (an id, or `provider.*`): nothing else is tried. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** From `rules.disable`: off unless `only` names the rule. */
  readonly disabledRules?: readonly string[] | undefined;
  /** By rule id. */
  readonly severities?: ReadonlyMap<string, Severity> | undefined;
  /** Files with rules of the user's own. */
  readonly ruleFiles?: readonly string[] | undefined;
  readonly ignores?: readonly IgnoreEntry[] | undefined;
  readonly baseline?: string | undefined;
  readonly failOnNewPlace?: boolean | undefined;
  readonly allowIncomplete?: boolean | undefined;
  /** Number of workers; undefined lets the pipeline choose. */
  readonly jobs?: number | undefined;
  readonly aws?: LowAwsSettings | undefined;
}

export interface Settings {
  readonly minConfidence: Confidence;
  readonly minSeverity: Severity;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly disabledRules: readonly string[];
  readonly severities: ReadonlyMap<string, Severity>;
  readonly ruleFiles: readonly string[];
  readonly ignores: readonly IgnoreEntry[];
  /** Undefined: DEFAULT_BASELINE_FILE, if there is one. A file named by the user must be there. */
  readonly baseline: string | undefined;
  readonly failOnNewPlace: boolean;
  readonly allowIncomplete: boolean;
  readonly jobs: number | undefined;
  readonly aws: {
    readonly profile: string | undefined;
    readonly regions: readonly string[];
    readonly namePrefix: string | undefined;
    readonly names: string | undefined;
  };
}

/** The last of the values that is defined. */
function lastOf<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.findLast((value) => value !== undefined);
}

function joined<T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

/**
 * Merges what the places said over the defaults. Single values and `only`: the later layer wins. Lists that only take
 * away or add rules (`skip`, `disabledRules`, `ruleFiles`, `ignores`) and `severities` add up.
 *
 * @param layers weakest first: file, environment, flags
 */
export function mergeSettings(layers: readonly LowSettings[]): Settings {
  const last = <K extends keyof LowSettings>(key: K) => lastOf(layers.map((layer) => layer[key]));
  const lastAws = <K extends keyof LowAwsSettings>(key: K) => lastOf(layers.map((layer) => layer.aws?.[key]));
  return {
    minConfidence: last('minConfidence') ?? 'medium',
    minSeverity: last('minSeverity') ?? 'low',
    only: last('only') ?? [],
    skip: joined(layers.map((layer) => layer.skip)),
    disabledRules: joined(layers.map((layer) => layer.disabledRules)),
    severities: new Map(layers.flatMap((layer) => [...(layer.severities ?? [])])),
    ruleFiles: joined(layers.map((layer) => layer.ruleFiles)),
    ignores: joined(layers.map((layer) => layer.ignores)),
    baseline: last('baseline'),
    failOnNewPlace: last('failOnNewPlace') ?? false,
    allowIncomplete: last('allowIncomplete') ?? false,
    jobs: last('jobs'),
    aws: {
      profile: lastAws('profile'),
      regions: lastAws('regions') ?? [],
      namePrefix: lastAws('namePrefix'),
      names: lastAws('names'),
    },
  };
}
