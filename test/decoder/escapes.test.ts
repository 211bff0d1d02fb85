// Escaped stretches: what they stand for, where each decoded byte is written, what is worth reading, and the grid.
import { describe, expect, it } from 'vitest';
import { CELL_BYTES, isTellingEscape, readEscapes } from '../../src/decoder/escapes.ts';
import type { EscapeForm } from '../../src/model/encoded-mark.ts';
import { RandomText } from '../../src/util/random-text.ts';

const read = (text: string, form: EscapeForm) => {
  const bytes = Buffer.from(text);
  return readEscapes(bytes, 0, bytes.length, 0, form);
};

describe('readEscapes', () => {
  it.each<[EscapeForm, string, string]>([
    ['percent', 'a%3Ab%2fc%', 'a:b/c%'],
    ['percent', '%C3%A9%zz', 'é%zz'],
    ['backslash', '\\x61\\u0062\\n\\u00e9\\\\u0022', 'ab\\né"'],
    ['backslash', '\\ud83d\\ude00 \\xg1', '\\ud83d\\ude00 \\xg1'],
    ['entity', '&#97;&#x62;&quot;&amp;&nope;&#1114112;&#x20ac;', 'ab"&&nope;&#1114112;€'],
    ['quoted-printable', 'a=3Db=C3=A9=zz', 'a=bé=zz'],
    ['quoted-printable', `${'x'.repeat(74)}=\r\ny`, `${'x'.repeat(74)}y`],
    ['quoted-printable', 'cGFkZGluZw==\nnext', 'cGFkZGluZw==\nnext'],
  ])('%s: %s', (form, text, expected) => {
    expect(read(text, form).bytes.toString()).toBe(expected);
  });

  it('tells where each byte is written, and whether something is hidden there', () => {
    const text = 'ab%3Ac%C3%A9d';
    const { bytes, writtenSpan, isHidden } = read(text, 'percent');
    const written = (start: number, end: number): string => {
      const span = writtenSpan({ start, end });
      return text.slice(span.start, span.end);
    };
    expect(bytes.toString()).toBe('ab:céd');
    expect([written(0, 2), written(1, 3), written(2, 3), written(4, 6), written(6, 7)]).toEqual([
      'ab',
      'b%3A',
      '%3A',
      '%C3%A9',
      'd',
    ]);
    expect([isHidden({ start: 0, end: 2 }), isHidden({ start: 2, end: 3 }), isHidden({ start: 3, end: 4 })]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('ends behind its cell of the grid, wherever the window starts', () => {
    const bytes = Buffer.from('\\u0061 '.repeat(3000));
    expect(readEscapes(bytes, 7, bytes.length, 0, 'backslash').written).toEqual({ start: 0, end: CELL_BYTES + 512 });
    expect(readEscapes(bytes, 1400, bytes.length, 3000, 'backslash').written).toEqual({
      start: 888,
      end: 2 * CELL_BYTES - 3000 + 512,
    });
  });

  it('never throws, and its spans stay in the text', () => {
    const random = new RandomText(21);
    for (let i = 0; i < 2000; i++) {
      let text = '';
      for (let k = random.integer(12); k >= 0; k--) {
        text += random.pick([
          '%',
          '%3',
          '%3a',
          '\\',
          '\\u',
          '\\u00',
          '\\u0061',
          '\\x',
          '&#',
          '&#x6',
          '&#97;',
          '=',
          '=\n',
          '=3D',
          'é',
          'a',
        ]);
      }
      const form = random.pick(['percent', 'backslash', 'entity', 'quoted-printable'] as const);
      const { bytes, writtenSpan } = read(text, form);
      const start = random.integer(bytes.length);
      const span = writtenSpan({ start, end: start + 1 });
      expect(span.start < span.end && span.end <= Buffer.byteLength(text), `${form} ${JSON.stringify(text)}`).toBe(
        true,
      );
    }
  });
});

describe('isTellingEscape', () => {
  it.each<[EscapeForm, string, boolean]>([
    ['backslash', '\\u0022', true],
    ['backslash', '\\u006b', true],
    ['backslash', '\\u00e9', false],
    ['backslash', '\\u003c', false],
    ['entity', '&#x3d;', true],
    ['entity', '&#x27;', false],
    ['percent', '%3A%2F%2Fu%3Ap%40h', true],
    ['percent', '%3A%2F%2Fhost%2Fpath', false],
    ['percent', '%3A%22value%22', true],
    ['percent', '%3A443', false],
  ])('%s %s: %s', (form, text, expected) => {
    expect(isTellingEscape(Buffer.from(text), 0, form)).toBe(expected);
  });
});
