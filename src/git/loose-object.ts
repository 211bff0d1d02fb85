// Reads one object from a loose object file: zlib data of `TYPE SIZE`, a zero byte, and the content. Must bound memory,
// whatever the file claims; anything odd is answered with undefined, and git itself is asked.
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { lookThrough } from './file-stats.ts';
import { inflateAtMost } from './inflate-at-most.ts';

/** The longest type, a blank, up to 19 digits, zero byte. */
const MAX_HEADER_BYTES = 32;

export interface LooseObject {
  readonly file: string;
  readonly packedBytes: number;
}

export type ObjectType = 'blob' | 'tree' | 'commit';

/** Finds the file of an object; undefined when it is not loose (or not there). */
export function findLooseObject(id: string, directories: readonly string[]): LooseObject | undefined {
  for (const directory of directories) {
    const file = join(directory, id.slice(0, 2), id.slice(2));
    const stats = lookThrough(file);
    if (typeof stats !== 'string' && stats.isFile()) return { file, packedBytes: stats.size };
  }
  return undefined;
}

/** readFileSync asks for the size again, and a hook reads dozens of these. */
function readPacked({ file, packedBytes }: LooseObject): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.allocUnsafe(packedBytes);
    return readSync(descriptor, bytes) === packedBytes ? bytes : undefined;
  } catch {
    return undefined; // Gone since (gc) or unreadable: git says which.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * Content of a loose object.
 *
 * @param maxBytes  larger objects are not read
 * @returns undefined when the file is no sound object of this type and of at most `maxBytes`
 */
export function readLooseObject(object: LooseObject, type: ObjectType, maxBytes: number): Buffer | undefined {
  // Deflate adds at most a few bytes a block to data that cannot be packed.
  if (object.packedBytes > maxBytes + maxBytes / 1000 + 1024) return undefined;
  const packed = readPacked(object);
  const inflated = packed && inflateAtMost(packed, maxBytes + MAX_HEADER_BYTES);
  if (!inflated) return undefined;
  const headerEnd = inflated.subarray(0, MAX_HEADER_BYTES).indexOf(0);
  const [, found, digits] = /^([a-z]+) (\d{1,19})$/.exec(inflated.toString('latin1', 0, Math.max(headerEnd, 0))) ?? [];
  const size = Number(digits);
  if (found !== type || size !== inflated.length - headerEnd - 1 || size > maxBytes) return undefined;
  return inflated.subarray(headerEnd + 1);
}
