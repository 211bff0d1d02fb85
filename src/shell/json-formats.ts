// JSON and JSON Lines: transcripts of coding agents, xonsh. Every string counts as a text of its own; an entry is a line
// of JSON Lines or the whole document. Escapes are decoded with an exact map; nothing is parsed, so broken and cut
// documents are read as well.
import { type HistoryFormat, lineEnd, NEWLINE } from './history-format.ts';
import { identicalText, type MappedText, MappedTextBuilder } from './mapped-text.ts';

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
/** What the letter behind a backslash stands for; 0: nothing. */
const LETTERS = new Uint8Array(256);
for (const [letter, meant] of [
  [0x6e, NEWLINE],
  [0x74, 9],
  [0x72, 13],
  [0x62, 8],
  [0x66, 12],
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
  [0x2f, 0x2f],
] as const)
  LETTERS[letter] = meant;

/** The number that four hex digits at `at` mean, or undefined. */
function readHex(bytes: Buffer, at: number, end: number): number | undefined {
  const digits = at + 4 <= end ? bytes.toString('latin1', at, at + 4) : '';
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

/** Decodes `\uXXXX`, a pair of them for one character; gives the end, or `at` when it is none. */
function decodeUnicode(builder: MappedTextBuilder, bytes: Buffer, at: number, end: number): number {
  const first = readHex(bytes, at + 2, end);
  if (first === undefined) return at;
  const isPair = first >= 0xd800 && first < 0xdc00 && bytes[at + 6] === BACKSLASH && bytes[at + 7] === 0x75;
  const second = isPair ? readHex(bytes, at + 8, end) : undefined;
  const hasPair = second !== undefined && second >= 0xdc00 && second < 0xe000;
  const code = hasPair ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : first;
  const after = hasPair ? at + 12 : at + 6;
  builder.escape(at, after, ...Buffer.from(String.fromCodePoint(code)));
  return after;
}

/** Text with all escapes decoded, wherever they stand: outside of strings JSON has none. */
export function decodeJsonText(bytes: Buffer, start: number, end: number): MappedText {
  const view = bytes.subarray(0, end);
  let at = view.indexOf(BACKSLASH, start);
  if (at < 0 || at >= end) return identicalText(bytes.subarray(start, end), start);
  const builder = new MappedTextBuilder(bytes, end - start);
  let copied = start;
  while (at >= 0 && at < end) {
    builder.copy(copied, at);
    copied = at;
    const letter = at + 1 < end ? bytes[at + 1]! : 0;
    const plain = LETTERS[letter]!;
    if (plain !== 0) {
      builder.escapeByte(at, at + 2, plain);
      copied = at + 2;
    } else if (letter === 0x75) copied = decodeUnicode(builder, bytes, at, end);
    at = view.indexOf(BACKSLASH, Math.max(copied, at + 1));
  }
  builder.copy(copied, end);
  return builder.build();
}

/** True when the quote at `at` is not escaped: an even number of backslashes stands before it. */
function isBareQuote(bytes: Buffer, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && bytes[before] === BACKSLASH) before--;
  return (at - before) % 2 === 1;
}

/** The string around `near`, without its quotes; the stretch between two quotes when it stands outside of strings. */
function stringAround(bytes: Buffer, start: number, end: number, near: number): readonly [number, number] {
  let open = bytes.lastIndexOf(QUOTE, near);
  while (open >= start && !isBareQuote(bytes, open)) open = open === 0 ? -1 : bytes.lastIndexOf(QUOTE, open - 1);
  let close = bytes.indexOf(QUOTE, Math.max(near, open + 1));
  while (close >= 0 && close < end && !isBareQuote(bytes, close)) close = bytes.indexOf(QUOTE, close + 1);
  return [open < start ? start : open + 1, close < 0 || close > end ? end : close];
}

const TIME = /"(?:timestamp|ts|time|created_?[aA]t|started)"\s*:\s*(?:"([^"]{10,40})"|\[?\s*(\d{9,13}(?:\.\d+)?))/;
/** How much of a line is searched for its time, from the front and from the end. */
const TIME_BYTES = 1 << 16;

function readTime(bytes: Buffer, start: number, end: number): number | undefined {
  const head = bytes.toString('latin1', start, Math.min(end, start + TIME_BYTES));
  const found = TIME.exec(head) ?? TIME.exec(bytes.toString('latin1', Math.max(start, end - TIME_BYTES), end));
  if (!found) return undefined;
  const [, text, number] = found;
  const seconds = text === undefined ? Number(number) : Date.parse(text) / 1000;
  if (!Number.isFinite(seconds)) return undefined;
  return Math.floor(seconds > 1e11 ? seconds / 1000 : seconds);
}

/** @param name jsonl: an entry a line; json: the document is the entry */
export function createJsonFormat(name: 'json' | 'jsonl'): HistoryFormat {
  const isLines = name === 'jsonl';
  return {
    name,
    dialect: 'sh',
    needsWhole: !isLines,
    lastStart: (bytes) => (isLines ? bytes.lastIndexOf(NEWLINE) + 1 : 0),
    nextEntry: (bytes, start) => (isLines ? lineEnd(bytes, start) : bytes.length),
    startsEntry: () => isLines,
    decodeBlock: (bytes) => decodeJsonText(bytes, 0, bytes.length),
    readEntry: (bytes, start, end, near) => {
      const [from, to] = stringAround(bytes, start, end, Math.max(start, Math.min(near, end - 1)));
      return { command: decodeJsonText(bytes, from, to), time: readTime(bytes, start, end) };
    },
  };
}
