// Reads unified diffs piece by piece: git's (also combined ones of merges) and plain `diff -u`, with any text around
// them. Knows no git process and no files. Foreign bytes: every count is bounded by what really arrives, a hunk that
// does not keep its promise ends, and nothing throws. Source: git's diff-generate-patch.txt, POSIX diff -u.
import { closeHunk, type OpenHunk, openHunk, takeHunkLine, wantsLines } from './hunk-reader.ts';
import { closeFile, type OpenFile, openFile, type PatchFile, takeExtendedHeader } from './patch-file.ts';
import { type NamePair, parseGitHeader, parseSideName } from './patch-names.ts';

/** How to read. */
export interface UnifiedDiffOptions {
  /** Keep the text of the new side. Without it a diff of any size needs little memory. */
  readonly keepText: boolean;
  /** Called for each file when its last line has been seen. */
  readonly onFile: (file: PatchFile) => void;
}

const NEWLINE = 0x0a;
/** A header line longer than this is text of somebody else's. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Takes a diff in pieces of any size and hands on each file. */
export class UnifiedDiffParser {
  readonly #options: UnifiedDiffOptions;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #file: OpenFile | undefined;
  #hunk: OpenHunk | undefined;
  /** A `--- ` line that waits for its `+++ `. */
  #oldSide: { name: string | undefined } | undefined;

  constructor(options: UnifiedDiffOptions) {
    this.#options = options;
  }

  /** @param chunk  not changed; kept only as long as its last line is open, or as text of a hunk */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, at);
      if (newline < 0) {
        this.#keepPending(chunk.subarray(at));
        return;
      }
      const rest = chunk.subarray(at, newline + 1);
      this.#takeLine(this.#pending.length === 0 ? rest : this.#joinPending(rest));
      at = newline + 1;
    }
  }

  /** Says that nothing more comes. */
  end(): void {
    if (this.#pending.length > 0) this.#takeLine(this.#joinPending(Buffer.of(NEWLINE)));
    this.#endHunk();
    this.#endFile();
  }

  #keepPending(part: Buffer): void {
    // Of a line whose text nobody wants the first bytes are enough, however long it is.
    const isWanted = this.#options.keepText && this.#hunk !== undefined;
    const room = isWanted ? part.length : Math.max(0, MAX_HEADER_BYTES - this.#pendingBytes);
    const kept = part.subarray(0, Math.min(part.length, room));
    if (kept.length > 0) this.#pending.push(kept);
    this.#pendingBytes += kept.length;
  }

  #joinPending(last: Buffer): Buffer {
    const line = Buffer.concat([...this.#pending, last]);
    this.#pending = [];
    this.#pendingBytes = 0;
    return line;
  }

  #takeLine(line: Buffer): void {
    if (this.#hunk && this.#file) {
      if (takeHunkLine(this.#hunk, line, this.#file.added)) return;
      this.#endHunk();
    }
    if (line.length <= MAX_HEADER_BYTES) this.#takeHeader(line.toString('latin1', 0, line.length - 1));
  }

  #endHunk(): void {
    const hunk = this.#hunk;
    this.#hunk = undefined;
    if (!hunk || !this.#file) return;
    if (wantsLines(hunk)) this.#file.isCut = true;
    this.#file.hunks.push(closeHunk(hunk));
  }

  #endFile(): void {
    const file = this.#file;
    this.#file = undefined;
    if (file) this.#options.onFile(closeFile(file));
  }

  #startFile(header: NamePair | undefined): OpenFile {
    this.#endFile();
    this.#oldSide = undefined;
    this.#file = openFile(header);
    return this.#file;
  }

  #takeHeader(raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const oldSide = this.#oldSide;
    this.#oldSide = undefined;
    if (line.startsWith('@@')) this.#hunk = this.#file && openHunk(line, this.#options.keepText);
    else if (line.startsWith('--- ')) this.#oldSide = { name: parseSideName(line.slice(4)) };
    else if (line.startsWith('+++ ') && oldSide) this.#takeSides(oldSide.name, parseSideName(line.slice(4)));
    else if (line.startsWith('diff --git ')) this.#startFile(parseGitHeader(line.slice(11)));
    else if (/^diff --(cc|combined) /.test(line)) {
      const name = parseSideName(line.replace(/^diff --(cc|combined) /, ''));
      const file = this.#startFile(undefined);
      file.exactOld = file.exactNew = name === undefined ? undefined : Buffer.from(name, 'latin1').toString('utf8');
    } else if (line.startsWith('Binary files ') && line.endsWith(' differ')) this.#takeBinary(line);
    else if (this.#file && this.#file.hunks.length === 0) takeExtendedHeader(this.#file, line);
  }

  #takeSides(oldName: string | undefined, newName: string | undefined): void {
    const open = this.#file;
    // Git's own header is followed by its two sides; a second pair, or one after hunks, is the next file of a plain diff.
    const isContinued = open && !open.hasSides && open.hunks.length === 0;
    const file = isContinued ? open : this.#startFile(undefined);
    file.hasSides = true;
    file.oldName = oldName;
    file.newName = newName;
    if (newName === undefined) file.isDeleted = true;
    if (oldName === undefined) file.isAdded = true;
  }

  /** `Binary files a/x and b/x differ`: git's follows its header, plain diff's stands alone. */
  #takeBinary(line: string): void {
    const open = this.#file;
    if (open && !open.hasSides && open.hunks.length === 0 && !open.isBinary) {
      open.isBinary = true;
      return;
    }
    const [oldName, newName] = line.slice('Binary files '.length, -' differ'.length).split(' and ');
    const file = this.#startFile(undefined);
    file.hasSides = true;
    file.oldName = parseSideName(oldName ?? '');
    file.newName = parseSideName(newName ?? '');
    file.isDeleted = file.newName === undefined;
    file.isAdded = file.oldName === undefined;
    file.isBinary = true;
    this.#endFile();
  }
}
