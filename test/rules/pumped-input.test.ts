import { expect, test } from 'vitest';
import { findSlowRun, pumpedTexts } from '../../src/rules/pumped-input.ts';
import { sampleRule } from './sample-rules.ts';

const matcher = sampleRule({ maxBytes: '40' }).matcher;

/** A clock on which every run takes `elapsedMs`. */
function clock(elapsedMs: number): () => number {
  let reading = 0;
  return () => (reading += elapsedMs);
}

test('the first run over the limit is told, with its length', () => {
  expect(findSlowRun(matcher, '', clock(100))).toBeUndefined();
  expect(findSlowRun(matcher, '', clock(101))).toEqual({ lengthBytes: 13, elapsedMs: 101 });
});

test('a single slow run is noise', () => {
  let readings = 0;
  // Readings 0 and 1 are the first run, which alone takes long.
  expect(findSlowRun(matcher, '', () => (++readings === 1 ? 0 : 500))).toBeUndefined();
});

test('texts grow to the longest slice; the sample leads the pump past fixed text', () => {
  const deep = { ...matcher, maxBytes: 20, pattern: 'acme_[0-9]{2}-[a-c]{3,9}' };
  const endings = (sample: string) => [...new Set([...pumpedTexts(deep, sample)].map((t) => t.slice(0, 11)))];
  expect([...pumpedTexts(deep, '')].slice(0, 3)).toEqual([
    'acme_aaaaaaaa',
    'acme_aaaaaaaaaaaa',
    'acme_aaaaaaaaaaaaaaa',
  ]);
  expect([...pumpedTexts(deep, '')].every((t) => t.length <= 20)).toBe(true);
  expect(endings('')).not.toContain('acme_12-aaa');
  expect(endings('acme_12-abc#')).toContain('acme_12-aaa');
});
