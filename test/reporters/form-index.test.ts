// The fast search against a plain one, on texts made to collide.
// A failing case prints its seed.
import { describe, expect, it } from 'vitest';
import { FormIndex, REDACTED } from '../../src/reporters/form-index.ts';
import { RandomText } from '../../src/util/random-text.ts';

/** The slow path: marks every place of every form, then replaces connected marks that one form or an overlap covers. */
function redactSlowly(text: string, forms: readonly string[]): string {
  const spans: [number, number][] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) spans.push([at, at + form.length]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged.reduceRight((out, [start, end]) => out.slice(0, start) + REDACTED + out.slice(end), text);
}

describe('FormIndex', () => {
  it('gives the same as a plain search, on texts with few different letters', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = new RandomText(seed);
      const letters = (length: number): string =>
        Array.from({ length }, () => random.pick(['a', 'b', '\u00fc', '\ud83d'])).join('');
      const forms = Array.from({ length: 1 + random.integer(30) }, () => letters(6 + random.integer(8)));
      const text = letters(random.integer(300));
      const index = new FormIndex();
      for (const form of forms) index.add(form);
      expect(index.redact(text), `seed ${seed}`).toBe(redactSlowly(text, forms));
    }
  });

  it('finds a form at the start, at the end and as the whole text', () => {
    const index = new FormIndex();
    index.add('abcdefghi');
    expect(index.redact('abcdefghi')).toBe(REDACTED);
    expect(index.redact('abcdefghi-abcdefghi')).toBe(`${REDACTED}-${REDACTED}`);
    expect(index.redact('abcdefgh')).toBe('abcdefgh');
  });

  it('refuses a form that is too short', () => {
    expect(() => new FormIndex().add('abcde')).toThrow('form of 5 characters, at least 6 are needed');
  });
});
