// Replaces a text file whole or not at all: a new file beside it, then a rename. Mode and symbolic links are kept.
// Devices and pipes, such as /dev/stdout, are written to and never replaced.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Writes `text` to `file`, relative to the current folder or absolute.
 *
 * @param mode of a file that is not there yet
 * @throws the error of the file system; the old file is then unchanged and no temporary file is left
 */
export function writeAtomic(file: string, text: string, mode = 0o666): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old && !old.isFile()) {
    writeFileSync(file, text);
    return;
  }
  const target = old ? realpathSync(file) : file;
  const temporary = `${target}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'wx', mode);
  try {
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (old) chmodSync(temporary, old.mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
