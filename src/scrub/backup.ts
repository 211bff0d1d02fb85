// Copies that --backup makes and --shred-backup destroys. A backup holds the values in clear, so it is made only on
// request, private from its first byte, never over another file.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { BACKUP_MARK } from './siblings.ts';

const BLOCK = 1 << 16;

/**
 * Copies a file that is in memory.
 *
 * @returns name of the copy: the first number that is free
 * @throws the error of the file system; no half copy is left
 */
export function writeBackup(path: string, bytes: Uint8Array): string {
  for (let number = 1; ; number++) {
    const copy = `${path}${BACKUP_MARK}${number}`;
    let descriptor: number;
    try {
      descriptor = openSync(copy, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
      fsyncSync(descriptor);
    } catch (error) {
      unlinkSync(copy);
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return copy;
  }
}

/**
 * Overwrites a file with zeros, cuts it and deletes it. On SSDs and on file systems that copy on write the old blocks may
 * live on.
 *
 * @throws the error of the file system
 */
export function shredFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    const { size } = fstatSync(descriptor);
    const zeros = Buffer.alloc(BLOCK);
    for (let at = 0; at < size; ) at += writeSync(descriptor, zeros, 0, Math.min(BLOCK, size - at), at);
    fsyncSync(descriptor);
    ftruncateSync(descriptor, 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  unlinkSync(path);
}
