// Tells whether a file still begins with what it held: by digests of its blocks, because a history may be larger than the
// memory that a scrub should need.
import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';

const BLOCK_BYTES = 1 << 20;

/** All that a file held at one time. */
export interface FileBeginning {
  readonly size: number;
  /** SHA-256 of each block of a mebibyte; the last one is as long as what is left. */
  readonly digests: readonly Buffer[];
}

/** Reads until the buffer is full or the file ends. @returns bytes read */
export function readFully(descriptor: number, buffer: Buffer, position: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

/** Calls `take` with each block of the first `size` bytes, in memory that the next block overwrites, until it says false. */
export function eachBlock(descriptor: number, size: number, take: (block: Buffer) => boolean): void {
  const buffer = Buffer.allocUnsafeSlow(Math.min(size, BLOCK_BYTES));
  for (let at = 0; at < size; ) {
    const block = buffer.subarray(0, readFully(descriptor, buffer.subarray(0, size - at), at));
    if (block.length === 0 || !take(block)) return;
    at += block.length;
  }
}

const digestOf = (block: Buffer): Buffer => createHash('sha256').update(block).digest();

/** @throws the error of the file system */
export function takeBeginning(descriptor: number): FileBeginning {
  const digests: Buffer[] = [];
  let size = 0;
  eachBlock(descriptor, fstatSync(descriptor).size, (block) => {
    digests.push(digestOf(block));
    size += block.length;
    return true;
  });
  return { size, digests };
}

/** @returns false too when the file is shorter now; what was appended does not count */
export function stillBeginsWith(descriptor: number, { size, digests }: FileBeginning): boolean {
  let next = 0;
  let same = 0;
  eachBlock(descriptor, size, (block) => {
    if (!digests[next++]?.equals(digestOf(block))) return false;
    same += block.length;
    return true;
  });
  return same === size;
}
