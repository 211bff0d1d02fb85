import { describe, expect, it } from 'vitest';
import type { PatchHunk } from '../../src/git/patch-file.ts';
import { holdsHunks, rebuildNewSide } from '../../src/sources/patch-text.ts';

function hunk(firstLine: number, text: string): PatchHunk {
  const lineCount = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { firstLine, lineCount: text === '' ? 0 : lineCount, text: Buffer.from(text) };
}

describe('rebuildNewSide', () => {
  const cases: readonly (readonly [string, PatchHunk[], string | undefined])[] = [
    ['nothing', [], ''],
    ['from the first line', [hunk(1, 'a\nb\n')], 'a\nb\n'],
    ['with gaps', [hunk(3, 'c\n'), hunk(6, 'f')], '\n\nc\n\n\nf'],
    ['hunks that touch', [hunk(1, 'a\n'), hunk(2, 'b\n')], 'a\nb\n'],
    ['only removals', [hunk(7, '')], ''],
    ['in the wrong order', [hunk(5, 'e\n'), hunk(2, 'b\n')], undefined],
    ['overlapping', [hunk(1, 'a\nb\n'), hunk(2, 'b\n')], undefined],
    ['line 0 with text', [hunk(0, 'a\n')], undefined],
    ['no newline in the middle', [hunk(1, 'a'), hunk(2, 'b\n')], undefined],
    ['too far away', [hunk(5_000_000, 'a\n')], undefined],
  ];
  it.each(cases)('%s', (_, hunks, expected) => {
    expect(rebuildNewSide(hunks)?.toString()).toBe(expected);
  });
});

describe('holdsHunks', () => {
  const blob = Buffer.from('1\n2\n3\n4\n5');
  const cases: readonly (readonly [string, PatchHunk[], boolean])[] = [
    ['no hunks', [], true],
    ['in place', [hunk(2, '2\n3\n'), hunk(5, '5')], true],
    ['another text', [hunk(2, '2\nx\n')], false],
    ['another place', [hunk(3, '2\n')], false],
    ['behind the end', [hunk(9, '9\n')], false],
    ['longer than the rest', [hunk(5, '5\n')], false],
    ['out of order', [hunk(4, '4\n'), hunk(2, '2\n')], false],
  ];
  it.each(cases)('%s', (_, hunks, expected) => {
    expect(holdsHunks(blob, hunks)).toBe(expected);
  });
});
