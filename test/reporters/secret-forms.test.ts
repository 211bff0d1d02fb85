// Which values are looked for, and in which spellings.
// Lists are asserted whole, so that a lost spelling is noticed.
import { describe, expect, it } from 'vitest';
import { isWorthHiding, listForms } from '../../src/reporters/secret-forms.ts';

describe('isWorthHiding', () => {
  it.each([
    ['12345', false],
    ['hunter2', true],
    ['postgres', false],
    ['test/data', false],
    ['change-me-now', false],
    ['correcthorsebattery', true],
    ['p@ssw!', true],
    ['', false],
  ])('%s: %s', (value, expected) => {
    expect(isWorthHiding(value)).toBe(expected);
  });
});

describe('listForms', () => {
  it('lists each spelling once', () => {
    expect(listForms(' a"b/c+1 ')).toEqual([
      'a"b/c+1',
      'a\\"b/c+1',
      '6122622f632b31',
      '6122622F632B31',
      'YSJiL2MrMQ',
      'EiYi9jKz',
      'hImIvYysx',
      'a%22b%2Fc%2B1',
      'a%22b%2fc%2b1',
      'a%22b/c+1',
    ]);
  });

  it('reads latin1 values as UTF-8 too', () => {
    const latin1 = Buffer.from('pässwörd1', 'utf8').toString('latin1');
    expect(listForms(latin1)).toContain('pässwörd1');
    expect(listForms('pässwörd1')).toContain(encodeURIComponent('pässwörd1'));
  });

  it('takes the lines of a key, not its opening line, and no encoded forms of long values', () => {
    const line = 'Ab1+'.repeat(16);
    const key = ['-----BEGIN EC PRIVATE KEY-----', ...Array.from({ length: 10 }, (_, i) => `${i}${line}`)].join('\n');
    expect(listForms(key)).toEqual([
      key,
      key.replaceAll('\n', '\\n'),
      ...Array.from({ length: 10 }, (_, i) => `${i}${line}`),
    ]);
  });

  it('answers any text', () => {
    expect(listForms('\ud800\udc00\ud800abc1')).toContain('\ud800\udc00\ud800abc1');
    expect(listForms('      ')).toEqual([]);
  });
});
