// Drops values that are no secrets by their own form (see util/placeholder.ts). A checksum that holds proves a real value,
// against which words that may stand in it by chance prove nothing.
import type { Finding } from '../model/finding.ts';
import { findPlaceholder } from '../util/placeholder.ts';
import { isPublishedValue } from '../util/published-values.ts';
import type { Filter } from './filter.ts';

/**
 * A check that holds makes the confidence high, one that fails makes it low. A check that only tells a fact on a rule that
 * is sure anyway counts too: in doubt the finding stays.
 */
function hasPassingCheck(finding: Finding): boolean {
  return finding.confidence === 'high' && finding.reasons.some((reason) => reason.step === 'check');
}

export const placeholder: Filter = {
  name: 'placeholder',
  apply(finding) {
    // A value that the user named is a secret, whatever it looks like.
    if (finding.ruleId.startsWith('known.')) return undefined;
    const value = finding.secret.reveal();
    if (isPublishedValue(value)) return { why: 'the value is one that a standard or a vendor has published' };
    const found = findPlaceholder(value);
    // The score of a generic rule has weighed soft words already; on a command line the detector has made them low.
    const isWeighed = /^(?:generic|command|shell)\./.test(finding.ruleId);
    // With the form of a known service a counting row may be a careless key: the detector has made it low.
    if (found?.kind === 'walk' && !found.isSoft && !isWeighed && finding.confidence === 'low') return undefined;
    if (!found || (found.isSoft && (isWeighed || hasPassingCheck(finding)))) return undefined;
    return { why: `the value ${found.why}` };
  },
};
