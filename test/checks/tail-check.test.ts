// The frame of checks with a checksum at the end.
import { expect, test } from 'vitest';
import { buildTailCheck } from '../../src/checks/tail-check.ts';
import { RandomText } from '../../src/util/random-text.ts';

function build(mismatch: 'fail' | 'unknown', isUnusual: boolean) {
  return buildTailCheck({
    name: 'demo',
    maxLength: 6,
    split: (value) =>
      value.startsWith('x') ? { hashed: value.slice(1, -1), tail: value.slice(-1), isUnusual } : undefined,
    checksum: (hashed) => String(hashed.length),
    mismatch,
    mintBody: (random, argument) => ({ before: `x${argument}`, hashed: random.text('lower', 3) }),
  });
}

test.each([
  ['xabc3', 'fail', false, 'pass'],
  ['xabc3', 'unknown', true, 'pass'],
  ['xabc4', 'fail', false, 'fail'],
  ['xabc4', 'fail', true, 'unknown'],
  ['xabc4', 'unknown', false, 'unknown'],
  ['yabc3', 'fail', false, 'unknown'],
  ['xabcdef6', 'fail', false, 'unknown'],
] as const)('%s with mismatch %s, unusual %s', (value, mismatch, isUnusual, result) => {
  expect(build(mismatch, isUnusual).test(value)).toEqual({ result, note: undefined });
});

test('mints what stands before, the body and the tail', () => {
  expect(build('fail', false).mint!(new RandomText(1), 'y')).toMatch(/^xy[a-z]{3}3$/);
});
