// Lists the folders in which objects may lie: the repository's own and its alternates. Source: git's
// gitrepository-layout (objects/info/alternates) and the environment variables of git(1).
import { readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { unquoteName } from './patch-names.ts';

/** Git itself follows alternates of alternates five deep. */
const MAX_DEPTH = 5;
const MAX_DIRECTORIES = 100;

function readAlternates(objectsDir: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(join(objectsDir, 'info', 'alternates'), 'latin1');
  } catch {
    return []; // The usual case: there is no such file.
  }
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => resolve(objectsDir, unquoteName(line)));
}

/**
 * Folders to look for objects in, the repository's own first.
 *
 * @param objectsDir  the repository's own, absolute
 * @param cwd  what relative paths in GIT_ALTERNATE_OBJECT_DIRECTORIES are relative to
 */
export function listObjectDirectories(objectsDir: string, cwd: string, env: NodeJS.ProcessEnv): readonly string[] {
  const found = new Set<string>();
  const visit = (directory: string, depth: number): void => {
    if (depth > MAX_DEPTH || found.size >= MAX_DIRECTORIES || found.has(directory)) return;
    found.add(directory);
    for (const alternate of readAlternates(directory)) visit(alternate, depth + 1);
  };
  visit(objectsDir, 0);
  const listed = env.GIT_ALTERNATE_OBJECT_DIRECTORIES?.split(delimiter) ?? [];
  for (const entry of listed)
    if (entry !== '') visit(resolve(cwd, unquoteName(Buffer.from(entry).toString('latin1'))), 1);
  return [...found];
}
