// Which words of the kernel stand for something that reaches farther than a change and its surroundings: long forms over
// several lines, encoded text, escapes. Made from the rules, so that a new rule is sorted by itself.
import { CANDIDATE } from '../kernel/kernel.ts';
import { ENCODED } from '../kernel/table-layout.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { FIRST_ENCODED_MARK, type WokenLists, type WokenRules } from '../rules/woken-rules.ts';

export const WORD_SORT = { near: 0, long: 1, mark: 2 } as const;

/** What a rule may look at before and behind its word without being a long form. */
const SHORT_BYTES = 700;

/** In a table: not worked out yet. */
const UNKNOWN = 255;

/** Sort of a word, by kind of candidate and the word's id. */
export type SortOfWord = (kind: number, id: number) => number;

/** Each word is sorted when it is met first: of ten thousand a text has a few hundred. */
export function createWordSorts(rules: CompiledRules): SortOfWord {
  const isFar = (index: number): boolean => {
    const { wakeUp, maxBytes, parts } = rules.matcher(index);
    // A value beside a word is one run of token characters, which is followed to its end.
    return (
      parts.some(({ withinBytes }) => withinBytes > SHORT_BYTES) || (wakeUp.kind !== 'near' && maxBytes > SHORT_BYTES)
    );
  };
  const sortOf = ([, ...woken]: WokenRules): number => {
    if (woken.some((rule) => rule <= FIRST_ENCODED_MARK)) return WORD_SORT.mark;
    return woken.some((rule) => rule >= 0 && isFar(rule)) ? WORD_SORT.long : WORD_SORT.near;
  };
  const lists: WokenLists[] = [];
  lists[CANDIDATE.prefix] = rules.wake.prefixes;
  lists[CANDIDATE.near] = rules.wake.nears;
  lists[CANDIDATE.anchor] = rules.wake.anchors;
  const sorts = lists.map(({ count }) => new Uint8Array(count).fill(UNKNOWN));
  const encoded = new Uint8Array(Object.keys(ENCODED).length).fill(WORD_SORT.long);
  encoded[ENCODED.quotedPrintable] = WORD_SORT.mark;
  sorts[CANDIDATE.encoded] = encoded;
  return (kind, id) => {
    const known = sorts[kind]![id]!;
    if (known !== UNKNOWN) return known;
    const sort = sortOf(lists[kind]!.at(id));
    sorts[kind]![id] = sort;
    return sort;
  };
}
