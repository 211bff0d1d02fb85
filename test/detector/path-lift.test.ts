// A score that is settled is low at most under every path, and one that is not is higher under some: against scores
// under a path of each kind.
import { expect, test } from 'vitest';
import type { Assignment } from '../../src/detector/assignment.ts';
import type { TextTraits } from '../../src/detector/chunk.ts';
import { scoreAssignment } from '../../src/detector/generic-score.ts';
import { mayBeLifted } from '../../src/detector/path-lift.ts';
import { createScoreMemory, SETTLED } from '../../src/detector/score-memory.ts';
import type { PathKind } from '../../src/util/path-kind.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 37);
const KINDS: readonly PathKind[] = [
  ...(['lock', 'source-map', 'minified', 'vectors', 'locale', 'vendor', 'generated'] as const),
  ...(['test', 'example', 'docs', 'data', 'config', 'source', 'other'] as const),
];
const ALL_TRAITS = KINDS.flatMap((kind) =>
  [false, true].map((isCode): TextTraits => ({ pathKind: () => kind, isCode: () => isCode, isBinary: false })),
);
const PROBED: TextTraits = { pathKind: () => 'config', isCode: () => false, isBinary: false };

function makeAssignment(random: RandomText): Assignment {
  const letters = random.text('base62', 6 + random.integer(20));
  const value = random.pick([
    letters,
    `Winter${random.integer(99)}!`,
    'correcthorse',
    random.text('hex', 32),
    `${letters}!`,
  ]);
  return {
    name: random.pick(['password', 'db_password', 'token', 'api_key', 'secretName', 'max_tokens', 'passphrase']),
    wordAt: 0,
    value,
    valueStart: 40,
    valueEnd: 40 + value.length,
    quote: random.pick(['"', "'", '']),
    operator: random.pick([' = ', ': ', ' == ', ', ', '=>']),
    before: random.pick(['', '  ', 'export ', '// set ', 'return ', 'throw new Error(', '- ']),
    after: random.pick(['\n', ';\n', ' + rest', ',', ')']),
    around: random.pick(['\0', 'user: admin\n\0host: db\n', 'it("works")\n\0expect(', 'expires_in: 300\n\0']),
  };
}

test(`fuzz, FUZZ_SEED=${SEED}: settled is low at most under every path`, () => {
  const random = new RandomText(SEED);
  const score = createScoreMemory(true);
  const counts = { settled: 0, open: 0, lifted: 0 };
  for (let round = 0; round < 1500; round++) {
    const assignment = makeAssignment(random);
    const plain = scoreAssignment(assignment, PROBED);
    const probed = score(assignment, PROBED);
    expect(probed.confidence).toBe(plain.confidence);
    if (probed.confidence !== 'low') continue;
    const isLifted = ALL_TRAITS.some((traits) => {
      const { confidence } = scoreAssignment(assignment, traits);
      return confidence === 'medium' || confidence === 'high';
    });
    if (isLifted) counts.lifted++;
    if (probed.reasons.some(({ step }) => step === SETTLED)) {
      counts.settled++;
      expect(isLifted, JSON.stringify(plain.features)).toBe(false);
    } else {
      counts.open++;
      expect(mayBeLifted(plain.features!)).toBe(true);
      expect(probed).toEqual(plain);
    }
  }
  expect(Math.min(counts.settled, counts.open, counts.lifted), JSON.stringify(counts)).toBeGreaterThan(10);
});

test('with a path that is known nothing is settled', () => {
  const random = new RandomText(SEED);
  const score = createScoreMemory();
  for (let round = 0; round < 300; round++) {
    const assignment = makeAssignment(random);
    expect(score(assignment, PROBED)).toEqual(scoreAssignment(assignment, PROBED));
  }
});
