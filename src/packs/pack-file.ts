// Opens a pack and reads ranges of it, past 4 GiB as well as before. A small pack is kept in memory that all threads share; of
// a large one never more than the ranges asked for. Knows the file's frame (header, checksum at the end), not its entries.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** PACK, version, number of objects. */
export const PACK_HEADER_BYTES = 12;
const SIGNATURE = 0x5041434b;

export interface PackFile {
  readonly sizeBytes: number;
  /** Objects as the header says; -1 when the frame is unsound. */
  readonly count: number;
  readonly version: number;
  /** The whole file, when it is kept in memory. */
  readonly content: Uint8Array | undefined;
  /**
   * Fills `into` from `position` on.
   * @returns bytes read: fewer only at the end of the file or after an I/O error
   */
  readonly read: (into: Uint8Array, position: number) => number;
  readonly close: () => void;
}

function readRange(fd: number, into: Uint8Array, position: number): number {
  let filled = 0;
  try {
    while (filled < into.length) {
      const got = readSync(fd, into, filled, Math.min(into.length - filled, 1 << 30), position + filled);
      if (got === 0) break;
      filled += got;
    }
  } catch {
    return filled; // What is not there is doubted, and git says what is wrong.
  }
  return filled;
}

function describe(
  content: Uint8Array | undefined,
  sizeBytes: number,
  read: PackFile['read'],
  close: () => void,
): PackFile {
  const header = Buffer.alloc(PACK_HEADER_BYTES);
  const isWhole = read(header, 0) === PACK_HEADER_BYTES && header.readUInt32BE(0) === SIGNATURE;
  return {
    sizeBytes,
    count: isWhole ? header.readUInt32BE(8) : -1,
    version: isWhole ? header.readUInt32BE(4) : 0,
    content,
    read,
    close,
  };
}

/** A pack whose content is in memory already. */
export function packFromMemory(content: Uint8Array): PackFile {
  const read: PackFile['read'] = (into, position) => {
    const part = content.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  };
  return describe(content, content.length, read, () => {});
}

/**
 * Opens a pack; undefined when that fails. The caller closes it.
 *
 * @param keepBytes  a file of at most this size is read whole, into shared memory
 */
export function openPack(file: string, keepBytes: number): PackFile | undefined {
  let fd: number;
  let sizeBytes: number;
  try {
    fd = openSync(file, 'r');
    sizeBytes = fstatSync(fd).size;
  } catch {
    return undefined; // Gone (gc) or not readable: its objects are doubted, and git says what is wrong.
  }
  if (sizeBytes > keepBytes)
    return describe(
      undefined,
      sizeBytes,
      (into, position) => readRange(fd, into, position),
      () => closeSync(fd),
    );
  const content = new Uint8Array(new SharedArrayBuffer(sizeBytes));
  const got = readRange(fd, content, 0);
  closeSync(fd);
  return packFromMemory(content.subarray(0, got));
}
