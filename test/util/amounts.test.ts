// Numbers for people, at the edges where a unit changes.
// No locale may change them.
import { describe, expect, it } from 'vitest';
import { countOf, formatBytes, formatCount } from '../../src/util/amounts.ts';

describe('amounts', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
  ])('formatCount(%i)', (count, expected) => {
    expect(formatCount(count)).toBe(expected);
  });

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [5_000_000_000, '5.0 GB'],
    [5e15, '5000.0 TB'],
  ])('formatBytes(%i)', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  it('countOf', () => {
    expect([countOf(1, 'file'), countOf(2000, 'file'), countOf(2, 'more', 'more')]).toEqual([
      '1 file',
      '2,000 files',
      '2 more',
    ]);
  });
});
