import { expect, test } from 'vitest';
import { didYouMean, findNearest } from '../../src/util/did-you-mean.ts';

const KEYS = ['version', 'minConfidence', 'minSeverity', 'rules', 'ignore', 'baseline', 'aws'];

test.each([
  ['min_confidence', 'minConfidence'],
  ['MINSEVERITY', 'minSeverity'],
  ['ignores', 'ignore'],
  ['ignroe', 'ignore'],
  ['basline', 'baseline'],
  ['rule', 'rules'],
  ['aw', 'aws'],
  ['colour', undefined],
  ['', undefined],
  ['x'.repeat(5000), undefined],
] as const)('%s → %s', (word, nearest) => {
  expect(findNearest(word, KEYS)).toBe(nearest);
});

test('the clause starts with a space, and is empty without a near word', () => {
  expect(didYouMean('verison', KEYS)).toBe(' Did you mean "version"?');
  expect(didYouMean('zzz', KEYS)).toBe('');
});
