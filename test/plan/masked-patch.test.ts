// Patches that are stored without values and made whole from the file: the way there and back.
import { applyPatch } from 'diff';
import { expect, it } from 'vitest';
import {
  applyEdits,
  fillPatch,
  isPlainPath,
  MASK,
  makeHelperPatch,
  makePatch,
  readPatch,
} from '../../src/plan/masked-patch.ts';
import { RandomText } from '../../src/util/random-text.ts';

const TEXT = 'one\nkey = "abcDEF123"\nthree\nother = "zzzYYY999" # abcDEF123\n';
const at = (value: string, from = 0) => ({
  start: TEXT.indexOf(value, from),
  end: TEXT.indexOf(value, from) + value.length,
});
const EDITS = [
  { start: 0, end: 0, replacement: 'import x\n' },
  { start: 10, end: 21, replacement: 'read("k")' },
];

it('keeps no value and no line around, and gives the true diff back', () => {
  const stored = makePatch({ path: 'a b.txt', text: TEXT }, EDITS, [at('abcDEF123'), at('zzzYYY999')]) ?? '';
  expect(stored).toBe(
    [
      '# Values are masked. Apply it from the top of the repository:',
      '#   unleak plan --print-diff THIS-FILE | git apply',
      '# Lines of the file: 5',
      'diff --git a/a b.txt b/a b.txt',
      '--- a/a b.txt\t',
      '+++ b/a b.txt\t',
      '@@ -0,0 +1,1 @@',
      '+import x',
      '@@ -2,1 +3,1 @@',
      `-key = "${MASK}"`,
      '+key = read("k")',
      '',
    ].join('\n'),
  );
  const patch = readPatch(stored);
  expect(patch && fillPatch(patch, TEXT)).toEqual({
    diff: [
      'diff --git a/a b.txt b/a b.txt',
      '--- a/a b.txt\t',
      '+++ b/a b.txt\t',
      '@@ -1,4 +1,5 @@',
      '+import x',
      ' one',
      '-key = "abcDEF123"',
      '+key = read("k")',
      ' three',
      ' other = "zzzYYY999" # abcDEF123',
      '',
    ].join('\n'),
  });
});

it('fits no other file', () => {
  const stored = makePatch({ path: 'a.txt', text: TEXT }, EDITS, [at('abcDEF123')]) ?? '';
  const patch = readPatch(stored);
  if (!patch) throw new Error('the patch was not read');
  expect(fillPatch(patch, undefined)).toEqual({ fault: 'is not there' });
  expect(fillPatch(patch, `${TEXT}\n`)).toEqual({ fault: 'has changed since the plan was made' });
  expect(fillPatch(patch, TEXT.replace('key', 'kez'))).toEqual({ fault: 'has changed since the plan was made' });
  // Another value in the same place is taken out all the same.
  expect(fillPatch(patch, TEXT.replace('abcDEF123', 'rotated00'))).toHaveProperty('diff');
});

it('is not made when an added line would hold a value', () => {
  const edits = [{ start: 4, end: 7, replacement: 'lock' }];
  expect(makePatch({ path: 'a.txt', text: TEXT }, edits, [at('abcDEF123')])).toBeUndefined();
});

it('masks a value that stands on a changed line a second time', () => {
  const start = TEXT.indexOf('"zzzYYY999"');
  const stored = makePatch(
    { path: 'a.txt', text: TEXT },
    [{ start, end: TEXT.length - 1, replacement: 'read()' }],
    [at('zzzYYY999'), at('abcDEF123')],
  );
  expect(stored).toContain(`\n-other = "${MASK}" # ${MASK}\n+other = read()\n`);
});

it('makes new files, and leaves those alone that are there', () => {
  const patch = readPatch(makeHelperPatch({ path: 'lib/x.rb', text: 'a\nb\n' }));
  if (!patch) throw new Error('the patch was not read');
  expect(fillPatch(patch, undefined)).toEqual({
    diff: 'diff --git a/lib/x.rb b/lib/x.rb\nnew file mode 100644\n--- /dev/null\n+++ b/lib/x.rb\n@@ -0,0 +1,2 @@\n+a\n+b\n',
  });
  expect(fillPatch(patch, 'a\nb\n')).toEqual({ fault: 'is there already, as it should be: leave this patch out' });
  expect(fillPatch(patch, 'a\n')).toEqual({ fault: 'is there already, with other content' });
});

it.each(['/etc/passwd', '../x', 'a/../../x', 'a"b', 'a\\b', 'a\nb', ''])('takes no path like %j', (path) => {
  expect(isPlainPath(path)).toBe(false);
  if (path.includes('\n')) return;
  expect(
    readPatch(`diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,1 +1,1 @@\n-a\n+b\n`),
  ).toBeUndefined();
});

it('reads any bytes without an accident, and gives back what was meant (seed 20261124)', () => {
  const random = new RandomText(20_261_124);
  const pieces = [
    'a',
    'b',
    '\n',
    '\r\n',
    '\n\n',
    'x = "',
    '"',
    '-',
    '+',
    '@@ -1,1 +1,1 @@',
    ' ',
    MASK.slice(0, 5),
    '\\ No newline at end of file\n',
    'é',
    '😀',
  ];
  for (let round = 0; round < 400; round++) {
    let text = '';
    const masks: { start: number; end: number }[] = [];
    const edits: { start: number; end: number; replacement: string }[] = [];
    for (let n = random.integer(25); n >= 0; n--) {
      text += pieces[random.integer(pieces.length)];
      if (random.integer(5) > 0) continue;
      const value = `V${random.text('base62', 12)}`;
      masks.push({ start: text.length, end: text.length + value.length });
      if (random.integer(2) === 0)
        edits.push({ start: text.length, end: text.length + value.length, replacement: `read(${round})` });
      text += value;
    }
    const stored = makePatch({ path: 'f.txt', text }, edits, masks);
    if (stored === undefined) continue;
    for (const { start, end } of masks) expect(stored).not.toContain(text.slice(start, end));
    const patch = readPatch(stored);
    const filled = patch && fillPatch(patch, text);
    if (!filled || 'fault' in filled) throw new Error(`round ${round}: ${JSON.stringify({ text, stored, filled })}`);
    const body = filled.diff.slice(filled.diff.indexOf('---'));
    expect({ round, text: applyPatch(text, body, { autoConvertLineEndings: false }) }).toEqual({
      round,
      text: applyEdits(text, edits),
    });
    for (let cut = 0; cut < stored.length; cut += 37) {
      const part = readPatch(stored.slice(0, cut) + random.text('base62', 2) + stored.slice(cut));
      if (part) fillPatch(part, text);
    }
  }
});
