// What object stores hold, as one number that changes when they do: names, sizes and times of packs, checksums of indexes,
// names of loose files. Costs no look into a pack. For whoever wants to know whether anything is new since last time.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listLoose } from './loose-files.ts';

const TAIL_BYTES = 64;

/** The last bytes of an index: the checksums of its pack and of itself. */
function readTail(file: string): Buffer {
  const fd = openSync(file, 'r');
  try {
    const tail = Buffer.alloc(TAIL_BYTES);
    const { size } = fstatSync(fd);
    readSync(fd, tail, 0, TAIL_BYTES, Math.max(0, size - TAIL_BYTES));
    return tail;
  } finally {
    closeSync(fd);
  }
}

/**
 * @param directories  object folders
 * @param idBytes  20 or 32
 * @returns undefined when something cannot be read: then nobody knows
 */
export function digestStores(directories: readonly string[], idBytes: number): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const directory of directories) {
      hash.update(`\n${directory}\n`);
      const folder = join(directory, 'pack');
      let names: string[];
      try {
        names = readdirSync(folder).sort();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
        names = [];
      }
      for (const name of names) {
        if (!/\.(?:pack|idx|promisor)$|^multi-pack-index$/.test(name)) continue;
        const file = join(folder, name);
        const { size, mtimeMs } = statSync(file);
        hash.update(`${name} ${size} ${mtimeMs}\n`);
        if (name.endsWith('.idx')) hash.update(readTail(file));
      }
      for (const { id } of listLoose(directory, idBytes)) hash.update(id);
    }
  } catch {
    return undefined; // Gone meanwhile: a gc runs.
  }
  return hash.digest('hex').slice(0, 32);
}
