// Matchers → the table that a scan loads. Light: no YAML, no pattern analysis.
import type { PlacingOptions } from '../kernel/anchor-buckets.ts';
import type { RuleMatcher } from '../model/rule.ts';
import { sha256 } from '../util/sha256.ts';
import type { CompiledRules } from './compiled.ts';
import { buildWakeTable } from './wake-table.ts';

/** Bump when the detector changes so that the same rules give other results: it is part of the hash. */
const DETECTOR_VERSION = 1;

/**
 * @param matchers unique by id, minBytes known; order does not matter
 * @param placing places of another table's anchors; else new ones are looked for, quickly unless it gives steps
 */
export function compileMatchers(matchers: readonly RuleMatcher[], placing: PlacingOptions = {}): CompiledRules {
  const sorted = [...matchers].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = Buffer.from(sha256(JSON.stringify([DETECTOR_VERSION, sorted])))
    .toString('hex')
    .slice(0, 16);
  return { count: sorted.length, matcher: (index) => sorted[index]!, wake: buildWakeTable(sorted, placing), hash };
}
