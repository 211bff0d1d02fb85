// The shape of an offline check: a pure function of one value. It proves or doubts; it never asks a network or a clock.
import type { RandomText } from '../util/random-text.ts';

/** `unknown`: nothing can be said, for example a weak check that failed. */
export type CheckResult = 'pass' | 'fail' | 'unknown';

export interface CheckOutcome {
  readonly result: CheckResult;
  /** A fact read from the value that is no secret, such as `account 123456789012` or `expires 2031-01-01`. */
  readonly note: string | undefined;
}

export interface Check {
  /** Name used by `check:` in rule files and by placeholders, such as `github-crc32`. */
  readonly name: string;
  /** @param value the secret as matched by the rule, latin1; any text must be answered, never throws */
  readonly test: (value: string) => CheckOutcome;
  /**
   * Makes a value that passes, for examples and tests; undefined where that makes no sense.
   * @param argument the text after the colon of `{{name:argument}}`, such as a prefix; '' when absent
   */
  readonly mint: ((random: RandomText, argument: string) => string) | undefined;
}
