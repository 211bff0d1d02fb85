// Looks at what a path is, with every refusal of the system as a value: Node's own "do not throw" covers one code only.
import { lstatSync, type Stats, statSync } from 'node:fs';

function look(read: () => Stats): Stats | string {
  try {
    return read();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'error';
  }
}

/** What a path leads to, links followed; the error code (such as `ENOENT` or `EACCES`) when it cannot be told. */
export function lookThrough(path: string): Stats | string {
  return look(() => statSync(path));
}

/** What is at a path itself, links not followed; the error code when it cannot be told. */
export function lookAt(path: string): Stats | string {
  return look(() => lstatSync(path));
}

/** True for codes that mean: there is nothing. */
export function isAbsent(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}
