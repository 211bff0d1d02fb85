// The ways in which people join the words of a name: `acme_key` of a rule stands for acme-key, acme.key, `acme key` and
// acmekey (acmeKey, ACMEKEY) too, so that rule files need one spelling only.

const JOINTS = ['_', '-', '.', ' '] as const;
const JOINT = /[_\-. ]/;
/** What stands behind a provider's name that is kept apart by a joint, as `acme_` is, where nothing joins them. */
const BEHIND = ['key', 'token', 'secret', 'api', 'access', 'auth', 'client', 'private'] as const;
/** Joined to more letters, shorter names are found by chance inside other words. */
const SHORTEST_JOINED = 4;
/** Spellings double with each joint; words with more are taken as they are. */
const MOST_JOINTS = 3;

/**
 * @param word of a rule, in any case
 * @returns the word and its other spellings, in lower case, without repeats; the word alone when it holds other signs
 */
export function wordSpellings(word: string): readonly string[] {
  const lower = word.toLowerCase();
  const parts = lower.split(JOINT);
  const isOpen = parts.at(-1) === '';
  const named = isOpen ? parts.slice(0, -1) : parts;
  if (named.length > MOST_JOINTS + 1 || !named.every((part) => /^[a-z0-9]+$/.test(part))) return [lower];
  const joined = named.join('');
  const spellings = new Set([lower]);
  for (const joint of JOINTS) {
    if (isOpen || named.length > 1) spellings.add(named.join(joint) + (isOpen ? joint : ''));
  }
  if (isOpen && joined.length >= SHORTEST_JOINED) for (const tail of BEHIND) spellings.add(joined + tail);
  if (!isOpen && named[0]!.length + 1 >= SHORTEST_JOINED) spellings.add(joined);
  return [...spellings];
}
