// The lists of similar-words.ts against the slow way, by which every word is compared with every other one.
import { expect, it } from 'vitest';
import { createEntryTable } from '../../src/plan/entry-table.ts';
import { createSimilarWords, likenessOf, spell } from '../../src/plan/similar-words.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeEntry } from './large-index.ts';

const SEED = 4711;

it(`finds all words that are alike (seed ${SEED})`, () => {
  const random = new RandomText(SEED);
  const letters = 'aeinrst';
  const word = (): string =>
    Array.from({ length: 2 + random.integer(7) }, () => letters[random.integer(letters.length)]).join('');
  const table = createEntryTable({ entries: Array.from({ length: 1_500 }, () => makeEntry(`${word()}/${word()}`)) });
  const similar = createSimilarWords(table);
  let compared = 0;
  for (let i = 0; i < 300; i++) {
    const asked = i % 2 === 0 ? word() : (table.words[i] ?? '');
    if (asked.length < 3 || table.facts[table.vocabulary.get(asked) ?? -1]?.isKind) continue;
    const slow = table.facts.flatMap(({ text, isKind }, number) => {
      const likeness =
        text === asked ? 1 : isKind || text[0] !== asked[0] ? 0 : likenessOf(spell(asked, -1), spell(text, number));
      return likeness > 0 ? [`${text} ${likeness}`] : [];
    });
    const fast = similar(asked).map(({ word: number, likeness }) => `${table.words[number]} ${likeness}`);
    expect(fast.sort(), asked).toEqual(slow.sort());
    compared += slow.length;
  }
  expect(compared).toBeGreaterThan(1_000);
});
