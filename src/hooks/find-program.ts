// Where a hook finds unleak: the package of the repository, or PATH. Never an absolute path: hook files are shared.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type HookPlace, isInside, namePath } from './hook-place.ts';
import { LOCAL_PROGRAM, ON_PATH, type Program } from './shell-block.ts';

/** A file of this name in one of the folders of PATH; undefined when there is none. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => endings.map((end) => join(folder, name + end))).find((file) => existsSync(file));
}

/**
 * The closest node_modules/.bin/unleak from the current folder up to the top, as a path from the top; else what
 * `npm install` will make there when the repository is a package; else the bare name.
 */
export function findProgram(place: HookPlace, cwd: string): Program {
  for (let folder = cwd; isInside(folder, place.top); folder = dirname(folder)) {
    const file = join(folder, LOCAL_PROGRAM);
    if (existsSync(file)) return namePath(file, place.top);
  }
  return existsSync(join(place.top, 'package.json')) ? LOCAL_PROGRAM : ON_PATH;
}
