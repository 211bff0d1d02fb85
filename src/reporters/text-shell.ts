// What the text report says of a finding in a history: the masked command, and the same command typed safely.
import type { ShellNote } from '../model/shell-note.ts';
import { type Drawing, drawLabelled } from './block.ts';
import { makeVisible } from './visible-text.ts';
import { splitWords } from './wrap.ts';

/** `(bash, entry 12, 2024-05-01T09:00:00Z)`, as words. */
export function describeEntry({ program, entry, time }: ShellNote): readonly string[] {
  const parts = [program, `entry ${entry}`, ...(time === undefined ? [] : [time])];
  return splitWords(`(${makeVisible(parts.join(', '))})`);
}

/** The advice for shells, in the place of that for files. */
export const SHELL_ADVICE: readonly string[] = [
  'Rotate first: backups, synchronisation and logs keep copies. Then mask it in the file: unleak shell --scrub',
  'Settings that keep such commands out: unleak shell --advise',
];

export function drawShell({ command, safely, note }: ShellNote, drawing: Drawing): string[] {
  // Commands are not wrapped at their blanks: what is copied must be what was meant.
  const lines = [...drawLabelled('typed', [[makeVisible(command)]], drawing)];
  const words = [
    ...safely.map((line) => [drawing.style.bold(makeVisible(line))]),
    ...(note === undefined ? [] : [splitWords(makeVisible(note))]),
  ];
  return words.length === 0 ? lines : [...lines, ...drawLabelled('safely', words, drawing)];
}
