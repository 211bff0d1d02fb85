// Quoting of file names: the words themselves, and what a real bash makes of them.
// The shell is skipped on Windows.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { quoteForShell } from '../../src/reporters/quote-shell.ts';

describe('quoteForShell', () => {
  it.each([
    ['src/a-b_c.ts', 'src/a-b_c.ts'],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(rm x)`y`', "'$(rm x)`y`'"],
    ['[id].ts', "':(literal)[id].ts'"],
    [':weird', "':(literal):weird'"],
    ['a\u001b\n\'"\\', "$':(literal)a\\x1b\\x0a\\'\"\\\\'"],
    ['x\u202ey', "$'x\\xe2\\x80\\xaey'"],
  ])('%j', (path, expected) => {
    expect(quoteForShell(path)).toBe(expected);
  });

  it.skipIf(process.platform === 'win32')('is read by bash as one word with the same bytes', () => {
    for (const path of [
      'a b',
      "it's",
      '$(echo x)',
      'a\u001b\nb',
      'x\u202ey',
      '日本',
      "\t'\\n",
      '-x',
      '~a',
      '#b',
      'ü\u200b9',
    ]) {
      const script = `printf %s ${quoteForShell(path)}`;
      const read = execFileSync('bash', ['-c', script.replace('printf %s -', 'printf -- %s -')], { encoding: 'utf8' });
      expect(read.replace(':(literal)', '')).toBe(path);
    }
  });
});
