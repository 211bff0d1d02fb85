import { expect, test } from 'vitest';
import { parseFull } from '../../src/cli/parse-full.ts';

function complaint(...words: string[]): string {
  try {
    parseFull(words);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no complaint';
}

function run(command: string, operands: readonly string[], ...flags: (readonly [string, string | boolean])[]) {
  return { kind: 'run', line: { command, operands, flags: flags.map(([name, value]) => ({ name, value })) } };
}

test.each([
  ['scan', run('scan', [])],
  ['scan a b/*.yml', run('scan', ['a', 'b/*.yml'])],
  ['scan 007 1e3 true', run('scan', ['007', '1e3', 'true'])],
  ['scan --only a --only=b x', run('scan', ['x'], ['only', 'a'], ['only', 'b'])],
  ['--reveal scan x', run('scan', ['x'], ['reveal', true])],
  ['scan --reveal x', run('scan', ['x'], ['reveal', true])],
  ['scan --no-color x', run('scan', ['x'], ['color', false])],
  [
    'scan -qj4 -o=a.json -f json x',
    run('scan', ['x'], ['quiet', true], ['jobs', '4'], ['output', 'a.json'], ['format', 'json']),
  ],
  ['scan -- --only -x', run('scan', ['--only', '-x'])],
  ['diff -', run('diff', ['-'])],
  ['diff main..topic', run('diff', ['main..topic'])],
  ['scan --output - x', run('scan', ['x'], ['output', '-'])],
  ['scan --output -- -', run('scan', ['-'], ['output', ''])],
  ['scan --name.first=x --fooBar 1', run('scan', [], ['name.first', 'x'], ['fooBar', '1'])],
  ['stdin --name', run('stdin', [], ['name', ''])],
  ['scan --jobs 1e1', run('scan', [], ['jobs', '1e1'])],
  ['scan --no-only', run('scan', [], ['only', false])],
  ['hook run pre-commit --quiet', run('hook', ['run', 'pre-commit'], ['quiet', true])],
  ['scan -h', { kind: 'help', command: 'scan' }],
  ['--help', { kind: 'help', command: undefined }],
  ['help baseline', { kind: 'help', command: 'baseline' }],
  ['baseline --help', { kind: 'help', command: 'baseline' }],
  ['-V', { kind: 'version' }],
  ['scan --version', { kind: 'version' }],
  ['completion fish', { kind: 'completion', operands: ['fish'] }],
])('reads: %s', (line, expected) => {
  expect(parseFull(line.split(' '))).toEqual(expected);
});

test('no word at all is a request of its own', () => {
  expect(parseFull([])).toEqual({ kind: 'nothing' });
});

test.each([
  [['scna'], 'unknown command "scna". Did you mean "scan"?'],
  [['Scan'], 'unknown command "Scan". Did you mean "scan"?'],
  [['.'], 'unknown command. To scan files: unleak scan PATH. All commands: unleak --help'],
  [['--quiet'], 'no command given; to scan the current folder: unleak scan. All commands: unleak --help'],
  [['scan', '--quiet=no'], '--quiet takes no value; write --quiet or --no-quiet'],
  [['scan', '--no-color=1'], '--color takes no value; write --color or --no-color'],
])('complains about %j', (words, message) => {
  expect(complaint(...words)).toBe(message);
});

test('a word that may be a secret is not repeated', () => {
  const pasted = 'Zz09'.repeat(9);
  expect(complaint(pasted)).toBe('unknown command. To scan files: unleak scan PATH. All commands: unleak --help');
});

test('a value after -- that looks like a switch with a value is an operand', () => {
  expect(parseFull(['scan', '--', '--quiet=no'])).toEqual(run('scan', ['--quiet=no']));
});
