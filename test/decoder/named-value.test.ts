// A decoded text of one value gets the name before it; other texts stay as they are.
import { describe, expect, it } from 'vitest';
import type { DecodedText } from '../../src/decoder/decoded-text.ts';
import { withName } from '../../src/decoder/named-value.ts';

function named(before: string, value: string): { text: string; span: DecodedText['writtenSpan'] } {
  const start = before.length;
  const text: DecodedText = {
    form: 'hex',
    kind: 'document',
    bytes: Buffer.from(value),
    written: { start, end: start + value.length * 2 },
    writtenSpan: (span) => ({ start: start + span.start * 2, end: start + span.end * 2 }),
    isHidden: () => true,
  };
  const result = withName(text, Buffer.from(`${before}${Buffer.from(value).toString('hex')}`));
  return { text: result.bytes.toString(), span: result.writtenSpan };
}

describe('withName', () => {
  it.each([
    ['  db-password: ', 'db-password'],
    ['"apiKey": "', 'apiKey'],
    ["'key' => '", 'key'],
    ['PASSWORD=', 'PASSWORD'],
    ['<password>', 'password'],
    ['tls.key: |\n    ', 'tls.key'],
    ['cert: !!binary ', 'cert'],
    ['Authorization: Basic ', 'Authorization'],
  ])('%j names it %s', (before, name) => {
    expect(named(before, 'hunter22').text).toBe(`${name} = "hunter22"\n`);
  });

  it.each([
    ['', 'hunter22'],
    ['some words ', 'hunter22'],
    ['key: ', 'two words'],
    ['key: ', '{"a":"b"}'],
    ['key: ', 'a\nb'],
  ])('%j leaves %j as it is', (before, value) => {
    expect(named(before, value).text).toBe(value);
  });

  it('quotes with the other quote, drops a line end, and keeps the places', () => {
    expect(named('key: ', 'a"b\n').text).toBe(`key = 'a"b'\n`);
    const { text, span } = named('key: ', 'hunter22');
    const start = text.indexOf('hunter22');
    expect(span({ start, end: start + 8 })).toEqual({ start: 5, end: 21 });
    expect(span({ start: start + 1, end: start + 3 })).toEqual({ start: 7, end: 11 });
  });
});
