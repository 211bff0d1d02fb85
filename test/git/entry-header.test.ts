// Entry headers by hand: sizes, bases, and ends in the middle.
import { describe, expect, test } from 'vitest';
import { createEntryHeader, ENTRY, readEntryHeader } from '../../src/git/entry-header.ts';

describe('entry header', () => {
  const header = createEntryHeader();
  const read = (...bytes: number[]) => (readEntryHeader(Buffer.from(bytes), 0, 20, header) ? { ...header } : undefined);

  test('sizes of any length', () => {
    expect(read(0x3f)).toEqual({ kind: ENTRY.blob, sizeBytes: 15, headerBytes: 1, distance: 0, idAt: 0 });
    expect(read(0xb0, 0x80, 0x01)).toEqual({ kind: ENTRY.blob, sizeBytes: 2048, headerBytes: 3, distance: 0, idAt: 0 });
    expect(read(0xbf, 0xff, 0xff, 0xff, 0xff, 0x7f)?.sizeBytes).toBe(2 ** 39 - 1);
    expect(read(0xbf, ...Array<number>(12).fill(0xff), 1)).toBeUndefined();
  });

  test('bases by distance and by id', () => {
    expect(read(0x65, 0x05)).toMatchObject({ kind: ENTRY.offsetDelta, distance: 5, headerBytes: 2 });
    expect(read(0x65, 0x80, 0x00)).toMatchObject({ distance: 128, headerBytes: 3 });
    expect(read(0x75, ...Array<number>(20).fill(9))).toMatchObject({ kind: ENTRY.idDelta, idAt: 1, headerBytes: 21 });
    expect(read(0x75, ...Array<number>(19).fill(9))).toBeUndefined();
    expect(read(0x65, ...Array<number>(12).fill(0xff), 1)).toBeUndefined();
  });

  test('kinds that there are not, and ends in the middle', () => {
    expect([read(0x05), read(0x55), read(), read(0xb0), read(0x65), read(0x65, 0x80)]).toEqual(
      Array(6).fill(undefined),
    );
  });
});
