// A remembered score is the score: for assignments that differ in one part only, for different files, and when more was asked
// than is kept.
import { expect, test } from 'vitest';
import type { Assignment } from '../../src/detector/assignment.ts';
import type { TextTraits } from '../../src/detector/chunk.ts';
import { scoreAssignment } from '../../src/detector/generic-score.ts';
import { createScoreMemory } from '../../src/detector/score-memory.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 31);
const CONFIG: TextTraits = { pathKind: () => 'other', isCode: () => false, isBinary: false };
const CODE: TextTraits = { pathKind: () => 'test', isCode: () => true, isBinary: false };

function makeAssignment(random: RandomText): Assignment {
  const name = random.pick(['password', 'db_password', 'token', 'api_key', 'secretName', 'max_tokens']);
  const value = random.pick([random.text('base62', 24), random.text('hex', 32), 'changeme', 'getToken()', '4096']);
  return {
    name,
    wordAt: random.integer(2),
    value,
    valueStart: 40 + random.integer(3),
    valueEnd: 40 + value.length,
    quote: random.pick(['"', '']),
    operator: random.pick([' = ', ': ', ' == ', ', ']),
    before: random.pick(['', '  ', 'export ', '// set ']),
    after: random.pick(['\n', ';\n', ' + rest']),
    around: random.pick(['\0', 'user: admin\n\0host: db\n', 'it("works")\n\0expect(']),
  };
}

test(`fuzz, FUZZ_SEED=${SEED}: the same answers as without a memory`, () => {
  const random = new RandomText(SEED);
  const score = createScoreMemory();
  const asked = Array.from({ length: 1500 }, () => makeAssignment(random));
  const answers = new Set<string>();
  for (const traits of [CONFIG, CODE, CONFIG]) {
    for (const assignment of asked) {
      const expected = scoreAssignment(assignment, traits);
      expect(score(assignment, traits)).toEqual(expected);
      answers.add(String(expected.confidence));
    }
  }
  expect(answers.size).toBeGreaterThan(2);
});

/** Its surroundings are asked for. */
const WEIGHED: Assignment = {
  ...makeAssignment(new RandomText(SEED)),
  name: 'db_password',
  wordAt: 3,
  value: new RandomText(SEED).text('base62', 24),
  quote: '"',
  operator: ' = ',
};
/** What is assigned decides alone. */
const DECIDED: Assignment = { ...WEIGHED, value: 'string' };

test('the second answer is the first one, wherever the assignment stands', () => {
  const score = createScoreMemory();
  expect(score({ ...WEIGHED, valueStart: 90, valueEnd: 99 }, CONFIG)).toBe(score(WEIGHED, CONFIG));
  for (const change of [{ before: 'x ' }, { after: ')' }, { around: 'x\0' }, { wordAt: 2 }, { quote: "'" }])
    expect(score({ ...WEIGHED, ...change }, CONFIG)).not.toBe(score(WEIGHED, CONFIG));
});

test('what was decided before the surroundings were asked for is the same in all of them', () => {
  const score = createScoreMemory();
  const first = score(DECIDED, CONFIG);
  expect(first.confidence).toBeUndefined();
  for (const change of [{ after: ')' }, { around: 'x\0' }])
    expect(score({ ...DECIDED, ...change }, CONFIG)).toBe(first);
  for (const change of [{ before: 'x ' }, { wordAt: 2 }, { quote: "'" }])
    expect(score({ ...DECIDED, ...change }, CONFIG)).not.toBe(first);
});

test('parts that make the same text together are kept apart', () => {
  const score = createScoreMemory();
  for (const one of [WEIGHED, DECIDED]) {
    const first = score({ ...one, operator: ' =  ', before: 'b' }, CONFIG);
    expect(score({ ...one, operator: ' = ', before: ' b' }, CONFIG)).not.toBe(first);
  }
  const first = score({ ...WEIGHED, before: 'ab', after: 'c' }, CONFIG);
  expect(score({ ...WEIGHED, before: 'a', after: 'bc' }, CONFIG)).not.toBe(first);
  expect(score({ ...WEIGHED, before: 'ab', after: 'c ', around: 'x' }, CONFIG)).not.toBe(
    score({ ...WEIGHED, before: 'ab', after: 'c', around: ' x' }, CONFIG),
  );
});

test.each([
  ['weighed', WEIGHED],
  ['decided', DECIDED],
])('what was not asked for long is forgotten, and worked out anew: %s', (_name, one) => {
  const score = createScoreMemory();
  const first = score(one, CONFIG);
  for (let i = 0; i < 20_000; i++) score({ ...one, before: `v${i} ` }, CONFIG);
  const later = score(one, CONFIG);
  expect(later).not.toBe(first);
  expect(later).toEqual(first);
});
