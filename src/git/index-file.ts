// Reads git's index without git. Understands the plain versions 2 and 3; everything else (version 4, split or sparse
// index, unknown required extension) is "not plain", and the caller asks `git ls-files` instead.
// The parse only checks and notes where each entry begins; entries are made when asked for. Making all 60,000 at once
// cost 50 ms, nearly all of it garbage collection of a young heap; this costs 5. Source: git's gitformat-index.txt.
import { isUtf8 } from 'node:buffer';

export interface IndexEntry {
  /** Place in the index, from 0; see `readEntryId`. */
  readonly number: number;
  /** Relative to the top of the work tree, with `/`. */
  readonly path: string;
  /** False when the name is no UTF-8 or holds a zero byte, so that `path` cannot be opened. */
  readonly isPathExact: boolean;
  /** Such as 0o100644; 0o120000 is a symlink, 0o160000 a submodule. */
  readonly mode: number;
  /** 0, or 1-3 for the sides of an unresolved conflict. */
  readonly stage: number;
  /** Size when git last looked, modulo 2^32; 0 when unknown. */
  readonly sizeBytes: number;
  readonly isAssumedValid: boolean;
  /** Left out of the work tree by a sparse checkout. */
  readonly isSkipWorktree: boolean;
  /** `git add -N`. */
  readonly isIntentToAdd: boolean;
}

/** A parsed index. Only the functions below and tree-cursor.ts look inside. */
export interface IndexFile {
  readonly isPlain: true;
  readonly count: number;
  /** Offset of each entry, in the file's order: by path bytes, then stage. */
  readonly starts: Int32Array;
  readonly bytes: Buffer;
  readonly idBytes: number;
  /** Where the extensions begin, behind the last entry. */
  readonly extensionsAt: number;
}

/** The index needs git itself. `reason` is for people. */
export interface UnreadIndex {
  readonly isPlain: false;
  readonly reason: string;
}

const HEADER_BYTES = 12;
const MODE_AT = 24;
const SIZE_AT = 36;
const STAT_BYTES = 40;
const SPARSE_DIRECTORY_MODE = 0o040000;
const ASSUME_VALID = 0x8000;
const EXTENDED = 0x4000;
const NAME_LENGTH = 0xfff;
/** Further flags, or a side of a conflict. */
const UNUSUAL = 0x7000;
const SKIP_WORKTREE = 0x4000;
const INTENT_TO_ADD = 0x2000;
const SLASH = 0x2f;
const DOT = 0x2e;

function notPlain(reason: string): UnreadIndex {
  return { isPlain: false, reason };
}

