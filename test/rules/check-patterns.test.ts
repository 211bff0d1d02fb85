import { expect, test } from 'vitest';
import { findSlowParts } from '../../src/rules/check-patterns.ts';

const many = (part: string) => `can read the same text in many ways in ${part}; let its parts start differently`;
const inside = (a: string, b: string) => `repeats ${a} inside ${b}; repeat only one of them`;

test.each([
  ['(a+)+b', [many('(a+)+'), inside('a+', '(a+)+')]],
  ['(?:a|a)*c', [many('(?:a|a)*')]],
  ['(?:ab|ab){1,20}c', [many('(?:ab|ab){1,20}')]],
  ['(?:abab|ab){1,50}c', [many('(?:abab|ab){1,50}')]],
  ['(?:a|ab|b){1,50}c', [many('(?:a|ab|b){1,50}')]],
  ['(?:a?){30}b', [many('(?:a?){30}')]],
  ['(?:a{1,9}){1,9}b', [many('(?:a{1,9}){1,9}'), inside('a{1,9}', '(?:a{1,9}){1,9}')]],
  ['(?=(?:a|a){5,50})b', [many('(?:a|a){5,50}')]],
  [
    '[a-z]+[a-z0-9]+x',
    ['lets [a-z]+ and [a-z0-9]+ share out the same text in endless ways; put something between them'],
  ],
  [
    '[a-z]{0,200}[a-z0-9]{0,200}x',
    ['lets [a-z]{0,200} and [a-z0-9]{0,200} share out the same text in 40401 ways; put something between them'],
  ],
  [
    'zz_[a-z]{0,30}[a-z]{0,30}[a-z]{0,30}#',
    [
      'lets [a-z]{0,30} and [a-z]{0,30} and [a-z]{0,30} share out the same text in 29791 ways; put something between them',
    ],
  ],
])('refuses %s', async (pattern, faults) => expect(await findSlowParts(pattern, false)).toEqual(faults));

test.each([
  'ghp_[A-Za-z0-9]{36}',
  '[a-z]{0,20}[a-z0-9]{0,20}x',
  'eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}',
  '(?:(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\\n?){1,20}',
  '-----BEGIN [A-Z ]{0,30}KEY-----(?:[A-Za-z0-9+/=]{1,76}\\r?\\n){1,200}-----END',
  '(?:[A-Za-z0-9+/=\\s]|\\\\n){100,4000}-----END',
])('allows %s', async (pattern) => expect(await findSlowParts(pattern, false)).toEqual([]));

test('letters of both cases clash only when case is ignored', async () => {
  expect(await findSlowParts('(?:a|A){1,50}c', false)).toEqual([]);
  expect(await findSlowParts('(?:a|A){1,50}c', true)).toEqual([many('(?:a|A){1,50}')]);
});
