// The inputs of the Action, as the runner hands them over: INPUT_NAME in upper case, blanks as underscores, hyphens kept.
// Checked here; a value is never repeated in a message.
import { UsageError } from '../model/errors.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import { didYouMean } from '../util/did-you-mean.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const MODES = ['auto', 'range', 'full', 'tree'] as const;

export interface Inputs {
  readonly path: string;
  readonly mode: (typeof MODES)[number];
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly config: string | undefined;
  readonly baseline: string | undefined;
  readonly minConfidence: (typeof CONFIDENCES)[number] | undefined;
  readonly minSeverity: (typeof SEVERITIES)[number] | undefined;
  readonly failOn: (typeof SEVERITIES)[number] | 'none';
  readonly failOnNewPlace: boolean | undefined;
  readonly allowIncomplete: boolean | undefined;
  readonly sarifFile: string | undefined;
  readonly reportFiles: readonly string[];
  readonly annotations: number;
  readonly summary: boolean;
  readonly fetch: boolean;
  readonly allRefs: boolean;
}

function textOf(environment: Environment, name: string): string | undefined {
  return environment[`INPUT_${name.toUpperCase().replaceAll(' ', '_')}`]?.trim() || undefined;
}

function fail(name: string, what: string): never {
  throw new UsageError(`input ${name}: ${what}`);
}

function oneOf<T extends string>(environment: Environment, name: string, allowed: readonly T[]): T | undefined {
  const text = textOf(environment, name);
  if (text === undefined) return undefined;
  const hint = didYouMean(text, allowed);
  return (
    allowed.find((word) => word === text) ??
    fail(name, `must be one of ${allowed.join(', ')}.${hint}`.replace(/\.$/, ''))
  );
}

/** As the runner's own toolkit reads them: YAML 1.2, three spellings each. */
function switchOf(environment: Environment, name: string): boolean | undefined {
  const text = textOf(environment, name);
  if (text === undefined) return undefined;
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  return ['false', 'False', 'FALSE'].includes(text) ? false : fail(name, 'must be true or false');
}

function countOf(environment: Environment, name: string, most: number): number | undefined {
  const text = textOf(environment, name);
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return count <= most ? count : fail(name, `must be a whole number from 0 to ${most}`);
}

/** A name of git's that may stand in a range. */
function revisionOf(environment: Environment, name: string): string | undefined {
  const text = textOf(environment, name);
  if (text === undefined) return undefined;
  if (/^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/.test(text) && !text.includes('..')) return text;
  return fail(name, 'must be a commit, a branch or a tag');
}

/** @throws UsageError for the first input that cannot be used */
export function readInputs(environment: Environment): Inputs {
  const base = revisionOf(environment, 'base');
  const head = revisionOf(environment, 'head');
  const mode = oneOf(environment, 'mode', MODES) ?? 'auto';
  if (base === undefined && head !== undefined) fail('head', 'needs the input base beside it');
  if (base !== undefined && (mode === 'full' || mode === 'tree')) fail('base', `has no meaning in the mode ${mode}`);
  return {
    path: textOf(environment, 'path') ?? '.',
    mode,
    base,
    head,
    config: textOf(environment, 'config'),
    baseline: textOf(environment, 'baseline'),
    minConfidence: oneOf(environment, 'min-confidence', CONFIDENCES),
    minSeverity: oneOf(environment, 'min-severity', SEVERITIES),
    failOn: oneOf(environment, 'fail-on', [...SEVERITIES, 'none']) ?? 'low',
    failOnNewPlace: switchOf(environment, 'fail-on-new-place'),
    allowIncomplete: switchOf(environment, 'allow-incomplete'),
    sarifFile: textOf(environment, 'sarif-file'),
    reportFiles: (textOf(environment, 'report-files') ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
    annotations: countOf(environment, 'annotations', 50) ?? 10,
    summary: switchOf(environment, 'summary') ?? true,
    fetch: switchOf(environment, 'fetch') ?? true,
    allRefs: switchOf(environment, 'all-refs') ?? false,
  };
}
