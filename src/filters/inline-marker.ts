// Honours comments in the scanned text, ours and other tools' (see parse-markers.ts).
import { selectsRule } from '../config/rule-selector.ts';
import type { Filter } from './filter.ts';

export const inlineMarker: Filter = {
  name: 'inline-marker',
  apply(finding, context) {
    const marker = context
      .markersOf(finding)
      .find(({ ruleIds }) => ruleIds.length === 0 || ruleIds.some((id) => selectsRule(id, finding.ruleId)));
    if (!marker) return undefined;
    const suppression = `inline ${marker.text} ${finding.origin.path}:${marker.line}`;
    return { why: marker.reason ?? `${marker.text} on line ${marker.line}`, suppression };
  },
};
