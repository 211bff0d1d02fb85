// What a unified diff says about one file: collected while its lines come in, then handed on. Only headers are
// understood here; hunks come from hunk-reader.ts.
import type { LineRanges } from '../model/target.ts';
import { type NamePair, stripPrefixes, unquoteName } from './patch-names.ts';

/** A stretch of the new side. */
export interface PatchHunk {
  /** Line number of the first line, from 1. */
  readonly firstLine: number;
  readonly lineCount: number;
  /** Context and added lines as they are in the new file; undefined unless the parser was told to keep it. */
  readonly text: Buffer | undefined;
}

/** What a diff says about one file. Paths have no prefix; undefined is /dev/null. */
export interface PatchFile {
  readonly oldPath: string | undefined;
  readonly newPath: string | undefined;
  /** As written: may be abbreviated; undefined when there is no index line (or a combined one, for the old side). */
  readonly oldId: string | undefined;
  readonly newId: string | undefined;
  /** Mode of the new side when the headers say it. */
  readonly newMode: number | undefined;
  /** The content is not in the diff. */
  readonly isBinary: boolean;
  readonly hunks: readonly PatchHunk[];
  /** Lines of the new side that no parent has. */
  readonly addedLines: LineRanges;
  /** A hunk ended before it had as many lines as it said. */
  readonly isCut: boolean;
}

/** A file whose headers and hunks are still coming in. */
export interface OpenFile {
  header: NamePair | undefined;
  oldName: string | undefined;
  newName: string | undefined;
  hasSides: boolean;
  exactOld: string | undefined;
  exactNew: string | undefined;
  oldId: string | undefined;
  newId: string | undefined;
  newMode: number | undefined;
  isAdded: boolean;
  isDeleted: boolean;
  isBinary: boolean;
  isCut: boolean;
  hunks: PatchHunk[];
  added: [number, number][];
}

/** @param header names of the `diff --git` line, when there is one */
export function openFile(header: NamePair | undefined): OpenFile {
  return {
    header,
    oldName: undefined,
    newName: undefined,
    hasSides: false,
    exactOld: undefined,
    exactNew: undefined,
    oldId: undefined,
    newId: undefined,
    newMode: undefined,
    isAdded: false,
    isDeleted: false,
    isBinary: false,
    isCut: false,
    hunks: [],
    added: [],
  };
}

/** The finished file. */
export function closeFile(file: OpenFile): PatchFile {
  const pair = file.hasSides
    ? { oldName: file.oldName, newName: file.newName }
    : (file.header ?? { oldName: undefined, newName: undefined });
  // With one side /dev/null the `diff --git` line still has both names, which tell a prefix from a folder.
  const bySides = stripPrefixes(pair);
  const byHeader = file.header ? stripPrefixes(file.header) : bySides;
  const oldName =
    pair.oldName === undefined ? undefined : pair.newName === undefined ? byHeader.oldName : bySides.oldName;
  const newName =
    pair.newName === undefined ? undefined : pair.oldName === undefined ? byHeader.newName : bySides.newName;
  return {
    oldPath: file.isAdded ? undefined : (file.exactOld ?? oldName),
    newPath: file.isDeleted ? undefined : (file.exactNew ?? newName),
    oldId: file.oldId,
    newId: file.newId,
    newMode: file.newMode,
    isBinary: file.isBinary,
    hunks: file.hunks,
    addedLines: file.added,
    isCut: file.isCut,
  };
}

/** Lines between `diff --git` and the first hunk. */
export function takeExtendedHeader(file: OpenFile, line: string): void {
  const index = /^index ([0-9a-f,]+)\.\.([0-9a-f]{4,64})(?: ([0-7]{6}))?$/.exec(line);
  if (index) {
    file.oldId = index[1]?.includes(',') ? undefined : index[1];
    file.newId = index[2];
    if (index[3]) file.newMode = Number.parseInt(index[3], 8);
    return;
  }
  const mode = /^(new|new file|deleted file) mode ([0-7]{6})/.exec(line);
  if (mode) {
    if (mode[1] === 'deleted file') file.isDeleted = true;
    else file.newMode = Number.parseInt(mode[2] ?? '0', 8);
    if (mode[1] === 'new file') file.isAdded = true;
    return;
  }
  const name = /^(?:rename|copy) (from|to) (.*)$/.exec(line);
  if (name?.[1] === 'from') file.exactOld = unquoteName(name[2] ?? '');
  else if (name) file.exactNew = unquoteName(name[2] ?? '');
  else if (line === 'GIT binary patch') file.isBinary = true;
}
