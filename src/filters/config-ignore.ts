// Applies `ignore:` of .unleak.yml. Every condition of an entry must hold; expired entries do not apply. `value:` is
// searched in the first 4 KiB of a secret, which bounds what a user's expression can cost.
import { type IgnoreEntry, LONGEST_SEARCHED_VALUE } from '../config/ignore-entry.ts';
import { selectsRule } from '../config/rule-selector.ts';
import type { Finding } from '../model/finding.ts';
import { isExpired } from '../util/calendar-date.ts';
import type { Filter } from './filter.ts';

function covers(entry: IgnoreEntry, finding: Finding, configPrefix: string): boolean {
  if (entry.rule !== undefined && !selectsRule(entry.rule, finding.ruleId)) return false;
  if (entry.fingerprint !== undefined && entry.fingerprint !== finding.fingerprint) return false;
  if (!entry.matchesPath(configPrefix + finding.origin.path)) return false;
  return entry.value === undefined || entry.value.test(finding.secret.reveal().slice(0, LONGEST_SEARCHED_VALUE));
}

export const configIgnore: Filter = {
  name: 'config-ignore',
  apply(finding, { settings, today, configPrefix }) {
    const entry = settings.ignores.find((one) => !isExpired(one.until, today) && covers(one, finding, configPrefix));
    return entry && { why: entry.reason, suppression: entry.name };
  },
};
