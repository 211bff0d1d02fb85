// Copies that --backup makes and --shred-backup destroys. A backup holds the values in clear, so it is made only on
// request, private from its first byte, never over another file.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { eachBlock } from './file-beginning.ts';
import { BACKUP_MARK } from './siblings.ts';

const BLOCK = 1 << 16;

function copyBlocks(from: number, to: number): void {
  eachBlock(from, fstatSync(from).size, (block) => {
    for (let at = 0; at < block.length; ) at += writeSync(to, block, at, block.length - at);
    return true;
  });
  fsyncSync(to);
}

function copyInto(path: string, target: number): void {
  const source = openSync(path, 'r');
  try {
    copyBlocks(source, target);
  } finally {
    closeSync(source);
  }
}

/**
 * Copies a file.
 *
 * @returns name of the copy: the first number that is free
 * @throws the error of the file system; no half copy is left
 */
export function writeBackup(path: string): string {
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
      copyInto(path, descriptor);
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
