// UNLEAK_* variables → LowSettings. A value that cannot be used is an error that names the variable and not the value;
// a variable that does not exist is told as a warning, because the environment may be shared with a newer unleak.
import { UsageError } from '../model/errors.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import type { LowSettings } from './settings.ts';

export interface EnvironmentSettings {
  readonly settings: LowSettings;
  /** UNLEAK_CONFIG: the config file to use. */
  readonly configFile: string | undefined;
  /** One line each, for stderr. */
  readonly warnings: readonly string[];
}

/** Variables that other parts read themselves. */
const READ_ELSEWHERE = ['UNLEAK_BASELINE_KEY', 'UNLEAK_BASELINE_KEY_FILE', 'UNLEAK_SHARD_COUNT'];

function fail(name: string, what: string): never {
  throw new UsageError(`environment variable ${name}: ${what}`);
}

function oneOf<T extends string>(allowed: readonly T[]) {
  return (text: string, name: string): T =>
    allowed.find((word) => word === text) ?? fail(name, `must be one of ${allowed.join(', ')}`);
}

function toBoolean(text: string, name: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(text)) return true;
  return /^(?:0|false|no|off)$/i.test(text) ? false : fail(name, 'must be 1 or 0');
}

/** Workers: a whole number from 1 to 256. */
export function parseJobs(text: string): number | undefined {
  const jobs = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return jobs >= 1 && jobs <= 256 ? jobs : undefined;
}

function toList(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

const VARIABLES = {
  UNLEAK_MIN_CONFIDENCE: (text, name) => ({ minConfidence: oneOf(CONFIDENCES)(text, name) }),
  UNLEAK_MIN_SEVERITY: (text, name) => ({ minSeverity: oneOf(SEVERITIES)(text, name) }),
  UNLEAK_BASELINE: (text) => ({ baseline: text }),
  UNLEAK_ONLY: (text) => ({ only: toList(text) }),
  UNLEAK_SKIP: (text) => ({ skip: toList(text) }),
  UNLEAK_JOBS: (text, name) => ({ jobs: parseJobs(text) ?? fail(name, 'must be a whole number from 1 to 256') }),
  UNLEAK_FAIL_ON_NEW_PLACE: (text, name) => ({ failOnNewPlace: toBoolean(text, name) }),
  UNLEAK_ALLOW_INCOMPLETE: (text, name) => ({ allowIncomplete: toBoolean(text, name) }),
} satisfies Record<string, (text: string, name: string) => LowSettings>;

/** Every variable that unleak reads, for help texts. */
export const ENVIRONMENT_VARIABLES: readonly string[] = [...Object.keys(VARIABLES), 'UNLEAK_CONFIG', ...READ_ELSEWHERE];

/**
 * Reads the variables; an empty one counts as not set.
 *
 * @throws UsageError for the first value that cannot be used
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentSettings {
  let settings: LowSettings = {};
  const warnings: string[] = [];
  for (const [name, read] of Object.entries(VARIABLES) as [string, (text: string, name: string) => LowSettings][]) {
    const text = env[name]?.trim();
    if (text) settings = { ...settings, ...read(text, name) };
  }
  for (const name of Object.keys(env).sort()) {
    if (!name.startsWith('UNLEAK_') || ENVIRONMENT_VARIABLES.includes(name)) continue;
    warnings.push(
      `environment variable ${name} is not known and has no effect.${didYouMean(name, ENVIRONMENT_VARIABLES)}`,
    );
  }
  return { settings, configFile: env.UNLEAK_CONFIG?.trim() || undefined, warnings };
}
