// Drops generic findings in files that machines write or that hold texts for people: their digests and labels look like
// secrets and are none. Rules with a known format always stay.
import { type PathKind, pathKind } from '../util/path-kind.ts';
import type { Filter } from './filter.ts';

const WHY: Partial<Record<PathKind, string>> = {
  lock: 'a generic rule in a lock file, which is full of digests',
  locale: 'a generic rule in a file of translations, where "password" is a label',
  minified: 'a generic rule in minified code',
  vectors: 'a generic rule in test vectors or in records of a conformance suite',
  'source-map': 'a generic rule in a source map',
};

export const pathKindFilter: Filter = {
  name: 'path-kind',
  apply({ ruleId, origin }) {
    if (!ruleId.startsWith('generic.')) return undefined;
    const why = WHY[pathKind(origin.path)];
    return why === undefined ? undefined : { why };
  },
};
