// Hexadecimal texts: in one piece and in lines; digests are none.
import { expect, it } from 'vitest';
import { readHex } from '../../src/decoder/hex-text.ts';
import { RandomText } from '../../src/util/random-text.ts';

const TEXT = 'settings of the shop, one a line, and nothing more';
const HEX = Buffer.from(TEXT).toString('hex');
const read = (text: string, start: number) => readHex(Buffer.from(text), start, text.length);

it('reads a text, in one case or the other, and maps its bytes', () => {
  expect(read(`x ${HEX} y`, 2)?.bytes.toString()).toBe(TEXT);
  expect(read(HEX.toUpperCase(), 0)?.bytes.toString()).toBe(TEXT);
  expect(read(`x ${HEX}`, 2)?.writtenSpan({ start: 1, end: 3 })).toEqual({ start: 4, end: 8 });
});

it('joins lines, and leaves a later line to the first', () => {
  const text = `${HEX.slice(0, 64)}\n${HEX.slice(64)}\n`;
  expect(read(text, 0)?.bytes.toString()).toBe(TEXT);
  expect(read(text, 0)?.writtenSpan({ start: 31, end: 33 })).toEqual({ start: 62, end: 67 });
  expect(read(text, 65)).toBeUndefined();
});

it('reads no bytes that are no text', () => {
  const random = new RandomText(4);
  for (let i = 0; i < 1000; i++) expect(read(random.text('hex', 64), 0)).toBeUndefined();
});
