// Finds everything that objects may lie in: packs with their indexes, and loose files, in the repository's own object folder
// and in its alternates, each object once. What git would refuse too is a problem; what only git may know is `unusual`.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProblemSink } from '../model/problem.ts';
import { type DeltaForest, readForest } from './delta-forest.ts';
import { asBuffer } from './hex-ids.ts';
import { createIdTable } from './id-table.ts';
import { type LooseFile, listLoose } from './loose-files.ts';
import { parseMultiPackIndex } from './multi-pack-index.ts';
import { openPack, PACK_HEADER_BYTES, type PackFile } from './pack-file.ts';
import { type IndexFault, type PackIndex, parsePackIndex, readShared } from './pack-index.ts';
import { readPartialForest } from './partial-forest.ts';

/** Packs are kept whole in memory, which threads share, as long as all of them together take no more than this. */
const KEPT_PACK_BYTES = 96 * 2 ** 20;

/** A pack with what is known of its entries. */
export interface StoredPack {
  readonly file: string;
  /** The whole file, when it is kept in memory. */
  readonly content: Uint8Array | undefined;
  readonly index: PackIndex;
  /** Undefined when the pack itself cannot be used: all its objects are doubtful. */
  readonly forest: DeltaForest | undefined;
  /** By number in the index: 1 when the entry looks readable. */
  readonly sound: Uint8Array;
  /** By number in the index: 1 when an earlier pack has a sound entry for it. Undefined when there is only one pack. */
  readonly repeated: Uint8Array | undefined;
}

export interface ObjectStores {
  readonly packs: readonly StoredPack[];
  /** Those that are in no pack, each id once. */
  readonly loose: readonly LooseFile[];
  /** Bytes of all packs. */
  readonly packBytes: number;
  /** Set when something was met that only git may understand; then git must do all the work. */
  readonly unusual: string | undefined;
}

interface FoundPack {
  readonly file: string;
  readonly index: PackIndex;
}

function listPackFolder(directory: string): readonly string[] {
  try {
    return readdirSync(join(directory, 'pack')).sort();
  } catch {
    return []; // An object folder without packs.
  }
}

function isFault(value: object): value is IndexFault {
  return 'fault' in value;
}