/** Big-endian, without the checks of Buffer's own method: they cost 3 ms on 60,000 entries. The caller checks bounds. */
function readU16(bytes: Buffer, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

function readU32(bytes: Buffer, at: number): number {
  return ((readU16(bytes, at) << 16) | readU16(bytes, at + 2)) >>> 0;
}

/** Content of an optional extension; undefined when the index has none of that name. */
export function findExtension(index: IndexFile, wanted: string): Buffer | undefined {
  const { bytes, idBytes } = index;
  for (let at = index.extensionsAt; at < bytes.length - idBytes; ) {
    const end = at + 8 + readU32(bytes, at + 4);
    if (bytes.toString('latin1', at, at + 4) === wanted) return bytes.subarray(at + 8, end);
    at = end;
  }
  return undefined;
}

/** What follows the entries and changes what they mean, or is damaged; undefined when all is well. */
function findTrouble(bytes: Buffer, start: number, end: number): string | undefined {
  let at = start;
  while (at < end) {
    if (at + 8 > end) return 'cut-off extension';
    // Names of extensions that may be skipped begin with a capital letter.
    const name = bytes.toString('latin1', at, at + 4);
    if (name < 'A' || name > '[') return `extension ${JSON.stringify(name)}`;
    at += 8 + readU32(bytes, at + 4);
  }
  return at === end ? undefined : 'cut-off extension';
}

/** Where the name of the entry at `start` begins: after the flags. */
function nameStart(bytes: Buffer, start: number, idBytes: number): number {
  const flagsAt = start + STAT_BYTES + idBytes;
  return flagsAt + ((readU16(bytes, flagsAt) & EXTENDED) === 0 ? 2 : 4);
}

/** Where the zero byte behind the name is; -1 when there is none. */
function nameEnd(bytes: Buffer, flags: number, nameAt: number): number {
  const length = flags & NAME_LENGTH;
  // Longer names have the largest length and must be searched for their end.
  return length < NAME_LENGTH ? nameAt + length : bytes.indexOf(0, nameAt + NAME_LENGTH);
}

/**
 * True when the file holds a name that git itself never writes and that could lead out of the work tree. One search
 * of the whole file: looking at 3 million bytes of names one by one took 30 ms before the compiler caught up. A find
 * may also lie in other bytes than names; then git is asked for nothing.
 */
function hasUnsafeName(bytes: Buffer): boolean {
  return bytes.includes('/../') || bytes.includes('/..\0');
}

/** True when the name at `start` is or begins with `..`. */
function isParent(bytes: Buffer, start: number): boolean {
  return bytes[start + 1] === DOT && (bytes[start + 2] === SLASH || bytes[start + 2] === 0);
}

/**
 * Parses an index.
 *
 * @param bytes  the whole file; kept by the result, must not change
 * @param idBytes  20 or 32, from the repository's object format
 * @returns where the entries are, or why git must be asked
 * @throws never; damaged bytes give a "not plain" answer
 * @cost one pass over the bytes; four bytes of memory an entry
 */
export function parseIndex(bytes: Buffer, idBytes: number): IndexFile | UnreadIndex {
  const end = bytes.length - idBytes; // A checksum ends the file; git does not verify it on reading either.
  if (end < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== 'DIRC') return notPlain('no index header');
  const version = readU32(bytes, 4);
  if (version !== 2 && version !== 3) return notPlain(`version ${version}`);
  const count = readU32(bytes, 8);
  if (count > end / (STAT_BYTES + idBytes + 2)) return notPlain('entry count is larger than the file');
  if (hasUnsafeName(bytes)) return notPlain('unsafe name');
  const starts = new Int32Array(count);
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    const flagsAt = at + STAT_BYTES + idBytes;
    if (flagsAt + 4 > end) return notPlain('cut-off entry');
    const flags = readU16(bytes, flagsAt);
    if (version < 3 && (flags & EXTENDED) !== 0) return notPlain('extended flags in version 2');
    const nameAt = nameStart(bytes, at, idBytes);
    const nameStop = nameEnd(bytes, flags, nameAt);
    if (nameStop <= nameAt || nameStop >= end || bytes[nameStop] !== 0) return notPlain('empty or cut-off name');
    if (readU32(bytes, at + MODE_AT) === SPARSE_DIRECTORY_MODE) return notPlain('sparse directory');
    if (bytes[nameAt] === SLASH || (bytes[nameAt] === DOT && isParent(bytes, nameAt))) return notPlain('unsafe name');
    starts[i] = at;
    // Entries are padded with 1-8 zero bytes to a multiple of eight.
    at += (nameStop - at + 8) & ~7;
    if (at > end) return notPlain('cut-off entry');
  }
  const trouble = findTrouble(bytes, at, end);
  return trouble ? notPlain(trouble) : { isPlain: true, count, starts, bytes, idBytes, extensionsAt: at };
}

/**
 * The entries from number `first` to before `end`, both from 0; fewer when the index ends. Meant for a few hundred at a
 * time: one string is made of their bytes and the paths are slices of it, which is three times faster than one
 * conversion for each.
 */
