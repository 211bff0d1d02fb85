// Drops values that are no secrets by their own form (see util/placeholder.ts). A checksum that holds proves a real value,
// against which words that may stand in it by chance prove nothing.
import type { Finding } from '../model/finding.ts';
import { findPlaceholder } from '../util/placeholder.ts';
import type { Filter } from './filter.ts';

/** A failing checksum lowers confidence to low (design section 6), so a checksum step above that is one that holds. */
function hasPassingChecksum(finding: Finding): boolean {
  return finding.confidence !== 'low' && finding.reasons.some((reason) => reason.step === 'checksum');
}

export const placeholder: Filter = {
  name: 'placeholder',
  apply(finding) {
    const found = findPlaceholder(finding.secret.reveal());
    if (!found || (found.isSoft && hasPassingChecksum(finding))) return undefined;
    return { why: `the value ${found.why}` };
  },
};
