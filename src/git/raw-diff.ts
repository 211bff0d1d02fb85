// Reads what `git diff-index` and `git diff-tree` print with `--raw -p -z -U0 --full-index`: a list of records, an empty
// record, a patch. The list says exactly what changed; the patch only gives line numbers. They are joined by the pair of
// object ids, so that no file name has to be read out of patch headers.
import { isUtf8 } from 'node:buffer';
import type { LineRanges } from '../model/target.ts';
import { UnifiedDiffParser } from './unified-diff.ts';

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

type RawRecord = Omit<Change, 'addedLines'>;

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

function parseRecords(bytes: Buffer): RawRecord[] {
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

/** Takes git's output in pieces. */
export class ChangeCollector {
  readonly #addedById = new Map<string, LineRanges>();
  readonly #parser = new UnifiedDiffParser({
    keepText: false,
    onFile: (file) => {
      // A hunk that ended early gives no numbers: then every line of the file counts.
      if (file.oldId && file.newId && !file.isBinary && !file.isCut) {
        this.#addedById.set(`${file.oldId}..${file.newId}`, file.addedLines);
      }
    },
  });
  #rawParts: Buffer[] = [];
  #isInPatch = false;

  push(chunk: Buffer): void {
    if (this.#isInPatch) {
      this.#parser.push(chunk);
      return;
    }
    // The empty record may be cut in two by the chunks: look one byte back.
    const last = this.#rawParts.at(-1);
    const isCutInTwo = chunk[0] === 0 && last?.[last.length - 1] === 0;
    const boundary = isCutInTwo ? -1 : chunk.indexOf('\0\0', 0, 'latin1');
    if (!isCutInTwo && boundary < 0) {
      this.#rawParts.push(chunk);
      return;
    }
    this.#rawParts.push(chunk.subarray(0, boundary + 1));
    this.#isInPatch = true;
    this.#parser.push(chunk.subarray(boundary + 2));
  }

  /** @returns the changes in git's order, by path bytes */
  end(): Change[] {
    this.#parser.end();
    return parseRecords(Buffer.concat(this.#rawParts)).map((record) => ({
      ...record,
      addedLines: this.#linesOf(record),
    }));
  }

  #linesOf(record: RawRecord): LineRanges | undefined {
    if (record.oldId === record.newId) return []; // Only the mode changed.
    if (record.status !== 'M') return undefined;
    return this.#addedById.get(`${record.oldId}..${record.newId}`);
  }
}
