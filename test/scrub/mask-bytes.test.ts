import { expect, test } from 'vitest';
import type { ShellFormat } from '../../src/model/shell-sighting.ts';
import { joinSpans, maskBytes } from '../../src/scrub/mask-bytes.ts';

const mask = (text: string, format: ShellFormat, next?: number): string =>
  maskBytes(Buffer.from(text, 'latin1'), format, next).toString('latin1');

test.each([
  ['bash', 'plain', '*****'],
  ['bash', 'two\nlines', '***\n*****'],
  ['bash', 'crlf\r\nx', '****\r\n*'],
  ['zsh', 'a\\\nb', '*\\\n*'],
  ['zsh', '\x83\x80', '**'],
  ['zsh', 'a\\b', '***'],
  ['fish', 'a\\nb', '****'],
  ['powershell', 'a`\nb`c', '*`\n***'],
  ['psql', 'a\x01b', '*\x01*'],
  ['lines', 'a\x01b', '***'],
  ['ksh', 'a\n\0\0b', '*\n\0\0*'],
] as const)('%s: %j becomes %j', (format, text, expected) => {
  expect(mask(text, format)).toBe(expected);
});

test('a continuation mark at the end of the span stays when a line break follows', () => {
  expect([mask('ab\\', 'zsh', 0x0a), mask('ab\\', 'zsh', 0x61), mask('ab\\', 'zsh')]).toEqual(['**\\', '***', '***']);
});

test('spans are sorted, joined, and empty ones dropped', () => {
  const spans = [
    { start: 9, end: 12 },
    { start: 1, end: 3 },
    { start: 2, end: 5 },
    { start: 5, end: 6 },
    { start: 7, end: 7 },
  ];
  expect(joinSpans(spans)).toEqual([
    { start: 1, end: 6 },
    { start: 9, end: 12 },
  ]);
});
