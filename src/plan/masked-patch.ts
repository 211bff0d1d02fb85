// Patches that can be stored: the lines they remove hold a mask in place of the value, and no line around them is kept.
// `fillPatch` reads the file again and makes the true diff, in memory only. A patch fits only the file it was made for: same
// number of lines, and the lines it removes are the same but for the masked stretches.
import { parsePatch, structuredPatch } from 'diff';
import type { HelperFile, SourceFile, Stretch, TextEdit } from './code-change.ts';

export const MASK = '{{unleak:value}}';
const LINES_HEADER = '# Lines of the file:';

/** What applies a stored patch. */
export function applyCommand(file: string): string {
  return `unleak plan --print-diff ${file} | git apply`;
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => b.start - a.start || b.end - a.end);
  let result = text;
  for (const { start, end, replacement } of sorted) result = result.slice(0, start) + replacement + result.slice(end);
  return result;
}

const countLines = (text: string): number => text.split('\n').length;

/** A value may stand in the text once more where no rule sees it. */
function findRepeats(text: string, masks: readonly Stretch[]): readonly Stretch[] {
  const values = new Set(masks.map(({ start, end }) => text.slice(start, end)).filter((value) => value.length >= 6));
  return [...values].flatMap((value) => {
    const found: Stretch[] = [];
    for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length))
      found.push({ start: at, end: at + value.length });
    return found;
  });
}

/** Lines of a text with every given stretch masked. */
function maskLines(text: string, masks: readonly Stretch[]): readonly string[] {
  const edits: TextEdit[] = [];
  let last = -1;
  for (const { start, end } of [...masks, ...findRepeats(text, masks)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  )) {
    if (start < last) continue;
    last = end;
    // Line ends stay, so that lines keep their numbers.
    const rows = text.slice(start, end).split('\n');
    let at = start;
    for (const row of rows) {
      if (row !== '') edits.push({ start: at, end: at + row.length, replacement: MASK });
      at += row.length + 1;
    }
  }
  return applyEdits(text, edits).split('\n');
}

