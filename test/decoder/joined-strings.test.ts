// Strings in pieces: what is joined, with the rest of the line, and where its bytes are written.
import { describe, expect, it } from 'vitest';
import { readJoined } from '../../src/decoder/joined-strings.ts';

const HEAD = 'abcdefghij0123456789';

function read(text: string): string | undefined {
  const bytes = Buffer.from(text);
  const start = text.lastIndexOf(HEAD);
  return readJoined(bytes, start, start + HEAD.length, bytes.length)?.bytes.toString();
}

describe('readJoined', () => {
  it.each([
    [`x = "${HEAD}" + "tail";\ny`, `x = "${HEAD}tail";`],
    [`x = '${HEAD}' +\n    'mid' + 'tail')`, `x = '${HEAD}midtail')`],
    [`x = "${HEAD}"\n  "tail"`, `x = "${HEAD}tail"`],
    [`first\nx = "${HEAD}\\\n   tail"`, `x = "${HEAD}tail"`],
    [`x = "${HEAD}" + tail`, undefined],
    [`x = "${HEAD}" + 'tail'`, undefined],
    [`x = "${HEAD}", "tail"`, undefined],
    [`x = "${HEAD}" + "${HEAD}" + "tail"`, undefined],
  ])('%j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('maps to what is written, and hides only what a seam runs through', () => {
    const text = `x = "${HEAD}" + "tail" + "end";`;
    const bytes = Buffer.from(text);
    const joined = readJoined(bytes, 5, 5 + HEAD.length, bytes.length);
    const inner = joined?.bytes.toString() ?? '';
    const start = inner.indexOf(HEAD);
    const span = { start, end: inner.indexOf('";') };
    const written = joined?.writtenSpan(span);
    expect(text.slice(written?.start, written?.end)).toBe(`${HEAD}" + "tail" + "end`);
    expect(joined?.isHidden(span)).toBe(true);
    expect(joined?.isHidden({ start, end: start + HEAD.length })).toBe(false);
  });
});
