// Puts the search for the user's own values beside a detector: the same windows, the same spans, one more rule.
import type { Detector } from '../detector/detector.ts';
import type { Detection } from '../model/finding.ts';
import type { RuleInfo } from '../model/rule.ts';
import { Secret } from '../model/secret.ts';
import type { KnownMatch, KnownSearch } from './form-search.ts';

export const KNOWN_RULE = 'known.value';

/** What people are told of a value that they brought along. */
export const KNOWN_INFO: RuleInfo = {
  id: KNOWN_RULE,
  name: 'A value of your own',
  description: 'It is one of the values that you named by --known or --known-aws.',
  severity: 'critical',
  provider: 'known',
  rotate: { where: 'Where the value was made', url: undefined, notes: 'Whoever can read this place has the value.' },
  temporary: undefined,
  vault: undefined,
  references: [],
};

function toDetection({ span, known, form }: KnownMatch, baseOffset: number): Detection {
  const how = form === '' ? '' : `, ${form === 'base64' || form === 'hex' ? `as ${form}` : form}`;
  return {
    ruleId: KNOWN_RULE,
    severity: 'critical',
    confidence: 'high',
    // As a password: no part of it is shown.
    secret: new Secret(known.value, 'password'),
    span: { start: span.start + baseOffset, end: span.end + baseOffset },
    reasons: [{ step: 'known', text: `equals ${known.name} of your values${how}` }],
    parts: [],
  };
}

/** A detector that finds the values, too. What a rule says of the same bytes, or of a part of them, gives way. */
export function withKnownValues(detector: Detector, search: KnownSearch): Detector {
  const { input } = detector.kernel;
  return {
    ...detector,
    detect: (chunk) => {
      const found = search
        .find(input.subarray(0, chunk.size), chunk.ownStart, chunk.ownEnd)
        .map((match) => toDetection(match, chunk.baseOffset));
      const byRules = detector.detect(chunk);
      if (found.length === 0) return byRules;
      const isInside = ({ span }: Detection) =>
        found.some((known) => known.span.start <= span.start && span.end <= known.span.end);
      return [...byRules.filter((one) => !isInside(one)), ...found];
    },
  };
}
