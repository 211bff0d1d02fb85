// Which files a command reads, by its words. Never throws, and takes time in proportion to the length.
import { expect, test } from 'vitest';
import { listReadFiles } from '../../src/hooks/command-words.ts';
import { RandomText } from '../../src/util/random-text.ts';

test.each([
  ['cat .env', ['.env']],
  ['cat -n .env other', ['.env', 'other']],
  ['/bin/cat ".env file"', ['.env file']],
  [`cat 'a b' "c\\"d" e\\ f`, ['a b', 'c"d', 'e f']],
  ['A=1 sudo head -5 a.env | grep -i token', ['a.env', 'token']],
  ['ls; cat a && tail b || sort c', ['a', 'b', 'c']],
  ['node build.js < in.txt > out.txt 2>&1', ['in.txt']],
  ['cat <<< here a', ['a']],
  ['cat << END', []],
  ['echo $(cat x) `cat y`', ['x', 'y']],
  ['jq --from-file=f.jq . data.json', ['f.jq', '.', 'data.json']],
  ['echo cat .env', []],
  ['node .env', []],
  ['cat > out', []],
  ['cat\n.env', []],
  ['ls\ncat .env', ['.env']],
  ['', []],
  ['"', []],
  ["cat 'open", ['open']],
])('%j', (command, files) => {
  expect(listReadFiles(command)).toEqual(files);
});

test('odd input of any length ends quickly', () => {
  const seed = 20_260_911;
  const random = new RandomText(seed);
  const pieces = [
    'cat ',
    '"',
    "'",
    '\\',
    '`',
    '$(',
    ')',
    ' < ',
    '>',
    '|',
    '&&',
    ';',
    '\n',
    'a',
    '.env',
    ' ',
    '=',
    '-x',
    '\0',
    'ü',
  ];
  for (let round = 0; round < 3000; round++) {
    const command = Array.from({ length: random.integer(40) }, () => random.pick(pieces)).join('');
    const files = listReadFiles(command);
    expect({ seed, round, ok: files.every((file) => typeof file === 'string') }).toEqual({ seed, round, ok: true });
  }
  for (const piece of ['"\\', "'", '" ', 'cat <', '\\"', '(', 'a"']) {
    const start = performance.now();
    listReadFiles(`cat ${piece.repeat(200_000)}`);
    expect(performance.now() - start).toBeLessThan(3000);
  }
});
