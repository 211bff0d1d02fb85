// One entry of `ignore:` in .unleak.yml, ready to be asked. Parsed in read-ignores.ts; applied by the path filter (entries
// of paths alone) and by the filter config-ignore.
import { isExpired } from '../util/calendar-date.ts';

/** @param path relative, with `/` */
export type PathTest = (path: string) => boolean;

/** Only so much of a secret is searched with `value`, so that the worst case has a bound. Characters. */
export const LONGEST_SEARCHED_VALUE = 4096;

/** All conditions that are given must hold. */
export interface IgnoreEntry {
  /** Name in the report, such as `config ignore 2 (.unleak.yml:9)`. */
  readonly name: string;
  /** Patterns as written, relative to the folder of the config file; empty means any path. */
  readonly paths: readonly string[];
  /** Compiled from `paths`; takes a path relative to the folder of the config file. */
  readonly matchesPath: PathTest;
  /** Rule id or `provider.*`. */
  readonly rule: string | undefined;
  /** Searched in the secret. */
  readonly value: RegExp | undefined;
  /** 32 hex digits. */
  readonly fingerprint: string | undefined;
  readonly reason: string;
  /** Last day on which the entry applies, YYYY-MM-DD. */
  readonly until: string | undefined;
}

/** True when the entry is about paths only, so that the files need not be opened. */
export function isPathsOnly(entry: IgnoreEntry): boolean {
  return entry.rule === undefined && entry.value === undefined && entry.fingerprint === undefined;
}

/** Entries whose `until` has passed: they no longer apply and are listed to the user. */
export function findExpiredIgnores(entries: readonly IgnoreEntry[], today: string): readonly IgnoreEntry[] {
  return entries.filter((entry) => isExpired(entry.until, today));
}
