// The list of changes that `git diff-index` and `git diff-tree` print with `--raw -z --no-abbrev`: one record a path. Apart
// from raw-diff.ts, because a hook that only wants to know which files changed need not load the reader of patches.
import { isUtf8 } from 'node:buffer';
import type { LineRanges } from '../model/target.ts';

/** One changed path. */
export interface Change {
  /** Relative to the top of the repository, with `/`. */
  readonly path: string;
  /** False when the name is no UTF-8: `path` is then for people only. */
  readonly isPathExact: boolean;
  /** 0 when the path is new. */
  readonly oldMode: number;
  /** 0 when the path is gone. */
  readonly newMode: number;
  /** All zeros when there is none. */
  readonly oldId: string;
  readonly newId: string;
  /** Git's letter: A, D, M, T or U. */
  readonly status: string;
  /** Lines that are new; undefined means that every line counts. */
  readonly addedLines: LineRanges | undefined;
}

export type RawRecord = Omit<Change, 'addedLines'>;

const RECORD = /^:([0-7]{6}) ([0-7]{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/;

/** Options that give this output whatever the user's config, attributes and environment say. */
export const CHANGE_OPTIONS: readonly string[] = [
  '--raw',
  '-z',
  '--no-abbrev',
  '--full-index',
  '--no-renames',
  '--no-relative',
  '--no-color',
  '--submodule=short',
  '--ignore-submodules=dirty',
];

/** Adds line numbers. `--text` and `--no-textconv`: attributes such as -diff must not hide content. */
export const PATCH_OPTIONS: readonly string[] = [
  '-p',
  '--unified=0',
  '--inter-hunk-context=0',
  '--no-ext-diff',
  '--no-textconv',
  '--text',
  '--no-indent-heuristic',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/** @throws TypeError when git printed something else */
export function parseRecords(bytes: Buffer): RawRecord[] {
  const records: RawRecord[] = [];
  let at = 0;
  while (at < bytes.length) {
    const headEnd = bytes.indexOf(0, at);
    const nameEnd = headEnd < 0 ? -1 : bytes.indexOf(0, headEnd + 1);
    const match = nameEnd < 0 ? null : RECORD.exec(bytes.toString('latin1', at, headEnd));
    if (!match) throw new TypeError(`git printed a raw diff record that cannot be read, at byte ${at}`);
    const name = bytes.subarray(headEnd + 1, nameEnd);
    records.push({
      path: name.toString('utf8'),
      isPathExact: isUtf8(name),
      oldMode: Number.parseInt(match[1] as string, 8),
      newMode: Number.parseInt(match[2] as string, 8),
      oldId: match[3] as string,
      newId: match[4] as string,
      status: match[5] as string,
    });
    at = nameEnd + 1;
  }
  return records;
}
