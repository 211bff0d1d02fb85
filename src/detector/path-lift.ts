// How much a score can gain by its path: for looks at texts whose path is not known yet. Of all facts only these differ from
// path to path: what kind of file it is, and what a value without quotes stands in.
import { FEATURES, type Feature } from './generic-features.ts';
import { levelOf, sumFacts } from './weigh-facts.ts';

const BARE_FORMS: readonly Feature[] = ['form:bare-code', 'form:bare-config', 'form:bare-text'];
const PATHS = [...FEATURES.keys()].filter((id): id is Feature => id.startsWith('path:'));

/** False when the facts are worth a low confidence at most, whatever the path. */
export function mayBeLifted(features: readonly Feature[]): boolean {
  const isBare = features.some((id) => BARE_FORMS.includes(id));
  const steady = features.filter((id) => !id.startsWith('path:') && !BARE_FORMS.includes(id));
  return PATHS.some((path) =>
    (isBare ? BARE_FORMS : [undefined]).some((form) => {
      const level = levelOf(sumFacts(form ? [...steady, form, path] : [...steady, path]));
      return level === 'medium' || level === 'high';
    }),
  );
}
