// Reads one blob from a loose object file: zlib data of `blob SIZE`, a zero byte, and the content. Must bound memory,
// whatever the file claims; anything odd is answered with undefined, and git itself is asked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { lookThrough } from './file-stats.ts';

/** `blob `, up to 19 digits, zero byte. */
const MAX_HEADER_BYTES = 32;

export interface LooseObject {
  readonly file: string;
  readonly packedBytes: number;
}

/** Finds the file of an object; undefined when it is not loose (or not there). */
export function findLooseObject(id: string, directories: readonly string[]): LooseObject | undefined {
  for (const directory of directories) {
    const file = join(directory, id.slice(0, 2), id.slice(2));
    const stats = lookThrough(file);
    if (typeof stats !== 'string' && stats.isFile()) return { file, packedBytes: stats.size };
  }
  return undefined;
}

/**
 * Content of a loose blob.
 *
 * @param maxBytes  larger blobs are not read
 * @returns undefined when the file is no sound blob of at most `maxBytes`
 */
export function readLooseBlob(object: LooseObject, maxBytes: number): Buffer | undefined {
  // Deflate adds at most a few bytes a block to data that cannot be packed.
  if (object.packedBytes > maxBytes + maxBytes / 1000 + 1024) return undefined;
  let inflated: Buffer;
  try {
    inflated = inflateSync(readFileSync(object.file), { maxOutputLength: maxBytes + MAX_HEADER_BYTES });
  } catch {
    return undefined; // Gone since (gc), damaged or too large: git says which.
  }
  const headerEnd = inflated.subarray(0, MAX_HEADER_BYTES).indexOf(0);
  const size = /^blob (\d{1,19})$/.exec(inflated.toString('latin1', 0, Math.max(headerEnd, 0)))?.[1];
  if (size === undefined || Number(size) !== inflated.length - headerEnd - 1 || Number(size) > maxBytes)
    return undefined;
  return inflated.subarray(headerEnd + 1);
}
