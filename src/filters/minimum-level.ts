// Leaves out what the user does not want to hear of: rules that are off, and levels below the minimum.
import { isRuleOn } from '../config/rule-selector.ts';
import { CONFIDENCES, isAtLeast, SEVERITIES } from '../model/levels.ts';
import type { Filter } from './filter.ts';

export const minimumLevel: Filter = {
  name: 'minimum-level',
  apply({ ruleId, confidence, severity }, { settings }) {
    if (!isRuleOn(ruleId, settings)) return { why: 'the rule is turned off' };
    if (!isAtLeast(CONFIDENCES, confidence, settings.minConfidence))
      return { why: `confidence ${confidence} is below ${settings.minConfidence}` };
    if (!isAtLeast(SEVERITIES, severity, settings.minSeverity))
      return { why: `severity ${severity} is below ${settings.minSeverity}` };
    return undefined;
  },
};
