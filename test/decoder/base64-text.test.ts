// Base64 texts: which are read, where the written bytes stand, which are left to another place or are no texts.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBase64, readShortBase64 } from '../../src/decoder/base64-text.ts';
import { RandomText } from '../../src/util/random-text.ts';

const TEXT = 'settings of the shop, one a line, and nothing that is secret at all';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

function read(text: string, start: number, runEnd = text.length): string | undefined {
  const bytes = Buffer.from(text);
  return readBase64(bytes, start, runEnd, bytes.length)?.bytes.toString();
}

describe('readBase64', () => {
  it('joins lines, and leaves a later line to the first', () => {
    const [first = '', second = ''] = base64(TEXT).match(/.{1,48}/g) ?? [];
    for (const seam of ['\n', '\r\n  ', '\\n', '\\\n', '" +\n  "', '"\n"']) {
      const text = `"${first}${seam}${second}"`;
      expect(read(text, 1, 49), seam).toBe(TEXT);
      expect(read(text, 49 + seam.length), seam).toBeUndefined();
    }
  });

  it('does not join what is followed by a name', () => {
    const first = base64(TEXT.slice(0, 36));
    expect(read(`${first}\nnext: value`, 0, 48)).toBe(TEXT.slice(0, 36));
  });

  it('maps decoded bytes to the characters that hold them', () => {
    const bytes = Buffer.from(`x: ${base64(TEXT)}`);
    const text = readBase64(bytes, 3, bytes.length, bytes.length);
    expect(text?.written).toEqual({ start: 3, end: bytes.length });
    expect(text?.writtenSpan({ start: 0, end: 3 })).toEqual({ start: 3, end: 7 });
    expect(text?.writtenSpan({ start: 4, end: 5 })).toEqual({ start: 8, end: 10 });
    expect(text?.writtenSpan({ start: TEXT.length - 1, end: TEXT.length }).end).toBe(bytes.length);
  });

  it('leaves out parts of tokens, digests in hex, and bytes that are no text', () => {
    const random = new RandomText(2);
    const part = Buffer.from(TEXT).toString('base64url');
    expect(read(`${part}.${part}`, 0, part.length)).toBeUndefined();
    expect(read(`a.${part}`, 2)).toBeUndefined();
    expect(read(base64(random.text('hex', 64)), 0)).toBeUndefined();
    expect(read(base64(`plain text at first${'\0'.repeat(9)}`), 0)).toBeUndefined();
    expect(read(base64(gzipSync(random.bytes(300))), 0)).toBeUndefined();
  });

  it('unpacks gzip, a cut end too, but no bomb', () => {
    const packed = base64(gzipSync(TEXT.repeat(3)));
    expect(read(packed, 0)).toBe(TEXT.repeat(3));
    expect(TEXT.repeat(3)).toContain(read(packed.slice(0, -16), 0));
    expect(read(base64(gzipSync('a'.repeat(100_000))), 0)).toBeUndefined();
  });
});

describe('readShortBase64', () => {
  it.each<[string, string | undefined]>([
    [base64('hunter22'), 'hunter22'],
    [`${base64('hunter22')}"`, 'hunter22'],
    [base64('hunter2'), 'hunter2'],
    [base64('hunter2\n'), 'hunter2\n'],
    [base64('abc'), undefined],
    [base64('two words'), undefined],
    ['password', undefined],
    ['changeMe1234', undefined],
    [`${base64('hunter22')}.more`, undefined],
  ])('%s', (text, expected) => {
    const bytes = Buffer.from(text);
    expect(readShortBase64(bytes, 0, bytes.length)?.bytes.toString()).toBe(expected);
  });

  it('takes next to no random value for a text', () => {
    const random = new RandomText(77);
    let read = 0;
    for (let i = 0; i < 20_000; i++) {
      if (readShortBase64(Buffer.from(random.text('base64', 16)), 0, 16)) read++;
    }
    expect(read).toBeLessThan(5);
  });
});
