// The index of lines, the cursor over entries and the memory of dull lines say the same as the plain way, on odd bytes.
// Seeds are printed with every failure.
import { expect, test } from 'vitest';
import { createEntryCursor } from '../../src/shell/entry-cursor.ts';
import { createFormat, type TextShellFormat } from '../../src/shell/formats.ts';
import { indexLines } from '../../src/shell/line-index.ts';
import { createLineMemory } from '../../src/shell/line-memory.ts';
import { RandomText } from '../../src/util/random-text.ts';

const PIECES = [
  '\n',
  '\r\n',
  '\\\n',
  '`\n',
  '`\r\n',
  '#17\n',
  '#+17\n',
  '- cmd: ',
  '\0',
  '\v\n',
  '\x0b',
  '\x8a',
  ': 1:0;',
  'ls',
];

function makeBytes(random: RandomText, most: number): Buffer {
  const parts = Array.from({ length: random.integer(most) }, () => Buffer.from(random.pick(PIECES), 'latin1'));
  // On every border: the index reads words.
  return Buffer.concat([Buffer.alloc(8), ...parts]).subarray(random.integer(8));
}

function plainEnds(bytes: Buffer): readonly number[] {
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 10).map((at) => at + 1);
  return bytes.length > 0 && ends.at(-1) !== bytes.length ? [...ends, bytes.length] : ends;
}

test('the index holds the end of every line', () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const bytes = makeBytes(new RandomText(seed), 40);
    const { ends, count, breaks } = indexLines(bytes);
    expect([...ends.subarray(0, count)], `seed ${seed}`).toEqual(plainEnds(bytes));
    expect(breaks, `seed ${seed}`).toBe(bytes.filter((byte) => byte === 10).length);
  }
  const many = Buffer.alloc(1001, 10);
  expect(indexLines(many).count).toBe(1001);
  expect(indexLines(Buffer.alloc(0))).toMatchObject({ count: 0, breaks: 0 });
});

const FORMATS: readonly TextShellFormat[] = [
  ...(['bash', 'zsh', 'fish', 'ksh', 'mksh', 'tcsh', 'powershell', 'nushell', 'lines', 'psql'] as const),
  ...(['newest-first', 'libedit', 'json', 'jsonl', 'bolt'] as const),
];

test.each(FORMATS)('%s: the cursor stands where nextEntry says', (name) => {
  for (let seed = 1; seed <= 600; seed++) {
    const random = new RandomText(seed);
    const bytes = makeBytes(random, 30);
    // With and without a time line in front: bash decides by the head.
    const format = createFormat(name, random.integer(2) === 0 ? bytes : Buffer.from('#1700000000\n'));
    const cursor = createEntryCursor(format, bytes, indexLines(bytes));
    let index = 0;
    for (let start = 0; start < bytes.length; index++) {
      const end = Math.max(start + 1, format.nextEntry(bytes, start));
      cursor.moveTo(start + random.integer(end - start));
      const lines = bytes.subarray(0, start).filter((byte) => byte === 10).length;
      expect([cursor.index, cursor.start, cursor.end, cursor.lines], `seed ${seed}`).toEqual([
        index,
        start,
        end,
        lines,
      ]);
      start = end;
    }
  }
});

test('a line is looked at unless one that differs in digits only was dull', () => {
  const seen: string[] = [];
  const walk = createLineMemory((bytes, start, end) => {
    const line = bytes.toString('latin1', start, end);
    seen.push(line);
    return !line.includes('secret');
  });
  const look = (text: string): readonly string[] => {
    const bytes = Buffer.from(text, 'latin1');
    walk(bytes, indexLines(bytes));
    return seen.splice(0);
  };
  expect(look('ls -la 10\nls -la 29\nls -lb 10\n')).toEqual(['ls -la 10', 'ls -lb 10']);
  // A colon, a slash and a letter lie beside the digits.
  expect(look('ls -la 1:\nls -la 1/\nls -la 1?\nls -la x1\n')).toHaveLength(4);
  expect(look('a secret 1\na secret 1\n')).toHaveLength(2);
  expect(look('one \\\ntwo\nthree`\nfour')).toEqual(['one \\\ntwo', 'three`\nfour']);
  expect(look('abcd\\')).toEqual(['abcd\\']);
  const long = `${'x'.repeat(300)}\n`;
  expect(look(long + long)).toHaveLength(2);
});

test('what is remembered is exact, however full the memory is', () => {
  const known = new Set<string>();
  const walk = createLineMemory((bytes, start, end) => {
    known.add(bytes.toString('latin1', start, end).replace(/\d/g, '0'));
    return true;
  });
  const random = new RandomText(5);
  for (let block = 0; block < 40; block++) {
    const lines = Array.from({ length: 3000 }, () => random.text('base62', 4 + random.integer(180)));
    const bytes = Buffer.from(lines.join('\n'));
    walk(bytes, indexLines(bytes));
    for (const line of lines) expect(known.has(line.replace(/\d/g, '0')), line).toBe(true);
  }
});
