// The commonest kind of check: a value whose last characters follow from those before them.
import type { RandomText } from '../util/random-text.ts';
import type { Check } from './check.ts';
import { FAIL, PASS, UNKNOWN } from './outcome.ts';

/** One value taken apart. */
export interface SplitValue {
  readonly hashed: string;
  readonly tail: string;
  /** True when other lengths or letters than documented were seen: then a mismatch says nothing. */
  readonly isUnusual?: boolean;
}

export interface TailCheckSpec {
  readonly name: string;
  readonly maxLength: number;
  /** @returns undefined when the value has another form */
  readonly split: (value: string) => SplitValue | undefined;
  readonly checksum: (hashed: string) => string;
  /** `unknown` while the algorithm is a peer's claim or a guess. */
  readonly mismatch: 'fail' | 'unknown';
  /** Makes all but the tail: text before what is hashed, and what is hashed. */
  readonly mintBody: (random: RandomText, argument: string) => { readonly before: string; readonly hashed: string };
}

export function buildTailCheck(spec: TailCheckSpec): Check {
  return {
    name: spec.name,
    test: (value) => {
      const parts = value.length <= spec.maxLength ? spec.split(value) : undefined;
      if (!parts) return UNKNOWN;
      if (spec.checksum(parts.hashed) === parts.tail) return PASS;
      return spec.mismatch === 'fail' && !parts.isUnusual ? FAIL : UNKNOWN;
    },
    mint: (random, argument) => {
      const { before, hashed } = spec.mintBody(random, argument);
      return before + hashed + spec.checksum(hashed);
    },
  };
}
