import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import type { PatchFile } from '../../src/git/patch-file.ts';
import { UnifiedDiffParser } from '../../src/git/unified-diff.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

function parse(diff: string | Buffer, pieceBytes = 1 << 30, keepText = true): PatchFile[] {
  const bytes = Buffer.from(diff);
  const files: PatchFile[] = [];
  const parser = new UnifiedDiffParser({ keepText, onFile: (file) => files.push(file) });
  for (let at = 0; at < bytes.length; at += pieceBytes) parser.push(bytes.subarray(at, at + pieceBytes));
  parser.end();
  return files;
}

/** One line a file: paths, flags, added lines, and the text of the hunks. */
function summarize(files: readonly PatchFile[]): string[] {
  return files.map((file) => {
    const flags = [file.isBinary && 'binary', file.isCut && 'cut', file.newMode?.toString(8)].filter(Boolean).join(' ');
    const hunks = file.hunks.map((hunk) => `${hunk.firstLine}+${hunk.lineCount}:${hunk.text?.toString('latin1')}`);
    return `${file.oldPath} > ${file.newPath} (${flags}) ${JSON.stringify(file.addedLines)} ${JSON.stringify(hunks)}`;
  });
}

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');

describe('UnifiedDiffParser', () => {
  const cases: readonly (readonly [string, string, string[]])[] = [
    [
      'git: context, added and removed lines',
      lines(
        'diff --git a/x b/x',
        'index 1111111..2222222 100644',
        '--- a/x',
        '+++ b/x',
        '@@ -1,3 +1,4 @@ fn()',
        ' a',
        '-b',
        '+B',
        '+c',
        ' d',
      ),
      ['x > x (100644) [[2,3]] ["1+4:a\\nB\\nc\\nd\\n"]'],
    ],
    [
      'several hunks and text around',
      lines(
        'From 123 Mon',
        'Subject: --- and @@ -1 +1 @@',
        '---',
        ' x | 2 +-',
        '',
        'diff --git a/x b/x',
        '--- a/x',
        '+++ b/x',
        '@@ -1 +1 @@',
        '-a',
        '+b',
        '@@ -9,0 +10 @@',
        '+c',
        '-- ',
        '2.39.5',
      ),
      ['x > x () [[1,1],[10,10]] ["1+1:b\\n","10+1:c\\n"]'],
    ],
    [
      'no newline at the end, on each side',
      lines(
        '--- a/x',
        '+++ b/x',
        '@@ -1 +1 @@',
        '-a',
        '\\ No newline at end of file',
        '+b',
        '\\ No newline at end of file',
        '--- a/y',
        '+++ b/y',
        '@@ -1 +1 @@',
        '-a',
        '\\ No newline at end of file',
        '+b',
      ),
      ['x > x () [[1,1]] ["1+1:b"]', 'y > y () [[1,1]] ["1+1:b\\n"]'],
    ],
    [
      'new, deleted, mode only, empty',
      lines(
        'diff --git a/n b/n',
        'new file mode 100755',
        'index 0000000..1111111',
        '--- /dev/null',
        '+++ b/n',
        '@@ -0,0 +1 @@',
        '+n',
        'diff --git a/d b/d',
        'deleted file mode 100644',
        'index 1111111..0000000',
        '--- a/d',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-d',
        'diff --git a/m b/m',
        'old mode 100644',
        'new mode 100755',
        'diff --git a/e b/e',
        'new file mode 100644',
        'index 0000000..e69de29',
      ),
      [
        'undefined > n (100755) [[1,1]] ["1+1:n\\n"]',
        'd > undefined () [] ["0+0:"]',
        'm > m (100755) [] []',
        'undefined > e (100644) [] []',
      ],
    ],
    [
      'rename with an edit, quoted',
      lines(
        'diff --git "a/o\\tld" b/new',
        'similarity index 90%',
        'rename from "o\\tld"',
        'rename to new',
        'index 1111111..2222222 100644',
        '--- "a/o\\tld"',
        '+++ b/new',
        '@@ -2,0 +3 @@',
        '+x',
      ),
      ['o\tld > new (100644) [[3,3]] ["3+1:x\\n"]'],
    ],
    [
      'no prefixes',
      lines(
        'diff --git src/x src/x',
        '--- src/x',
        '+++ src/x',
        '@@ -0,0 +1 @@',
        '+a',
        'diff --git b/x b/x',
        'new file mode 100644',
        '--- /dev/null',
        '+++ b/x',
        '@@ -0,0 +1 @@',
        '+a',
      ),
      ['src/x > src/x () [[1,1]] ["1+1:a\\n"]', 'undefined > b/x (100644) [[1,1]] ["1+1:a\\n"]'],
    ],
    [
      'plain diff -ru',
      lines(
        'diff -ru old/x new/x',
        '--- old/x\t2024-01-02 03:04:05',
        '+++ new/x\t2024-01-02 03:04:06',
        '@@ -1 +1 @@',
        '-a',
        '+b',
        'Only in new: y',
        'Binary files old/z and new/z differ',
        '--- old/w\t2024',
        '+++ new/w\t2024',
        '@@ -0,0 +1,2 @@',
        '+1',
        '+2',
      ),
      [
        'old/x > new/x () [[1,1]] ["1+1:b\\n"]',
        'old/z > new/z (binary) [] []',
        'old/w > new/w () [[1,2]] ["1+2:1\\n2\\n"]',
      ],
    ],
    [
      'binary in two forms',
      lines(
        'diff --git a/p b/p',
        'index 1111111..2222222 100644',
        'Binary files a/p and b/p differ',
        'diff --git a/q b/q',
        'index 1111111..2222222 100644',
        'GIT binary patch',
        'literal 4',
        'LcmZQzV',
        '',
        'literal 0',
        'HcmV?d00001',
        '',
      ),
      ['p > p (binary 100644) [] []', 'q > q (binary 100644) [] []'],
    ],
    [
      'combined: only lines that no parent has are added',
      lines(
        'diff --cc x',
        'index 1111111,2222222..3333333',
        '--- a/x',
        '+++ b/x',
        '@@@ -1,3 -1,3 +1,5 @@@',
        '  a',
        '- b',
        ' -c',
        '++both',
        '+ from second',
        ' +from first',
        '  d',
      ),
      ['x > x () [[2,2]] ["1+5:a\\nboth\\nfrom second\\nfrom first\\nd\\n"]'],
    ],
    [
      'carriage returns in the text stay, in headers they go',
      lines('diff --git a/x b/x\r', '--- a/x\r', '+++ b/x\r', '@@ -1,2 +1,2 @@\r', ' a\r', '-b\r', '+c\r'),
      ['x > x () [[2,2]] ["1+2:a\\r\\nc\\r\\n"]'],
    ],
    [
      'a context line whose blank was lost',
      lines('--- a/x', '+++ b/x', '@@ -1,2 +1,3 @@', '', '+b', ' c'),
      ['x > x () [[2,2]] ["1+3:\\nb\\nc\\n"]'],
    ],
    [
      'a hunk that ends early, and one that is followed at once',
      lines(
        'diff --git a/x b/x',
        '--- a/x',
        '+++ b/x',
        '@@ -1,9 +1,9 @@',
        '+a',
        'diff --git a/y b/y',
        '--- a/y',
        '+++ b/y',
        '@@ -1 +1,999999999 @@',
        '+b',
      ),
      ['x > x (cut) [[1,1]] ["1+1:a\\n"]', 'y > y (cut) [[1,1]] ["1+1:b\\n"]'],
    ],
    [
      'lines that look like headers inside a hunk',
      lines('--- a/x', '+++ b/x', '@@ -1,2 +1,2 @@', '--- a/fake', '-x', '+++ b/fake', '+@@ -1 +1 @@'),
      ['x > x () [[1,2]] ["1+2:++ b/fake\\n@@ -1 +1 @@\\n"]'],
    ],
    ['no diff at all', lines('hello', '@@ -1 +1 @@', '+x', '+++ b/x', '--- a/x'), []],
    ['nothing', '', []],
    ['last line without newline', '--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+end', ['x > x () [[1,1]] ["1+1:end\\n"]']],
  ];

  it.each(cases)('%s', (_, diff, expected) => {
    expect(summarize(parse(diff))).toEqual(expected);
    for (const pieceBytes of [1, 2, 7]) expect(summarize(parse(diff, pieceBytes))).toEqual(expected);
  });

  it('keeps no text when not told to, and finds the same lines', () => {
    for (const [, diff] of cases) {
      const withText = parse(diff).map((file) => ({
        ...file,
        hunks: file.hunks.map((hunk) => ({ ...hunk, text: undefined })),
      }));
      expect(parse(diff, 5, false)).toEqual(withText);
    }
  });

  const seed = 99;
  it(`reads what git and diff write about random edits (seed ${seed})`, () => {
    const random = new RandomText(seed);
    const repository = makeRepository();
    for (let round = 0; round < 25; round++) {
      const makeLine = () => (random.integer(5) === 0 ? '' : random.text('hex', random.integer(3)));
      const join = (list: readonly string[]) => list.join(random.pick(['\n', '\r\n'])) + random.pick(['', '\n']);
      const before = Array.from({ length: random.integer(40) }, makeLine);
      const after = before.flatMap((line) =>
        random.integer(6) === 0 ? [] : random.integer(6) === 0 ? [line, makeLine()] : [line],
      );
      repository.write('before', join(before));
      repository.write('after', join(after));
      const context = random.integer(4);
      for (const [program, args] of [
        ['git', ['diff', '--no-index', `-U${context}`, 'before', 'after']],
        ['diff', [`-U${context}`, 'before', 'after']],
      ] as const) {
        const diff = spawnSync(program, args, { cwd: repository.path }).stdout;
        const [file] = parse(diff, 1 + random.integer(50));
        const now = spawnSync('cat', ['after'], { cwd: repository.path }).stdout.toString('latin1');
        const split = now.split(/(?<=\n)/);
        for (const hunk of file?.hunks ?? []) {
          if (hunk.lineCount === 0) continue;
          const expected = split.slice(hunk.firstLine - 1, hunk.firstLine - 1 + hunk.lineCount).join('');
          expect(hunk.text?.toString('latin1'), `seed ${seed} round ${round}`).toBe(expected);
        }
        expect(file?.isCut ?? false).toBe(false);
        const added = (file?.addedLines ?? []).reduce((sum, [first, last]) => sum + last - first + 1, 0);
        const numstat = diff
          .toString('latin1')
          .split('\n')
          .filter((line) => /^\+(?!\+\+ )/.test(line)).length;
        expect(added).toBe(numstat);
      }
    }
  });

  it(`answers damaged diffs without throwing (seed ${seed})`, () => {
    const random = new RandomText(seed);
    const all = Buffer.from(cases.map(([, diff]) => diff).join(''));
    let files = 0;
    for (let round = 0; round < 2000; round++) {
      let bytes = Buffer.from(all);
      for (let i = random.integer(30); i >= 0; i--) {
        bytes[random.integer(bytes.length)] = random.pick([
          0,
          0x0a,
          0x0d,
          0x20,
          0x22,
          0x2b,
          0x2d,
          0x40,
          0x5c,
          random.integer(256),
        ]);
      }
      const start = random.integer(bytes.length);
      bytes = random.integer(2) === 0 ? bytes : Buffer.concat([bytes.subarray(start), bytes.subarray(0, start)]);
      const whole = parse(bytes);
      files += whole.length;
      expect(summarize(parse(bytes, 1 + random.integer(100))), `seed ${seed} round ${round}`).toEqual(summarize(whole));
    }
    expect(files).toBeGreaterThan(10_000);
  });
});