/** Paths that git takes in a patch as they are. */
export function isPlainPath(path: string): boolean {
  return !/["\\\p{Cc}]/u.test(path) && !path.startsWith('/') && !path.split('/').includes('..') && path !== '';
}

const nameLine = (mark: string, side: string, path: string): string =>
  `${mark} ${side}/${path}${path.includes(' ') ? '\t' : ''}`;

function header(path: string, isNew: boolean): readonly string[] {
  return [
    `diff --git a/${path} b/${path}`,
    ...(isNew ? ['new file mode 100644'] : []),
    isNew ? '--- /dev/null' : nameLine('---', 'a', path),
    nameLine('+++', 'b', path),
  ];
}

type Hunks = ReturnType<typeof structuredPatch>['hunks'];

function makeHunks(before: string, after: string, context: number): Hunks {
  return structuredPatch('a', 'a', before, after, '', '', { context }).hunks;
}

/** As git writes them: with nothing removed or added, the line before counts. */
function formatHunks(hunks: Hunks): string {
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => {
      const from = `-${oldLines === 0 ? oldStart - 1 : oldStart},${oldLines}`;
      const to = `+${newLines === 0 ? newStart - 1 : newStart},${newLines}`;
      return [`@@ ${from} ${to} @@`, ...lines];
    })
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * @param edits  must not overlap
 * @param masks  every stretch of the text that holds a found value, whether it is edited or not
 * @returns undefined when an added line would hold a value, or nothing changes
 */
export function makePatch(file: SourceFile, edits: readonly TextEdit[], masks: readonly Stretch[]): string | undefined {
  const after = applyEdits(file.text, edits);
  if (after === file.text) return undefined;
  const masked = maskLines(file.text, masks);
  const values = masks.map(({ start, end }) => file.text.slice(start, end)).filter((value) => value.length > 3);
  const hunks = makeHunks(file.text, after, 0).map((hunk) => {
    let at = hunk.oldStart - 1;
    const lines = hunk.lines.map((line) => (line.startsWith('-') ? `-${masked[at++] ?? ''}` : line));
    return { ...hunk, lines };
  });
  const added = hunks.flatMap(({ lines }) => lines.filter((line) => line.startsWith('+')));
  if (added.some((line) => values.some((value) => line.includes(value)))) return undefined;
  return [
    '# Values are masked. Apply it from the top of the repository:',
    '#   unleak plan --print-diff THIS-FILE | git apply',
    `${LINES_HEADER} ${countLines(file.text)}`,
    ...header(file.path, false),
    formatHunks(hunks),
  ].join('\n');
}

/** A patch that makes a new file. */
export function makeHelperPatch({ path, text }: HelperFile): string {
  return [
    '# Adds a file that the other patches use. Apply it from the top of the repository:',
    '#   unleak plan --print-diff THIS-FILE | git apply',
    ...header(path, true),
    formatHunks(makeHunks('', text, 0)),
  ].join('\n');
}

/** A stored patch as it was read. */
export interface StoredPatch {
  readonly path: string;
  readonly isNew: boolean;
  readonly lineCount: number | undefined;
  readonly hunks: Hunks;
}

/** @returns undefined when the text is no patch of ours, or names a path outside of the repository */
export function readPatch(text: string): StoredPatch | undefined {
  const start = text.search(/^diff --git /m);
  if (start === -1) return undefined;
  const names = /^\+\+\+ b\/([^\t\n]+)\t?$/m.exec(text)?.[1];
  if (names === undefined || !isPlainPath(names)) return undefined;
  let hunks: Hunks;
  try {
    // Only the hunks: names were read above.
    hunks = parsePatch(`--- a\n+++ a\n${text.slice(text.search(/^@@ /m))}`).flatMap((patch) => patch.hunks);
  } catch {
    // Not swallowed: undefined makes the caller complain, and the parser's words would quote the file.
    return undefined;
  }
  const count = new RegExp(`^${LINES_HEADER} (\\d+)$`, 'm').exec(text)?.[1];
  return {
    path: names,
    isNew: /^--- \/dev\/null$/m.test(text),
    lineCount: count === undefined ? undefined : Number(count),
    hunks,
  };
}

function isSameLine(masked: string, line: string): boolean {
  const parts = masked.split(MASK);
  if (parts.length === 1) return masked === line;
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (i === 0) {
      if (!line.startsWith(part)) return false;
      at = part.length;
    } else if (i === parts.length - 1) {
      return line.length - part.length >= at && line.endsWith(part);
    } else {
      const next = line.indexOf(part, at + 1);
      if (next === -1) return false;
      at = next + part.length;
    }
  }
  return true;
}

/**
 * The true diff, with three lines of context.
 *
 * @param current  the file as it is now; undefined when there is none
 * @returns why the patch does not fit, or the diff; it holds the old value in its removed lines
 */
export function fillPatch(
  patch: StoredPatch,
  current: string | undefined,
): { readonly diff: string } | { readonly fault: string } {
  const { path, isNew, hunks } = patch;
  if (isNew) {
    const text = hunks
      .flatMap(({ lines }) => lines.filter((line) => line.startsWith('+')).map((line) => `${line.slice(1)}\n`))
      .join('');
    if (current === text) return { fault: 'is there already, as it should be: leave this patch out' };
    if (current !== undefined) return { fault: 'is there already, with other content' };
    return { diff: `${[...header(path, true), formatHunks(makeHunks('', text, 3))].join('\n')}` };
  }
  if (current === undefined) return { fault: 'is not there' };
  const lines = current.split('\n');
  if (patch.lineCount !== lines.length) return { fault: 'has changed since the plan was made' };
  const result: string[] = [];
  let at = 0;
  for (const { oldStart, lines: changes } of hunks) {
    const from = oldStart - 1;
    if (from < at) return { fault: 'does not fit the patch' };
    result.push(...lines.slice(at, from));
    at = from;
    for (const change of changes) {
      const text = change.slice(1);
      if (change.startsWith('-')) {
        if (!isSameLine(text, lines[at] ?? '')) return { fault: 'has changed since the plan was made' };
        at++;
      } else if (change.startsWith('+')) result.push(text);
    }
  }
  result.push(...lines.slice(at));
  return { diff: `${[...header(path, false), formatHunks(makeHunks(current, result.join('\n'), 3))].join('\n')}` };
}
