// "Did you mean" for names of entries: a typing error is looked for among names that share a rare word with it. Comparing a
// name with each of 10,000 costs 0.14 s, which a repository with many dead names would pay for each of them.
import { findNearest } from '../util/did-you-mean.ts';
import { wordsOf } from './environment-of.ts';

export interface NameHints {
  /** The nearest other name, or undefined when none is near. */
  readonly find: (name: string) => string | undefined;
}

/** Names compared at most for one hint. */
const MOST_CANDIDATES = 200;

export function createNameHints(names: readonly string[]): NameHints {
  const byWord = new Map<string, string[]>();
  for (const name of new Set(names)) {
    for (const word of new Set(wordsOf(name))) {
      const list = byWord.get(word);
      if (list) list.push(name);
      else byWord.set(word, [name]);
    }
  }
  return {
    find: (name) => {
      const lists = wordsOf(name).flatMap((word) => {
        const list = byWord.get(word);
        return list ? [list] : [];
      });
      const rarest = lists.sort((a, b) => a.length - b.length)[0] ?? (names.length <= MOST_CANDIDATES ? names : []);
      if (rarest.length > MOST_CANDIDATES) return undefined;
      return findNearest(
        name,
        rarest.filter((one) => one !== name),
      );
    },
  };
}
