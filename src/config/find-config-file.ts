// Finds .unleak.yml and .unleakignore: at the scan root and above it, up to the repository's top. A few stat calls, no
// package is loaded.
import { statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ConfigError } from '../model/errors.ts';

export const CONFIG_FILE = '.unleak.yml';
export const IGNORE_FILE = '.unleakignore';
const MISSPELLED = ['.unleak.yaml', 'unleak.yml', 'unleak.yaml'];

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Folders from `root` up to `top`, both included; `root` alone when it does not lie in `top`. Both absolute. */
export function listFoldersUp(root: string, top: string): readonly string[] {
  const way = relative(top, root);
  if (way === '') return [root];
  if (way.startsWith('..') || way === root) return [root];
  const folders = [root];
  for (let folder = root, n = way.split(sep).length; n > 0; n--) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/**
 * The nearest config file, or undefined.
 *
 * @param root absolute folder that is scanned
 * @param top absolute top of the repository, or `root` outside of one
 * @throws ConfigError for a file that is named nearly so and would be ignored in silence
 */
export function findConfigFile(root: string, top: string): string | undefined {
  for (const folder of listFoldersUp(root, top)) {
    const path = join(folder, CONFIG_FILE);
    if (isThere(path)) return path;
    const wrong = MISSPELLED.map((name) => join(folder, name)).find(isThere);
    if (wrong)
      throw new ConfigError(`the config file must be called ${CONFIG_FILE}; rename it, or name it with --config`, {
        file: wrong,
      });
  }
  return undefined;
}

/** Ignore files from the top down to the root; a deeper file is stronger. */
export function findIgnoreFiles(root: string, top: string): readonly string[] {
  return listFoldersUp(root, top)
    .map((folder) => join(folder, IGNORE_FILE))
    .filter(isThere)
    .toReversed();
}
