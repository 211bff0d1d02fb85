// Every format, on odd files: entries cover the file without gaps, pieces of a command map back to exactly the bytes they
// came from, and writing them again gives the same bytes. The seed of the fuzz is printed with every failure.
import { expect, test } from 'vitest';
import { createFormat, type TextShellFormat } from '../../src/shell/formats.ts';
import type { HistoryFormat } from '../../src/shell/history-format.ts';
import { type MappedText, rawSpans } from '../../src/shell/mapped-text.ts';
import { RandomText } from '../../src/util/random-text.ts';

const FORMATS: readonly TextShellFormat[] = [
  'bash',
  'zsh',
  'fish',
  'ksh',
  'mksh',
  'tcsh',
  'powershell',
  'nushell',
  'lines',
  'newest-first',
  'psql',
  'libedit',
  'json',
  'jsonl',
  'bolt',
];
/** What formats are made of, beside random bytes. */
const PIECES = [
  '\n',
  '\r\n',
  '\\\n',
  '\\\\\n',
  '`\n',
  '`\r\n',
  '#1700000000\n',
  '#+1700000000\n',
  ': 1700000000:0;',
  '- cmd: ',
  '  when: 17\n',
  '\\n',
  '\\\\',
  '\\040',
  '\\u00e0',
  '\\ud83d\\ude00',
  '\\ud83d',
  '"',
  '\\"',
  '<\\n>',
  '\x01',
  '\0',
  '\n\0',
  '\x81\x01',
  '\x82\0\0\0\x01\0',
  '\xab\xcd',
  '\xff\0\0\0\x01',
  '\x83\xa0',
  '\x83',
  '\xc3\x83\x80',
  '\xff\xfe',
  '{"a":"',
  '"}',
  'mysql -p',
  "'",
  '_HiStOrY_V2_\n',
  '\\',
];

function makeBytes(random: RandomText): Buffer {
  const parts = Array.from({ length: random.integer(30) }, () =>
    random.integer(3) === 0 ? Buffer.from(random.bytes(random.integer(6))) : Buffer.from(random.pick(PIECES), 'latin1'),
  );
  return Buffer.concat(parts);
}

function listEntries(format: HistoryFormat, bytes: Buffer): readonly (readonly [number, number])[] {
  const entries: (readonly [number, number])[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = format.nextEntry(bytes, start);
    entries.push([start, end]);
    if (end <= start) break;
    start = end;
  }
  return entries;
}

/** Pieces ascend, touch in the text, do not overlap in the file, and copies are the same bytes. */
function checkMap(text: MappedText, bytes: Buffer, isSubstituted: boolean): void {
  let at = 0;
  let raw = 0;
  for (const piece of text.pieces) {
    expect(piece.text).toBe(at);
    expect(piece.raw).toBeGreaterThanOrEqual(raw);
    expect(piece.raw + piece.rawLength).toBeLessThanOrEqual(bytes.length);
    if (piece.textLength === piece.rawLength && !isSubstituted) {
      const copy = text.bytes.subarray(at, at + piece.textLength);
      expect(copy.equals(bytes.subarray(piece.raw, piece.raw + piece.rawLength))).toBe(true);
    }
    at += piece.textLength;
    raw = piece.raw + piece.rawLength;
  }
  expect(at).toBe(text.bytes.length);
}

/** The file again, from entries and the pieces of their commands: what lies between is copied, each byte once. */
function writeAgain(format: HistoryFormat, bytes: Buffer): Buffer {
  const out: Buffer[] = [];
  for (const [start, end] of listEntries(format, bytes)) {
    const { command } = format.readEntry(bytes, start, end, start);
    let at = start;
    for (const { raw, rawLength } of command.pieces) {
      out.push(bytes.subarray(at, raw), bytes.subarray(raw, raw + rawLength));
      at = Math.max(at, raw + rawLength);
    }
    out.push(bytes.subarray(at, end));
  }
  return Buffer.concat(out);
}

test.each(FORMATS)('%s: entries cover odd files, and writing them again changes no byte', (name) => {
  for (let seed = 1; seed <= 400; seed++) {
    const bytes = makeBytes(new RandomText(seed));
    const format = createFormat(name, bytes);
    const entries = listEntries(format, bytes);
    expect(entries.at(-1)?.[1] ?? 0, `seed ${seed}`).toBe(bytes.length);
    for (const [start, end] of entries) {
      expect(end, `seed ${seed}`).toBeGreaterThan(start);
      const { command } = format.readEntry(bytes, start, end, Math.min(start + 2, end - 1));
      checkMap(command, bytes, name === 'psql');
      if (command.bytes.length > 0) {
        for (const span of rawSpans(command, { start: 0, end: command.bytes.length })) {
          expect(span.start >= start && span.end <= end, `seed ${seed}`).toBe(true);
        }
      }
    }
    checkMap(format.decodeBlock(bytes), bytes, name === 'psql');
    expect(writeAgain(format, bytes).equals(bytes), `seed ${seed}`).toBe(true);
  }
});

test.each(FORMATS)('%s: a block may be cut at the last start without splitting an entry', (name) => {
  for (let seed = 1; seed <= 200; seed++) {
    const bytes = makeBytes(new RandomText(seed + 5000));
    const format = createFormat(name, bytes);
    if (format.needsWhole) continue;
    const cut = format.lastStart(bytes);
    const starts = [0, ...listEntries(format, bytes).map(([, end]) => end)];
    expect(starts, `seed ${seed}, cut ${cut}`).toContain(cut);
  }
});

test('metafied bytes, continuations and escapes decode as the shells mean them', () => {
  const decode = (name: TextShellFormat, raw: string, near = 0): string => {
    const bytes = Buffer.from(raw, 'latin1');
    const format = createFormat(name, bytes);
    return format.readEntry(bytes, 0, format.nextEntry(bytes, 0), near).command.bytes.toString();
  };
  expect(decode('zsh', ': 1700000000:0;echo \xc3\x83\x80\n')).toBe('echo à');
  expect(decode('zsh', 'a \\\\\nb\n')).toBe('a \\\nb');
  expect(decode('fish', '- cmd: echo a\\nb \\\\ c\n  when: 17\n')).toBe('echo a\nb \\ c');
  expect(decode('powershell', 'foo `\nbar\n')).toBe('foo \nbar');
  expect(decode('nushell', 'a <\\n> b\n')).toBe('a \n b');
  expect(decode('libedit', 'select\\0401;\n')).toBe('select 1;');
  expect(decode('psql', 'select 1\x01from x\n')).toBe('select 1\nfrom x');
  expect(decode('bash', '#1700000000\ncat <<E\nx\nE\n#1700000001\nls\n')).toBe('cat <<E\nx\nE');
  expect(decode('bash', 'cat <<E\nx\n')).toBe('cat <<E');
  expect(decode('tcsh', '#+1700000000\nls -l\n#+17')).toBe('ls -l');
  expect(decode('ksh', '\x81\x01ls -l\n\0\0pwd\n\0')).toBe('ls -l');
  expect(decode('mksh', '\xab\xcd\xff\0\0\0\x01ls -l\0')).toBe('ls -l');
  expect(decode('jsonl', '{"command":"say \\"hi\\"\\n\\u00e0 \\ud83d\\ude00"}\n', 14)).toBe('say "hi"\nà 😀');
});
