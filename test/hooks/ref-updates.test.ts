// What git tells pre-push and pre-receive.
import { expect, test } from 'vitest';
import { parsePrePush, parsePreReceive } from '../../src/hooks/ref-updates.ts';
import { RandomText } from '../../src/util/random-text.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(64);
const ZERO = '0'.repeat(40);

test('pre-push: new, changed and deleted refs, expressions as local names, long ids', () => {
  expect(
    parsePrePush(
      `refs/heads/x ${A} refs/heads/x ${ZERO}\nHEAD~1 ${A} refs/heads/y ${A}\n(delete) ${ZERO} refs/heads/z ${A}\nmain@{1 day ago} ${B} refs/heads/ü ${B}\n`,
    ),
  ).toEqual([
    { ref: 'refs/heads/x', newId: A, oldId: undefined },
    { ref: 'refs/heads/y', newId: A, oldId: A },
    { ref: 'refs/heads/ü', newId: B, oldId: B },
  ]);
  expect(parsePrePush('')).toEqual([]);
});

test('pre-receive', () => {
  expect(parsePreReceive(`${ZERO} ${A} refs/heads/x\n${A} ${ZERO} refs/heads/y\n${A} ${A} refs/tags/a b\n`)).toEqual([
    { ref: 'refs/heads/x', newId: A, oldId: undefined },
    { ref: 'refs/tags/a b', newId: A, oldId: A },
  ]);
});

test('every line is understood or refused, none is skipped', () => {
  const seed = 20_260_917;
  const random = new RandomText(seed);
  const words = [A, B, ZERO, 'refs/heads/x', '(delete)', '', 'x', `${A}0`];
  for (let round = 0; round < 3000; round++) {
    const line = Array.from({ length: random.integer(6) }, () => random.pick(words)).join(' ');
    for (const parse of [parsePrePush, parsePreReceive]) {
      try {
        const updates = parse(`${line}\n`);
        const isAccountedFor = updates.length === 1 || line.trim() === '' || line.includes(ZERO);
        expect({ seed, round, line, isAccountedFor }).toEqual({ seed, round, line, isAccountedFor: true });
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^standard input, line 1: is not what git gives a pre-(push|receive) hook;/,
        );
      }
    }
  }
});
