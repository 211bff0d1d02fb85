// A change to one file that is planned before anything is written: shown as a diff, or carried out. Modes are set only
// where git or a manager needs them.
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { describeUnread, LARGEST_SETTINGS, readRegular } from '../util/read-whole.ts';
import { writeAtomic } from '../util/write-atomic.ts';

export interface FileChange {
  /** Absolute. */
  readonly file: string;
  /** As people know it: from the top of the repository where possible. */
  readonly name: string;
  /** undefined: there is no such file yet. */
  readonly before: string | undefined;
  /** undefined: the file goes away. */
  readonly after: string | undefined;
  /** Mode of a new file. */
  readonly mode: number;
}

/** Text of a file, or undefined when there is none. @throws UsageError when it cannot be read or is no text */
export function readTextFile(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readRegular(file, LARGEST_SETTINGS);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UsageError(`${file}: ${describeUnread(cause)}; look at what it is and who may read it`, { cause });
  }
  const text = bytes.toString('utf8');
  if (!text.includes('\0') && Buffer.from(text, 'utf8').equals(bytes)) return text;
  throw new UsageError(`${file}: is no text in UTF-8, so it is left alone; call "unleak hook run" from it by hand`);
}

export function isChange({ before, after }: FileChange): boolean {
  return before !== after;
}

/** A unified diff of the changes. */
export async function formatChanges(changes: readonly FileChange[]): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return changes
    .filter(isChange)
    .map(({ name, before, after }) => {
      // Files outside of the repository have a whole path for a name; it stays as it is.
      const isInside = !isAbsolute(name);
      const from = before === undefined ? '/dev/null' : `${isInside ? 'a/' : ''}${name}`;
      const to = after === undefined ? '/dev/null' : `${isInside ? 'b/' : ''}${name}`;
      return createTwoFilesPatch(from, to, before ?? '', after ?? '').replace(/^=+\n/, '');
    })
    .join('');
}

function failWrite(file: string, cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  throw new UsageError(`${file}: cannot be written (${code}); see who may write there`, { cause });
}

/** Carries the changes out. @throws UsageError */
export function applyChanges(changes: readonly FileChange[]): void {
  for (const { file, before, after, mode } of changes.filter(isChange)) {
    try {
      if (after === undefined) rmSync(file);
      else {
        const isDangling = before === undefined && !existsSync(file) && lstatSync(file, { throwIfNoEntry: false });
        if (isDangling) throw Object.assign(new Error('a link to nowhere'), { code: 'a link to nowhere' });
        mkdirSync(dirname(file), { recursive: true });
        writeAtomic(file, after, mode);
        // The umask may have taken away what git needs.
        if (before === undefined && mode === 0o755) chmodSync(file, mode);
      }
    } catch (cause) {
      failWrite(file, cause);
    }
  }
}
