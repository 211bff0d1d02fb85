// A file whole, and no more than a file.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWhole } from '../../src/util/read-whole.ts';

test('reads a file to its end', () => {
  expect(readWhole(import.meta.filename).toString()).toContain('reads a file to its end');
});

test.skipIf(!existsSync('/dev/zero'))('a device without an end is refused', () => {
  expect(() => readWhole('/dev/zero', 3 << 20)).toThrow('EFBIG');
});
