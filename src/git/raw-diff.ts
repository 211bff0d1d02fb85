// Reads what `git diff-index` and `git diff-tree` print with `--raw -p -z -U0 --full-index`: a list of records, an empty
// record, a patch. The list says exactly what changed; the patch only gives line numbers. They are joined by the pair of
// object ids, so that no file name has to be read out of patch headers.
import type { LineRanges } from '../model/target.ts';
import { type Change, parseRecords, type RawRecord } from './raw-records.ts';
import { UnifiedDiffParser } from './unified-diff.ts';

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