function load<T extends object>(file: string, parse: (bytes: Uint8Array<SharedArrayBuffer>) => T): T | IndexFault {
  try {
    return parse(readShared(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { fault: code === 'ENOENT' ? 'vanished' : 'damaged', why: `cannot be read (${code})` };
  }
}

/** Costs 1 ms a megabyte; an index has 30 bytes an object. */
function hasRightChecksum(bytes: Uint8Array, idBytes: number): boolean {
  const whole = asBuffer(bytes);
  const hash = createHash(idBytes === 20 ? 'sha1' : 'sha256').update(whole.subarray(0, -idBytes));
  return hash.digest().equals(whole.subarray(-idBytes));
}

/** Lists the packs of one object folder with their indexes. */
function findPacks(
  directory: string,
  idBytes: number,
  onFault: (file: string, fault: IndexFault) => void,
): FoundPack[] {
  const names = listPackFolder(directory);
  const found: FoundPack[] = [];
  for (const name of names) {
    if (!/^pack-.*\.idx$/.test(name)) continue;
    const file = join(directory, 'pack', name);
    const index = load(file, (bytes) => parsePackIndex(bytes, idBytes));
    if (isFault(index)) {
      onFault(file, index);
      continue;
    }
    // Used all the same: what it still names can be read. What it no longer names would be lost in silence.
    if (!hasRightChecksum(index.bytes, idBytes)) onFault(file, { fault: 'damaged', why: 'its checksum is wrong' });
    found.push({ file: file.replace(/\.idx$/, '.pack'), index });
  }
  if (names.includes('multi-pack-index')) addCovered(directory, names, idBytes, found, onFault);
  return found;
}

/** Adds packs that have no index of their own but stand in the multi-pack-index. */
function addCovered(
  directory: string,
  names: readonly string[],
  idBytes: number,
  found: FoundPack[],
  onFault: (file: string, fault: IndexFault) => void,
): void {
  const bare = names.filter((name) => name.endsWith('.pack') && !names.includes(name.replace(/\.pack$/, '.idx')));
  if (bare.length === 0) return;
  const file = join(directory, 'pack', 'multi-pack-index');
  const multi = load(file, (bytes) => parseMultiPackIndex(bytes, idBytes));
  if (isFault(multi)) return onFault(file, multi);
  for (const name of bare) {
    const number = multi.packNames.findIndex((one) => one.replace(/\.idx$/, '.pack') === name);
    if (number >= 0) found.push({ file: join(directory, 'pack', name), index: multi.indexOf(number) });
  }
}

/** True when the pack is the one that the index was made for. */
function isMatching(pack: PackFile, index: PackIndex): boolean {
  if (pack.sizeBytes < PACK_HEADER_BYTES + index.idBytes) return false;
  // A multi-pack-index does not know checksums, and not every object of a pack is ascribed to it.
  if (index.packChecksum.length === 0) return pack.count >= index.count;
  if (pack.count !== index.count) return false;
  const checksum = Buffer.alloc(index.idBytes);
  pack.read(checksum, pack.sizeBytes - index.idBytes);
  return checksum.equals(index.packChecksum);
}

interface OpenedPack {
  readonly forest: DeltaForest | undefined;
  readonly content: Uint8Array | undefined;
  readonly sizeBytes: number;
  readonly isUnusual: boolean;
}

/** @param numbers  wanted objects, when not all of the pack is */
function openForest({ file, index }: FoundPack, keepBytes: number, numbers?: readonly number[]): OpenedPack {
  const pack = openPack(file, keepBytes);
  if (!pack) return { forest: undefined, content: undefined, sizeBytes: 0, isUnusual: false };
  try {
    const isUnusual = pack.count >= 0 && pack.version !== 2 && pack.version !== 3;
    const isSound = !isUnusual && isMatching(pack, index);
    const { content, sizeBytes } = pack;
    const read = (): DeltaForest => (numbers ? readPartialForest(pack, index, numbers) : readForest(pack, index));
    return { forest: isSound ? read() : undefined, content, sizeBytes, isUnusual };
  } finally {
    pack.close();
  }
}

function findAllPacks(directories: readonly string[], idBytes: number, problems: ProblemSink) {
  let unusual: string | undefined;
  const found = directories.flatMap((directory) =>
    findPacks(directory, idBytes, (file, fault) => {
      if (fault.fault === 'unknown') unusual ??= `${file}: ${fault.why}`;
      else if (fault.fault === 'damaged')
        problems({
          kind: 'unreadable',
          path: undefined,
          message: `pack index ${basename(file)}: ${fault.why}; see git fsck`,
        });
    }),
  );
  return { found, unusual };
}

/**
 * Reads all indexes and the headers of all pack entries.
 *
 * @param directories  object folders, the repository's own first
 * @param idBytes  20 or 32
 */
export function readObjectStores(directories: readonly string[], idBytes: number, problems: ProblemSink): ObjectStores {
  const { found, unusual: oddIndex } = findAllPacks(directories, idBytes, problems);
  let unusual = oddIndex;
  const table = found.length > 1 ? createIdTable(found.map((pack) => pack.index)) : undefined;
  let packBytes = 0;
  let keptBytes = 0;
  const packs: StoredPack[] = found.map((pack, i) => {
    const opened = openForest(pack, KEPT_PACK_BYTES - keptBytes);
    packBytes += opened.sizeBytes;
    keptBytes += opened.content?.length ?? 0;
    if (opened.isUnusual) unusual ??= `${pack.file}: unknown version`;
    const sound = new Uint8Array(pack.index.count);
    if (opened.forest) for (const node of opened.forest.order) sound[opened.forest.idNumbers[node] as number] = 1;
    return { ...pack, content: opened.content, forest: opened.forest, sound, repeated: table?.add(i, sound) };
  });
  const seen = new Set<string>();
  const loose = directories
    .flatMap((directory) => listLoose(directory, idBytes))
    .filter(({ id }) => {
      if (seen.has(id) || isPacked(packs, Buffer.from(id, 'hex'))) return false;
      seen.add(id);
      return true;
    });
  return { packs, loose, packBytes, unusual };
}

/**
 * Reads of all packs only what some objects need. The answer is good for these objects and no others.
 *
 * @param ids  wanted objects
 */
export function readPartOfStores(
  directories: readonly string[],
  idBytes: number,
  ids: readonly string[],
  problems: ProblemSink,
): ObjectStores {
  const { found, unusual: oddIndex } = findAllPacks(directories, idBytes, problems);
  let unusual = oddIndex;
  let packBytes = 0;
  const raw = ids.map((id) => Buffer.from(id, 'hex'));
  const done = new Set<number>();
  const packs: StoredPack[] = [];
  for (const pack of found) {
    const { index } = pack;
    const wanted = new Map<number, number>();
    for (const [i, id] of raw.entries()) {
      const number = done.has(i) ? -1 : index.find(id, 0);
      if (number >= 0) wanted.set(number, i);
    }
    if (wanted.size === 0) continue;
    const { forest, sizeBytes, isUnusual } = openForest(pack, 0, [...wanted.keys()]);
    packBytes += sizeBytes;
    if (isUnusual) unusual ??= `${pack.file}: unknown version`;
    const sound = new Uint8Array(index.count);
    for (const node of forest?.order ?? []) {
      const number = forest!.idNumbers[node]!;
      const id = wanted.get(number);
      if (id === undefined) continue;
      sound[number] = 1;
      done.add(id);
    }
    packs.push({ ...pack, content: undefined, forest, sound, repeated: undefined });
  }
  const loose = ids.flatMap((id, i): LooseFile[] => {
    const directory = done.has(i)
      ? undefined
      : directories.find((one) => existsSync(join(one, id.slice(0, 2), id.slice(2))));
    return directory === undefined ? [] : [{ id, directory }];
  });
  return { packs, loose, packBytes, unusual };
}

/** True when a pack has a sound entry for the object; else a loose file may be the better one. */
export function isPacked(packs: readonly StoredPack[], id: Uint8Array): boolean {
  return packs.some(({ index, sound }) => {
    const number = index.find(id, 0);
    return number >= 0 && sound[number] === 1;
  });
}
