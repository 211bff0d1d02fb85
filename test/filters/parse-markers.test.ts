// Every marker of ours and of other tools, what looks like one and is none, and blocks fed piece by piece.
import { describe, expect, test } from 'vitest';
import { feedBlocks, markersAround, NO_BLOCKS } from '../../src/filters/marker-blocks.ts';
import { findMarkers, markersOfLine } from '../../src/filters/parse-markers.ts';
import { BLOCK_OPENERS } from '../../src/model/marker.ts';
import { RandomText } from '../../src/util/random-text.ts';

const show = (line: string) =>
  findMarkers(line, 7).map(({ kind, marker }) =>
    [kind, marker.text, marker.ruleIds.join('+'), marker.reason, marker.line].filter(Boolean).join(' | '),
  );

describe('findMarkers', () => {
  test.each([
    ['x // unleak:ignore', ['same-line | unleak:ignore | 7']],
    ['x //unleak:ignore', ['same-line | unleak:ignore | 7']],
    ['<!-- unleak:ignore-->', ['same-line | unleak:ignore | 7']],
    ['x --unleak:ignore', ['same-line | unleak:ignore | 7']],
    ['# unleak:ignore slack.webhook, generic.* because', ['same-line | unleak:ignore | slack.webhook+generic.* | 7']],
    ['# unleak:ignore slack.webhook reason="made up"', ['same-line | unleak:ignore | slack.webhook | made up | 7']],
    ["/* unleak:ignore reason='it''s' */", ['same-line | unleak:ignore | it | 7']],
    ['# unleak:ignore reason="" ', ['same-line | unleak:ignore | 7']],
    ['# unleak:ignore this is fine. really', ['same-line | unleak:ignore | 7']],
    ['# unleak:ignore-next-line a.b', ['next-line | unleak:ignore-next-line | a.b | 7']],
    ['# unleak:ignore-start a.b c.d', ['start | unleak:ignore-start | a.b+c.d | 7']],
    ['# unleak:ignore-end', ['end | unleak:ignore-end | 7']],
    ['x # gitleaks:allow', ['same-line | gitleaks:allow | 7']],
    ['x # betterleaks:allow', ['same-line | betterleaks:allow | 7']],
    ['x # trufflehog:ignore', ['same-line | trufflehog:ignore | 7']],
    ['x # kingfisher:ignore', ['same-line | kingfisher:ignore | 7']],
    ['x # ggignore', ['same-line | ggignore | 7']],
    ['x # pragma: allowlist secret', ['same-line | pragma: allowlist secret | 7']],
    ['x # pragma:whitelist secret', ['same-line | pragma:whitelist secret | 7']],
    ['# pragma: allowlist nextline secret', ['next-line | pragma: allowlist nextline secret | 7']],
    ['// secretlint-disable-line', ['same-line | secretlint-disable-line | 7']],
    [
      '// secretlint-disable-next-line @secretlint/secretlint-rule-slack -- made up',
      ['next-line | secretlint-disable-next-line | slack.* | made up | 7'],
    ],
    [
      '/* secretlint-disable @secretlint/secretlint-rule-aws, @secretlint/secretlint-rule-npm */',
      ['start | secretlint-disable | aws.*+npm.* | 7'],
    ],
    ['/* secretlint-enable */', ['end | secretlint-enable | 7']],
    ['# gitleaks:allow # unleak:ignore a.b', ['same-line | gitleaks:allow | 7', 'same-line | unleak:ignore | a.b | 7']],
    ['# unleak:ignore gitleaks:allow', ['same-line | unleak:ignore | 7', 'same-line | gitleaks:allow | 7']],
    ['', []],
    ['unleak:ignored', []],
    ['unleak:ignore-file', []],
    ['my-unleak:ignore', []],
    ['myunleak:ignore', []],
    ['Unleak:Ignore', []],
    ['unleak: ignore', []],
    ['loggignore', []],
    ['ggignored', []],
    ['gitleaks:allowed', []],
    ['pragma: allowlist secrets', []],
    ['secretlint-disabled', []],
  ])('%j', (line, expected) => {
    expect(show(line)).toEqual(expected);
  });

  test('a reason is one line of at most 200 characters', () => {
    expect(findMarkers(`unleak:ignore reason="a\x1b[31m\tb${'c'.repeat(300)}"`, 1)[0]?.marker.reason).toBe(
      `a [31m b${'c'.repeat(192)}`,
    );
  });

  test('any line is answered in linear time (seed 66)', () => {
    const random = new RandomText(66);
    for (let round = 0; round < 2000; round++)
      findMarkers(Buffer.from(random.bytes(random.integer(200))).toString('latin1'), 1);
    const start = performance.now();
    for (const piece of ['unleak:ignore ', 'unleak:ignore', 'pragma: ', 'a.b ', 'secretlint-disable-', 'reason="']) {
      findMarkers(`unleak:ignore ${piece.repeat(20_000)}`, 1);
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

test('markersOfLine: those of the line and next-line markers of the line before', () => {
  const texts = (line: string, before: string | undefined) =>
    markersOfLine(line, before, 5).map((marker) => `${marker.text} ${marker.line}`);
  expect(texts('x # ggignore', '# unleak:ignore-next-line')).toEqual(['ggignore 5', 'unleak:ignore-next-line 4']);
  expect(texts('# unleak:ignore-next-line', '# unleak:ignore')).toEqual([]);
  expect(texts('# unleak:ignore-start', undefined)).toEqual([]);
});

describe('blocks', () => {
  const TEXT = [
    'one',
    '# unleak:ignore-start a.b', // 2
    'three',
    '# unleak:ignore-start c.d', // 4
    'five',
    '# unleak:ignore-end', // 6 closes line 4
    '/* secretlint-disable */', // 7
    '# unleak:ignore-end', // 8 closes line 2
    'nine',
    '/* secretlint-enable */', // 10
    '# unleak:ignore-end', // 11 closes nothing
    '# unleak:ignore-start reason="rest"', // 12, never closed
    'last',
  ];
  const around = (state: typeof NO_BLOCKS) =>
    TEXT.map((_, index) => markersAround(state, index + 1).map((marker) => marker.line));
  const EXPECTED = [[], [2], [2], [2, 4], [2, 4], [2, 4], [2, 7], [2, 7], [7], [7], [], [12], [12]];

  test('nested, of two families, and never closed', () => {
    const state = feedBlocks(NO_BLOCKS, TEXT.join('\n'), 1, true);
    expect(around(state)).toEqual(EXPECTED);
    expect(markersAround(state, 999)).toEqual([{ text: 'unleak:ignore-start', ruleIds: [], reason: 'rest', line: 12 }]);
    expect(markersAround(NO_BLOCKS, 1)).toEqual([]);
  });

  test('the same from overlapping pieces cut anywhere, pieces before the first start left out (seed 12)', () => {
    const random = new RandomText(12);
    const text = TEXT.join('\n');
    const overlap = 64;
    for (let round = 0; round < 300; round++) {
      let state = NO_BLOCKS;
      for (let start = 0; start < text.length; ) {
        const end = Math.min(text.length, start + overlap + 1 + random.integer(80));
        const piece = text.slice(start, end);
        const firstLine = text.slice(0, start).split('\n').length;
        if (state !== NO_BLOCKS || BLOCK_OPENERS.some((opener) => piece.includes(opener)))
          state = feedBlocks(state, piece, firstLine, end === text.length);
        if (end === text.length) break;
        start = end - overlap;
      }
      expect(around(state)).toEqual(EXPECTED);
    }
  });

  test('enable with names closes only those', () => {
    const lines = [
      '// secretlint-disable @secretlint/secretlint-rule-aws',
      '// secretlint-disable @secretlint/secretlint-rule-npm',
    ];
    const state = feedBlocks(
      NO_BLOCKS,
      [...lines, '// secretlint-enable @secretlint/secretlint-rule-aws', 'x'].join('\n'),
      1,
      true,
    );
    expect(markersAround(state, 4).map((marker) => marker.ruleIds)).toEqual([['npm.*']]);
  });

  test('every opener is one', () => {
    const kinds = BLOCK_OPENERS.map((opener) => findMarkers(`# ${opener}`, 1).map((found) => found.kind));
    expect(kinds).toEqual([['start'], ['start']]);
  });
});
