// From rules to the kernel's words: which literal wakes which rules.
import { type KernelAnchor, type KernelWord, type PlacingOptions, placeAnchors } from '../kernel/anchor-buckets.ts';
import { MIN_RUN } from '../kernel/table-layout.ts';
import { buildKernelTables } from '../kernel/tables.ts';
import { ENCODED_MARKS } from '../model/encoded-mark.ts';
import { BLOCK_OPENERS } from '../model/marker.ts';
import type { RuleMatcher } from '../model/rule.ts';
import { BLOCK_OPENER, FIRST_ENCODED_MARK, keepWokenLists, type WakeTable, type WokenRules } from './woken-rules.ts';
import { wordSpellings } from './word-spellings.ts';

class WordList {
  readonly #ids = new Map<string, number>();
  readonly rules: number[][] = [];
  readonly words: string[] = [];

  add(word: string, rule: number): void {
    let id = this.#ids.get(word);
    if (id === undefined) {
      id = this.words.length;
      this.#ids.set(word, id);
      this.words.push(word);
      this.rules.push([]);
    }
    const list = this.rules[id]!;
    if (!list.includes(rule)) list.push(rule);
  }

  woken(): WokenRules[] {
    return this.words.map((word, id) => [word.length, ...this.rules[id]!]);
  }

  kernelWords(): KernelWord[] {
    return this.words.map((literal, id) => ({ id, literal }));
  }
}

/** Rules that wake up at this are about credentials in URLs: the kernel leaves out URLs that cannot hold any. */
const URL_MARK = '://';

/** True when the kernel's run search is sure to come by: the prefix is made of token characters and joints. */
function canUseRuns(prefix: string, minMatchBytes: number): boolean {
  return minMatchBytes >= MIN_RUN && /^[A-Za-z0-9][A-Za-z0-9+/=_.:~!$-]*$/.test(prefix);
}

/**
 * A prefix rule whose match may be shorter than the kernel's runs is looked for everywhere instead, which costs a little
 * on every byte.
 */
export function buildWakeTable(matchers: readonly RuleMatcher[], placing: PlacingOptions): WakeTable {
  const prefixes = new WordList();
  const nears = new WordList();
  const plain = new WordList();
  const assigned = new WordList();
  matchers.forEach((matcher, index) => {
    const { wakeUp } = matcher;
    for (const word of wakeUp.words) {
      if (wakeUp.kind === 'near') for (const spelling of wordSpellings(word)) nears.add(spelling, index);
      else if (wakeUp.kind === 'assignment') assigned.add(word.toLowerCase(), index);
      else if (wakeUp.kind === 'prefix' && canUseRuns(word, matcher.minBytes)) prefixes.add(word, index);
      else plain.add(word.toLowerCase(), index);
    }
  });
  for (const opener of BLOCK_OPENERS) plain.add(opener, BLOCK_OPENER);
  for (const [i, { literal }] of ENCODED_MARKS.entries()) plain.add(literal, FIRST_ENCODED_MARK - i);
  const anchors: KernelAnchor[] = [
    ...plain
      .kernelWords()
      .map((word) => ({ ...word, demand: word.literal === URL_MARK ? ('url' as const) : ('none' as const) })),
    ...assigned
      .kernelWords()
      .map((word) => ({ ...word, id: word.id + plain.words.length, demand: 'assignment' as const })),
  ];
  const anchorPlaces = placeAnchors(anchors, placing);
  const words = { prefixes: prefixes.kernelWords(), nears: nears.kernelWords(), anchors };
  return {
    kernelTables: buildKernelTables(words, anchorPlaces),
    anchorPlaces,
    prefixes: keepWokenLists(prefixes.woken()),
    nears: keepWokenLists(nears.woken()),
    anchors: keepWokenLists([...plain.woken(), ...assigned.woken()]),
  };
}
