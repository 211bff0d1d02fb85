// Which words of the kernel stand for something that reaches farther than a change and its surroundings: long forms over
// several lines, encoded text, escapes. Made from the rules, so that a new rule is sorted by itself.
import { CANDIDATE } from '../kernel/kernel.ts';
import { ENCODED } from '../kernel/table-layout.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { FIRST_ENCODED_MARK, type WokenLists, type WokenRules } from '../rules/woken-rules.ts';

export const WORD_SORT = { near: 0, long: 1, mark: 2 } as const;

/** What a rule may look at before and behind its word without being a long form. */
const SHORT_BYTES = 700;

/** Sort by kind of candidate, then by the word's id. */
export function sortWords(rules: CompiledRules): readonly Uint8Array[] {
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
  const sortsOf = ({ count, at }: WokenLists): Uint8Array =>
    Uint8Array.from({ length: count }, (_, id) => sortOf(at(id)));
  const sorts: Uint8Array[] = [];
  sorts[CANDIDATE.prefix] = sortsOf(rules.wake.prefixes);
  sorts[CANDIDATE.near] = sortsOf(rules.wake.nears);
  sorts[CANDIDATE.anchor] = sortsOf(rules.wake.anchors);
  const encoded = new Uint8Array(Object.keys(ENCODED).length).fill(WORD_SORT.long);
  encoded[ENCODED.quotedPrintable] = WORD_SORT.mark;
  sorts[CANDIDATE.encoded] = encoded;
  return sorts;
}
