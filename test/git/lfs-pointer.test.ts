import { describe, expect, it } from 'vitest';
import { isLfsPointer } from '../../src/git/lfs-pointer.ts';

const HASH = '4d'.repeat(32);
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${HASH}\nsize 12345\n`;

describe('isLfsPointer', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['a pointer', POINTER, true],
    ['the old first line', POINTER.replace('git-lfs', 'hawser'), true],
    ['an extension line', POINTER.replace('oid', `ext-0-foo sha256:${HASH}\noid`), true],
    ['nothing', '', false],
    ['another line, where a value could hide', `${POINTER}password=hunter2\n`, false],
    ['no size', POINTER.replace(/size.*\n/, ''), false],
    ['no id', POINTER.replace(/oid.*\n/, ''), false],
    ['no last newline', POINTER.slice(0, -1), false],
    ['text before', ` ${POINTER}`, false],
    ['too long', POINTER + `ext-1-a sha256:${HASH}\n`.repeat(20), false],
  ];
  it.each(cases)('%s', (_, text, expected) => {
    expect(isLfsPointer(Buffer.from(text))).toBe(expected);
  });
});