export function readEntries(index: IndexFile, first: number, end: number): IndexEntry[] {
  const { bytes, starts, idBytes } = index;
  const stop = Math.min(end, index.count);
  const base = starts[first];
  if (base === undefined || stop <= first) return [];
  const text = bytes.toString('latin1', base, starts[stop] ?? bytes.length);
  const entries: IndexEntry[] = [];
  for (let number = first; number < stop; number++) {
    const at = starts[number] as number;
    const flagsAt = at + STAT_BYTES + idBytes;
    const flags = readU16(bytes, flagsAt);
    const extended = (flags & EXTENDED) === 0 ? 0 : readU16(bytes, flagsAt + 2);
    const nameAt = nameStart(bytes, at, idBytes);
    const nameStop = nameEnd(bytes, flags, nameAt);
    const plainPath = text.slice(nameAt - base, nameStop - base);
    const isPlainName = !/[^\x01-\x7f]/.test(plainPath);
    entries.push({
      number,
      path: isPlainName ? plainPath : bytes.toString('utf8', nameAt, nameStop),
      isPathExact: isPlainName || isOpenableName(bytes.subarray(nameAt, nameStop)),
      mode: readU32(bytes, at + MODE_AT),
      stage: (flags >> 12) & 3,
      sizeBytes: readU32(bytes, at + SIZE_AT),
      isAssumedValid: (flags & ASSUME_VALID) !== 0,
      isSkipWorktree: (extended & SKIP_WORKTREE) !== 0,
      isIntentToAdd: (extended & INTENT_TO_ADD) !== 0,
    });
  }
  return entries;
}

function isOpenableName(name: Buffer): boolean {
  return isUtf8(name) && !name.includes(0);
}

/** The few fields that a comparison with trees wants, without the cost of a whole entry. */
export interface BareEntry {
  /** Path in latin1: bytes, not text. */
  readonly name: string;
  readonly mode: number;
  readonly stage: number;
  readonly isIntentToAdd: boolean;
}

/** @param number  of an entry, from 0 to before `count` */
export function readBareEntry(index: IndexFile, number: number): BareEntry {
  const { bytes, idBytes } = index;
  const at = index.starts[number] as number;
  const flagsAt = at + STAT_BYTES + idBytes;
  const flags = readU16(bytes, flagsAt);
  const nameAt = nameStart(bytes, at, idBytes);
  return {
    name: bytes.toString('latin1', nameAt, nameEnd(bytes, flags, nameAt)),
    mode: readU32(bytes, at + MODE_AT),
    stage: (flags >> 12) & 3,
    isIntentToAdd: (flags & EXTENDED) !== 0 && (readU16(bytes, flagsAt + 2) & INTENT_TO_ADD) !== 0,
  };
}

/** Object id of an entry, hex. Apart from the entry because most callers do not want it. */
export function readEntryId(index: IndexFile, entryNumber: number): string {
  const at = (index.starts[entryNumber] ?? Number.NaN) + STAT_BYTES;
  return Number.isNaN(at) ? '' : index.bytes.toString('hex', at, at + index.idBytes);
}

/** Offset of an entry's name, which a zero byte ends; -1 for a side of a conflict, `git add -N` and names of 4,095 bytes. */
export function plainNameAt({ bytes, starts, idBytes }: IndexFile, number: number): number {
  const flagsAt = (starts[number] as number) + STAT_BYTES + idBytes;
  const flags = readU16(bytes, flagsAt);
  return (flags & UNUSUAL) !== 0 || (flags & NAME_LENGTH) === NAME_LENGTH ? -1 : flagsAt + 2;
}

/** Offset of an entry's id. */
export function entryIdAt({ starts }: IndexFile, number: number): number {
  return (starts[number] as number) + STAT_BYTES;
}

export function readMode({ bytes, starts }: IndexFile, number: number): number {
  return readU32(bytes, (starts[number] as number) + MODE_AT);
}

/**
 * Entry numbers whose path begins with `prefix`: a range, because the index is sorted by path bytes.
 *
 * @param prefix  such as `src/`; the empty prefix gives all
 */
export function findPrefixRange(index: IndexFile, prefix: string): { readonly first: number; readonly end: number } {
  const wanted = Buffer.from(prefix);
  const last = Buffer.concat([wanted, Buffer.of(0xff)]); // No name in UTF-8 holds 0xff; one that does is not under a folder.
  return { first: firstAtLeast(index, wanted), end: prefix === '' ? index.count : firstAtLeast(index, last) };
}

function firstAtLeast(index: IndexFile, name: Buffer): number {
  let low = 0;
  let high = index.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = index.starts[middle] as number;
    const nameAt = nameStart(index.bytes, at, index.idBytes);
    const nameStop = nameEnd(index.bytes, readU16(index.bytes, at + STAT_BYTES + index.idBytes), nameAt);
    if (index.bytes.compare(name, 0, name.length, nameAt, nameStop) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
