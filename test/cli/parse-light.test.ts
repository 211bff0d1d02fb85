// The light parser against the full one: whatever it accepts, both must read alike.
import { expect, test } from 'vitest';
import { findCommand } from '../../src/cli/command-table.ts';
import { fillArguments } from '../../src/cli/fill-arguments.ts';
import { flagsOf } from '../../src/cli/flags.ts';
import { parseFull } from '../../src/cli/parse-full.ts';
import { parseLight } from '../../src/cli/parse-light.ts';
import { RandomText } from '../../src/util/random-text.ts';

/** What a command line amounts to: the arguments, or the complaint. */
function outcomeOf(read: () => Parameters<typeof fillArguments>[0]): unknown {
  try {
    return fillArguments(read());
  } catch (error) {
    return (error as Error).message;
  }
}

function readFull(words: readonly string[]) {
  const request = parseFull(words);
  if (request.kind !== 'run') throw new Error(`read as ${request.kind}`);
  // A commit hook's line counts as `staged`, with no operands of its own.
  const { command, operands } = request.line;
  return command === 'hook' && operands[0] === 'run' ? { ...request.line, command: 'staged' as const } : request.line;
}

test.each([
  ['staged', []],
  ['hook run pre-commit', []],
  ['hook run pre-merge-commit', []],
  ['staged --quiet', [['quiet', true]]],
  [
    'staged --no-color --only=a --only b',
    [
      ['color', false],
      ['only', 'a'],
      ['only', 'b'],
    ],
  ],
  ['hook run pre-commit --format json', [['format', 'json']]],
])('reads: %s', (line, flags) => {
  expect(parseLight(line.split(' '))).toEqual({
    command: 'staged',
    operands: [],
    flags: flags.map(([name, value]) => ({ name, value })),
  });
});

test.each([
  '',
  'rules list',
  'scan -',
  'diff - --quiet',
  'staged x',
  'staged -q',
  'staged --help',
  'staged --version',
  'staged --',
  'staged --output -',
  'staged --quiet=1',
  'staged --onyl a',
  'staged --only',
  'staged --only --quiet',
  'staged --no-only',
])('leaves to the full parser: %s', (line) => {
  expect(parseLight(line.split(' ').filter(Boolean))).toBeUndefined();
});

test.each([
  ['scan', 'scan', []],
  ['scan src lib', 'scan', ['src', 'lib']],
  ['diff main..dev', 'diff', ['main..dev']],
  ['hook install', 'hook', ['install']],
  ['hook run pre-push origin url', 'hook', ['run', 'pre-push', 'origin', 'url']],
  ['scan scan', 'scan', ['scan']],
])('reads operands: %s', (line, command, operands) => {
  expect(parseLight(line.split(' '))).toEqual({ command, operands, flags: [] });
});

const COMMAND_WORDS = [
  ['staged'],
  ['hook', 'run', 'pre-commit'],
  ['hook', 'install'],
  ['scan'],
  ['diff'],
  ['history'],
  ['stdin'],
];

test('agrees with the full parser on random command lines', () => {
  const seed = 20_260_801;
  const random = new RandomText(seed);
  const values = [
    'json',
    'high',
    '4',
    'a.b',
    '',
    '=',
    'a=b',
    'x y',
    'true',
    'no',
    '-',
    '--',
    '-q',
    '--quiet',
    'ü',
    '0',
  ];
  let accepted = 0;
  for (let round = 0; round < 5000; round++) {
    const words = [...random.pick(COMMAND_WORDS)];
    const flags = flagsOf(findCommand(words[0])?.name ?? 'scan');
    for (let n = random.integer(4); n > 0; n--) {
      const { name, type } = random.pick(flags);
      const form = random.integer(10);
      if (form === 0) words.push(random.pick(values));
      else if (form === 1) words.push(`--no-${name}`);
      else if (form === 2) words.push(`--${name}=${random.pick(values)}`);
      else if (form === 3) words.push(`--${name}`);
      else words.push(...(type === 'switch' ? [`--${name}`] : [`--${name}`, random.pick(values)]));
    }
    const light = parseLight(words);
    if (!light) continue;
    accepted++;
    const where = `seed ${seed}, round ${round}: ${JSON.stringify(words)}`;
    const [quick, slow] = [outcomeOf(() => light), outcomeOf(() => readFull(words))];
    // Of two mistakes each parser may name the one that it meets first.
    if (typeof quick === 'string' && typeof slow === 'string') continue;
    expect({ where, outcome: quick }).toEqual({ where, outcome: slow });
  }
  // Else the test has tested nothing.
  expect(accepted).toBeGreaterThan(1500);
});
